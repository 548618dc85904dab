package vensim

import (
	"slices"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// SHIFT IF TRUE moves the content of stocks to the next element of their last subscript.
// Here it is a flow of each of the elements, over the step at whose start the condition
// holds. The last element may gather all that comes to it; otherwise its content leaves the
// stock, and the call's own value is that outflow.

// shifts writes out SHIFT IF TRUE, which must be alone on the right side.
func (r *rewriting) shifts() {
	for _, v := range slices.Clone(r.vars.order) {
		for _, eq := range v.equations {
			c, ok := eq.Expr.(*syntax.Call)
			if !ok || c.Key != "shift_if_true" || len(c.Args) != 5 || eq.Broken {
				continue
			}
			s := &shift{stageBuilder: &stageBuilder{chains: &chains{rewriting: r, v: v, eq: eq}, call: c}}
			if s.read() {
				eq.Expr = s.write()
				v.note(model.Approximated, "the content moves on over the step at whose start the condition is true")
			}
		}
	}
}

// A shift is one such call.
type shift struct {
	*stageBuilder
	of       *syntax.Ref // the stock as the call names it, with the first element
	stock    *variable   // the variable of the stock
	elements []string    // that take part, in order
	others   []string    // the stock's other ones
	gathers  bool        // the last one keeps its inflow
}

// read finds the stock and its elements, and reports whether the call is sound.
func (s *shift) read() bool {
	of, ok := s.call.Args[0].(*syntax.Ref)
	if !ok || len(of.Subs) == 0 || s.vars.byKey[of.Key] == nil {
		return false
	}
	s.of, s.stock = of, s.vars.byKey[of.Key]
	for _, eq := range s.stock.equations {
		if c, ok := eq.Expr.(*syntax.Call); !ok || c.Key != "integ" || len(eq.Subs) != len(of.Subs) {
			return false
		}
	}
	size, ok1 := s.constants.value(s.call.Args[2])
	gathers, ok2 := s.constants.value(s.call.Args[3])
	first := of.Subs[len(of.Subs)-1].Key
	if r := s.subs.Ranges[first]; r != nil && len(r.Elements) > 0 {
		first = r.Elements[0]
	}
	widest := s.widest(first)
	at := slices.Index(widest, first)
	if !ok1 || !ok2 || at < 0 || size < 2 || size != float64(int(size)) || at+int(size) > len(widest) {
		return false
	}
	s.elements, s.gathers = widest[at:at+int(size)], gathers != 0
	s.others = slices.DeleteFunc(slices.Clone(widest), func(e string) bool { return slices.Contains(s.elements, e) })
	return true
}

// widest returns the elements of the widest range with an element.
func (s *shift) widest(element string) []string {
	var out []string
	if e := s.subs.Elements[element]; e != nil {
		for _, r := range e.Family.Ranges {
			if slices.Contains(r.Elements, element) && len(r.Elements) > len(out) {
				out = r.Elements
			}
		}
	}
	return out
}

// write makes the flows, adds them to the stock, and returns the value of the call itself:
// the content that has moved out of the last element.
func (s *shift) write() syntax.Expr {
	key := s.stock.key + "\x00shift"
	flows := &variable{name: s.stock.name + " moving on", key: key, kind: model.KindAux, grade: model.Exact,
		derived: true}
	add := func(element string, e syntax.Expr) {
		eq := *s.eq
		eq.Name, eq.Key, eq.NameSpan = flows.name, key, s.call.NameSpan
		eq.Subs, eq.Expr, eq.Derived = s.subsWith(element), e, true
		flows.equations = append(flows.equations, &eq)
	}
	for i, element := range s.elements {
		net := s.call.Args[4]
		if i > 0 {
			net = s.content(s.elements[i-1])
		}
		if i < len(s.elements)-1 || !s.gathers {
			net = s.infix("-", net, s.content(element))
		}
		add(element, s.whenTrue(s.infix("/", net, &syntax.Ref{Span: s.call.Span, Name: "TIME STEP", Key: "time_step",
			Subs: nil})))
	}
	for _, element := range s.others {
		add(element, &syntax.Num{Span: s.call.Span})
	}
	s.vars.add(flows)
	for _, eq := range s.stock.equations {
		c := eq.Expr.(*syntax.Call)
		sum := *c
		sum.Args = slices.Clone(c.Args)
		sum.Args[0] = s.infix("+", c.Args[0], &syntax.Ref{Span: s.call.NameSpan, Name: flows.name, Key: key,
			Subs: eq.Subs})
		eq.Expr = &sum
	}
	if s.gathers {
		return &syntax.Num{Span: s.call.Span}
	}
	return s.whenTrue(s.content(s.elements[len(s.elements)-1]))
}

// subsWith returns the call's subscripts with another element.
func (s *shift) subsWith(element string) []syntax.Sub {
	out := slices.Clone(s.of.Subs)
	last := &out[len(out)-1]
	last.Key, last.Name = element, s.subs.Elements[element].Name
	return out
}

// content returns a mention of the stock's element.
func (s *shift) content(element string) syntax.Expr {
	return &syntax.Ref{Span: s.of.Span, Name: s.of.Name, Key: s.of.Key, Subs: s.subsWith(element)}
}

// whenTrue returns an expression that counts while the call's condition holds, and 0
// otherwise.
func (s *shift) whenTrue(e syntax.Expr) syntax.Expr {
	return s.apply("IF THEN ELSE", s.call.Args[1], e, &syntax.Num{Span: s.call.Span})
}
