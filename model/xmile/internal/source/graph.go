package source

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/scan"
)

// A Graph is a graphical function.
type Graph struct {
	Node     *scan.Node
	Points   []resolved.Point
	Beyond   string // hold, extend
	Discrete bool
}

// maxPoints bounds the points of one graphical function.
const maxPoints = 1_000_000

// readGraph reads a <gf>; nil if there is no sense in it.
// Without xpts the values of x are spread evenly over the scale. Points of the same x make a
// jump; NaN and infinity are refused.
// A type that is not known is read as continuous with a warning; other mistakes are errors.
func (im *Model) readGraph(v *Variable, n *scan.Node) *Graph {
	g := &Graph{Node: n, Beyond: "hold"}
	switch kind := strings.ToLower(n.Value("type")); kind {
	case "", "continuous":
	case "extrapolate":
		g.Beyond = "extend"
	case "discrete":
		g.Discrete = true
	default:
		im.Warn(scan.Repaired, n.Span(im.Sources), "",
			"%s: a graphical function of type %q is read as continuous", v.Name, kind)
	}
	if strings.EqualFold(n.Value("discrete"), "true") { // Stella before XMILE
		g.Discrete = true
	}
	ys, ok := im.numbers(v, n.Kid("ypts"))
	if !ok || len(ys) == 0 {
		if ok {
			im.Report(model.BadPoints, n.Span(im.Sources), "", "%s: the graphical function has no <ypts>", v.Name)
		}
		return nil
	}
	xs, ok := im.numbers(v, n.Kid("xpts"))
	if !ok {
		return nil
	}
	if xs == nil {
		xs = spread(im.scale(n), len(ys))
	}
	if len(xs) != len(ys) {
		im.Report(model.BadPoints, n.Span(im.Sources), "",
			"%s: the graphical function has %d values of x and %d of y", v.Name, len(xs), len(ys))
		return nil
	}
	g.Points = PointsOf(xs, ys)
	// The exporter added the last point, for the standard wants one. The elements read so far are
	// the number of this element's graph.
	if n := len(g.Points); n > 1 && slices.Contains(im.Annex.Variables[v.Node.Value("name")].Padded, len(v.Elements)) {
		g.Points = g.Points[:n-1]
	}
	g.Points = im.Arranged(v, g.Node.Span(im.Sources), g.Points)
	return g
}

// PointsOf returns points from their coordinates, of which there are equally many.
func PointsOf(xs, ys []float64) []Point {
	out := make([]Point, len(xs))
	for i := range xs {
		out[i] = Point{X: xs[i], Y: ys[i]}
	}
	return out
}

// Arranged returns points in the order of x, and warns if they were in another order at a
// place of the file. Where two have the same x, the graph jumps.
func (im *Model) Arranged(v *Variable, at diagnostic.Span, p []Point) []Point {
	byX := func(a, b Point) int { return cmp.Compare(a.X, b.X) }
	if slices.IsSortedFunc(p, byX) {
		return p
	}
	im.Warn(scan.Repaired, at, "", "%s: the points of the graphical function are put in the order of x", v.Name)
	out := slices.Clone(p)
	slices.SortStableFunc(out, byX)
	return out
}

// graphIn returns the graphical function that an equation is, as Vensim writes lookups
// into XMILE too, or nil. Faults of the equation are reported when it is read.
func (im *Model) graphIn(v *Variable, n *scan.Node) *Graph {
	// A look at the text saves the parsing of most equations.
	if n == nil || !strings.Contains(n.Text().Value, "[") {
		return nil
	}
	t := im.EquationText(v, n)
	list, mistakes := im.Grammar().Parse(t.Value)
	if len(list) != 1 || mistakes != nil {
		return nil
	}
	p, ok := list[0].(*expr.Points)
	if !ok || len(p.X) == 0 {
		return nil
	}
	return &Graph{Node: n, Beyond: "hold", Points: im.Arranged(v, t.Span(im.Sources), PointsOf(p.X, p.Y))}
}

// scale returns <xscale>, from 0 to 1 if there is none.
// An end that is missing or no number keeps its usual value.
func (im *Model) scale(n *scan.Node) [2]float64 {
	out := [2]float64{0, 1}
	if s := n.Kid("xscale"); s != nil {
		for i, name := range []string{"min", "max"} {
			if x, err := strconv.ParseFloat(strings.TrimSpace(s.Value(name)), 64); err == nil {
				out[i] = x
			}
		}
	}
	return out
}

// spread returns n values of x, evenly from one end to the other.
// A single value is at the lower end.
// On the scale from 0 to 10, three values are 0, 5 and 10.
func spread(scale [2]float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = scale[0]
		if n > 1 {
			out[i] += (scale[1] - scale[0]) * float64(i) / float64(n-1)
		}
	}
	return out
}

// numbers reads a list of numbers; nil if there is no such element.
// An element without numbers gives an empty list, not nil. The attribute sep names the separator;
// blanks part numbers in any case, and without sep commas and semicolons do too. The second result
// is false after a mistake, which is reported.
func (im *Model) numbers(v *Variable, n *scan.Node) ([]float64, bool) {
	if n == nil {
		return nil, true
	}
	separator := n.Value("sep")
	cut := func(r rune) bool {
		return strings.ContainsRune(separator, r) || strings.ContainsRune(" \t\r\n", r) || separator == "" &&
			strings.ContainsRune(",;", r)
	}
	out := []float64{}
	for _, w := range strings.FieldsFunc(n.Text().Value, cut) {
		x, err := strconv.ParseFloat(w, 64)
		// x-x is NaN for an infinite x and for NaN.
		if err != nil || x-x != 0 {
			im.Report(model.BadPoints, n.Text().Span(im.Sources), "", "%s: %q is not a number", v.Name, w)
			return nil, false
		}
		if out = append(out, x); len(out) > maxPoints {
			im.Report(model.TooLarge, n.Span(im.Sources), "", "%s: a graphical function has at most %d points",
				v.Name, maxPoints)
			return nil, false
		}
	}
	return out, true
}
