package write

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"weir/model/document"
	"weir/model/resolved"
)

// variable writes [stock.x] and its like: its names, its equation or numbers, its evidence.
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
		w.numberIf("weight", v.Weight)
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
	w.shapes(path, v.Shapes)
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

// equation writes a key with an equation, unless it is empty. A plain number is written as a
// number. An equation that is a number in another spelling, such as 1e3 or 0.50, stays a text, so
// that it is read back letter by letter.
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

// values writes the value, range and distribution of a constant or decision.
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
			lead = "# the value is outside: " // which other tools allow and Load does not
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

// nested returns the numbers of an array as nested lists, one level per dimension and one line
// per row. Values are row-major. If they do not fill the dimensions they are written as a single
// list.
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

// elementsOf returns the elements of a dimension, nil if there is no such dimension.
func (w *writer) elementsOf(dimension string) []string {
	for _, d := range w.m.Dimensions {
		if d.Name == dimension {
			return d.Elements
		}
	}
	return nil
}

// shapes writes [lookup.x.shape.y] for each shape.
func (w *writer) shapes(path string, list []document.TableShape) {
	for _, s := range list {
		w.line("[%s.shape.%s]", path, tomlKey(s.Name))
		w.text("label", s.Label)
		w.text("about", s.About)
		w.points("points", s.Points)
		w.numberIf("weight", s.Weight)
		w.text("source", s.Source)
	}
}

// points writes a key with the points of a lookup, unless there are none.
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
