// Package write prints a model as the TOML that model/read reads.
package write

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"weir/model/document"
	"weir/model/resolved"
)

// Write prints a model as the TOML that Load reads: the model file's text, and the
// data files that it names, by their paths below the model's folder. Data series of
// whatever origin become one CSV file each; modules are named, not copied. What cannot be said in TOML, the places
// in the original file among it, is left out.
func Write(m *document.Model) (text []byte, data map[string][]byte) {
	w := &writer{m: m, data: map[string][]byte{}}
	w.top()
	for _, d := range m.Dimensions {
		w.dimension(d)
	}
	w.modules()
	group := ""
	for _, v := range m.Variables {
		if v.Module == "" {
			group = w.group(v, group)
			w.variable(v)
		}
	}
	for _, t := range m.Tests {
		w.test(t)
	}
	for _, s := range m.Sources {
		if w.ofModule(s.ID) {
			continue
		}
		w.table("source." + tomlKey(s.ID))
		w.text("title", s.Title)
		w.text("where", s.Where)
		w.text("note", s.Note)
	}
	for _, v := range m.Views {
		if v.Module == "" {
			w.view(v)
		}
	}
	return []byte(w.String()), w.data
}

// A writer collects the text.
type writer struct {
	strings.Builder
	m    *document.Model
	data map[string][]byte
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *writer) table(path string) { w.line("\n[%s]", path) }

// text writes a key unless there is nothing to say.
func (w *writer) text(key, value string) {
	if value != "" {
		w.line("%s = %s", key, tomlText(value))
	}
}

func (w *writer) texts(key string, values []string) {
	if len(values) > 0 {
		w.line("%s = %s", key, tomlTexts(values))
	}
}

func (w *writer) number(key string, value float64) { w.line("%s = %s", key, tomlNumber(value)) }

// numberIf writes a number that is given.
func (w *writer) numberIf(key string, value *float64) {
	if value != nil {
		w.number(key, *value)
	}
}

func (w *writer) yes(key string, value bool) {
	if value {
		w.line("%s = true", key)
	}
}

func (w *writer) top() {
	m := w.m
	w.line("name = %s", tomlText(m.Name))
	w.text("about", m.About)
	w.numberIf("today", m.Today)
	w.table("time")
	w.number("start", m.Time.Start)
	w.number("stop", m.Time.Stop)
	w.number("step", m.Time.Step)
	if m.Time.Save != m.Time.Step {
		w.number("save", m.Time.Save)
	}
	w.line("unit = %s", tomlText(cmp.Or(m.Time.Unit, "1")))
	if m.Time.Method != "euler" {
		w.text("method", m.Time.Method)
	}
	w.yes("short_delays", m.Time.ShortDelays)
	w.units()
}

func (w *writer) units() {
	if len(w.m.Units) > 0 {
		w.table("unit")
	}
	for _, u := range w.m.Units {
		var keys []string
		if u.Plural != "" {
			keys = append(keys, "plural = "+tomlText(u.Plural))
		}
		if len(u.Alias) > 0 {
			keys = append(keys, "alias = "+tomlTexts(u.Alias))
		}
		w.line("%s = { %s }", tomlKey(u.Name), strings.Join(keys, ", "))
	}
}

func (w *writer) dimension(d *document.Dimension) {
	w.table("dimension." + tomlKey(d.Name))
	w.text("label", d.Label)
	w.text("of", d.Of)
	w.texts("elements", d.Elements)
	w.yes("ordered", d.Ordered)
	var rows []string
	for _, e := range d.Elements {
		if label, ok := d.Labels[e]; ok {
			rows = append(rows, tomlKey(e)+" = "+tomlText(label))
		}
	}
	w.pairs("dimension."+tomlKey(d.Name), "labels", rows)
}

// pairs writes keys and values in braces, or as a table of their own if they are long.
func (w *writer) pairs(path, key string, rows []string) {
	switch line := strings.Join(rows, ", "); {
	case len(rows) == 0:
	case len(key)+len(line)+7 <= equationWidth:
		w.line("%s = { %s }", key, line)
	default:
		w.line("[%s.%s]\n%s", path, key, strings.Join(rows, "\n"))
	}
}

// group writes where a group of another tool's file begins, as a comment.
func (w *writer) group(v *document.Variable, last string) string {
	if v.Group == last || v.Group == "" {
		return last
	}
	w.line("\n# %s", strings.Join(strings.Fields("== "+v.Group+" =="), " "))
	for _, line := range strings.Split(w.m.Groups[v.Group], "\n") {
		if line != "" {
			w.line("# %s", strings.Map(noControl, line))
		}
	}
	return v.Group
}

// variable writes [stock.x] and its like, in the order in which one reads it: what
// it is, how it is computed, what is known of it.
func (w *writer) variable(v *document.Variable) {
	path := string(v.Kind) + "." + tomlKey(v.Name)
	w.table(path)
	w.original(v)
	w.text("label", v.Label)
	w.text("about", v.About)
	w.texts("over", v.Over)
	switch v.Kind {
	case document.KindStock:
		w.equation("initial", v.Equation)
		w.texts("inflow", v.Inflow)
		w.texts("outflow", v.Outflow)
	case document.KindFlow, document.KindAux:
		w.equation("equation", v.Equation)
	case document.KindConstant, document.KindDecision:
		w.values(v)
	case document.KindLookup:
		w.equation("input", v.Input)
		w.points("points", v.Points)
		w.text("beyond", v.Beyond)
		w.text("between", v.Between)
	case document.KindData:
		w.series(v)
	}
	w.text("units", v.Units)
	w.yes("non_negative", v.NonNeg)
	w.text("owner", v.Owner)
	w.text("evidence", v.Evidence)
	w.text("source", v.Source)
	w.elements(path, v)
	w.conveyor(path, v.Conveyor)
}

// conveyor writes [stock.x.conveyor].
func (w *writer) conveyor(path string, c *document.Conveyor) {
	if c == nil {
		return
	}
	w.line("[%s.conveyor]", path)
	w.equation("transit", c.Transit)
	w.texts("leak", c.Leak)
	w.yes("exponential", c.Exponential)
	w.equation("capacity", c.Capacity)
	w.equation("inflow_limit", c.InflowLimit)
	w.equation("arrest", c.Arrest)
	w.equation("sample", c.Sample)
	if len(c.Start) > 0 {
		w.line("start = [%s]", tomlNumbers(c.Start))
	}
	if len(c.Zone) > 0 {
		w.line("[%s.conveyor.zone]", path)
	}
	for _, leak := range slices.Sorted(maps.Keys(c.Zone)) {
		z := c.Zone[leak]
		w.line("%s = [%s]", tomlKey(leak), tomlNumbers(z[:]))
	}
}

// elements writes [stock.x.at] and its like.
func (w *writer) elements(path string, v *document.Variable) {
	if v.Kind == document.KindData {
		w.seriesColumns(path, v)
		return
	}
	if len(v.At) > 0 {
		w.line("[%s.at]", path)
	}
	for _, e := range v.At {
		switch {
		case v.Kind == document.KindLookup:
			w.points(tomlKey(e.Key), v.Tables[e.Key])
		case e.Value != nil:
			w.number(tomlKey(e.Key), *e.Value)
		default:
			w.equation(tomlKey(e.Key), e.Text)
		}
	}
}

func (w *writer) equation(key string, t document.Text) {
	if t.Text == "" {
		return
	}
	if x, err := strconv.ParseFloat(t.Text, 64); err == nil && tomlNumber(x) == t.Text {
		w.line("%s = %s", key, t.Text)
		return
	}
	w.line("%s = %s", key, tomlEquation(t.Text, len(key)+3))
}

func (w *writer) values(v *document.Variable) {
	switch {
	case len(v.Value) == 1:
		w.number("value", v.Value[0])
	case len(v.Value) > 1:
		w.line("value = %s", w.nested(v.Value, v.Over))
	}
	if b := v.Range; b != nil {
		lead := ""
		if slices.ContainsFunc(v.Value, func(x float64) bool { return x < b[0] || x > b[1] }) {
			lead = "# the value is outside: " // as other tools let it be
		}
		w.line("%srange = [%s, %s]", lead, tomlNumber(b[0]), tomlNumber(b[1]))
	}
	if d := v.Dist; d != nil && len(d.Params) == 0 {
		w.text("distribution", d.Name)
	} else if d != nil {
		keys := []string{"name = " + tomlText(d.Name)}
		for _, p := range slices.Sorted(maps.Keys(d.Params)) {
			keys = append(keys, p+" = "+tomlNumber(d.Params[p]))
		}
		w.line("distribution = { %s }", strings.Join(keys, ", "))
	}
}

// nested writes the numbers of an array, a level a dimension, a row a line.
func (w *writer) nested(values []float64, over []string) string {
	if len(over) <= 1 {
		out := make([]string, len(values))
		for i, x := range values {
			out[i] = tomlNumber(x)
		}
		return "[" + wrapped(out) + "]"
	}
	n := len(w.elementsOf(over[0]))
	if n == 0 || len(values)%n != 0 {
		return w.nested(values, nil)
	}
	var rows []string
	for row := range slices.Chunk(values, len(values)/n) {
		rows = append(rows, "  "+strings.ReplaceAll(w.nested(row, over[1:]), "\n", "\n  "))
	}
	return "[\n" + strings.Join(rows, ",\n") + ",\n]"
}

func (w *writer) elementsOf(dimension string) []string {
	for _, d := range w.m.Dimensions {
		if d.Name == dimension {
			return d.Elements
		}
	}
	return nil
}

func (w *writer) points(key string, points []resolved.Point) {
	if len(points) == 0 {
		return
	}
	out := make([]string, len(points))
	for i, p := range points {
		out[i] = "[" + tomlNumber(p.X) + ", " + tomlNumber(p.Y) + "]"
	}
	w.line("%s = [%s]", key, wrapped(out))
}

// wrapped joins items, over several lines if they are long.
func wrapped(items []string) string {
	if line := strings.Join(items, ", "); len(line) <= listWidth {
		return line
	}
	var b strings.Builder
	room := 0
	for _, item := range items {
		if room -= len(item) + 2; room < 0 {
			b.WriteString("\n ")
			room = listWidth - len(item) - 2
		}
		b.WriteString(" " + item + ",")
	}
	return b.String() + "\n"
}

func (w *writer) test(t *document.Test) {
	path := "test." + tomlKey(t.Name)
	w.table(path)
	w.text("about", t.About)
	w.numberIf("step", t.Step)
	w.numberIf("stop", t.Stop)
	w.text("method", t.Method)
	w.numberIf("from", t.From)
	w.numberIf("to", t.To)
	expect := make([]string, len(t.Expect))
	for i, e := range t.Expect {
		expect[i] = e.Text
	}
	w.texts("expect", expect)
	w.texts("conserve", t.Conserve)
	if len(t.Set)+len(t.Change) > 0 {
		w.testRun(path, &t.TestRun)
	}
	for _, r := range t.Runs {
		w.testRun(path+".run."+tomlKey(r.Name), r)
	}
}

// testRun writes what a run of a test sets and changes.
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
