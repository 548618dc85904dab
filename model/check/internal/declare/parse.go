package declare

import (
	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
)

// Parse makes a tree of every equation. A text that cannot be parsed is reported and has no
// tree; later passes skip it.
func Parse(s *state.State) {
	c := &parser{s}
	for _, v := range c.Model.Variables {
		c.parseText(v, &v.Equation)
		c.parseText(v, &v.Input)
		for _, t := range v.Conveyor.Texts() {
			c.parseText(v, t)
		}
		for i := range v.At {
			c.parseText(v, &v.At[i].Text)
		}
	}
	for _, t := range c.Model.Tests {
		for i := range t.Expect {
			c.parseText(nil, &t.Expect[i])
		}
	}
}

// parseText parses one equation of a variable, or of a test if v is nil. An empty text has no tree
// and is no mistake here.
func (c *parser) parseText(v *document.Variable, t *document.Text) {
	if t.Text == "" {
		return
	}
	tree, errors := t.Parse()
	for _, e := range errors {
		c.List = append(c.List,
			diagnostic.Diagnostic{Code: code.Syntax, Span: t.At(e.Span), Message: e.Message, Hint: e.Hint})
	}
	if tree != nil {
		if v != nil && v.Scope != "" {
			tree = equation.Clone(tree) // the text's own tree may be checked again
			c.localize(tree, v.Scope)
		}
		c.Trees[t] = tree
	} else if v != nil {
		c.Bad[v] = true
	}
}

// A parser is the pass that parses equations.
type parser struct{ *state.State }

// localize puts the module's name before the names in an equation of a module: turnover becomes
// teachers.turnover. Only the tree is changed, never the text. Names that the module does not
// have stay as they are, to be reported, unless something outside of the module has them: a
// module sees only itself and its bindings.
func (c *parser) localize(tree equation.Expr, module string) {
	if module == "" {
		return
	}
	equation.Walk(tree, func(e equation.Expr) bool {
		switch e := e.(type) {
		case *equation.Name:
			e.Name = c.local(e.Name, module)
		case *equation.Call:
			e.Func = c.local(e.Func, module)
		}
		return true
	})
}

// local returns a name in an equation of a module as the whole model knows it.
func (c *parser) local(name, module string) string {
	full := module + "." + name
	if c.Names[full] != nil || c.Names[name] != nil && function.Find(name) == nil {
		return full
	}
	return name
}
