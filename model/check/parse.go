package check

import (
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
)

// parse makes a tree of every equation. What cannot be parsed is reported and has
// no tree; later passes skip it in silence.
func (c *checker) parse() {
	for _, v := range c.m.Variables {
		c.parseText(v, &v.Equation)
		c.parseText(v, &v.Input)
		for _, t := range v.Conveyor.Texts() {
			c.parseText(v, t)
		}
		for i := range v.At {
			c.parseText(v, &v.At[i].Text)
		}
	}
	for _, t := range c.m.Tests {
		for i := range t.Expect {
			c.parseText(nil, &t.Expect[i])
		}
	}
}

// parseText parses one equation of a variable, or of a test if v is nil.
func (c *checker) parseText(v *document.Variable, t *document.Text) {
	if t.Text == "" {
		return
	}
	tree, errors := t.Parse()
	for _, e := range errors {
		c.list = append(c.list, diagnostic.Diagnostic{Code: code.Syntax, Span: t.At(e.Span), Message: e.Message, Hint: e.Hint})
	}
	if tree != nil {
		if v != nil && v.Scope != "" {
			tree = equation.Clone(tree) // the text's own tree may be checked again
			c.localize(tree, v.Scope)
		}
		c.trees[t] = tree
	} else if v != nil {
		c.bad[v] = true
	}
}
