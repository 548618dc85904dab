package describe

import (
	"fmt"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/resolved"
)

// summary counts the variables in a paragraph, and describes the run.
func (w *writer) summary() {
	var parts []string
	for _, k := range []struct {
		kind      model.Kind
		one, many string
	}{
		{model.KindStock, "stock", "stocks"}, {model.KindFlow, "flow", "flows"},
		{model.KindAux, "auxiliary", "auxiliaries"},
		{model.KindConstant, "constant", "constants"}, {model.KindDecision, "decision", "decisions"},
		{model.KindLookup, "lookup", "lookups"}, {model.KindData, "data series", "data series"},
	} {
		switch n := len(w.variables(k.kind)); n {
		case 0:
		case 1:
			parts = append(parts, "1 "+k.one)
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n, k.many))
		}
	}
	if len(parts) == 0 {
		return
	}
	t := w.m.Time
	fmt.Fprintf(w, "%s: %s; from %s to %s in steps of %s %s, %s.\n",
		prose(orElse(w.m.Name, path.Base(w.m.File))), listed(parts),
		number(t.Start), number(t.Stop), number(t.Step), prose(t.Unit), prose(t.Method))
}

// orElse returns s, or otherwise if s is empty.
func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// listed returns parts as a list in words. There must be at least one part: a, b and c.
func listed(parts []string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// modules lists the files that are parts, and the inputs of each.
func (w *writer) modules() {
	var rows [][]string
	for _, mod := range w.m.Modules {
		var bound []string
		for _, v := range w.m.Variables {
			if v.Module == mod.Name && v.Scope != v.Module {
				bound = append(bound, code(strings.TrimPrefix(v.Name, mod.Name+".")+" = "+v.Equation.Text))
			}
		}
		rows = append(rows, []string{code(mod.Name), prose(mod.Label), prose(mod.About),
			code(w.beside(mod.File)), strings.Join(bound, "<br>"), leftOut(mod)})
	}
	w.table([]string{"Module", "Name", "About", "File",
		"Takes from outside", "Left out, since it served only that"}, rows)
}

// leftOut returns the variables that the bindings of a module have removed.
func leftOut(mod *model.Module) string {
	var out []string
	for _, name := range mod.LeftOut {
		out = append(out, code(strings.TrimPrefix(name, mod.Name+".")))
	}
	return strings.Join(out, " ")
}

// beside is a file's path from the model's folder. A file on another volume, which has no such
// path, keeps its name.
func (w *writer) beside(file string) string {
	if rel, err := filepath.Rel(filepath.Dir(w.m.File), file); err == nil {
		return filepath.ToSlash(rel)
	}
	return file
}

// dimensions writes the table of dimensions with their elements.
func (w *writer) dimensions() {
	var rows [][]string
	for _, d := range w.m.Dimensions {
		var elements []string
		for _, e := range d.Elements {
			if l := d.Labels[e]; l != "" {
				e += " (" + l + ")"
			}
			elements = append(elements, e)
		}
		rows = append(rows, []string{code(d.Name), prose(d.Label), prose(strings.Join(elements, ", ")), code(d.Of)})
	}
	w.table([]string{"Dimension", "Name", "Elements", "Part of"}, rows)
}

// stocks writes the table of stocks with their initial values and flows.
func (w *writer) stocks() {
	var rows [][]string
	for _, v := range w.variables(model.KindStock) {
		rows = append(rows, []string{named(v), meaning(v), equations(v),
			codes(v.Inflow), codes(v.Outflow), conveyor(v.Conveyor), prose(v.Units)})
	}
	w.table([]string{"Stock", "Meaning", "At the start", "Filled by", "Drained by", "Conveyor", "Unit"}, rows)
}

// conveyor describes one.
func conveyor(c *model.Conveyor) string {
	if c == nil {
		return ""
	}
	parts := []string{"in " + code(c.Transit.Text)}
	if len(c.Leak) > 0 {
		parts = append(parts, "leaks "+codes(c.Leak))
	}
	for _, limit := range []struct{ what, text string }{
		{"holds", c.Capacity.Text}, {"takes", c.InflowLimit.Text}, {"stopped while", c.Arrest.Text},
	} {
		if limit.text != "" {
			parts = append(parts, limit.what+" "+code(limit.text))
		}
	}
	return strings.Join(parts, "; ")
}

// codes returns names as code, one after another.
func codes(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, code(n))
	}
	return strings.Join(out, " ")
}

func (w *writer) flows() { w.computed(model.KindFlow, "Flow") }

func (w *writer) auxiliaries() { w.computed(model.KindAux, "Auxiliary") }

// computed writes the table of flows or auxiliaries with their equations and units.
func (w *writer) computed(kind model.Kind, what string) {
	var rows [][]string
	for _, v := range w.variables(kind) {
		rows = append(rows, []string{named(v), meaning(v), equations(v), prose(v.Units)})
	}
	w.table([]string{what, "Meaning", "Equation", "Unit"}, rows)
}

// equations are a variable's equation and those of single elements, a line each.
func equations(v *model.Variable) string {
	var lines []string
	if v.Equation.Text != "" {
		lines = append(lines, code(v.Equation.Text))
	}
	for _, e := range v.At {
		lines = append(lines, prose(e.Key)+": "+code(e.Text.Text))
	}
	return strings.Join(lines, "<br>")
}

// constants writes the table of constants: value, range, evidence and source. A reader sees here
// what is assumed.
func (w *writer) constants() {
	var rows [][]string
	for _, v := range w.variables(model.KindConstant) {
		rows = append(rows, []string{named(v), meaning(v), values(v), bounds(v),
			prose(v.Units), grade(v), prose(v.Source)})
	}
	w.table([]string{"Constant", "Meaning", "Value", "Range", "Unit", "Evidence", "Source"}, rows)
}

// grade is a constant's grade of evidence, and whether its value was fitted to data.
func grade(v *model.Variable) string {
	switch {
	case v.Fitted && v.Evidence != "":
		return prose(v.Evidence) + ", fitted"
	case v.Fitted:
		return "fitted"
	}
	return prose(v.Evidence)
}

// decisions writes the table of decisions with their ranges and owners.
func (w *writer) decisions() {
	var rows [][]string
	for _, v := range w.variables(model.KindDecision) {
		rows = append(rows, []string{named(v), meaning(v), values(v), bounds(v),
			prose(v.Units), prose(v.Owner), prose(v.Source)})
	}
	w.table([]string{"Decision", "Meaning", "Now", "Range", "Unit", "Who decides", "Source"}, rows)
}

// mostValues is how many values of an array are written out.
const mostValues = 8

// values are the numbers of a constant: one for all, the first few of an array, and
// those of single elements.
func values(v *model.Variable) string {
	var lines []string
	if n := len(v.Value); n > mostValues {
		lines = append(lines, fmt.Sprintf("%s … (%d values)", numbers(v.Value[:mostValues]), n))
	} else if n > 0 {
		lines = append(lines, numbers(v.Value))
	}
	for _, e := range v.At {
		if e.Value != nil {
			lines = append(lines, prose(e.Key)+": "+number(*e.Value))
		}
	}
	return strings.Join(lines, "<br>")
}

// bounds returns a range in words; "" if there is none.
func bounds(v *model.Variable) string {
	if v.Range == nil {
		return ""
	}
	return number(v.Range[0]) + " to " + number(v.Range[1])
}

// number returns x with all its digits, so that the table can be copied back into a model.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// numbers returns numbers as a list.
func numbers(all []float64) string {
	var out []string
	for _, x := range all {
		out = append(out, number(x))
	}
	return strings.Join(out, ", ")
}

// lookups writes the table of lookups with their points.
func (w *writer) lookups() {
	var rows [][]string
	for _, v := range w.variables(model.KindLookup) {
		tables := []string{points(v.Points)}
		if len(v.Points) == 0 {
			tables = nil
		}
		for _, e := range v.At {
			tables = append(tables, prose(e.Key)+": "+points(v.Tables[e.Key]))
		}
		for _, s := range v.Shapes {
			tables = append(tables, prose(orElse(s.Label, s.Name))+" instead: "+points(s.Points))
		}
		rows = append(rows, []string{named(v), meaning(v), code(v.Input.Text), strings.Join(tables, "<br>"),
			v.Between, orElse(v.Beyond, "hold"), prose(v.Units), prose(v.Source)})
	}
	w.table([]string{"Lookup", "Meaning", "Read at", "Points", "Between them", "Beyond them", "Unit", "Source"}, rows)
}

// points returns the points of a lookup as pairs.
func points(list []resolved.Point) string {
	var out []string
	for _, p := range list {
		out = append(out, "("+number(p.X)+", "+number(p.Y)+")")
	}
	return strings.Join(out, " ")
}

// data writes the table of data series with their files and columns.
func (w *writer) data() {
	var rows [][]string
	for _, v := range w.variables(model.KindData) {
		if v.Series == nil {
			continue
		}
		rows = append(rows, []string{named(v), meaning(v), code(v.Series.File),
			code(v.Series.ValueColumn), span(v.Series), prose(v.Units), prose(v.Source)})
	}
	w.table([]string{"Series", "Meaning", "File", "Column", "From, to, values", "Unit", "Source"}, rows)
}

// span is from when to when there are how many values. All elements count together. It is empty for
// a series without points.
func span(s *model.Series) string {
	n, first, last := 0, 0.0, 0.0
	for _, list := range s.Points {
		for _, p := range list {
			if n == 0 || p.X < first {
				first = p.X
			}
			if n == 0 || p.X > last {
				last = p.X
			}
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s to %s, %d", number(first), number(last), n)
}

// tests writes the table of behaviour tests with their expectations.
func (w *writer) tests() {
	var rows [][]string
	for _, t := range w.m.Tests {
		var must []string
		for _, e := range t.Expect {
			must = append(must, code(e.Text))
		}
		switch n := len(t.Conserve); n {
		case 0:
		case 1:
			must = append(must, "1 stock changes by its flows only")
		default:
			must = append(must, fmt.Sprintf("%d stocks change by their flows only", n))
		}
		rows = append(rows, []string{code(t.Name), prose(t.About), strings.Join(must, "<br>")})
	}
	w.table([]string{"Test", "What must hold", "Checked as"}, rows)
}

// sources writes the table of sources.
func (w *writer) sources() {
	var rows [][]string
	for _, s := range w.m.Sources {
		rows = append(rows, []string{prose(s.ID), prose(s.Title), prose(s.Where), prose(s.Note)})
	}
	w.table([]string{"Id", "Source", "Where", "Note"}, rows)
}
