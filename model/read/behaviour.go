package read

import (
	"math"

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

// read reads every [test.x].
func (r testReader) read() {
	for _, t := range r.root.Tables("test") {
		before := r.doc.Count()
		test := &document.Test{TestRun: r.testRun(t), About: t.String("about")}
		for _, run := range t.Tables("run") {
			r.name(run, "a run")
			other := r.testRun(run)
			test.Runs = append(test.Runs, &other)
			run.Done(keys.TestRun)
		}
		r.testSettings(t, test)
		r.futures(t, test)
		test.SameAs = r.sameAs(t)
		for _, text := range t.Texts("expect") {
			test.Expect = append(test.Expect, textOf(text))
		}
		test.Conserve, test.ConserveSpan = r.conserve(t), t.At("conserve")
		t.Done(keys.Test)
		test.Broken = r.doc.Count() > before
		r.m.Tests = append(r.m.Tests, test)
	}
}

// testRun returns the changes of a run: set and change. The names are those written in the test,
// with the module's name before them; packages that run tests look them up. Set and SetSpans have
// the same keys and are never nil.
func (r testReader) testRun(t *toml.Table) document.TestRun {
	out := document.TestRun{Name: t.Name, Set: map[string]float64{}, Span: t.Span}
	out.SetSpans = map[string]diagnostic.Span{}
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

// testSettings reads the settings of a test's runs that differ from the model's own. A setting that
// the test does not give stays nil, or "" for the method, and the model's own one holds.
func (r testReader) testSettings(t *toml.Table, test *document.Test) {
	test.Step, test.Stop = optional(t, "step"), optional(t, "stop")
	if step := test.Step; step != nil && *step <= 0 {
		r.report(code.BadTime, t.At("step"), "", "the step must be more than 0, not %v", *step)
	}
	if stop := test.Stop; stop != nil && r.clocked && *stop <= r.m.Time.Start {
		r.report(code.BadTime, t.At("stop"), "", "stop (%v) is not after start (%v)", *stop, r.m.Time.Start)
	}
	test.Method = t.OneOf("method", method.Names()...)
	test.From, test.To = optional(t, "from"), optional(t, "to")
	if test.From != nil && test.To != nil && *test.From > *test.To {
		r.report(code.BadTime, t.At("to"), "", "to (%v) is before from (%v)", *test.To, *test.From)
	}
}

// mostFutures bounds the futures of a test, each of which is a run or more.
const mostFutures = 100_000

// futures reads how many futures a test has, and in which share of them it must hold, or
// that it must hold at the ends of all ranges.
func (r testReader) futures(t *toml.Table, test *document.Test) {
	n, share := optional(t, "futures"), optional(t, "share")
	test.Extremes = t.Bool("extremes")
	switch {
	case test.Extremes && t.Has("futures"):
		r.report(code.BadValue, t.At("extremes"), "write two tests", "a test has futures or extremes, not both")
	case t.Has("same_as") && (test.Extremes || t.Has("futures")):
		r.report(code.BadValue, t.At("same_as"), "write two tests",
			"a kept result is of one run, not of futures or extremes")
	case test.Extremes && len(t.Texts("expect")) == 0:
		r.report(code.BadValue, t.At("extremes"), `add expect = "…"`,
			"extremes need an expectation that holds in them")
	case share != nil && (*share <= 0 || *share > 1):
		r.report(code.BadValue, t.At("share"), "0.95 is 95 of 100 futures",
			"share is above 0 and at most 1, not %v", *share)
	case n != nil && (*n != math.Trunc(*n) || *n < 2 || *n > mostFutures):
		r.report(code.BadValue, t.At("futures"), "", "futures is a whole number from 2 to %d, not %v", mostFutures, *n)
	case share != nil && n == nil && !t.Has("futures"):
		r.report(code.BadValue, t.At("share"), "add futures = 200", "a share needs futures to be a share of")
	case n != nil && len(t.Texts("expect")) == 0:
		r.report(code.BadValue, t.At("futures"), `add expect = "…"`, "futures need an expectation that holds in them")
	case n != nil:
		whole := int(*n)
		test.Futures, test.FuturesSpan, test.Share = &whole, t.At("futures"), share
	}
}

// sameAs reads which kept result a test's run must give again; nil if it names none. A share of 1 or
// more is refused: a run of zeros would pass.
func (r testReader) sameAs(t *toml.Table) *document.Kept {
	if !t.Has("same_as") {
		for _, key := range []string{"variables", "tolerance", "absolute_tolerance"} {
			if t.Has(key) {
				r.report(code.BadValue, t.At(key), `add same_as = "kept.csv"`,
					"%s is of the comparison with a kept result, and the test names none", key)
				t.Value(key) // it is reported once
			}
		}
		return nil
	}
	k := &document.Kept{File: t.String("same_as"), Share: document.KeptShare, Span: t.At("same_as")}
	for _, text := range t.Texts("variables") {
		k.Variables = append(k.Variables, textOf(text))
	}
	share, absolute := optional(t, "tolerance"), optional(t, "absolute_tolerance")
	if share != nil {
		k.Share = *share
	}
	if absolute != nil {
		k.Absolute = *absolute
	}
	switch {
	case !(k.Share >= 0 && k.Share < 1):
		r.report(code.BadValue, t.At("tolerance"), "0.001 is a thousandth of a variable's largest value",
			"a tolerance is from 0 to below 1, not %v", k.Share)
	case !(k.Absolute >= 0):
		r.report(code.BadValue, t.At("absolute_tolerance"), "",
			"a tolerance is 0 or more, not %v", k.Absolute)
	case t.Has("variables") && len(k.Variables) == 0:
		r.report(code.BadValue, t.At("variables"), "leave the key out to compare all that the file has",
			"no variable is named, so that nothing would be compared")
	}
	return k
}

// conserve returns the stocks whose content must balance with their flows: a list, or true for
// all of them. With conserve = false, or without the key, the result is nil. The stocks of modules
// are among all of them, since they are merged before tests are read.
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

// ReadChange returns the dated change of a table, whose name is the variable's. It has exactly
// one of to, add and times, and may have start (model time; the parameter is its default), over
// (the length of a ramp) and until. The shape has its keys. Mistakes are reported to the
// table's document.
func ReadChange(t *toml.Table, start float64, s *shape.Shape) document.Change {
	// A mistake leaves the change with the keys that could be read: the model does not run then.
	c := document.Change{Variable: t.Name, Start: start, Span: t.Span}
	given := 0
	for _, key := range []struct {
		name string
		into **float64
	}{{"to", &c.To}, {"add", &c.Add}, {"times", &c.Times}} {
		if t.Has(key.name) {
			given++
		}
		*key.into = optional(t, key.name)
	}
	report := t.Document().Report
	if given != 1 {
		report(code.BadChange, t.Span, "add one of to, add and times",
			"a change of %s needs exactly one of to, add and times", t.Name)
	}
	if x, ok := t.Number("start"); ok {
		c.Start = x
	}
	c.Over, _ = t.Number("over")
	if c.Over < 0 {
		report(code.BadChange, t.At("over"), "", "over, the length of the ramp, cannot be below 0")
	}
	c.Until = optional(t, "until")
	if c.Until != nil && *c.Until <= c.Start {
		report(code.BadChange, t.At("until"), "", "until (%v) is not after start (%v)", *c.Until, c.Start)
	}
	t.Done(s)
	return c
}
