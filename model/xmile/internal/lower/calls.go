package lower

import (
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/function"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// supported reports whether there is a function and weir has its like.
func supported(row *foreign.Row) bool { return row != nil && row.Grade != document.Unsupported }

// call returns a call: of a graphical function, a macro, a value of the run, or a function.
// The order decides where a name has several meanings: a graphical function of the model comes
// before a function, and so does a macro; any other variable comes after the functions.
func (s *scope) call(e *expr.Call) equation.Expr {
	name := e.Of.Path[len(e.Of.Path)-1]
	row := foreign.XMILE(name, len(e.Args), s.Tool())
	v := s.sp.Find(e.Of.Path, s.Top)
	switch {
	case v != nil && v.Resolve().Table != "":
		return s.tableCall(e, e.Of, e.Args, nil)
	case v != nil && (row == nil || row.Most == 0):
		return s.variableCall(e, v)
	case len(e.Of.Path) == 1 && s.Macros[name] != nil:
		return s.macroCall(e, s.Macros[name])
	case clocks[name] != "" && len(e.Args) == 0:
		return s.clock(e, clocks[name])
	case len(e.Of.Path) == 2 && e.Of.Path[0] == "weir":
		return s.ownCall(e, name)
	case len(e.Of.Path) > 1 || row == nil:
		return s.unknownCall(e, name, v)
	}
	return s.function(e, row)
}

// variableCall returns a variable with parentheses behind it, which is neither a function
// nor a graphical function. A writer may put empty ones behind any name; one number picks
// an element of an array by its place in the order in which arrays are stored (XMILE 1.0,
// 3.3.2: a flat index). Behind any other variable a sign is missing.
func (s *scope) variableCall(e *expr.Call, v *source.Variable) equation.Expr {
	switch {
	case len(e.Args) == 0:
		return s.ref(e.Of)
	case len(v.Own()) == 0 || e.Of.Index != nil:
		return s.unknownCall(e, "", v)
	case len(e.Args) > 1:
		return s.wrong(e, code.ArgumentCount, "write the subscripts in brackets",
			"%s takes one number in parentheses, not %d",
			v.Name, len(e.Args))
	}
	return s.flatIndex(e, v)
}

// flatIndex returns an element of an array by its place among all elements, from 1 on. Of
// a macro's array it is a place among the elements for the caller's own.
func (s *scope) flatIndex(e *expr.Call, v *source.Variable) equation.Expr {
	own := v.Own()
	var index []equation.Index
	for _, d := range v.Over[:len(v.Over)-len(own)] {
		index = append(index, dimension(d).index)
	}
	number, fixed := e.Args[0].(*expr.Number)
	if !fixed {
		s.v.Note(document.Equivalent, "a computed subscript is a call of element_at")
		array := s.named(e, v, append(index, stars(len(own))...)...)
		return s.fill(elementAt, e, array, s.expr(e.Args[0]), s.beyond(e))
	}
	place := int(number.Value)
	if float64(place) != number.Value || place < 1 || place > source.Product(own) {
		return s.wrong(e.Args[0], code.UnknownElement, "", "%s has the elements 1 to %d, not %v", v.Name,
			source.Product(own),
			number.Value)
	}
	at, _ := source.ElementAt(own, place-1)
	for i, d := range own {
		index = append(index, element(d, at[i]).index)
	}
	return s.named(e, v, index...)
}

// function returns a call of a function.
// The number of arguments is checked first, for special lowerings rely on it.
func (s *scope) function(e *expr.Call, row *foreign.Row) equation.Expr {
	if !row.Takes(len(e.Args)) {
		return s.wrong(e, code.ArgumentCount, "", "%s takes %s, not %d", called(e), row.Arity(), len(e.Args))
	}
	if row.Special != "" {
		if special := specials[row.Special]; special != nil {
			return special(s, e, row)
		}
		return s.cannot(e.Of, "", "the function %s is supported in .mdl files only", called(e))
	}
	if !supported(row) {
		// The arguments are not lowered: their mistakes would hide that the function is not
		// supported.
		return s.lower(e, row, nil)
	}
	return s.lower(e, row, s.arguments(e))
}

// called returns the name of a function as messages have it.
func called(e *expr.Call) string { return strings.ToUpper(e.Of.Path[len(e.Of.Path)-1]) }

// arguments returns all arguments of a call.
func (s *scope) arguments(e *expr.Call) []equation.Expr {
	args := make([]equation.Expr, len(e.Args))
	for i, a := range e.Args {
		args[i] = s.expr(a)
	}
	return args
}

// lower returns the meaning of a function with its arguments, and notes how it differs.
// The remarks of the table are noted only if the call is not refused.
func (s *scope) lower(e *expr.Call, row *foreign.Row, args []equation.Expr) equation.Expr {
	c := s.foreign(e, args)
	var remarks []func() // of a call that is refused they would say too much
	c.Remark = func(g document.Grade, how string) { remarks = append(remarks, func() { s.remark(e, g, how) }) }
	tree, no := row.Lower(c)
	if no == nil {
		for _, r := range remarks {
			r()
		}
		return tree
	}
	var at expr.Expr = e.Of
	if no.Arg >= 0 {
		at = e.Args[no.Arg]
	}
	return s.cannot(at, no.Hint, "%s", no.Message)
}

// apply returns the meaning of a function with its arguments, without notes.
func (s *scope) apply(e *expr.Call, row *foreign.Row, args ...equation.Expr) equation.Expr {
	return row.Apply(s.foreign(e, args))
}

// foreign returns a call as the table of functions takes it.
func (s *scope) foreign(e *expr.Call, args []equation.Expr) *foreign.Call {
	value := func(arg int) (float64, bool) { return s.fold(e.Args[arg]) }
	return &foreign.Call{
		At: s.at(e), Name: s.at(e.Of), Function: called(e), Args: args,
		Constant: value, Start: value,
		Fixed:  func(arg int) bool { _, known := s.fold(e.Args[arg]); return known },
		Remark: func(g document.Grade, how string) { s.remark(e, g, how) },
		Step:   s.Out.Time.Step,
		Stages: s.Out.Time.Method != "euler",
		Warn: func(arg int, hint, message string) {
			s.Log.Warn(code.DelayTooShort, s.span(e.Args[arg]), hint, "%s: %s", s.v.Name, message)
		},
	}
}

// remark notes how the meaning of a call differs, under the function's name.
func (s *scope) remark(e *expr.Call, g document.Grade, how string) {
	if g == document.Approximated {
		s.Approximate(s.v, s.span(e), "%s", how)
		return
	}
	if !strings.Contains(how, called(e)) {
		how = called(e) + ": " + how
	}
	s.v.Note(g, "%s", how)
}

// ownCall returns a call of one of weir's functions that XMILE does not have: weir.trunc(x).
// Exports write them for functions that XMILE lacks, so that weir reads its own files again.
func (s *scope) ownCall(e *expr.Call, name string) equation.Expr {
	row := function.Find(name)
	if row == nil {
		return s.unknownCall(e, name, nil)
	}
	if row.Kind == function.Reading {
		return s.reading(e, e.Args, func(args []equation.Expr) equation.Expr {
			return equation.NewCall(s.at(e), s.at(e.Of), name, args...)
		})
	}
	args := make([]equation.Expr, len(e.Args))
	for i, a := range e.Args {
		if len(row.Params) > 0 && row.Param(i).Array {
			args[i], _ = s.combined(a)
		} else {
			args[i] = s.expr(a)
		}
	}
	return equation.NewCall(s.at(e), s.at(e.Of), name, args...)
}

// unknownCall reports a call of something that is no function; v is the variable of that
// name, or nil.
func (s *scope) unknownCall(e *expr.Call, name string, v *source.Variable) equation.Expr {
	if v != nil {
		return s.wrong(e.Of, code.UnknownFunction, "to multiply, write *", "%s is not a graphical function", v.Name)
	}
	hint := ""
	if near := s.Nearest(name, s.functions); near != "" {
		hint = "the nearest that is supported is " + strings.ToUpper(near)
	}
	return s.cannot(e.Of, hint, "the function %s is not supported", strings.ToUpper(name))
}

// functions returns the names of functions and macros, for suggestions.
func (s *scope) functions() []string {
	known := foreign.XMILENames()
	for m := range s.Macros {
		known = append(known, m)
	}
	slices.Sort(known)
	return known
}
