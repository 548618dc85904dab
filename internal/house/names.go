package main

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
)

// mostMethods returns the type of a package with the most methods, hand-written or
// not, and their number.
func mostMethods(p *pkg) (string, int) {
	best, most := "", 0
	scope := p.types.Scope()
	for _, name := range scope.Names() {
		t, ok := scope.Lookup(name).Type().(*types.Named)
		if ok && t.Obj().Pkg() == p.types && t.NumMethods() > most {
			best, most = name, t.NumMethods()
		}
	}
	return best, most
}

// customary are names that every package may use for its own door.
var customary = []string{"Parse", "Read", "Load", "Write", "Check", "Run", "New"}

// sameNames reports exported functions of one name and one signature in two packages:
// one fact with two homes, unless the name is customary.
func sameNames(all []*pkg) []string {
	homes := map[string][]string{}
	for _, p := range all {
		for _, name := range p.types.Scope().Names() {
			f, ok := p.types.Scope().Lookup(name).(*types.Func)
			if !ok || !f.Exported() || slices.Contains(customary, name) {
				continue
			}
			signature := types.TypeString(f.Type(), func(q *types.Package) string {
				if q == p.types {
					return ""
				}
				return q.Name()
			})
			homes[name+strings.TrimPrefix(signature, "func")] = append(homes[name+strings.TrimPrefix(signature,
				"func")], p.path)
		}
	}
	var out []string
	for name, paths := range homes {
		if len(paths) > 1 {
			out = append(out, fmt.Sprintf("%s is exported by %s", name, strings.Join(paths, " and ")))
		}
	}
	slices.Sort(out)
	return out
}
