package resolve

import (
	"fmt"
	"math"

	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// call resolves a function, or a lookup called like one. A lookup or data series hides a function
// of the same name; another variable does not. In a text of the function table, names are those of
// functions only.
func (s *Scope) call(e *equation.Call) resolved.Expr {
	row := function.Find(e.Func)
	if v := s.Names[e.Func]; v != nil && s.bind == nil && (row == nil || v.IsTable()) {
		return s.lookupCall(e, v)
	}
	if row == nil {
		return s.unknownFunction(e)
	}
	if e.Index != nil {
		return s.mistake(code.SubscriptCount, e.FuncSpan, "delete the brackets",
			"%s is a function and has no elements", e.Func)
	}
	if !s.countArguments(e, row) {
		return tree.Nothing
	}
	switch {
	case row.Kind == function.Reduction || row.Reduces && len(e.Args) == 1:
		return s.reduce(e, row)
	case row.Kind == function.Operation:
		return s.operation(e, row)
	case row.Kind == function.Array:
		return s.array(e, row)
	case row.Kind == function.Reading:
		return s.reading(e, row)
	}
	return s.expand(e, row)
}

// lookupCall reads a lookup at an argument, or a data series at a time.
func (s *Scope) lookupCall(e *equation.Call, v *document.Variable) resolved.Expr {
	if v.Scope != v.Module {
		return s.mistake(code.UnknownFunction, e.FuncSpan,
			"bind something that is read at the present time only, or nothing",
			"%s is bound to %s, which has no other times", v, v.Equation.Text)
	}
	if !v.IsTable() {
		return s.mistake(code.UnknownFunction, e.FuncSpan, s.Say("to multiply, write %s * (…)", v),
			"%s is not a function but %s", v, document.WithArticle(v.Kind))
	}
	if len(e.Args) != 1 {
		return s.mistake(code.ArgumentCount, e.Span, s.Say("write %s(x)", v), "%s %s takes one argument, not %d",
			theTable[v.Kind], v, len(e.Args))
	}
	at, ok := s.positions(e.Func, e.FuncSpan, e.Index, s.DomainsOf(v.Over))
	x := s.Expr(e.Args[0])
	if !ok || s.tables[v] == nil {
		return tree.Nothing
	}
	return &resolved.Lookup{Table: s.tables[v], At: at, X: x}
}

// theTable is the subject of a message about a table.
var theTable = map[document.Kind]string{document.KindLookup: "the lookup", document.KindData: "the data series"}

// unknownFunction reports a call of something that nothing declares.
func (s *Scope) unknownFunction(e *equation.Call) resolved.Expr {
	if s.Unread(e.Func) {
		return tree.Nothing
	}
	module := s.scopeOf()
	hint := s.Advice.DidYouMean("function of "+module, s.asWritten(e.Func), func() []string {
		among := function.Names()
		for _, f := range s.Model.Functions {
			if module == "" {
				among = append(among, f.Name)
			}
		}
		for _, v := range s.Model.Variables {
			if name, inside := document.InScope(v.Name, module); inside && v.Kind == document.KindLookup {
				among = append(among, name)
			}
		}
		return among
	})
	if hint == "" && module != "" && s.Names[s.asWritten(e.Func)] != nil {
		hint = "a module sees its own names only"
	}
	for _, a := range e.Args {
		s.Expr(a)
	}
	return s.mistake(code.UnknownFunction, e.FuncSpan, hint, "there is no function %q", s.asWritten(e.Func))
}

// countArguments reports whether a call has as many arguments as the row takes, with a
// diagnostic if not.
func (s *Scope) countArguments(e *equation.Call, row *function.Row) bool {
	least, most := row.Arity()
	n := len(e.Args)
	if len(row.Params) == 0 {
		s.mistake(code.ArgumentCount, e.Span, "write "+e.Func+" without parentheses", "%s takes no arguments", e.Func)
		return false
	}
	if n >= least && (n <= most || most < 0) {
		return true
	}
	s.mistake(code.ArgumentCount, e.Span, "write "+row.Signature(), "%s takes %s, not %d", e.Func,
		arityWords(least, most), n)
	return false
}

// arityWords returns the number of arguments in words.
func arityWords(least, most int) string {
	switch {
	case most < 0:
		return fmt.Sprintf("at least %d %s", least, plural(least, "argument"))
	case least == most:
		return fmt.Sprintf("%d %s", least, plural(least, "argument"))
	}
	return fmt.Sprintf("%d to %d arguments", least, most)
}

// operation resolves a function without state. Arguments left out take their defaults; those of
// a variadic one are combined from the left.
func (s *Scope) operation(e *equation.Call, row *function.Row) resolved.Expr {
	args := s.withDefaults(row, s.arguments(e, row))
	if !row.Variadic {
		return tree.Apply(row.Op, args...)
	}
	x := args[0]
	for _, y := range args[1:] {
		x = tree.Apply(row.Op, x, y)
	}
	return x
}

// arguments resolves the arguments of a call.
func (s *Scope) arguments(e *equation.Call, row *function.Row) []resolved.Expr {
	var out []resolved.Expr
	for i, a := range e.Args {
		out = append(out, s.argument(a, row.Param(i), row))
	}
	return out
}

// withDefaults adds the arguments left out. Their defaults see those before them.
func (s *Scope) withDefaults(row *function.Row, args []resolved.Expr) []resolved.Expr {
	for i := len(args); i < len(row.Params); i++ {
		args = append(args, s.written(row.Params[i].Default, bound(row, args)))
	}
	return args
}

// argument resolves one argument. The order of a chain must be a literal, since it is the
// number of stocks.
func (s *Scope) argument(a equation.Expr, p *function.Param, row *function.Row) resolved.Expr {
	if !p.Order {
		return s.Expr(a)
	}
	n, ok := a.(*equation.Number)
	if !ok || n.Value != math.Trunc(n.Value) || n.Value < 1 || n.Value > function.MaxOrder {
		return s.mistake(code.BadOrder, a.Pos(), "write the number itself, as in 3",
			"the order %s of %s must be a whole number from 1 to %d", p.Name, row.Name, function.MaxOrder)
	}
	return &resolved.Const{Value: n.Value}
}

// reduce combines the elements of an array. A mean is the sum divided by the number of all
// iterations, which is known here. A reduction over single elements only is the argument itself.
func (s *Scope) reduce(e *equation.Call, row *function.Row) resolved.Expr {
	outer := s.red
	s.red = &reduction{}
	s.foresee(e.Args[0])
	x := s.Expr(e.Args[0])
	axes := s.red.axes
	s.red = outer
	if len(axes) == 0 {
		if x == tree.Nothing {
			return tree.Nothing
		}
		return s.mistake(code.NothingToReduce, e.Span, s.nothingHint(e, row),
			"%s combines the elements of an array, but there is only a single number here", e.Func)
	}
	n := 1
	var loops []*resolved.Loop
	for _, a := range axes {
		n *= len(a.loop.At)
		if len(a.loop.At) > 1 {
			loops = append(loops, a.loop)
		}
	}
	if len(loops) == 0 {
		return x
	}
	x = &resolved.Reduce{Op: row.Op, Loops: loops, X: x}
	if row.Mean {
		x = tree.Apply(resolved.Div, x, &resolved.Const{Value: float64(n)})
	}
	return s.once(row.Name, x)
}

// foresee finds the loops of a reduction before its argument is resolved, if there are draws in
// it: each element has a draw of its own, wherever in the argument it is. Mistakes are reported
// later. It stops at a reduction inside, whose loops are its own.
func (s *Scope) foresee(argument equation.Expr) {
	if !function.Draws(argument) {
		return
	}
	reported := len(s.List)
	equation.Walk(argument, func(e equation.Expr) bool {
		switch e := e.(type) {
		case *equation.Name:
			if v := s.Names[e.Name]; v != nil && s.Vars[v] != nil {
				s.positions(e.Name, e.Span, e.Index, s.DomainsOf(v.Over))
			}
		case *equation.Call:
			row := function.Find(e.Func)
			return row == nil || row.Kind != function.Reduction && !(row.Reduces && len(e.Args) == 1)
		}
		return true
	})
	s.State.List = s.List[:reported]
}

// nothingHint returns the hint for a reduction of a single number.
func (s *Scope) nothingHint(e *equation.Call, row *function.Row) string {
	if row.Reduces {
		return "write " + row.Signature() + ", or name an array as in " + e.Func + "(x[*])"
	}
	return "name an array, or write * for the dimension to combine: " + e.Func + "(x[*])"
}

// once computes a reduction for itself if the equation would repeat it for elements that it
// does not depend on. In a branch of an if it stays where it is, since the condition may guard
// it. The name is that of the function, for the hidden variable.
func (s *Scope) once(name string, x resolved.Expr) resolved.Expr {
	turns := 0
	for _, a := range s.axes {
		if len(a.loop.At) > 1 {
			turns++
		}
	}
	if turns == 0 || s.conditional || s.red != nil || len(tree.FreeLoops(x)) >= turns {
		return x
	}
	return s.apart(name, x)
}

// apart makes the value of a call a variable of its own.
func (s *Scope) apart(name string, x resolved.Expr) resolved.Expr {
	kind := resolved.Aux
	if s.Owner.Kind == resolved.Stock {
		kind = resolved.Initial // an initial value needs it but once
	}
	return s.hide(s.hiddenName(name), kind, x)
}
