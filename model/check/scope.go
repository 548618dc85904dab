package check

import (
	"strings"

	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
)

// localize gives the names in an equation of a module the module's name: what is
// turnover there is teachers.turnover here. Only the tree is changed, never the text.
// Names that the module does not have stay as they are, to be reported, unless
// something outside of the module has them: a module sees nothing but itself and what
// is bound.
func (c *checker) localize(tree equation.Expr, module string) {
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

func (c *checker) local(name, module string) string {
	full := module + "." + name
	if c.names[full] != nil || c.names[name] != nil && function.Find(name) == nil {
		return full
	}
	return name
}

// scopeOf is the module in whose names an equation is written, "" for the model's own.
func (s *scope) scopeOf() string {
	if s.owner != nil {
		if v := s.names[s.owner.Name]; v != nil {
			return v.Scope
		}
	}
	return ""
}

// asWritten is a name as its equation has it, without the module's name before it.
func (s *scope) asWritten(name string) string {
	if module := s.scopeOf(); module != "" {
		return strings.TrimPrefix(name, module+".")
	}
	return name
}

// suggestName is a hint for a name that nothing in its scope declares.
func (s *scope) suggestName(name string) string {
	module := s.scopeOf()
	plain := s.asWritten(name)
	among := clockNames()
	for _, v := range s.m.Variables {
		if local, inside := document.InScope(v.Name, module); inside {
			among = append(among, local)
		}
	}
	hint := diagnostic.DidYouMean(plain, among)
	switch {
	case hint != "":
		return hint
	case module != "" && s.names[plain] != nil:
		return "a module sees its own names only: declare it there, and bind it: [module." + module + ".bind] " + plain + " = \"" + plain + "\""
	}
	return ""
}

// lastPart is a name as the file that declares it has it.
func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// declareHint says how to declare a name.
func (s *scope) declareHint(name string) string {
	name = s.asWritten(name)
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return "declare it, as in [constant." + name + "] value = …"
	}
	for _, m := range s.m.Modules {
		if m.Name == name[:dot] {
			return "declare it in " + m.File
		}
	}
	return "there is no module " + name[:dot] + "; declare it: [module." + name[:dot] + "] file = \"…\""
}

// unknownModule reports whether a name leads into a module that could not be read:
// then nothing is known about it.
func (c *checker) unknownModule(name string) bool {
	for _, m := range c.m.Modules {
		if m.Broken && strings.HasPrefix(name, m.Name+".") {
			return true
		}
	}
	return false
}
