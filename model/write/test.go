package write

import (
	"maps"
	"slices"

	"weir/model/document"
)

// test writes [test.x] with its runs.
func (w *writer) test(t *document.Test) {
	path := "test." + tomlKey(t.Name)
	w.table(path)
	w.text("about", t.About)
	w.numberIf("step", t.Step)
	w.numberIf("stop", t.Stop)
	w.text("method", t.Method)
	if t.Futures != nil {
		w.number("futures", float64(*t.Futures))
	}
	w.numberIf("share", t.Share)
	if t.Extremes {
		w.line("extremes = true")
	}
	w.numberIf("from", t.From)
	w.numberIf("to", t.To)
	expect := make([]string, len(t.Expect))
	for i, e := range t.Expect {
		expect[i] = e.Text
	}
	w.texts("expect", expect)
	w.texts("conserve", t.Conserve)
	if k := t.SameAs; k != nil {
		w.text("same_as", k.File)
		var names []string
		for _, v := range k.Variables {
			names = append(names, v.Text)
		}
		w.texts("variables", names)
		w.number("tolerance", k.Share)
		w.number("absolute_tolerance", k.Absolute)
	}
	if len(t.Set)+len(t.Change) > 0 {
		w.testRun(path, &t.TestRun)
	}
	for _, r := range t.Runs {
		w.testRun(path+".run."+tomlKey(r.Name), r)
	}
}

// testRun writes the tables set and change of a run, and an empty table for a run without.
func (w *writer) testRun(path string, r *document.TestRun) {
	if len(r.Set) > 0 {
		w.line("[%s.set]", path)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Set)) {
		w.number(tomlKey(name), r.Set[name])
	}
	for _, c := range r.Change {
		w.change(path, c)
	}
	if len(r.Set)+len(r.Change) == 0 {
		w.line("[%s]", path)
	}
}

// change writes a dated change.
func (w *writer) change(path string, c document.Change) {
	w.line("[%s.change.%s]", path, tomlKey(c.Variable))
	for _, key := range []struct {
		name  string
		value *float64
	}{{"to", c.To}, {"add", c.Add}, {"times", c.Times}, {"start", &c.Start}, {"until", c.Until}} {
		w.numberIf(key.name, key.value)
	}
	if c.Over != 0 {
		w.number("over", c.Over)
	}
}

// channel writes [channel.x]; that of a module stays in its file.
func (w *writer) channel(c *document.Channel) {
	if w.ofModule(c.Name) {
		return
	}
	w.table("channel." + tomlKey(c.Name))
	w.text("label", c.Label)
	w.text("about", c.About)
	w.texts("through", c.Through)
	w.text("higher", c.Higher)
	w.text("lower", c.Lower)
}

// loop writes [loop.x]; that of a module stays in its file.
func (w *writer) loop(l *document.NamedLoop) {
	if w.ofModule(l.Name) {
		return
	}
	w.table("loop." + tomlKey(l.Name))
	w.text("label", l.Label)
	w.text("about", l.About)
	w.texts("through", l.Through)
}
