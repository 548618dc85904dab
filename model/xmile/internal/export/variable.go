package export

import (
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/model/xmile/internal/annex"
)

// variable writes one variable of the model.
func (x *exporter) variable(v *model.Variable) {
	v = plainTable(v)
	name := map[model.Kind]string{model.KindStock: "stock", model.KindFlow: "flow"}[v.Kind]
	if name == "" {
		name = "aux"
	}
	x.open(name, append([]string{"name", x.local(v), "access", x.access(v)}, x.zones[v.Name]...)...)
	x.leafIf("doc", v.About)
	switch {
	case x.isInput(v):
		x.dimensionsOf(v)
		x.leaf("eqn", "{ given where the module is used }") // no value by itself, as in Stella's files
	case v.Kind == model.KindLookup || v.Kind == model.KindData:
		x.graphs(v)
	default:
		x.equations(v)
	}
	if v.Kind == model.KindStock {
		x.stock(v)
	}
	if v.Kind == model.KindFlow && x.leaks[v.Name] {
		x.empty("leak")
	}
	if v.Kind == model.KindFlow && v.NonNeg {
		x.empty("non_negative")
	}
	if v.Range != nil {
		x.empty("range", "min", annex.Decimal(v.Range[0]), "max", annex.Decimal(v.Range[1]))
	}
	x.leafIf("units", v.Units)
	x.close(name)
}

// dimensionsOf writes the dimensions of an array.
func (x *exporter) dimensionsOf(v *model.Variable) {
	if len(v.Over) == 0 {
		return
	}
	x.open("dimensions")
	for _, d := range v.Over {
		x.empty("dim", "name", d)
	}
	x.close("dimensions")
}

// equations writes the equation for all elements, or one for each where they differ.
func (x *exporter) equations(v *model.Variable) {
	x.dimensionsOf(v)
	if v.Kind == model.KindConstant || v.Kind == model.KindDecision {
		x.values(v)
		return
	}
	if len(v.At) == 0 {
		p := printer{exporter: x, v: v, over: v.Over}
		switch {
		case v.Equation.Text == "": // the end of a conveyor
			x.leaf("eqn", "0")
			return
		case startListed(v):
			x.leaf("eqn", numbersIn(v.Conveyor.Start, ", "))
			return
		}
		x.leaf("eqn", p.text(v.Equation))
		return
	}
	// XMILE has no equation for some elements, only for one or for all.
	for i, part := range byElement(x.parts[v.Name], x.sizes(v.Over)) {
		at := x.elementAt(v.Over, i)
		p := printer{exporter: x, v: v, over: v.Over, at: at}
		text := model.Text{Text: part.Text}
		for _, t := range v.Texts() {
			if t.Text == part.Text && t.Span == part.Span {
				text.Tree = t.Tree // with the calls of the model's own functions written out
			}
		}
		x.element(at, func() { x.leaf("eqn", p.text(text)) })
	}
}

// startListed reports whether a conveyor's initial contents are a list as Stella has it: a
// number for each unit of its transit time, and the initial value their sum.
func startListed(v *model.Variable) bool {
	if v.Conveyor == nil || len(v.Conveyor.Start) < 2 || len(v.Over) > 0 {
		return false
	}
	sum := 0.0
	for _, x := range v.Conveyor.Start {
		sum += x
	}
	return v.Equation.Text == annex.Decimal(sum) && v.Conveyor.Transit.Text == strconv.Itoa(len(v.Conveyor.Start))
}

// numbersIn returns numbers in a row.
func numbersIn(list []float64, between string) string {
	var words []string
	for _, x := range list {
		words = append(words, annex.Decimal(x))
	}
	return strings.Join(words, between)
}

// values writes the numbers of a constant or decision.
func (x *exporter) values(v *model.Variable) {
	if len(v.Value) == 1 && len(v.At) == 0 {
		x.leaf("eqn", annex.Decimal(v.Value[0]))
		return
	}
	for i, part := range byElement(x.parts[v.Name], x.sizes(v.Over)) {
		value := part.Expr.(*resolved.Const).Value
		x.element(x.elementAt(v.Over, i), func() { x.leaf("eqn", annex.Decimal(value)) })
	}
}

// element writes the equation or graphical function of one element.
// at has the names of one element for each dimension: subscript="north, food".
func (x *exporter) element(at []string, content func()) {
	var words []string
	for _, e := range at {
		words = append(words, inBrackets(e))
	}
	x.open("element", "subscript", strings.Join(words, ", "))
	content()
	x.close("element")
}

// sizes returns the numbers of elements of dimensions.
func (x *exporter) sizes(over []string) []int {
	var out []int
	for _, d := range over {
		out = append(out, len(x.dims[d].Elements))
	}
	return out
}

// elementAt returns the i-th element of an array, row by row.
// The last dimension runs fastest.
func (x *exporter) elementAt(over []string, i int) []string {
	out := make([]string, len(over))
	for k := len(over) - 1; k >= 0; k-- {
		elements := x.dims[over[k]].Elements
		out[k] = elements[i%len(elements)]
		i /= len(elements)
	}
	return out
}

// byElement returns the part that each element of an array belongs to, row by row.
// The result has a part for each element, and nil for one without; without sizes it has one place.
func byElement(parts []*resolved.Part, sizes []int) []*resolved.Part {
	n := 1
	for _, s := range sizes {
		n *= s
	}
	out := make([]*resolved.Part, n)
	for _, p := range parts {
		var walk func(d, at int)
		walk = func(d, at int) {
			if d == len(p.Loops) {
				out[at] = p
				return
			}
			for _, i := range p.Loops[d].At {
				walk(d+1, at*sizes[d]+i)
			}
		}
		walk(0, 0)
	}
	return out
}

// graphs writes a lookup with an input, an array of lookups, or a data series, which
// is a graphical function of time.
func (x *exporter) graphs(v *model.Variable) {
	x.dimensionsOf(v)
	p := printer{exporter: x, v: v, over: v.Over}
	input := ""
	switch {
	case v.Kind == model.KindData:
		input = "TIME"
	case v.Input.Text != "":
		input = p.text(v.Input)
	}
	tables := x.pointsOf(v)
	if len(v.Over) == 0 {
		x.leafIf("eqn", input)
		x.graph(v, 0, tables[0])
		return
	}
	for i, points := range tables {
		at := x.elementAt(v.Over, i)
		x.element(at, func() {
			if v.Kind == model.KindData {
				x.leaf("eqn", input)
			} else if input != "" {
				own := printer{exporter: x, v: v, over: v.Over, at: at}
				x.leaf("eqn", own.text(v.Input))
			}
			x.graph(v, i, points)
		})
	}
}

// pointsOf returns the points of a lookup or data series as the model has them, a list for
// each element.
func (x *exporter) pointsOf(v *model.Variable) [][]resolved.Point {
	t := x.tables[v.Name].Points
	switch {
	case v.Kind == model.KindData:
		return v.Series.Points
	case len(v.At) == 0:
		return slices.Repeat([][]resolved.Point{v.Points}, len(t))
	}
	return t
}

// plainTable returns a lookup whose elements have points for the values between and beyond
// their points, as the checked model has them, and no other rule for these.
// Other variables are returned as they are; a lookup of that kind is copied.
func plainTable(v *model.Variable) *model.Variable {
	if v.Kind != model.KindLookup || len(v.At) == 0 || (v.Between == "" || v.Between == "line") && v.Beyond != "na" {
		return v
	}
	out := *v
	out.Between = ""
	if v.Beyond == "na" {
		out.Beyond = "hold"
	}
	return &out
}

// graphType returns the type of a graphical function in the words of the standard (3.1.4).
func graphType(v *model.Variable) string {
	switch {
	case v.Between == "previous":
		return "discrete"
	case v.Beyond == "extend":
		return "extrapolate"
	}
	return "continuous"
}

// graph writes a variable's i-th graphical function.
func (x *exporter) graph(v *model.Variable, i int, points []resolved.Point) {
	// 3.1.4: the last two are equal
	// The standard wants the last two values of a discrete function to be equal; a point that
	// is added for that is noted, and left out again by the reader.
	if n := len(points); v.Between == "previous" && n > 1 && points[n-1].Y != points[n-2].Y {
		x.padded[v.Name] = append(x.padded[v.Name], i)
		points = append(slices.Clone(points), resolved.Point{X: 2*points[n-1].X - points[n-2].X, Y: points[n-1].Y})
	}
	x.open("gf", "type", graphType(v))
	x.points(points)
	x.close("gf")
}

// points writes a graphical function, with the range of its values.
func (x *exporter) points(points []resolved.Point) {
	var xs, ys []float64
	for _, p := range points {
		xs, ys = append(xs, p.X), append(ys, p.Y)
	}
	x.empty("yscale", "min", annex.Decimal(slices.Min(ys)), "max", annex.Decimal(slices.Max(ys)))
	x.leaf("xpts", numbersIn(xs, ","))
	x.leaf("ypts", numbersIn(ys, ","))
}

// stock writes a stock's flows, and whether it is non-negative or a conveyor.
func (x *exporter) stock(v *model.Variable) {
	for _, f := range v.Inflow {
		x.leaf("inflow", x.reference(f))
	}
	for _, f := range v.Outflow { // of a conveyor those that leak say so themselves (4.2.1)
		x.leaf("outflow", x.reference(f))
	}
	if v.NonNeg && v.Conveyor == nil {
		x.empty("non_negative")
	}
	if c := v.Conveyor; c != nil {
		p := printer{exporter: x, v: v, over: v.Over}
		x.open("conveyor", "exponential_leak", yes(c.Exponential))
		x.leaf("len", p.text(c.Transit))
		for _, t := range []struct {
			name string
			text model.Text
		}{{"capacity", c.Capacity}, {"in_limit", c.InflowLimit}, {"sample", c.Sample}, {"arrest", c.Arrest}} {
			if t.text.Text != "" {
				x.leaf(t.name, p.text(t.text))
			}
		}
		x.close("conveyor")
	}
}
