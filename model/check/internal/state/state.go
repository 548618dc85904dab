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

// A State is the data that the passes of the checker share: the model, its names, and the
// diagnostics so far. Each pass adds to it; the table of passes in package check says which
// fields are complete when. A State serves one check, in one goroutine.
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
	BadKeys  map[*document.Variable]bool // a key of its elements was reported, so that some have no equation
	Elements int                         // numbers in the model so far
	Advice   diagnostic.Adviser          // on names that are unknown

	own map[string]string // names of the file that the model comes from, by ours
}

// New returns the state before the first pass. The model is not changed.
func New(m *document.Model) *State {
	return &State{Model: m, Names: map[string]*document.Variable{}, Trees: map[*document.Text]equation.Expr{},
		Bad: map[*document.Variable]bool{}, BadKeys: map[*document.Variable]bool{},
		own: ownNames(m.Imported)}
}

// Report adds a diagnostic. The hint says what to do about it; an empty one is not shown.
func (c *State) Report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	c.List = append(c.List,
		diagnostic.Diagnostic{Code: code, Severity: severity(code), Span: at,
			Message: c.Say(format, args...), Hint: c.shownHint(code, hint)})
}

// Relate adds a place to the diagnostic reported last. There must be one.
func (c *State) Relate(at diagnostic.Span, message string) {
	d := &c.List[len(c.List)-1]
	d.Related = append(d.Related, diagnostic.Related{Span: at, Message: message})
}

// severity returns the severity of this checker's codes: a wrong model is an error, an odd one
// a warning.
func severity(c diagnostic.Code) diagnostic.Severity {
	if c == code.UnusedFlow {
		return diagnostic.Warning
	}
	return diagnostic.Error
}

// SuggestDimension returns a hint for the name of a dimension that is not declared: one much
// like it, or how to declare it.
func (c *State) SuggestDimension(name string) string {
	domains := func() []string { return slices.Sorted(maps.Keys(c.Domains)) }
	if hint := c.Advice.DidYouMean("dimension", name, domains); hint != "" {
		return hint
	}
	return fmt.Sprintf("declare it: [dimension.%s] elements = [\"…\"]", name)
}

// VariableNames returns the names of the variables that accept takes, in the order of the file.
func (c *State) VariableNames(accept func(*document.Variable) bool) []string {
	var out []string
	for _, v := range c.Model.Variables {
		if accept(v) {
			out = append(out, v.Name)
		}
	}
	return out
}

// Unread reports whether a name is declared in a table that could not be read, or leads into such
// a module. Nothing is known about the name, and nothing is reported about it.
func (c *State) Unread(name string) bool {
	if slices.Contains(c.Model.Unread, name) {
		return true
	}
	for _, m := range c.Model.Modules {
		if m.Broken && strings.HasPrefix(name, m.Name+".") {
			return true
		}
	}
	return false
}

// LastPart returns a name without its module: as the file that declares it writes it.
func LastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// IsEnd reports whether a flow comes out of a conveyor at its end. It has no equation of its
// own.
func (c *State) IsEnd(flow *document.Variable) bool {
	return slices.ContainsFunc(c.Model.Variables, func(v *document.Variable) bool {
		return v.Conveyor != nil && slices.Contains(v.Outflow, flow.Name) && !slices.Contains(v.Conveyor.Leak,
			flow.Name)
	})
}

// Count adds a hidden variable to the size of the model, and reports the one that makes it too
// large. Only the variable that passes the bound is reported, so that there is one message.
func (c *State) Count(v *resolved.Variable) {
	was := c.Elements
	c.Elements += v.Size()
	if was <= document.MaxElements && c.Elements > document.MaxElements {
		c.Report(code.TooManyElements, v.Owner.Span, "",
			"the functions in the equation of %s would bring the model to more than %d elements", v.Owner,
			document.MaxElements)
	}
}
