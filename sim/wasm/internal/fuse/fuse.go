// Package fuse finds products that a compiler may fuse with a sum. Go permits x*y + z
// to be rounded once, across statements too, unless a conversion float64(x*y) stands
// between; whether it happens depends on the processor, and so would the bits.
package fuse

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"weir/sim/wasm/internal/lower"
)

// Find lists, as file:line:column, where a product that was not converted feeds a sum
// or a difference: at once, through variables, parameters and results of functions, or
// in a field of a structure, where one would lose sight of it. Elements of slices and
// arrays are taken as rounded.
func Find(packages []*lower.Package) []string {
	f := &finder{bare: map[string]bool{}, found: map[string]bool{}}
	for before := -1; before != len(f.bare); {
		before = len(f.bare)
		for _, p := range packages {
			f.follow(p)
		}
	}
	for _, p := range packages {
		f.look(p)
	}
	list := make([]string, 0, len(f.found))
	for at := range f.found {
		list = append(list, at)
	}
	slices.Sort(list)
	return list
}

// A finder knows which variables, parameters and results may hold a bare product.
type finder struct {
	*lower.Package
	bare   map[string]bool // by key
	found  map[string]bool
	inside string // the function that is being read
	result []*ast.Ident
}

// variable returns the key of a variable: its place.
func (f *finder) variable(obj types.Object) string { return f.Fset.Position(obj.Pos()).String() }

// result is the key of result i of a function, parameter that of its i-th parameter.
func resultOf(fn string, i int) string { return fmt.Sprintf("%s result %d", fn, i) }

// parameterOf returns the key of a function's parameter in the set of bare products.
func parameterOf(fn string, i int) string { return fmt.Sprintf("%s parameter %d", fn, i) }

// each visits the functions of a package.
func (f *finder) each(p *lower.Package, visit func(body ast.Node)) {
	f.Package = p
	for _, file := range p.Files {
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			f.inside = p.Info.Defs[fn.Name].(*types.Func).FullName()
			f.result = nil
			if fn.Type.Results != nil {
				for _, field := range fn.Type.Results.List {
					f.result = append(f.result, field.Names...)
				}
			}
			f.arguments(fn)
			visit(fn.Body)
		}
	}
}

// arguments takes over the knowledge about a function's parameters.
func (f *finder) arguments(fn *ast.FuncDecl) {
	i := 0
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			if f.bare[parameterOf(f.inside, i)] {
				f.bare[f.variable(f.Info.Defs[name])] = true
			}
			i++
		}
	}
}

// follow notes where bare products go.
func (f *finder) follow(p *lower.Package) {
	f.each(p, func(body ast.Node) {
		literals := 0
		ast.Inspect(body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				literals++
			case *ast.AssignStmt:
				f.assigned(n)
			case *ast.ReturnStmt:
				if literals == 0 {
					f.returned(n)
				}
			case *ast.CallExpr:
				f.passed(n)
			}
			return true
		})
	})
}

// assigned marks the variables that receive a bare product.
func (f *finder) assigned(s *ast.AssignStmt) {
	for i, to := range s.Lhs {
		id, ok := to.(*ast.Ident)
		if !ok {
			continue
		}
		obj := f.Info.Defs[id]
		if obj == nil {
			obj = f.Info.Uses[id]
		}
		if obj == nil {
			continue
		}
		set, one := s.Tok == token.ASSIGN || s.Tok == token.DEFINE, len(s.Lhs) == len(s.Rhs)
		switch {
		case s.Tok == token.MUL_ASSIGN && isFloat(obj.Type()), set && one && f.isBare(s.Rhs[i], 0), set &&
			!one && f.isBare(s.Rhs[0], i):
			f.bare[f.variable(obj)] = true
		}
	}
}

// returned marks the results of the function that can be bare products.
func (f *finder) returned(s *ast.ReturnStmt) {
	if len(s.Results) == 0 {
		for i, name := range f.result {
			if f.bare[f.variable(f.Info.Defs[name])] {
				f.bare[resultOf(f.inside, i)] = true
			}
		}
	}
	for i, e := range s.Results {
		if f.isBare(e, 0) {
			f.bare[resultOf(f.inside, i)] = true
		}
	}
}

// passed marks the parameters of a called function that receive a bare product: after inlining
// they could fuse there.
func (f *finder) passed(call *ast.CallExpr) {
	fn := f.called(call)
	for i, a := range call.Args {
		if fn != "" && f.isBare(a, 0) {
			f.bare[parameterOf(fn, i)] = true
		}
	}
}

// called returns the full name of the function of a call, "" if it is not known.
func (f *finder) called(call *ast.CallExpr) string {
	var id *ast.Ident
	switch e := call.Fun.(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return ""
	}
	if fn, ok := f.Info.Uses[id].(*types.Func); ok {
		return fn.FullName()
	}
	return ""
}

// isBare reports whether an expression, or its i-th value, may be a product that was
// not rounded yet.
func (f *finder) isBare(e ast.Expr, i int) bool {
	v := f.Info.Types[e]
	if v.Value != nil {
		return false
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return f.isBare(e.X, i)
	case *ast.UnaryExpr:
		return e.Op == token.SUB && f.isBare(e.X, i)
	case *ast.BinaryExpr:
		return e.Op == token.MUL && isFloat(v.Type)
	case *ast.Ident:
		obj := f.Info.Uses[e]
		return obj != nil && obj.Pos().IsValid() && isFloat(obj.Type()) && f.bare[f.variable(obj)]
	case *ast.CallExpr:
		return !f.Info.Types[e.Fun].IsType() && f.bare[resultOf(f.called(e), i)]
	}
	return false
}

// isFloat reports whether a type is a floating-point number; integers do not fuse.
func isFloat(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsFloat != 0
}

// look reports the sums that a bare product feeds.
func (f *finder) look(p *lower.Package) {
	f.each(p, func(body ast.Node) {
		ast.Inspect(body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if v := f.Info.Types[n]; (n.Op == token.ADD || n.Op == token.SUB) && v.Value == nil && isFloat(v.Type) {
					f.refuse(n.X)
					f.refuse(n.Y)
				}
			case *ast.AssignStmt:
				f.lookAt(n)
			case *ast.IncDecStmt:
				f.refuse(n.X)
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok && f.isField(id) {
					f.refuse(n.Value)
				}
			}
			return true
		})
	})
}

// lookAt reports the operands of += and -= that are bare products, and products that a field
// receives: another function may add to the field.
func (f *finder) lookAt(s *ast.AssignStmt) {
	if s.Tok == token.ADD_ASSIGN || s.Tok == token.SUB_ASSIGN {
		f.refuse(s.Lhs[0])
		f.refuse(s.Rhs[0])
	}
	for i, to := range s.Lhs {
		if _, field := to.(*ast.SelectorExpr); field && len(s.Lhs) == len(s.Rhs) {
			f.refuse(s.Rhs[i])
			if v := f.Info.Types[to]; s.Tok == token.MUL_ASSIGN && isFloat(v.Type) {
				f.found[f.Fset.Position(to.Pos()).String()] = true
			}
		}
	}
}

// isField reports whether a name is a field of a struct; fields are kept by name, not by object.
func (f *finder) isField(id *ast.Ident) bool {
	v, ok := f.Info.Uses[id].(*types.Var)
	return ok && v.IsField()
}

// refuse records the place of an operand that a processor could fuse.
func (f *finder) refuse(e ast.Expr) {
	if f.isBare(e, 0) {
		f.found[f.Fset.Position(e.Pos()).String()] = true
	}
}
