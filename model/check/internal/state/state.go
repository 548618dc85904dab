package state

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
)

// A checker carries a model through the passes.
type State struct {
	Model    *document.Model
	List     diagnostic.List
	Names    map[string]*document.Variable
	Trees    map[*document.Text]equation.Expr // every equation that could be parsed
	Bad      map[*document.Variable]bool      // something about it was reported: stay silent about the rest
	Resolved *resolved.Model                  // nil until resolve succeeds

	Places   map[string]diagnostic.Span  // where each name was first declared
	Domains  map[string]*Domain          // dimensions by name
	TooLarge map[*document.Variable]bool // arrays that are not made
	Elements int                         // numbers in the model so far
}

func New(m *document.Model) *State {
	return &State{Model: m, Names: map[string]*document.Variable{}, Trees: map[*document.Text]equation.Expr{},
		Bad: map[*document.Variable]bool{}}
}

// report adds a diagnostic. An empty hint says nothing.
func (c *State) Report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	c.List = append(c.List,
		diagnostic.Diagnostic{Code: code, Severity: severity(code), Span: at,
			Message: fmt.Sprintf(format, args...), Hint: hint})
}

// relate adds a place to the diagnostic reported last.
func (c *State) Relate(at diagnostic.Span, message string) {
	d := &c.List[len(c.List)-1]
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

func (c *State) SuggestDimension(name string) string {
	if hint := diagnostic.DidYouMean(name, slices.Sorted(maps.Keys(c.Domains))); hint != "" {
		return hint
	}
	return fmt.Sprintf("declare it: [dimension.%s] elements = [\"…\"]", name)
}

// variableNames are the names of a kind of variable that accept takes, in order.
func (c *State) VariableNames(accept func(*document.Variable) bool) []string {
	var out []string
	for _, v := range c.Model.Variables {
		if accept(v) {
			out = append(out, v.Name)
		}
	}
	return out
}

// unknownModule reports whether a name leads into a module that could not be read:
// then nothing is known about it.
func (c *State) UnknownModule(name string) bool {
	for _, m := range c.Model.Modules {
		if m.Broken && strings.HasPrefix(name, m.Name+".") {
			return true
		}
	}
	return false
}

// lastPart is a name as the file that declares it has it.
func LastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// isEnd reports whether a flow is what comes out of a conveyor.
func (c *State) IsEnd(flow *document.Variable) bool {
	return slices.ContainsFunc(c.Model.Variables, func(v *document.Variable) bool {
		return v.Conveyor != nil && slices.Contains(v.Outflow, flow.Name) && !slices.Contains(v.Conveyor.Leak,
			flow.Name)
	})
}

// count adds a hidden variable to the size of the model.
func (c *State) Count(v *resolved.Variable) {
	was := c.Elements
	c.Elements += v.Size()
	if was <= document.MaxElements && c.Elements > document.MaxElements {
		c.Report(code.TooManyElements, v.Owner.Span, "",
			"the functions in the equation of %s would bring the model to more than %d elements", v.Owner.Name,
			document.MaxElements)
	}
}
