package resolve

import (
	"fmt"

	"weir/model/check/internal/box"
	"weir/model/check/internal/cover"
	"weir/model/check/internal/state"
	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
	"weir/model/table"
)

// equations gives a variable its parts.
func (r *Resolver) equations(v *document.Variable) {
	out := r.Vars[v]
	if out == nil {
		return
	}
	switch v.Kind {
	case document.KindConstant, document.KindDecision:
		out.Parts = r.numbers(v)
	case document.KindLookup:
		out.Parts = r.readTable(v, &v.Input, nil)
	case document.KindData:
		out.Parts = r.readTable(v, nil, &resolved.Clock{Kind: dataClock(v)})
	default:
		out.Parts = r.texts(v)
	}
}

// dataClock returns the time at which a data series is read: the present one on lines between
// points, and the start of the step where the series jumps from point to point.
func dataClock(v *document.Variable) resolved.ClockKind {
	if v.Between == "" || v.Between == "line" {
		return resolved.Now
	}
	return resolved.StepStart
}

// texts resolves the equation of a stock, flow or auxiliary, and those that elements have of
// their own. It is nil, after a report, if there is no equation; a flow at the end of a conveyor
// has none, and gets one when conveyors are written out.
func (r *Resolver) texts(v *document.Variable) []*resolved.Part {
	if v.Equation.Text == "" && len(v.At) == 0 {
		if v.Kind == document.KindFlow && r.IsEnd(v) {
			return nil
		}
		if !r.Bad[v] {
			r.Bad[v] = true
			r.Report(code.MissingElement, v.Span, "write "+equationKey[v.Kind]+" = \"…\"", "%s has no equation", v)
		}
		return nil
	}
	claims, texts := r.claims(v)
	var out []*resolved.Part
	for _, region := range r.cover().Regions(v, claims, "equation") {
		for _, b := range region.Boxes {
			out = append(out, r.part(v, b, texts[region.Claim]))
		}
	}
	return out
}

// equationKey is the key that holds a kind's equation.
var equationKey = map[document.Kind]string{document.KindStock: "initial", document.KindFlow: "equation",
	document.KindAux: "equation", document.KindLookup: "points", document.KindConstant: "value",
	document.KindDecision: "value"}

// claims returns the equations of a variable with the elements that they cover. Both lists have the
// same length, and the text at an index is the equation of the claim there. The equation for all
// elements comes first.
func (r *Resolver) claims(v *document.Variable) ([]cover.Claim, []*document.Text) {
	var claims []cover.Claim
	var texts []*document.Text
	if v.Equation.Text != "" {
		claims = append(claims, cover.Claim{At: v.Equation.Span, Box: box.Whole(state.Sizes(r.DomainsOf(v.Over)))})
		texts = append(texts, &v.Equation)
	}
	for i := range v.At {
		if b, ok := r.atBox(v, v.At[i]); ok {
			claims = append(claims, cover.Claim{Key: v.At[i].Key, At: v.At[i].KeySpan, Box: b})
			texts = append(texts, &v.At[i].Text)
		}
	}
	return claims, texts
}

// atBox returns the elements that a key of an element's own equation names.
func (r *Resolver) atBox(v *document.Variable, e document.ElementText) (box.Box, bool) {
	if len(v.Over) == 0 {
		r.Bad[v] = true
		r.Report(code.SubscriptCount, e.KeySpan, "add over = [\"…\"], or delete this",
			"%s is a single number and has no elements", v)
		return nil, false
	}
	return r.cover().KeyBox(v, e.Key, e.KeySpan)
}

// part resolves one equation for a box of elements. A non-negative flow is max(0, equation), so
// that it is so at every evaluation. An equation that could not be parsed becomes Nothing.
func (r *Resolver) part(v *document.Variable, b box.Box, t *document.Text) *resolved.Part {
	s := r.NewScope(v, b, t)
	p := &resolved.Part{Loops: s.PartLoops(), Span: t.Span, Text: t.Text, Expr: tree.Nothing}
	if tree := r.State.Trees[t]; tree != nil {
		p.Expr = s.Expr(tree)
	}
	if v.Kind == document.KindFlow && v.NonNeg {
		p.Expr = tree.Apply(resolved.Max, tree.Number(0), p.Expr)
	}
	return p
}

// numbers returns the parts of a constant or decision. Equal numbers share one. The parts are in
// the order in which their numbers first appear among the elements, so that equal files give equal
// models.
func (r *Resolver) numbers(v *document.Variable) []*resolved.Part {
	extents := state.Sizes(r.DomainsOf(v.Over))
	size := box.Product(extents)
	if n := len(v.Value); n > 1 && n != size {
		r.Bad[v] = true
		r.Report(code.ValueCount, v.SpanOf("value"), "write one number for all, or one an element",
			"%s has %d values for %d elements", v, n, size)
		return nil
	}
	byValue := map[float64][]int{}
	var values []float64
	for e, x := range r.elementValues(v, size) {
		if byValue[x] == nil {
			values = append(values, x)
		}
		byValue[x] = append(byValue[x], e)
	}
	var out []*resolved.Part
	for _, x := range values {
		for _, b := range box.Boxes(byValue[x], extents) {
			s := r.NewScope(v, b, &v.Equation)
			out = append(out,
				&resolved.Part{Loops: s.PartLoops(), Span: v.SpanOf("value"), Expr: &resolved.Const{Value: x}})
		}
	}
	return out
}

// elementValues returns the number of every element, row-major, nil if some are missing.
func (r *Resolver) elementValues(v *document.Variable, size int) []float64 {
	if len(v.Value) == 0 && len(v.At) == 0 {
		if !r.Bad[v] {
			r.Bad[v] = true
			r.Report(code.MissingElement, v.Span, "write value = …", "%s has no value", v)
		}
		return nil
	}
	values := make([]float64, size)
	for e := range values {
		switch len(v.Value) {
		case 0:
		case 1:
			values[e] = v.Value[0]
		default:
			values[e] = v.Value[e]
		}
	}
	claims, at := r.valueClaims(v)
	extents := state.Sizes(r.DomainsOf(v.Over))
	for _, region := range r.cover().Regions(v, claims, "value") {
		for _, b := range region.Boxes {
			if x := at[region.Claim]; x != nil {
				b.Each(extents, func(e int) { values[e] = *x })
			}
		}
	}
	return values
}

// valueClaims returns the numbers of a constant or decision; nil is those of its value key.
func (r *Resolver) valueClaims(v *document.Variable) ([]cover.Claim, []*float64) {
	var claims []cover.Claim
	var at []*float64
	if len(v.Value) > 0 {
		claims = append(claims, cover.Claim{At: v.SpanOf("value"), Box: box.Whole(state.Sizes(r.DomainsOf(v.Over)))})
		at = append(at, nil)
	}
	for _, e := range v.At {
		if b, ok := r.atBox(v, e); ok {
			claims = append(claims, cover.Claim{Key: e.Key, At: e.KeySpan, Box: b})
			at = append(at, e.Value)
		}
	}
	return claims, at
}

// beyond has the rules by their word in the file; hold is the default.
var beyond = map[string]resolved.Beyond{"": resolved.Hold, "hold": resolved.Hold, "extend": resolved.Extend,
	"error": resolved.Fail, "na": resolved.Hold}

// declareTable makes the table of a lookup or data series.
func (r *Resolver) declareTable(v *document.Variable) {
	t := &resolved.Table{ID: len(r.Out.Tables), Name: v.Name, Beyond: beyond[v.Beyond],
		Data: v.Kind == document.KindData, Span: v.Span}
	over := r.DomainsOf(v.Over)
	for _, d := range over {
		t.Over = append(t.Over, d.Out)
	}
	r.tables[v] = t
	r.Out.Tables = append(r.Out.Tables, t)
	if v.Kind == document.KindLookup {
		t.Points = r.lookupPoints(v)
	} else if v.Series != nil {
		t.Points = v.Series.Points
	}
	r.shapeTable(t, v)
	if want := box.Product(state.Sizes(over)); len(t.Points) != want && !r.Bad[v] {
		r.Bad[v] = true
		r.Report(code.ValueCount, v.Span, "", "%s has %d lists of points for %d elements", v, len(t.Points), want)
	}
}

// shapeTable gives a table its shape between its points and beyond them. The points of the document
// are not changed. Data series are read by a clock that rounds, hence the slack, in units of time;
// a lookup has none.
func (r *Resolver) shapeTable(t *resolved.Table, v *document.Variable) {
	slack := 0.0
	if t.Data {
		slack = clockSlack * r.Model.Time.Step
	}
	shaped := make([][]resolved.Point, len(t.Points))
	for i, points := range t.Points {
		if shaped[i] = points; len(points) == 0 || r.Bad[v] {
			continue
		}
		shaped[i] = table.Betweens[v.Between](points, slack)
		if v.Beyond == "na" {
			shaped[i] = table.NowhereElse(shaped[i], slack)
		}
	}
	t.Points = shaped
}

// clockSlack is how far the clock may miss a date by rounding, in steps.
const clockSlack = 1e-6

// lookupPoints returns the points of a lookup, one list per element.
func (r *Resolver) lookupPoints(v *document.Variable) [][]resolved.Point {
	extents := state.Sizes(r.DomainsOf(v.Over))
	out := make([][]resolved.Point, box.Product(extents))
	var claims []cover.Claim
	var points [][]resolved.Point
	if len(v.Points) > 0 || len(v.Tables) == 0 {
		claims, points = append(claims,
			cover.Claim{At: v.SpanOf("points"), Box: box.Whole(extents)}), append(points, v.Points)
	}
	for _, e := range v.At {
		if b, ok := r.atBox(v, e); ok {
			claims, points = append(claims, cover.Claim{Key: e.Key, At: e.KeySpan, Box: b}), append(points,
				v.Tables[e.Key])
		}
	}
	for _, region := range r.cover().Regions(v, claims, "table") {
		for _, b := range region.Boxes {
			b.Each(extents, func(e int) { out[e] = points[region.Claim] })
		}
	}
	r.checkPoints(v, claims, points)
	return out
}

// checkPoints makes sure that every table can be read. A NaN is reported as well, since no
// comparison with it holds.
func (r *Resolver) checkPoints(v *document.Variable, claims []cover.Claim, points [][]resolved.Point) {
	for i, list := range points {
		at := claims[i].At
		if len(list) == 0 && !r.Bad[v] {
			r.Bad[v] = true
			r.Report(code.BadPoints, at, "write points = [[0, 0], [1, 1]]", "%s has no points", v)
		}
		for j := 1; j < len(list); j++ {
			if !(list[j-1].X <= list[j].X) && !r.Bad[v] {
				r.Bad[v] = true
				r.Report(code.BadPoints, at,
					"no point lies to the left of the one before; two of the same x are a jump",
					"the points of %s go from x = %v to x = %v", v, list[j-1].X, list[j].X)
			}
		}
	}
}

// readTable returns the equation of a lookup with an input, or of a data series: its table at
// the input.
func (r *Resolver) readTable(v *document.Variable, input *document.Text, x resolved.Expr) []*resolved.Part {
	text := input
	if text == nil {
		text = &document.Text{Span: v.Span, Text: fmt.Sprintf("%s at time", v.Name)}
	}
	s := r.NewScope(v, box.Whole(state.Sizes(r.DomainsOf(v.Over))), text)
	p := &resolved.Part{Loops: s.PartLoops(), Span: text.Span, Text: text.Text, Expr: tree.Nothing}
	if tree := r.State.Trees[text]; tree != nil {
		x = s.Expr(tree)
	}
	if x != nil && r.tables[v] != nil {
		p.Expr = &resolved.Lookup{Table: r.tables[v], At: s.own(), X: x}
	}
	return []*resolved.Part{p}
}

// A Scope is where an expression is resolved: in one part of a variable's equation, inside a
// reduction or not, or in the text of a function.
type Scope struct {
	*Resolver
	Owner *resolved.Variable // whose equation it is
	Text  *document.Text     // where spans belong
	axes  []axis             // the equation's own dimensions
	red   *reduction         // the innermost reduction around the expression; nil outside
	bind  map[string]resolved.Expr
	// conditional: inside a branch of an if, where nothing may be computed outside.
	conditional bool
}

// An axis is a dimension that an equation, or a reduction, runs over.
type axis struct {
	dom  *state.Domain
	loop *resolved.Loop
}

// NewScope returns the scope of a variable's equation for a box of its elements.
func (r *Resolver) NewScope(v *document.Variable, b box.Box, t *document.Text) *Scope {
	s := &Scope{Resolver: r, Owner: r.Vars[v], Text: t}
	for i, d := range r.DomainsOf(v.Over) {
		s.axes = append(s.axes, axis{d, &resolved.Loop{Dim: d.Out, At: b[i]}})
	}
	return s
}

// PartLoops returns the loops of the equation's part, one per dimension.
func (s *Scope) PartLoops() []*resolved.Loop {
	var out []*resolved.Loop
	for _, a := range s.axes {
		out = append(out, a.loop)
	}
	return out
}

// own returns the position of the element that the equation is for.
func (s *Scope) own() []resolved.Pos {
	var out []resolved.Pos
	for _, a := range s.axes {
		out = append(out, tree.Position(a.loop, a.loop.At))
	}
	return out
}

// mistake reports something at a place of the equation, and returns its value: Nothing.
func (s *Scope) mistake(code diagnostic.Code, at equation.Span, hint, format string, args ...any) resolved.Expr {
	s.Report(code, s.Text.At(at), hint, format, args...)
	return tree.Nothing
}

// cover returns the coverer that shares elements among equations.
func (r *Resolver) cover() *cover.Coverer { return cover.New(r.State) }
