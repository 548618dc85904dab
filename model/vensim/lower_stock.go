package vensim

import (
	"slices"
	"strings"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// stock fills in the initial value of a stock, and its flows if it integrates a sum of them.
// Anything else that it integrates becomes one net flow, in the stock's units per time.
// Every equation of v is a call of INTEG here, for that made it a stock. A call with another number
// of arguments is reported, and v is broken then.
func (lo *lowerer) stock(v *variable) {
	for _, eq := range v.equations {
		if c := eq.Expr.(*syntax.Call); len(c.Args) != 2 {
			lo.ErrorAt(model.ArgumentCount, c.Span, "write INTEG(net flow, initial value)",
				"%s: INTEG takes 2 arguments, not %d", v.name, len(c.Args))
			v.broken = true
			return
		}
	}
	v.out.Equation, v.out.At = lo.initialTexts(v)
	if f := lo.flowsOf[v]; f != nil {
		v.out.Inflow, v.out.Outflow = namesOf(f.in), namesOf(f.out)
		return
	}
	net := &model.Variable{
		Name: lo.names.Free(v.ours+"_net_flow", ""), Kind: model.KindFlow, Over: v.out.Over, Span: v.out.Span,
		Label: v.name + ", net flow",
	}
	if v.out.Units != "" {
		net.Units = perTime(v.out.Units, lo.m.Time.Unit)
	}
	net.Equation, net.At = lo.texts(v, func(eq *syntax.Equation) syntax.Expr { return eq.Expr.(*syntax.Call).Args[0] })
	// A stock of weir changes by flows alone, so the sum that is no sum of flows gets a name.
	v.out.Inflow = []string{net.Name}
	lo.extra = append(lo.extra, net)
	v.note(model.Equivalent, "what it integrates is one flow, "+netFlow(v, net.Name))
}

// netFlow returns the name of the flow that a stock integrates: the usual name without the
// stock's, so that a report can say it of many stocks at once.
func netFlow(v *variable, name string) string {
	if name == v.ours+"_net_flow" {
		return "…_net_flow"
	}
	return name
}

// initialTexts returns the initial values of a stock: one text if the equations of all
// parts of a range say the same of their own part.
// The second result has a text for each part where they differ; the first is empty then.
func (lo *lowerer) initialTexts(v *variable) (model.Text, []model.ElementText) {
	whole, at := lo.texts(v, func(eq *syntax.Equation) syntax.Expr { return eq.Expr.(*syntax.Call).Args[1] })
	if len(at) < 2 || whole.Text != "" || v.broken {
		return whole, at
	}
	for place := range v.over {
		if text, ok := lo.oneText(v, place); ok {
			return text, nil
		}
	}
	return whole, at
}

// oneText returns the initial value of every equation with the whole range for its part
// of it at a place. It reports whether they are all the same text then.
// For s[a] = INTEG(f[a], x[a]) and s[b] = INTEG(f[b], x[b]) over a range d of a and b the text is
// that of x[d]. Attempts that fail leave no diagnostics behind.
func (lo *lowerer) oneText(v *variable, place int) (text model.Text, same bool) {
	d := v.over[place]
	if d.rng == nil {
		return text, false
	}
	// The mistakes of an attempt are cut off again below, for lowering by parts reports them.
	reported := len(lo.List)
	for _, eq := range v.equations {
		part := eq.Subs[place]
		if part.Key == d.rng.Key {
			return text, false
		}
		own := *eq
		own.Subs = slices.Clone(eq.Subs)
		own.Subs[place] = syntax.Sub{Span: part.Span, Name: d.rng.Name, Key: d.rng.Key}
		l := lo.lowering(v, &own)
		value := withSubscript(eq.Expr.(*syntax.Call).Args[1], part.Key, own.Subs[place])
		p := piece{}
		for i, s := range own.Subs {
			if r := lo.subs.Ranges[s.Key]; r == nil || len(r.Elements) != len(v.over[i].elements) ||
				l.mustExpand(value, i) {
				return text, false
			}
			p = p.with("*", "", v.over[i].elements)
		}
		now := l.text(value, p)
		if len(lo.List) > reported || l.failed || text.Text != "" && text.Text != now.Text {
			lo.List = lo.List[:reported]
			return text, false
		}
		text = now
	}
	return text, true
}

// withSubscript returns an expression with another subscript in the place of one.
// It leaves e as it is and copies the nodes that it changes. It goes into signs and operators, not
// into the arguments of calls; subscripts with a ! stay, since they name a range that a function
// combines.
func withSubscript(e syntax.Expr, key string, with syntax.Sub) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Unary:
		return &syntax.Unary{Span: e.Span, Op: e.Op, X: withSubscript(e.X, key, with)}
	case *syntax.Infix:
		return &syntax.Infix{Span: e.Span, Op: e.Op, OpSpan: e.OpSpan, X: withSubscript(e.X, key, with),
			Y: withSubscript(e.Y, key, with)}
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

// perTime returns units per unit of time.
// A product or quotient is put in parentheses: perTime("a*b", "year") is "(a*b)/year".
func perTime(units, time string) string {
	if strings.ContainsAny(units, "*/") {
		units = "(" + units + ")"
	}
	return units + "/" + time
}

// stockFlows are the variables that fill and drain a stock.
type stockFlows struct {
	in, out []*variable // each in the order of the sum
}

// namesOf returns our names of variables.
func namesOf(vs []*variable) []string {
	var out []string
	for _, v := range vs {
		out = append(out, v.ours)
	}
	return out
}

// prepareFlows makes flows of the variables that a stock integrates, if it integrates a
// sum of variables that can be flows: of its own shape, each used once, and none of them
// another stock's.
// It runs before any equation is lowered, since whether a variable is a flow decides its kind. It
// changes nothing if one of the terms cannot be a flow.
func (lo *lowerer) prepareFlows(v *variable) {
	if v.kind != model.KindStock || v.broken || len(v.equations) != 1 {
		return
	}
	eq := v.equations[0]
	c, ok := eq.Expr.(*syntax.Call)
	if !ok || len(c.Args) != 2 || len(eq.Except) > 0 {
		return
	}
	f := &stockFlows{}
	if !terms(c.Args[0], false, func(r *syntax.Ref, minus bool) bool { return lo.addFlow(v, eq, f, r, minus) }) {
		return
	}
	// The marks are set only now, when all of the terms have turned out to be flows.
	for _, w := range f.in {
		w.flow, w.in = true, true
	}
	for _, w := range f.out {
		w.flow, w.away = true, true
	}
	lo.flowsOf[v] = f
}

// terms calls f for every term of a sum of names. It reports false of another expression,
// and when f does.
// minus is the sign before e: of a - (b - c) the terms are a, b with minus, and c without.
func terms(e syntax.Expr, minus bool, f func(r *syntax.Ref, minus bool) bool) bool {
	switch e := e.(type) {
	case *syntax.Ref:
		return f(e, minus)
	case *syntax.Unary:
		return e.Op != "not" && terms(e.X, minus != (e.Op == "-"), f)
	case *syntax.Infix:
		if e.Op == "+" || e.Op == "-" {
			return terms(e.X, minus, f) && terms(e.Y, minus != (e.Op == "-"), f)
		}
	}
	return false
}

// addFlow takes a term as a flow of a stock, and reports whether it can be one.
// A flow may leave one stock and enter another one. It must not enter two, leave two, or stand
// twice in one sum.
func (lo *lowerer) addFlow(v *variable, eq *syntax.Equation, f *stockFlows, r *syntax.Ref, minus bool) bool {
	w := lo.vars.byKey[r.Key]
	if w == nil || w.ours == "" || w.kind != model.KindAux || w.broken || len(r.Subs) != len(eq.Subs) ||
		len(w.over) != len(v.over) {
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
