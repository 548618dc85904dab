package lower

import (
	"go/ast"
	"go/types"
)

// longestInline is how many statements a function may have that is written out where
// it is called: V8 does not do so itself, and a call takes longer than most of them.
const longestInline = 8

// inlinable finds the package's functions that are short and have no branches.
func (t *translator) inlinable() {
	t.straight = map[types.Object]*ast.FuncDecl{}
	for _, f := range t.Files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && isStraight(fn.Body.List) {
				t.straight[t.Info.Defs[fn.Name]] = fn
			}
		}
	}
}

// isStraight reports whether statements are assignments and a return of values.
func isStraight(list []ast.Stmt) bool {
	n := len(list)
	if n == 0 || n > longestInline {
		return false
	}
	for _, s := range list[:n-1] {
		if _, ok := s.(*ast.AssignStmt); !ok {
			return false
		}
	}
	last, ok := list[n-1].(*ast.ReturnStmt)
	return ok && len(last.Results) > 0
}

// inline writes a function out, with its arguments on the stack. A function that is
// written out twice has the same locals both times: it never calls itself.
func (t *translator) inline(fn *ast.FuncDecl) {
	sig := t.Info.Defs[fn.Name].Type().(*types.Signature)
	for _, list := range []*types.Tuple{sig.Params(), sig.Results()} {
		for i := range list.Len() {
			if v := list.At(i); v.Name() != "" && v.Name() != "_" {
				t.localOf(v, fn)
			}
		}
	}
	for i := sig.Params().Len() - 1; i >= 0; i-- {
		t.set(t.localOf(sig.Params().At(i), fn))
	}
	n := len(fn.Body.List)
	t.block(fn.Body.List[:n-1])
	for _, e := range fn.Body.List[n-1].(*ast.ReturnStmt).Results {
		t.expr(e)
	}
}

// localOf returns the local of a variable, made if it has none.
func (t *translator) localOf(v types.Object, at ast.Node) int {
	if n, ok := t.local[v]; ok {
		return n
	}
	return t.newLocal(v, at)
}
