package lower

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"slices"
)

// Types of values in WebAssembly.
const (
	I32 = 0x7f
	I64 = 0x7e
	F64 = 0x7c
	// Two is two numbers of 64 bits: the type Pair of package pair.
	Two = 0x7b
)

// A Function is a translated one. Parameters are its first locals.
type Function struct {
	Name                    string // package.name
	Params, Results, Locals []byte
	Body                    []Part
}

// A Part is code, then one of two: a call of the function named Call, or the
// address of the table named Table; both empty at the end of a body.
type Part struct {
	Code  string
	Call  string
	Table string
}

// A Table is an array of numbers that never changes, as it lies in memory.
type Table struct {
	Name  string
	Words []uint64
}

// A Unit is all that was translated.
type Unit struct {
	Functions []Function
	Tables    []Table
}

// Translate lowers all functions of the packages except those of the names in skip
// (package.name): these are instructions, or made elsewhere.
func Translate(packages []*Package, instructions map[string]string, elsewhere []string) (u *Unit, err error) {
	u = &Unit{}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(refusal)
			if !ok {
				panic(r)
			}
			u, err = nil, e
		}
	}()
	for _, p := range packages {
		t := &translator{Package: p, unit: u, instructions: instructions, fixed: map[types.Object]uint64{},
			tables: map[types.Object]string{}}
		t.variables()
		t.inlinable()
		for _, f := range p.Files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && !t.skipped(fn, elsewhere) {
					t.function(fn)
				}
			}
		}
	}
	return u, nil
}

// A refusal is a place that is outside the small part of Go.
type refusal struct {
	at   token.Position
	what string
}

func (r refusal) Error() string { return fmt.Sprintf("%v: %s", r.at, r.what) }

// A translator works on one package, one function at a time.
type translator struct {
	*Package
	unit         *Unit
	instructions map[string]string // package.name to the code of an instruction
	fixed        map[types.Object]uint64
	tables       map[types.Object]string
	straight     map[types.Object]*ast.FuncDecl // functions that are written out where they are called

	f      *Function
	code   []byte
	local  map[types.Object]int
	result []types.Object // named results
	depth  int            // blocks around the present place
	breaks []int          // by loop: the depth of its end
	nexts  []int          // by loop: the depth of the end of its body
}

// refuse ends the translation at a node; Translate returns the refusal as its error.
func (t *translator) refuse(n ast.Node, format string, args ...any) {
	panic(refusal{t.Fset.Position(n.Pos()), fmt.Sprintf(format, args...)})
}

// skipped reports whether a function is not translated: it is an instruction, its body is made
// elsewhere, or it is a method.
func (t *translator) skipped(fn *ast.FuncDecl, elsewhere []string) bool {
	name := t.Types.Name() + "." + fn.Name.Name
	_, instruction := t.instructions[name]
	return instruction || slices.Contains(elsewhere, name) || fn.Recv != nil
}

// variables finds the package's tables and fixed numbers.
func (t *translator) variables() {
	for _, f := range t.Files {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				spec := s.(*ast.ValueSpec)
				for i, name := range spec.Names {
					t.variable(name, spec.Values[i])
				}
			}
		}
	}
}

// variable records a package variable: a composite literal of numbers is a table, a number is
// fixed. Package variables never change, so both can be copied into the code.
func (t *translator) variable(name *ast.Ident, value ast.Expr) {
	obj := t.Info.Defs[name]
	switch v := value.(type) {
	case *ast.CompositeLit:
		table := t.Types.Name() + "." + name.Name
		t.tables[obj] = table
		t.unit.Tables = append(t.unit.Tables, Table{table, t.words(v)})
	case *ast.CallExpr:
		switch called := types.ExprString(v.Fun); called {
		case "math.Inf":
			sign, _ := constant.Int64Val(t.Info.Types[v.Args[0]].Value)
			t.fixed[obj] = math.Float64bits(math.Inf(int(sign)))
		case "math.NaN":
			t.fixed[obj] = 0x7ff8000000000000
		default:
			t.refuse(v, "%s is not a fixed number", called)
		}
	default:
		t.refuse(value, "a variable of the package that is neither a table nor a fixed number")
	}
}

// words returns the numbers of a table in order.
func (t *translator) words(v *ast.CompositeLit) []uint64 {
	var out []uint64
	for _, e := range v.Elts {
		if inner, ok := e.(*ast.CompositeLit); ok {
			out = append(out, t.words(inner)...)
			continue
		}
		out = append(out, t.bits(t.Info.Types[e], e))
	}
	return out
}

// bits returns a constant as it is kept.
func (t *translator) bits(v types.TypeAndValue, at ast.Node) uint64 {
	b, ok := v.Type.Underlying().(*types.Basic)
	switch {
	case !ok || v.Value == nil:
		t.refuse(at, "not a constant number")
	case b.Info()&types.IsBoolean != 0:
		if constant.BoolVal(v.Value) {
			return 1
		}
		return 0
	case b.Info()&types.IsFloat != 0:
		x, _ := constant.Float64Val(constant.ToFloat(v.Value))
		return math.Float64bits(x)
	}
	if x, exact := constant.Int64Val(constant.ToInt(v.Value)); exact {
		return uint64(x)
	}
	x, _ := constant.Uint64Val(constant.ToInt(v.Value))
	return x
}

// valueType returns how a Go type is kept: tables and slices by their address.
func (t *translator) valueType(typ types.Type, at ast.Node) byte {
	if n, ok := typ.(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Name()+"."+n.Obj().Name() == "pair.Pair" {
		return Two
	}
	switch u := typ.Underlying().(type) {
	case *types.Array:
		return I32
	case *types.Slice:
		if t.valueType(u.Elem(), at) == F64 {
			return I32
		}
	}
	if b, ok := typ.Underlying().(*types.Basic); ok {
		switch b.Kind() {
		case types.Float64, types.UntypedFloat:
			return F64
		case types.Int64, types.Uint64:
			return I64
		case types.Int32, types.Uint32, types.Bool, types.UntypedBool:
			return I32
		}
	}
	t.refuse(at, "a value of type %v", typ)
	return 0
}

// unsigned reports whether a type is an unsigned integer. WebAssembly has no unsigned types; its
// instructions differ.
func unsigned(typ types.Type) bool {
	b, ok := typ.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsUnsigned != 0
}

// function translates one function.
func (t *translator) function(fn *ast.FuncDecl) {
	t.f = &Function{Name: t.Types.Name() + "." + fn.Name.Name}
	t.code, t.local, t.result, t.depth = nil, map[types.Object]int{}, nil, 0
	sig := t.Info.Defs[fn.Name].Type().(*types.Signature)
	for i := range sig.Params().Len() {
		v := sig.Params().At(i)
		t.local[v] = i
		t.f.Params = append(t.f.Params, t.valueType(v.Type(), fn))
	}
	for i := range sig.Results().Len() {
		v := sig.Results().At(i)
		t.f.Results = append(t.f.Results, t.valueType(v.Type(), fn))
		if v.Name() != "" && v.Name() != "_" {
			t.result = append(t.result, v)
		}
	}
	for _, v := range t.result {
		t.newLocal(v, fn)
	}
	t.block(fn.Body.List)
	if n := len(fn.Body.List); len(t.f.Results) > 0 && !isReturn(fn.Body.List[n-1]) {
		t.op(opUnreachable)
	}
	t.cut("", "")
	t.unit.Functions = append(t.unit.Functions, *t.f)
}

// isReturn reports whether a statement is a return.
func isReturn(s ast.Stmt) bool {
	_, ok := s.(*ast.ReturnStmt)
	return ok
}

// newLocal makes a local for a variable.
func (t *translator) newLocal(v types.Object, at ast.Node) int {
	n := t.hidden(t.valueType(v.Type(), at))
	t.local[v] = n
	return n
}

// hidden makes a local without a name.
func (t *translator) hidden(typ byte) int {
	t.f.Locals = append(t.f.Locals, typ)
	return len(t.f.Params) + len(t.f.Locals) - 1
}

// cut ends a part of the body.
func (t *translator) cut(call, table string) {
	t.f.Body = append(t.f.Body, Part{string(t.code), call, table})
	t.code = nil
}
