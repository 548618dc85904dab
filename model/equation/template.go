package equation

import (
	"fmt"
	"sync"
)

// A Template is an equation with places for arguments, $1 for the first up to $9:
// "max($1, min($2, normal($3, $4)))". Its text is parsed when it is first used. Safe
// for concurrent use.
//
// Missing arguments are left out at the end of a call, so that "ramp($1, $2, $3)" serves
// two arguments as well as three. A place may also be the name of a lookup that is called,
// as in "$1($2)".
type Template struct {
	text string
	once sync.Once
	tree Expr
}

// NewTemplate returns the template of a text of the program's own. A text that cannot
// be parsed is a programmer's error, and panics when it is first used.
func NewTemplate(text string) *Template { return &Template{text: text} }

// String returns the template's text.
func (t *Template) String() string { return t.text }

// parsed returns the tree of the template, parsed at the first use. A template that cannot be
// parsed is a mistake of the program, so it panics.
func (t *Template) parsed() Expr {
	t.once.Do(func() {
		tree, mistakes := parseTemplate(t.text)
		if tree == nil || len(mistakes) > 0 {
			panic(fmt.Sprintf("equation: the template %q cannot be parsed: %v", t.text, mistakes))
		}
		t.tree = tree
	})
	return t.tree
}

// Apply returns the template's tree with arguments in its places. at is the span of the
// call that the template stands for and name that of its name: the template's own nodes
// get them. The arguments keep their spans, and become part of the tree as they are.
// A place without an argument that cannot be left out panics, and so does a called place
// whose argument is not a name.
func (t *Template) Apply(at, name Span, args ...Expr) Expr {
	f := filler{at, name, args}
	return f.fill(t.parsed())
}

// Places returns the number of the last place in the template: 2 of "$2 - $1".
func (t *Template) Places() int {
	most := 0
	Walk(t.parsed(), func(e Expr) bool {
		switch e := e.(type) {
		case *Name:
			most = max(most, place(e.Name))
		case *Call:
			most = max(most, place(e.Func))
		}
		return true
	})
	return most
}

// place is the number of an argument's place, from 1 on; 0 of any other name.
func place(name string) int {
	if len(name) == 2 && name[0] == '$' {
		return int(name[1] - '0')
	}
	return 0
}

// A filler fills the places of one template.
type filler struct {
	at, name Span
	args     []Expr
}

// fill returns a copy of a template's tree with the arguments in their places.
func (f *filler) fill(e Expr) Expr {
	switch e := e.(type) {
	case *Number:
		return &Number{f.at, e.Value, e.Text}
	case *Name:
		if n := place(e.Name); n > 0 {
			return f.args[n-1]
		}
		return &Name{f.at, e.Name, f.name, e.Index}
	case *Unary:
		return &Unary{f.at, e.Op, f.fill(e.X)}
	case *Binary:
		return &Binary{f.at, e.Op, f.name, f.fill(e.X), f.fill(e.Y)}
	case *If:
		return &If{f.at, f.fill(e.Cond), f.fill(e.Then), f.fill(e.Else)}
	case *Call:
		return f.call(e)
	}
	panic(fmt.Sprintf("equation: a template holds a %T", e))
}

// call returns a call of the template; a place in front of parentheses is the name of a table.
func (f *filler) call(e *Call) Expr {
	out := &Call{f.at, e.Func, f.name, e.Index, nil}
	if n := place(e.Func); n > 0 {
		table, ok := f.args[n-1].(*Name)
		if !ok {
			panic(fmt.Sprintf("equation: a template calls a %T", f.args[n-1]))
		}
		out.Func, out.FuncSpan, out.Index = table.Name, table.NameSpan, table.Index
	}
	given := len(e.Args)
	for given > 0 && f.absent(e.Args[given-1]) {
		given--
	}
	out.Args = make([]Expr, given)
	for i, a := range e.Args[:given] {
		out.Args[i] = f.fill(a)
	}
	return out
}

// absent reports whether e is the place of a missing argument.
func (f *filler) absent(e Expr) bool {
	n, ok := e.(*Name)
	return ok && place(n.Name) > len(f.args)
}
