package read

import (
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/keys"
)

// mostTerms bounds what a call of the file's own functions is written out to: calls in calls can
// double it each time.
const mostTerms = 20_000

// A functionReader reads the functions of a file and writes them out where the file calls them. A
// module has functions of its own.
type functionReader struct {
	*reader
	known map[string]*document.Function
	// bodies are the equations with the calls in them written out; nil while that is done, and after
	// a mistake.
	bodies map[string]equation.Expr
}

// readFunctions reads every [function.x].
func readFunctions(r *reader) {
	for _, t := range r.root.Tables("function") {
		f := &document.Function{Name: t.Name, About: t.String("about"), Span: t.KeySpan}
		r.name(t, "a function")
		for _, a := range t.Texts("arguments") {
			f.Arguments = append(f.Arguments, a.Text)
			switch {
			case !isName(a.Text) || function.Find(a.Text) != nil:
				r.report(code.BadName, a.Span,
					"use lower case letters, digits and _, and no word of the equation language",
					"%q cannot be the name of an argument", a.Text)
			case slices.Index(f.Arguments, a.Text) < len(f.Arguments)-1:
				r.report(code.DuplicateName, a.Span, "give one of them another name",
					"%s has two arguments %q", f.Name, a.Text)
			}
		}
		f.Equation = r.equationText(t, "equation")
		t.Done(keys.Function)
		r.m.Functions = append(r.m.Functions, f)
	}
}

// writeOut writes the calls of the file's functions out in its equations. The trees have the places
// of the calls, so that mistakes are reported where a function is called.
func writeOut(r *reader) {
	if len(r.m.Functions) == 0 {
		return
	}
	f := &functionReader{r, map[string]*document.Function{}, map[string]equation.Expr{}}
	f.declare()
	for _, x := range r.m.Functions {
		f.body(x, nil)
	}
	for _, v := range r.m.Variables {
		for _, t := range v.Texts() {
			f.text(t)
		}
	}
	for _, t := range r.m.Tests {
		for i := range t.Expect {
			f.text(&t.Expect[i])
		}
	}
}

// declare gives functions their names, unless something else has them.
func (f *functionReader) declare() {
	taken := map[string]diagnostic.Span{}
	for _, v := range f.m.Variables {
		taken[equation.Canonical(v.Name)] = v.Span
	}
	for _, x := range f.m.Functions {
		name := equation.Canonical(x.Name)
		first, twice := taken[name]
		switch {
		case function.Find(name) != nil:
			f.report(code.ReservedName, x.Span, "choose another name", "%q is a function of weir's own", x.Name)
		case twice:
			f.report(code.DuplicateName, x.Span, "give one of them another name", "%q is declared twice", x.Name)
			f.doc.Relate(first, "first declared here")
		default:
			taken[name], f.known[name] = x.Span, x
		}
	}
}

// body returns the equation of a function with the calls in it written out; nil after a mistake.
// Above are the functions whose equations led here.
func (f *functionReader) body(x *document.Function, above []string) equation.Expr {
	if done, seen := f.bodies[x.Name]; seen {
		return done
	}
	if slices.Contains(above, x.Name) {
		f.report(code.FunctionCycle, x.Span, "write the equation without the function itself", "%s calls itself: %s",
			x.Name, strings.Join(append(above[slices.Index(above, x.Name):], x.Name), " → "))
		f.bodies[x.Name] = nil
		return nil
	}
	tree, mistakes := x.Equation.Parse()
	for _, e := range mistakes {
		f.report(code.Syntax, x.Equation.At(e.Span), e.Hint, "%s", e.Message)
	}
	if tree == nil || len(mistakes) > 0 || !f.closed(x, tree) {
		f.bodies[x.Name] = nil
		return nil
	}
	out := f.expand(tree, &x.Equation, append(above, x.Name))
	if _, seen := f.bodies[x.Name]; !seen {
		f.bodies[x.Name] = out
	}
	return f.bodies[x.Name]
}

// closed reports whether a function's equation has only its arguments, the run's own names and
// functions, with a diagnostic for each other name.
func (f *functionReader) closed(x *document.Function, tree equation.Expr) bool {
	good := true
	bad := func(c diagnostic.Code, at equation.Span, hint, format string, args ...any) {
		good = false
		f.report(c, x.Equation.At(at), hint, format, args...)
	}
	equation.Walk(tree, func(e equation.Expr) bool {
		switch e := e.(type) {
		case *equation.Name:
			row := function.Find(e.Name)
			switch {
			case slices.Contains(x.Arguments, e.Name) && e.Index != nil:
				bad(code.SubscriptCount, e.Span, "delete the brackets", "the argument %s is a single number", e.Name)
			case slices.Contains(x.Arguments, e.Name) || row != nil && len(row.Params) == 0:
			default:
				bad(code.UnknownName, e.NameSpan, "make it an argument: a function sees its arguments only",
					"%q is no argument of %s", e.Name, x.Name)
			}
		case *equation.Call:
			if function.Find(e.Func) == nil && f.known[e.Func] == nil {
				bad(code.UnknownFunction, e.FuncSpan, f.didYouMean("function", e.Func, function.Names()),
					"there is no function %q", e.Func)
			}
		}
		return true
	})
	return good
}

// text writes the calls in one of the file's equations out. A text of another file, or one with
// mistakes, stays as it is.
func (f *functionReader) text(t *document.Text) {
	if t.Text == "" || t.Tree != nil || t.Span.File != f.m.File {
		return
	}
	tree, mistakes := t.Parse()
	calls := false
	equation.Walk(tree, func(e equation.Expr) bool {
		c, ok := e.(*equation.Call)
		calls = calls || ok && f.known[c.Func] != nil
		return !calls
	})
	if len(mistakes) > 0 || !calls {
		return
	}
	out := f.expand(tree, t, nil)
	t.Tree = equation.Rewrite(out, func(s equation.Span) equation.Span {
		at := t.At(s)
		return equation.Span{Start: at.Start, End: at.End}
	}, func(equation.Expr) equation.Expr { return nil })
}

// expand returns a tree of a text with its calls written out. A call with a mistake, which is
// reported, becomes the number nan.
func (f *functionReader) expand(tree equation.Expr, t *document.Text, above []string) equation.Expr {
	same := func(s equation.Span) equation.Span { return s }
	return equation.Rewrite(tree, same, func(e equation.Expr) equation.Expr {
		c, ok := e.(*equation.Call)
		if !ok || f.known[c.Func] == nil {
			return nil
		}
		x := f.known[c.Func]
		if body := f.body(x, above); body != nil && f.fits(x, c, body, t) {
			return apply(x, c, body)
		}
		return &equation.Name{Span: c.Span, Name: "nan", NameSpan: c.FuncSpan}
	})
}

// fits reports whether a call has the arguments that a function takes, none of which draws for
// itself at several places, and is not too long when it is written out.
func (f *functionReader) fits(x *document.Function, c *equation.Call, body equation.Expr, t *document.Text) bool {
	signature := x.Name + "(" + strings.Join(x.Arguments, ", ") + ")"
	if c.Index != nil || len(c.Args) != len(x.Arguments) {
		f.report(code.ArgumentCount, t.At(c.Span), "write "+signature, "%s takes %d %s, not %d", x.Name,
			len(x.Arguments), map[bool]string{true: "argument", false: "arguments"}[len(x.Arguments) == 1],
			len(c.Args))
		return false
	}
	uses := make([]int, len(c.Args))
	equation.Walk(body, func(e equation.Expr) bool {
		if n, ok := e.(*equation.Name); ok {
			if i := slices.Index(x.Arguments, n.Name); i >= 0 {
				uses[i]++
			}
		}
		return true
	})
	size := equation.Size(body, mostTerms)
	for i, a := range c.Args {
		if uses[i] > 1 && function.Draws(a) {
			f.report(code.RepeatedDraw, t.At(a.Pos()), "give the draw a variable of its own, and pass that",
				"%s uses %s %d times, and each would draw for itself", x.Name, x.Arguments[i], uses[i])
			return false
		}
		size += uses[i] * equation.Size(a, mostTerms)
	}
	if size > mostTerms {
		f.report(code.TooLarge, t.At(c.Span), "give parts of it a variable of their own",
			"written out, %s has over %d terms", x.Name, mostTerms)
	}
	return size <= mostTerms
}

// apply returns a function's equation with the arguments of a call in it, at the place of the call.
func apply(x *document.Function, c *equation.Call, body equation.Expr) equation.Expr {
	here := func(equation.Span) equation.Span { return c.Span }
	return equation.Rewrite(body, here, func(e equation.Expr) equation.Expr {
		if n, ok := e.(*equation.Name); ok {
			if i := slices.Index(x.Arguments, n.Name); i >= 0 {
				return c.Args[i]
			}
		}
		return nil
	})
}
