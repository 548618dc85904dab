package source

import "weir/model/xmile/internal/scan"

// At finds the variable at a path of modules; nil if there is none.
// The path has at least one name, all in canonical form: "a.b.x" is a, b, x.
func (sp *Space) At(path []string) *Variable {
	for len(path) > 1 {
		if sp = sp.Kids[path[0]]; sp == nil {
			return nil
		}
		path = path[1:]
	}
	return sp.Vars[path[0]]
}

// Find looks a name up as an equation of this space means it.
// A path that begins with a dot, and so with an empty name, starts at the top. A path with a module
// in it is also looked for in the spaces around this one; a bare name is not, for a module sees
// only its own variables.
func (sp *Space) Find(path []string, top *Space) *Variable {
	if path[0] == "" && len(path) > 1 {
		return top.At(path[1:])
	}
	if v := sp.At(path); v != nil {
		return v
	}
	if len(path) > 1 {
		for s := sp.Parent; s != nil; s = s.Parent {
			if v := s.At(path); v != nil {
				return v
			}
		}
	}
	return nil
}

// A Space is one use of a model or macro: the names in it.
type Space struct {
	name     string // of the module; "" at the top
	Path     string // "a.b." before the names of its variables; "" at the top
	Parent   *Space
	Vars     map[string]*Variable // by canonical name
	Kids     map[string]*Space
	Over     []*Dimension // of a macro: the dimensions of its caller
	Model    *scan.Node   // of a module
	defaults              // of its stocks and flows
	Depth    int          // modules, or macros, around it
	Macro    *Macro
	Args     map[string]bool // of a macro: the names that are given
	Caller   *Space          // of a macro: the space of the variable that calls it
	Node     *scan.Node      // of a module: its <module>; nil at the top
}

// Module returns the use of a model that a space lies in: itself, or that of the variable that
// calls the macro. It is nil at the top.
func (sp *Space) Module() *Space {
	for sp.Macro != nil {
		sp = sp.Caller
	}
	if sp.Parent == nil {
		return nil
	}
	return sp
}

// within reports whether a space is, or lies in, a use of a model.
func (sp *Space) within(m *scan.Node) bool {
	for ; sp != nil; sp = sp.Parent {
		if sp.Model == m {
			return true
		}
	}
	return false
}
