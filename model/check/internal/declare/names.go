// Package declare gathers names and parses equations: the first two passes of the checker.
package declare

import (
	"fmt"
	"slices"

	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
)

// Names gathers the declarations of the tables: dimensions and variables by name, and the stock
// to which each flow belongs.
func Names(c *state.State) { (&declarer{c}).collect() }

// A declarer is the pass that gathers names.
type declarer struct{ *state.State }

// collect gathers all names: dimensions first, since the names of elements are reserved there.
func (c *declarer) collect() {
	c.Places, c.TooLarge = map[string]diagnostic.Span{}, map[*document.Variable]bool{}
	c.collectDimensions()
	for _, v := range c.Model.Variables {
		c.take(v)
	}
	for _, d := range c.Model.Dimensions {
		c.checkElementNames(d)
	}
	for _, v := range c.Model.Variables {
		c.checkOver(v)
	}
	c.collectFlows()
	c.checkEnds()
}

// checkEnds reports a variable at which the run is to end that is none, or more than one number.
func (c *declarer) checkEnds() {
	name, at := c.Model.Time.Ends, c.Model.Time.KeySpans["ends"]
	if name == "" {
		return
	}
	switch v := c.Names[name]; {
	case v == nil:
		c.Report(code.UnknownName, at, c.Advice.DidYouMean("variable", name, func() (all []string) {
			for _, v := range c.Model.Variables {
				all = append(all, v.Name)
			}
			return all
		}), "%q is not declared", name)
	case v.IsTable() && v.Input.Text == "" || len(v.Over) > 0:
		c.Report(code.NotAValue, at, "name a variable that is one number", "%s is not a single number", name)
	}
}

// take gives a variable its name, unless something else has it.
func (c *declarer) take(v *document.Variable) {
	if v.Broken {
		c.Bad[v] = true
	}
	if !c.claim(v.Name, v.Span) {
		c.Bad[v] = true
	}
	if c.Names[v.Name] == nil {
		c.Names[v.Name] = v
	}
	for _, name := range []string{equation.Canonical(v.Name), document.Snake(v.Name)} {
		if name != "" && c.Names[name] == nil {
			c.Names[name] = v // S and class-size are reported once, as no names, and not where they are used
		}
	}
}

// claim takes a name, and reports false if it is taken or reserved. Names that differ in case only
// are one name. Inside a module only the last part of a name can be reserved.
func (c *declarer) claim(name string, at diagnostic.Span) bool {
	if row := function.Find(state.LastPart(name)); row != nil && !row.Free {
		c.Report(code.ReservedName, at, "choose another name", "%q is %s", row.Name, describeRow(row))
		return false
	}
	if first, taken := c.Places[equation.Canonical(name)]; taken {
		c.Report(code.DuplicateName, at, "give one of them another name", "%q is declared twice", state.Name(name))
		c.Relate(first, "first declared here")
		return false
	}
	c.Places[equation.Canonical(name)] = at
	return true
}

// describeRow returns the words for a reserved name.
func describeRow(row *function.Row) string {
	if len(row.Params) == 0 {
		return "a built-in name: " + row.Help
	}
	return "the function " + row.Signature()
}

// checkOver makes sure that a variable's dimensions exist and differ. A dimension twice in one
// array would make a subscript ambiguous; the hint tells how to have a matrix all the same.
func (c *declarer) checkOver(v *document.Variable) {
	at := v.SpanOf("over")
	for i, name := range v.Over {
		switch {
		case c.Domains[name] == nil:
			c.Bad[v] = true
			c.Report(code.UnknownDimension, at, c.SuggestDimension(name), "there is no dimension %q", name)
		case slices.Contains(v.Over[:i], name):
			c.Bad[v] = true
			c.Report(code.RepeatedDimension, at,
				fmt.Sprintf("declare a second dimension with the same elements: [dimension.to_%s] of = %q", name, name),
				"%s has the dimension %s twice", v, name)
		}
	}
	c.checkSize(v)
}
