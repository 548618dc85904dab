package language

import (
	"path"
	"slices"

	"weir/model/toml/shape"
)

// A Space is a number of files that name each other. Paths have slashes.
type Space struct {
	// Index returns the index of a file, or nil if there is none: it cannot be read, or is no file
	// of weir's.
	Index func(path string) *Index
	// Owner returns the model file whose names a file uses that has none of its own, such as the
	// values that weir calibrate writes; "" for any other file.
	Owner func(path string) string
}

// A Symbol is a declaration among all files.
type Symbol struct {
	File string
	ID
}

// A Place is a span of a file.
type Place struct {
	File string
	Span
	Declares, Raw bool
}

// Scope is where variables are looked up that no module qualifies. It returns the file in which the
// names of variables of a file are looked up: the model of a set, and else the file itself.
func (s *Space) Scope(file string) string {
	x := s.Index(file)
	if owner := s.Owner(file); owner != "" {
		return owner
	}
	if x != nil && x.root != nil && !x.root.Has("time") {
		if name := x.Setting("model"); name != "" {
			return beside(file, name)
		}
	}
	return file
}

// beside returns the path of a file that another names.
func beside(file, name string) string { return path.Join(path.Dir(file), name) }

// Module returns the file of a module of a file, "" if it has none of that name.
func (s *Space) Module(file, name string) string {
	x := s.Index(file)
	if x == nil {
		return ""
	}
	d := x.Find(ID{shape.ModuleName, name})
	if d == nil || d.Keys["file"] == nil {
		return ""
	}
	return beside(file, x.Words(d.Keys["file"]))
}

// Resolve returns the symbol that a part of a name means; ok is false if there is no declaration.
// The parts before the last are modules.
func (s *Space) Resolve(file string, n *Name, part int) (found Symbol, ok bool) {
	scope := file
	switch n.Role {
	case shape.Variable, shape.Dimension, shape.ModuleName:
		scope = s.Scope(file)
	}
	if n.Bind != "" {
		scope = s.Module(scope, n.Bind)
	}
	for i := 0; scope != "" && i < len(n.Parts); i++ {
		name, last := n.Parts[i].Name, i == len(n.Parts)-1
		role := n.Role
		if !last {
			role = shape.ModuleName
		}
		if i == part {
			x := s.Index(scope)
			sym := Symbol{scope, ID{role, name}}
			return sym, x != nil && x.Find(sym.ID) != nil
		}
		scope = s.Module(scope, name)
	}
	return Symbol{}, false
}

// At returns the symbol at an offset of a file, and the span of its name there.
func (s *Space) At(file string, offset int) (found Symbol, at Span, ok bool) {
	x := s.Index(file)
	if x == nil {
		return Symbol{}, Span{}, false
	}
	n, part := x.NameAt(offset)
	if n == nil {
		return Symbol{}, Span{}, false
	}
	found, ok = s.Resolve(file, n, part)
	return found, n.Parts[part].Span, ok
}

// Places returns all places in files where a symbol is named, in the order of the files and in them
// of their offsets. A module in front of a variable is a place of the module. Names that mean
// nothing are no place of anything.
func (s *Space) Places(of Symbol, files []string) []Place {
	var out []Place
	for _, file := range files {
		x := s.Index(file)
		if x == nil {
			continue
		}
		from := len(out)
		for i := range x.Names {
			n := &x.Names[i]
			for j, p := range n.Parts {
				if p.Name != of.Name {
					continue
				}
				if sym, ok := s.Resolve(file, n, j); ok && sym == of {
					out = append(out, Place{file, p.Span, n.Declares && j == len(n.Parts)-1, p.Raw})
				}
			}
		}
		slices.SortFunc(out[from:], func(a, b Place) int { return a.Start - b.Start })
	}
	return out
}

// Variable returns the declaration of a variable by its full name in a model file, through its
// modules, and the file that has it; nil if there is none.
func (s *Space) Variable(file, full string) (*Declaration, string) {
	n := &Name{Role: shape.Variable, Parts: dottedParts(full, 0)}
	if len(n.Parts) == 0 {
		return nil, ""
	}
	sym, ok := s.Resolve(file, n, len(n.Parts)-1)
	if !ok {
		return nil, ""
	}
	return s.Index(sym.File).Find(sym.ID), sym.File
}

// maxModules bounds the modules that Variables goes into, and deepest how deep.
const (
	maxModules = 200
	deepest    = 8
)

// A Known is a variable by its name from some file.
type Known struct {
	Full string
	*Declaration
	File string
}

// Variables are the names for equations, sets and tests. It returns the variables that a file
// may name, those of its modules under their names, in the order of the files.
func (s *Space) Variables(file string) []Known {
	left := maxModules
	return s.variables(s.Scope(file), "", deepest, &left)
}

// variables returns those of a file under a prefix, and of its modules down to a depth. Left counts files,
// so that modules in a circle end.
func (s *Space) variables(file, prefix string, depth int, left *int) (out []Known) {
	x := s.Index(file)
	if *left--; x == nil || depth == 0 || *left < 0 {
		return nil
	}
	for _, d := range x.Declared {
		switch d.Role {
		case shape.Variable:
			out = append(out, Known{prefix + d.Name, d, file})
		case shape.ModuleName:
			if part := s.Module(file, d.Name); part != "" && part != file {
				out = append(out, s.variables(part, prefix+d.Name+".", depth-1, left)...)
			}
		}
	}
	return out
}
