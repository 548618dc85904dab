package read

import (
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/keys"
	"weir/model/method"
	"weir/model/toml"
	"weir/model/toml/shape"
)

// A testReader reads [test.x].
type testReader struct{ *reader }

// tests reads [test.x], the behaviour tests.
func (r testReader) read() {
	for _, t := range r.root.Tables("test") {
		test := &document.Test{TestRun: r.testRun(t), About: t.String("about")}
		for _, run := range t.Tables("run") {
			r.name(run, "a run")
			other := r.testRun(run)
			test.Runs = append(test.Runs, &other)
			run.Done(keys.TestRun)
		}
		r.testSettings(t, test)
		for _, text := range t.Texts("expect") {
			test.Expect = append(test.Expect, textOf(text))
		}
		test.Conserve, test.ConserveSpan = r.conserve(t), t.At("conserve")
		t.Done(keys.Test)
		r.m.Tests = append(r.m.Tests, test)
	}
}

// testRun reads what a run changes: set and change.
func (r testReader) testRun(t *toml.Table) document.TestRun {
	out := document.TestRun{Name: t.Name, Set: map[string]float64{}, SetSpans: map[string]diagnostic.Span{}, Span: t.Span}
	set := t.Table("set")
	for _, k := range set.NamedKeys() {
		if set.Finite(k.Full, k.Value) {
			out.Set[k.Full], out.SetSpans[k.Full] = k.Value.Number, k.Span
		}
	}
	for _, c := range t.Named("change") {
		out.Change = append(out.Change, ReadChange(c, r.m.Time.Start, keys.Change))
	}
	return out
}

// testSettings reads how the test's run departs from the model's own.
func (r testReader) testSettings(t *toml.Table, test *document.Test) {
	test.Step, _ = t.Number("step")
	if t.Has("step") && test.Step <= 0 && test.Step != 0 {
		r.report(code.BadTime, t.At("step"), "", "the step must be more than 0, not %v", test.Step)
	}
	test.Stop, _ = t.Number("stop")
	if t.Has("stop") && r.clocked && test.Stop <= r.m.Time.Start {
		r.report(code.BadTime, t.At("stop"), "", "stop (%v) is not after start (%v)", test.Stop, r.m.Time.Start)
	}
	test.Method = t.OneOf("method", method.Names()...)
	if from, ok := t.Number("from"); ok {
		test.From = &from
	}
	if to, ok := t.Number("to"); ok {
		test.To = &to
	}
	if test.From != nil && test.To != nil && *test.From > *test.To {
		r.report(code.BadTime, t.At("to"), "", "to (%v) is before from (%v)", *test.To, *test.From)
	}
}

// conserve reads the stocks whose mass must balance: a list, or true for all.
func (r testReader) conserve(t *toml.Table) []string {
	v := t.Value("conserve")
	if v == nil || v.Kind != toml.KindBool {
		return t.Strings("conserve")
	}
	var all []string
	for _, x := range r.m.Variables {
		if x.Kind == document.KindStock && v.Bool {
			all = append(all, x.Name)
		}
	}
	return all
}

// ReadChange reads the table of a dated change: exactly one of to, add and times;
// start (model time, the given default), over (the length of a ramp) and until. The
// table's name is the variable's, its keys are those of the shape. Mistakes are reported to the table's document.
func ReadChange(t *toml.Table, start float64, s *shape.Shape) document.Change {
	c := document.Change{Variable: t.Name, Start: start, Span: t.Span}
	given := 0
	for _, key := range []struct {
		name string
		into **float64
	}{{"to", &c.To}, {"add", &c.Add}, {"times", &c.Times}} {
		if t.Has(key.name) {
			given++
		}
		if x, ok := t.Number(key.name); ok {
			*key.into = &x
		}
	}
	report := t.Document().Report
	if given != 1 {
		report(code.BadChange, t.Span, "add one of to, add and times", "a change of %s needs exactly one of to, add and times", t.Name)
	}
	if x, ok := t.Number("start"); ok {
		c.Start = x
	}
	c.Over, _ = t.Number("over")
	if c.Over < 0 {
		report(code.BadChange, t.At("over"), "", "over, the length of the ramp, cannot be below 0")
	}
	if until, ok := t.Number("until"); ok {
		c.Until = &until
		if until <= c.Start {
			report(code.BadChange, t.At("until"), "", "until (%v) is not after start (%v)", until, c.Start)
		}
	}
	t.Done(s)
	return c
}
