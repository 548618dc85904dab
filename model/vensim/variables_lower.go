package vensim

import (
	"slices"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// lowerConstant writes the numbers of a constant.
func (im *importer) lowerConstant(v *variable) {
	size := v.size()
	values := make([]float64, size)
	for i := range values {
		values[i] = syntax.NotAvailable
	}
	set := make([]bool, size)
	for i, eq := range v.equations {
		im.numbersOf(v, i, eq, func(element int, x float64) { values[element], set[element] = x, true })
	}
	if slices.Contains(set, false) && !v.broken {
		v.note(model.Equivalent, "elements without a value are :NA:")
	}
	if !slices.ContainsFunc(values, func(x float64) bool { return x != values[0] }) {
		values = values[:1]
	}
	v.out.Value = values
	v.out.Range = im.rangeOf(v)
}

// numbersOf gives each element of an equation its number.
func (im *importer) numbersOf(v *variable, i int, eq *syntax.Equation, set func(element int, x float64)) {
	var list []float64
	if c, ok := eq.Expr.(*syntax.Call); ok {
		list = im.constantsFromFile(v, i, eq, c)
		if list == nil {
			v.broken = true
			return
		}
	} else if eq.Expr != nil {
		x, _ := syntax.Literal(eq.Expr)
		list = []float64{x}
	}
	for _, row := range eq.Numbers {
		for _, n := range row {
			list = append(list, n.Value)
		}
	}
	boxes := im.coverage(v, i, true)
	n := subscript.Size(v.boxes[i])
	if len(list) > 1 && len(list) != n || len(list) == 0 {
		im.ErrorAt(model.ValueCount, eq.NameSpan, "", "%s lists %d numbers for %d elements", v.name, len(list), n)
		v.broken = true
		return
	}
	places := im.placesOf(v, i)
	for _, b := range boxes {
		im.eachElement(v, b, func(keys []string, element int) {
			if len(list) == 1 {
				set(element, list[0])
				return
			}
			at := 0
			for p, k := range keys {
				at = at*len(v.boxes[i][p]) + places[p][k]
			}
			set(element, list[at])
		})
	}
}

// placesOf are the places of elements in an equation's own box.
func (im *importer) placesOf(v *variable, i int) []map[string]int {
	var out []map[string]int
	for _, elements := range v.boxes[i] {
		m := map[string]int{}
		for n, e := range elements {
			m[e] = n
		}
		out = append(out, m)
	}
	return out
}

// eachElement calls f for every element of a box, row by row, with its number in the
// variable.
func (im *importer) eachElement(v *variable, box [][]string, f func(keys []string, element int)) {
	keys := make([]string, len(box))
	var run func(i, element int)
	run = func(i, element int) {
		if i == len(box) {
			f(keys, element)
			return
		}
		at := v.over[i].index()
		for _, e := range box[i] {
			keys[i] = e
			run(i+1, element*len(v.over[i].elements)+at[e])
		}
	}
	run(0, 0)
}

// index are the places of a dimension's elements.
func (d *dimension) index() map[string]int {
	if d.at == nil {
		d.at = map[string]int{}
		for i, e := range d.elements {
			d.at[e] = i
		}
	}
	return d.at
}

// lowerLookup writes the points of a lookup.
func (im *importer) lowerLookup(v *variable) {
	for i, eq := range v.equations {
		l := im.newLowering(v, eq)
		if eq.Table == nil {
			im.lookupFromFile(v, i, eq)
			continue
		}
		if len(eq.Table.Points) == 0 {
			l.failWith(model.BadPoints, eq.NameSpan, "", "the lookup has no points")
			return
		}
		points := l.clean(eq.Table.Points, eq.Table.Span)
		for _, b := range im.coverage(v, i, false) {
			for _, p := range l.pieces(nil, b) {
				im.putTable(v, p.key(v), points, eq)
			}
		}
	}
}

// putTable gives the elements of a key their points.
func (im *importer) putTable(v *variable, key string, points []resolved.Point, eq *syntax.Equation) {
	if key == "" {
		v.out.Points = points
		return
	}
	if v.out.Tables == nil {
		v.out.Tables = map[string][]resolved.Point{}
	}
	v.out.Tables[key] = points
	v.out.At = append(v.out.At, model.ElementText{Key: key, KeySpan: im.Place(eq.NameSpan)})
}

// lowerWithLookup makes a lookup with an input of a variable that is WITH LOOKUP alone.
func (im *importer) lowerWithLookup(v *variable) bool {
	if len(v.equations) != 1 || len(v.equations[0].Except) > 0 || v.flow {
		return false
	}
	eq := v.equations[0]
	c, ok := eq.Expr.(*syntax.Call)
	if !ok || c.Key != "with_lookup" || len(c.Args) != 2 {
		return false
	}
	t, ok := c.Args[1].(*syntax.Table)
	if !ok || len(t.Points) == 0 {
		return false
	}
	l := im.newLowering(v, eq)
	pieces := l.pieces(c.Args[0], v.boxes[0])
	if len(pieces) != 1 || pieces[0].key(v) != "" {
		return false
	}
	v.out.Kind = model.KindLookup
	v.out.Input = l.write(c.Args[0], pieces[0])
	v.out.Points = l.clean(t.Points, t.Span)
	return true
}

// lowerStock writes a stock: its initial value, and its flows or one net flow.
func (im *importer) lowerStock(v *variable) {
	for _, eq := range v.equations {
		if c := eq.Expr.(*syntax.Call); len(c.Args) != 2 {
			im.ErrorAt(model.ArgumentCount, c.Span, "write INTEG(net flow, initial value)", "%s: INTEG takes 2 arguments, not %d", v.name, len(c.Args))
			v.broken = true
			return
		}
	}
	v.out.Equation, v.out.At = im.initialTexts(v)
	if f := im.flowsOf[v]; f != nil {
		v.out.Inflow, v.out.Outflow = f.names(f.in), f.names(f.out)
		return
	}
	net := &model.Variable{Name: im.names.Free(v.ours+"_net_flow", ""), Kind: model.KindFlow, Over: v.out.Over, Span: v.out.Span, Label: v.name + ", net flow"}
	if v.out.Units != "" {
		net.Units = perTime(v.out.Units, im.m.Time.Unit)
	}
	net.Equation, net.At = im.texts(v, func(eq *syntax.Equation) syntax.Expr { return eq.Expr.(*syntax.Call).Args[0] })
	v.out.Inflow = []string{net.Name}
	im.extra = append(im.extra, net)
	v.note(model.Equivalent, "what it integrates is one flow, "+netFlow(v, net.Name))
}

// netFlow names the flow that a stock integrates: the usual name without the stock's, so
// that a report can say it of many stocks at once.
func netFlow(v *variable, name string) string {
	if name == v.ours+"_net_flow" {
		return "…_net_flow"
	}
	return name
}

// initialTexts are the initial values of a stock: one text if the equations of all parts
// of a range say the same of their own part.
func (im *importer) initialTexts(v *variable) (model.Text, []model.ElementText) {
	whole, at := im.texts(v, func(eq *syntax.Equation) syntax.Expr { return eq.Expr.(*syntax.Call).Args[1] })
	if len(at) < 2 || whole.Text != "" || v.broken {
		return whole, at
	}
	for place := range v.over {
		if text, ok := im.oneText(v, place); ok {
			return text, nil
		}
	}
	return whole, at
}

// oneText writes the initial value of every equation with the whole range for its part
// of it at a place. It reports whether they are all the same text then.
func (im *importer) oneText(v *variable, place int) (text model.Text, same bool) {
	d := v.over[place]
	if d.rng == nil {
		return text, false
	}
	said := len(im.List)
	for _, eq := range v.equations {
		part := eq.Subs[place]
		if part.Key == d.rng.Key {
			return text, false
		}
		own := *eq
		own.Subs = slices.Clone(eq.Subs)
		own.Subs[place] = syntax.Sub{Span: part.Span, Name: d.rng.Name, Key: d.rng.Key, Bang: false}
		l := im.newLowering(v, &own)
		value := withSubscript(eq.Expr.(*syntax.Call).Args[1], part.Key, own.Subs[place])
		p := piece{}
		for i, s := range own.Subs {
			if r := im.Ranges[s.Key]; r == nil || len(r.Elements) != len(v.over[i].elements) || l.mustExpand(value, i) {
				return text, false
			}
			p = p.with("*", "", 1)
		}
		now := l.write(value, p)
		if len(im.List) > said || l.failed || text.Text != "" && text.Text != now.Text {
			im.List = im.List[:said]
			return text, false
		}
		text = now
	}
	return text, true
}

// withSubscript is an expression with another subscript in the place of one.
func withSubscript(e syntax.Expr, key string, with syntax.Sub) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Unary:
		return &syntax.Unary{Span: e.Span, Op: e.Op, X: withSubscript(e.X, key, with)}
	case *syntax.Infix:
		return &syntax.Infix{Span: e.Span, Op: e.Op, OpSpan: e.OpSpan, X: withSubscript(e.X, key, with), Y: withSubscript(e.Y, key, with)}
	case *syntax.Ref:
		out := *e
		out.Subs = slices.Clone(e.Subs)
		for i := range out.Subs {
			if out.Subs[i].Key == key && !out.Subs[i].Bang {
				out.Subs[i].Name, out.Subs[i].Key = with.Name, with.Key
			}
		}
		return &out
	}
	return e
}

func perTime(units, time string) string {
	if strings.ContainsAny(units, "*/") {
		units = "(" + units + ")"
	}
	return units + "/" + time
}

// stockFlows are the variables that fill and drain a stock.
type stockFlows struct{ in, out []*variable }

func (stockFlows) names(vs []*variable) []string {
	var out []string
	for _, v := range vs {
		out = append(out, v.ours)
	}
	return out
}

// prepareFlows finds out whether what a stock integrates is a sum of variables that can
// be its flows: of its own shape, each used once, and none of them another stock's.
func (im *importer) prepareFlows(v *variable) {
	if v.kind != model.KindStock || v.broken || len(v.equations) != 1 {
		return
	}
	eq := v.equations[0]
	c, ok := eq.Expr.(*syntax.Call)
	if !ok || len(c.Args) != 2 || len(eq.Except) > 0 {
		return
	}
	f := &stockFlows{}
	if !im.terms(c.Args[0], false, func(r *syntax.Ref, minus bool) bool { return im.addFlow(v, eq, f, r, minus) }) {
		return
	}
	for _, w := range f.in {
		w.flow, w.in = true, true
	}
	for _, w := range f.out {
		w.flow, w.away = true, true
	}
	if im.flowsOf == nil {
		im.flowsOf = map[*variable]*stockFlows{}
	}
	im.flowsOf[v] = f
}

// terms calls f for every term of a sum of names; false if it is something else.
func (im *importer) terms(e syntax.Expr, minus bool, f func(r *syntax.Ref, minus bool) bool) bool {
	switch e := e.(type) {
	case *syntax.Ref:
		return f(e, minus)
	case *syntax.Unary:
		return e.Op != "not" && im.terms(e.X, minus != (e.Op == "-"), f)
	case *syntax.Infix:
		if e.Op == "+" || e.Op == "-" {
			return im.terms(e.X, minus, f) && im.terms(e.Y, minus != (e.Op == "-"), f)
		}
	}
	return false
}

// addFlow takes a term as a flow of a stock, if it can be one.
func (im *importer) addFlow(v *variable, eq *syntax.Equation, f *stockFlows, r *syntax.Ref, minus bool) bool {
	w := im.vars[r.Key]
	if w == nil || w.ours == "" || w.kind != model.KindAux || w.broken || len(r.Subs) != len(eq.Subs) || len(w.over) != len(v.over) {
		return false
	}
	for i, s := range r.Subs {
		if s.Key != eq.Subs[i].Key || s.Bang || w.over[i] != v.over[i] {
			return false
		}
	}
	if slices.Contains(f.in, w) || slices.Contains(f.out, w) || minus && w.away || !minus && w.in {
		return false
	}
	if minus {
		f.out = append(f.out, w)
	} else {
		f.in = append(f.in, w)
	}
	return true
}
