package xmile

import (
	"regexp"
	"strings"

	"weir/model"
)

// An equationPart is an equation of a variable or of one of its elements.
type equationPart struct {
	key     string
	n       *node
	at      []int
	text    written
	literal *float64
	edges   map[int]map[int]bool // see scope
}

// parts are the equations of a variable: its own first, if it has one.
func (im *lowerer) parts(v *variable, initial bool) []equationPart {
	var out []equationPart
	if many := v.n.all("eqn"); len(many) > 1 && len(many) == product(v.over) && v.eqn == many[0] {
		return im.listed(v, many, initial)
	}
	if v.eqn != nil && (v.eqn.text().s != noInput || v.graph == nil) {
		out = im.partsOf(v, v.eqn, initial)
	}
	seen := map[string]bool{}
	for i := range v.elements {
		e := &v.elements[i]
		if seen[e.key] {
			im.report(model.OverlappingKeys, e.n.span(im.file), "", "%s[%s] has two equations", v.name, e.key)
			v.left = true
			continue
		}
		seen[e.key] = true
		eqn := e.eqn
		if initial && e.init != nil {
			eqn = e.init
		}
		if eqn == nil || blank(eqn.text().s) {
			if v.eqn == nil {
				im.report(model.MissingElement, e.n.span(im.file), "", "%s[%s] has no equation", v.name, e.key)
				v.left = true
			}
			continue
		}
		p := im.part(v, eqn, e.at, initial)
		p.key = e.key
		out = append(out, p)
	}
	switch {
	case len(out) > 0 || v.left:
	case v.batch != "":
		im.reject(v, v.n.span(im.file), "write it with stocks and delays", "what comes out of %s is not supported", v.batch)
		out = append(out, equationPart{n: v.n, text: words("na", v.n.start)})
	default:
		v.left = true
		im.report(model.MissingElement, v.n.span(im.file), "", "%s has no equation", v.name)
	}
	return out
}

// partsOf is an equation for all elements, or one for each between commas.
func (im *lowerer) partsOf(v *variable, n *node, initial bool) []equationPart {
	var list []expr
	if len(v.over) > 0 && strings.ContainsAny(n.text().s, ",;") {
		list, _ = parseEquation(n.text().s)
	}
	if len(list) <= 1 || len(list) != product(v.over) {
		p := im.part(v, n, nil, initial)
		return append([]equationPart{p}, im.atEdges(v, p, n, initial)...)
	}
	var out []equationPart
	for i, e := range list {
		at, key := v.elementAt(i)
		out = append(out, im.expression(v, n, e, at, initial))
		out[i].key = key
	}
	return out
}

// atEdges are the equations of elements from which a subscript leads out of an array.
func (im *lowerer) atEdges(v *variable, all equationPart, n *node, initial bool) []equationPart {
	if all.edges == nil {
		return nil
	}
	elements := edgeElements(all.edges, v.over)
	if elements == nil {
		im.reject(v, n.span(im.file), "", "subscripts lead out of the array at more than %d elements", maxEdges)
		return nil
	}
	var out []equationPart
	own := map[string]bool{}
	for _, e := range v.elements {
		own[e.key] = true
	}
	for _, at := range elements {
		words := make([]string, len(at))
		for i, k := range at {
			words[i] = "*"
			if k >= 0 {
				words[i] = v.over[i].elements[k]
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

// listed is one <eqn> for each element, in order, as some translators write them.
func (im *lowerer) listed(v *variable, many []*node, initial bool) []equationPart {
	var out []equationPart
	for i, n := range many {
		at, key := v.elementAt(i)
		p := im.part(v, n, at, initial)
		p.key = key
		out = append(out, p)
	}
	return out
}

// elementAt is the i-th element in the order in which arrays are stored.
func (v *variable) elementAt(i int) (at []int, key string) {
	at = make([]int, len(v.over))
	for d := len(v.over) - 1; d >= 0; d-- {
		at[d] = i % len(v.over[d].elements)
		i /= len(v.over[d].elements)
	}
	var words []string
	for d, k := range at {
		words = append(words, v.over[d].elements[k])
	}
	return at, strings.Join(words, ", ")
}

// part reads one equation.
func (im *lowerer) part(v *variable, n *node, at []int, initial bool) equationPart {
	t := n.text()
	im.elsewhere(v, t)
	list, mistakes, odd := parseAll(t.s)
	for _, o := range odd {
		im.warn(Repaired, im.file.span(t.offset(o.start), t.offset(o.end)), o.hint, "%s: %s", v.name, o.message)
	}
	if len(list) > 1 && mistakes == nil {
		start, end := list[1].at()
		mistakes = []mistake{{start, end, "there is more than one value", "write one equation, or a value for each element"}}
	}
	for _, m := range mistakes {
		v.left = true
		span := im.file.span(t.offset(min(m.start, len(t.s))), t.offset(min(m.end, len(t.s))))
		im.report(model.Syntax, span, m.hint, "%s: %s", v.name, m.message)
	}
	if mistakes != nil || len(list) == 0 {
		return equationPart{n: n, at: at, text: words("0", n.start)}
	}
	before := im.rejected
	p := im.expression(v, n, list[0], at, initial)
	if im.rejected > before { // an equation with a hole in it says nothing
		p.text, p.literal = words("na", n.start), nil
	}
	return p
}

var fromFile = regexp.MustCompile(`(?i)\{\s*GET[_ ](DIRECT|XLS|123|ODBC|VDF)[_ ][^}]*\}`)

// elsewhere warns of what translators from Vensim leave as a comment, beside a number
// that stands in for it: values that are read from another file.
func (im *lowerer) elsewhere(v *variable, t text) {
	if at := fromFile.FindStringIndex(t.s); at != nil {
		im.approximate(v, im.file.span(t.offset(at[0]), t.offset(at[1])), "its values were in another file, and this one has a number instead of them")
	}
}

// expression puts one parsed equation into our language.
func (im *lowerer) expression(v *variable, n *node, e expr, at []int, initial bool) equationPart {
	s := &scope{lowerer: im, v: v, sp: v.sp, text: n.text(), over: v.over, initial: initial}
	if at != nil {
		s.element = append(make([]int, len(v.sp.over)), at...)
		if len(at) == len(v.over) {
			s.element = at
		}
	}
	if r, ok := e.(*refExpr); ok && r.index == nil && len(r.path) == 1 && r.path[0] == "nan" && s.sp.find(r.path, s.top) == nil {
		s.approximate(v, s.span(e), "NAN alone is na, -2^109: a run ends at a value that is no number")
		e = &refExpr{r.place, []string{":na:"}, nil}
	}
	p := equationPart{n: n, at: at, text: s.expr(e).written}
	p.edges = s.edges
	if x, ok := literal(e); ok {
		p.literal = &x
	}
	return p
}

// literal is the value of a number with or without a sign.
func literal(e expr) (float64, bool) {
	switch e := e.(type) {
	case *numberExpr:
		return e.value, true
	case *unaryExpr:
		x, ok := literal(e.x)
		if e.op == "-" {
			x = -x
		}
		return x, ok && e.op != "not"
	}
	return 0, false
}
