package resolve

import (
	"strings"

	"weir/model/document"
)

// scopeOf returns the module in whose names an equation is written, "" for the model's own.
func (s *Scope) scopeOf() string {
	if s.Owner != nil {
		if v := s.Names[s.Owner.Name]; v != nil {
			return v.Scope
		}
	}
	return ""
}

// asWritten returns a name as its equation has it, without the module's name before it.
func (s *Scope) asWritten(name string) string {
	if module := s.scopeOf(); module != "" {
		return strings.TrimPrefix(name, module+".")
	}
	return name
}

// suggestName returns a hint for a name that nothing in its scope declares.
func (s *Scope) suggestName(name string) string {
	module := s.scopeOf()
	plain := s.asWritten(name)
	hint := s.Advice.DidYouMean("variable of "+module, plain, func() []string {
		among := clockNames()
		for _, v := range s.Model.Variables {
			if local, inside := document.InScope(v.Name, module); inside {
				among = append(among, local)
			}
		}
		return among
	})
	switch {
	case hint != "":
		return hint
	case module != "" && s.Names[plain] != nil:
		return "a module sees its own names only: declare it there, and bind it: [module." + module +
			".bind] " + plain + " = \"" + plain + "\""
	}
	return ""
}

// declareHint returns a hint that says how to declare a name.
func (s *Scope) declareHint(name string) string {
	name = s.asWritten(name)
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return "declare it, as in [constant." + name + "] value = …"
	}
	for _, m := range s.Model.Modules {
		if m.Name == name[:dot] {
			return "declare it in " + m.File
		}
	}
	return "there is no module " + name[:dot] + "; declare it: [module." + name[:dot] + "] file = \"…\""
}
