package main

import (
	"fmt"
	"go/ast"
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
var customary = []string{"Parse", "Read", "Load", "Write", "Check", "Run", "New", "Open"}

// apart are functions of one name whose purposes differ, with the difference.
var apart = map[string]string{
	"Canonical": "names of XMILE follow its section 3.2.2.1, names of weir's equations their own rule",
	"Fold":      "Vensim folds names as its manual says",
	"Names":     "the rows of two tables",
	"Snake":     "each tool has characters of its own in names",
}

// sameNames returns the exported functions of one name and one signature in two packages: one fact
// with two homes. A function that only forwards to the other is a front, and no second home.
func sameNames(all []*pkg) []string {
	homes := map[string][]string{}
	for _, p := range all {
		for _, f := range p.files {
			for _, d := range f.syntax.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Recv != nil || !fn.Name.IsExported() || forwards(fn) ||
					slices.Contains(customary, fn.Name.Name) || apart[fn.Name.Name] != "" {
					continue
				}
				key := fn.Name.Name + strings.TrimPrefix(types.TypeString(p.info.Defs[fn.Name].Type(), nil), "func")
				homes[key] = append(homes[key], p.path)
			}
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

// forwards reports whether a function only calls the function of the same name in another package.
func forwards(fn *ast.FuncDecl) bool {
	if fn.Body == nil || len(fn.Body.List) != 1 {
		return false
	}
	ret, ok := fn.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return false
	}
	call, ok := ret.Results[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	callee, ok := call.Fun.(*ast.SelectorExpr)
	return ok && callee.Sel.Name == fn.Name.Name
}
