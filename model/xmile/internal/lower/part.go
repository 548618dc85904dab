package lower

import (
	"regexp"
	"strings"

	"weir/model"
	"weir/model/equation"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// An equationPart is an equation of a variable or of one of its elements.
type equationPart struct {
	key     string
	n       *scan.Node
	at      []int
	tree    equation.Expr
	literal *float64
	edges   edges // see scope
}

// parts returns the equations of a variable: its own first, if it has one.
// With initial the equations are those that hold while initial values are computed. Elements
// without an equation of their own are covered by the variable's; if there is none, that is
// reported.
func (im *Lowerer) parts(v *source.Variable, initial bool) []equationPart {
	var out []equationPart
	// Some translators write an <eqn> for each element, in order.
	if many := v.Node.All("eqn"); len(many) > 1 && len(many) == source.Product(v.Over) && v.Eqn == many[0] {
		return im.listed(v, many, initial)
	}
	if v.Eqn != nil && (v.Eqn.Text().Value != source.NoInput || v.Graph == nil) {
		out = im.partsOf(v, v.Eqn, initial)
	}
	seen := map[string]int{}
	for i := range v.Elements {
		e := &v.Elements[i]
		if seen[e.Key]++; seen[e.Key] > 1 {
			if seen[e.Key] == 2 {
				im.Report(model.OverlappingKeys, e.Node.Span(im.Sources), "", "%s[%s] has two equations", v.Name, e.Key)
			}
			v.Left = true
			continue
		}
		eqn := e.Eqn
		if initial && e.Init != nil {
			eqn = e.Init
		}
		if eqn == nil || expr.Blank(eqn.Text().Value) {
			if v.Eqn == nil {
				im.Report(model.MissingElement, e.Node.Span(im.Sources), "", "%s[%s] has no equation", v.Name, e.Key)
				v.Left = true
			}
			continue
		}
		p := im.part(v, eqn, e.At, initial)
		p.key = e.Key
		out = append(out, p)
	}
	switch {
	case len(out) > 0 || v.Left:
	case v.Batch != "":
		im.Reject(v, v.Node.Span(im.Sources), "write it with stocks and delays",
			"the outflow of %s is not supported", v.Batch)
		out = append(out, equationPart{n: v.Node, tree: im.na(v.Node)})
	default:
		v.Left = true
		im.Report(model.MissingElement, v.Node.Span(im.Sources), "", "%s has no equation", v.Name)
	}
	return out
}

// partsOf returns an equation for all elements, or one for each between commas.
func (im *Lowerer) partsOf(v *source.Variable, n *scan.Node, initial bool) []equationPart {
	var list []expr.Expr
	if len(v.Over) > 0 && strings.ContainsAny(n.Text().Value, ",;") {
		list, _ = im.Grammar().Parse(im.EquationText(v, n).Value)
	}
	if len(list) <= 1 || len(list) != source.Product(v.Over) {
		p := im.part(v, n, nil, initial)
		return append([]equationPart{p}, im.atEdges(v, p, n, initial)...)
	}
	var out []equationPart
	for i, e := range list {
		at, key := source.ElementAt(v.Over, i)
		out = append(out, im.expression(v, n, e, at, initial))
		out[i].key = key
	}
	return out
}

// atEdges returns the equations of elements from which a subscript leads out of an array.
// The keys of their equations are more specific than that for all elements, which the checker
// therefore takes for the rest.
func (im *Lowerer) atEdges(v *source.Variable, all equationPart, n *scan.Node, initial bool) []equationPart {
	if all.edges == nil {
		return nil
	}
	elements := all.edges.elements(v.Over)
	if elements == nil {
		im.Reject(v, n.Span(im.Sources), "", "subscripts lead out of the array at more than %d elements", maxEdges)
		return nil
	}
	var out []equationPart
	own := map[string]bool{}
	for _, e := range v.Elements {
		own[e.Key] = true
	}
	for _, at := range elements {
		words := make([]string, len(at))
		for i, k := range at {
			words[i] = "*"
			if k >= 0 {
				words[i] = v.Over[i].Elements[k]
			}
		}
		key := strings.Join(words, ", ")
		if own[key] {
			continue
		}
		p := im.part(v, n, at, initial)
		p.key, p.edges = key, nil
		out = append(out, p)
	}
	return out
}

// listed returns one <eqn> for each element, in order, as some translators write them.
func (im *Lowerer) listed(v *source.Variable, many []*scan.Node, initial bool) []equationPart {
	var out []equationPart
	for i, n := range many {
		at, key := source.ElementAt(v.Over, i)
		p := im.part(v, n, at, initial)
		p.key = key
		out = append(out, p)
	}
	return out
}

// part reads one equation.
func (im *Lowerer) part(v *source.Variable, n *scan.Node, at []int, initial bool) equationPart {
	t := im.EquationText(v, n)
	im.elsewhere(v, t)
	list, mistakes, odd := im.Grammar().ParseAll(t.Value)
	for _, o := range odd {
		im.Warn(scan.Repaired, im.Sources.Span(t.Offset(o.Start), t.Offset(o.End)), o.Hint, "%s: %s", v.Name, o.Message)
	}
	if len(list) > 1 && mistakes == nil {
		start, end := list[1].At()
		mistakes = []expr.Mistake{{
			Start: start, End: end, Message: "there is more than one value", Hint: "write one equation, or a value for each element",
		}}
	}
	for _, m := range mistakes {
		v.Left = true
		span := im.Sources.Span(t.Offset(min(m.Start, len(t.Value))), t.Offset(min(m.End, len(t.Value))))
		im.Report(model.Syntax, span, m.Hint, "%s: %s", v.Name, m.Message)
	}
	if mistakes != nil || len(list) == 0 {
		return equationPart{n: n, at: at, tree: equation.NewNumber(im.at(n), 0)}
	}
	// A part that is not supported makes the whole equation worthless: its value is na, and
	// the variable counts as not supported.
	before := im.Rejected
	p := im.expression(v, n, list[0], at, initial)
	if im.Rejected > before { // an equation with a hole in it says nothing
		p.tree, p.literal = im.na(n), nil
	}
	return p
}

// fromFile finds the comments in which translators from Vensim keep a function that reads
// another file.
var fromFile = regexp.MustCompile(`(?i)\{\s*GET[_ ](DIRECT|XLS|123|ODBC|VDF)[_ ][^}]*\}`)

// elsewhere warns of values in another file. Translators from Vensim leave the function that
// reads them as a comment, and a number in their place.
func (im *Lowerer) elsewhere(v *source.Variable, t scan.Text) {
	if at := fromFile.FindStringIndex(t.Value); at != nil {
		im.Approximate(v, im.Sources.Span(t.Offset(at[0]), t.Offset(at[1])),
			"its values were in another file, and this one has a number instead of them")
	}
}

// expression puts one parsed equation into our language.
func (im *Lowerer) expression(v *source.Variable, n *scan.Node, e expr.Expr, at []int, initial bool) equationPart {
	s := &scope{Lowerer: im, mistakes: new(int), v: v, sp: v.Space, text: im.EquationText(v, n), over: v.Over,
		initial: initial}
	if at != nil {
		s.element = append(make([]int, len(v.Space.Over)), at...)
		if len(at) == len(v.Over) {
			s.element = at
		}
	}
	e = s.shownNothing(e)
	p := equationPart{n: n, at: at, tree: s.expr(e)}
	p.edges = s.edges
	if x, ok := expr.Literal(e); ok {
		p.literal = &x
	}
	return p
}
