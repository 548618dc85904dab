package check

import (
	"fmt"
	"maps"
	"slices"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
)

// collect gathers what the tables declare: dimensions and variables by name, and
// which flow belongs to which stock.
func (c *checker) collect() {
	c.places, c.tooLarge = map[string]diagnostic.Span{}, map[*document.Variable]bool{}
	c.collectDimensions()
	for _, v := range c.m.Variables {
		c.declare(v)
	}
	for _, d := range c.m.Dimensions {
		c.checkElementNames(d)
	}
	for _, v := range c.m.Variables {
		c.checkOver(v)
	}
	c.collectFlows()
}

// report adds a diagnostic. An empty hint says nothing.
func (c *checker) report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	c.list = append(c.list, diagnostic.Diagnostic{Code: code, Severity: severity(code), Span: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// relate adds a place to the diagnostic reported last.
func (c *checker) relate(at diagnostic.Span, message string) {
	d := &c.list[len(c.list)-1]
	d.Related = append(d.Related, diagnostic.Related{Span: at, Message: message})
}

// severity of this part's codes: what makes a model wrong is an error, what makes
// it odd a warning.
func severity(c diagnostic.Code) diagnostic.Severity {
	if c == code.UnusedFlow {
		return diagnostic.Warning
	}
	return diagnostic.Error
}

// declare gives a variable its name, unless something else has it.
func (c *checker) declare(v *document.Variable) {
	if v.Broken {
		c.bad[v] = true
	}
	if !c.claim(v.Name, v.Span) {
		c.bad[v] = true
	}
	if c.names[v.Name] == nil {
		c.names[v.Name] = v
	}
	if name := equation.Canonical(v.Name); c.names[name] == nil {
		c.names[name] = v // S is reported once, as no name, and not where it is used
	}
}

// claim reports whether a name is free, and takes it.
func (c *checker) claim(name string, at diagnostic.Span) bool {
	if row := function.Find(lastPart(name)); row != nil && !row.Free {
		c.report(code.ReservedName, at, "choose another name", "%q is %s", row.Name, describeRow(row))
		return false
	}
	if first, taken := c.places[equation.Canonical(name)]; taken {
		c.report(code.DuplicateName, at, "give one of them another name", "%q is declared twice", name)
		c.relate(first, "first declared here")
		return false
	}
	c.places[equation.Canonical(name)] = at
	return true
}

func describeRow(row *function.Row) string {
	if len(row.Params) == 0 {
		return "a built-in name: " + row.Help
	}
	return "the function " + row.Signature()
}

// checkOver makes sure that a variable's dimensions exist and differ.
func (c *checker) checkOver(v *document.Variable) {
	at := v.SpanOf("over")
	for i, name := range v.Over {
		switch {
		case c.domains[name] == nil:
			c.bad[v] = true
			c.report(code.UnknownDimension, at, c.suggestDimension(name), "there is no dimension %q", name)
		case slices.Contains(v.Over[:i], name):
			c.bad[v] = true
			c.report(code.RepeatedDimension, at, fmt.Sprintf("declare a second dimension with the same elements: [dimension.to_%s] of = %q", name, name),
				"%s has the dimension %s twice", v.Name, name)
		}
	}
	c.checkSize(v)
}

func (c *checker) suggestDimension(name string) string {
	if hint := diagnostic.DidYouMean(name, slices.Sorted(maps.Keys(c.domains))); hint != "" {
		return hint
	}
	return fmt.Sprintf("declare it: [dimension.%s] elements = [\"…\"]", name)
}

// variableNames are the names of a kind of variable that accept takes, in order.
func (c *checker) variableNames(accept func(*document.Variable) bool) []string {
	var out []string
	for _, v := range c.m.Variables {
		if accept(v) {
			out = append(out, v.Name)
		}
	}
	return out
}
