package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"math"
)

// expr puts the value of an expression on the stack, or its values.
func (t *translator) expr(e ast.Expr) {
	if v := t.Info.Types[e]; v.Value != nil {
		t.constant(v, e)
		return
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		t.expr(e.X)
	case *ast.Ident:
		t.name(e)
	case *ast.UnaryExpr:
		t.unary(e)
	case *ast.BinaryExpr:
		t.both(e)
	case *ast.CallExpr:
		t.call(e)
	case *ast.IndexExpr:
		t.index(e)
	case *ast.SliceExpr:
		t.rest(e)
	default:
		t.refuse(e, "an expression %T", e)
	}
}

// operand is expr of a value that is combined with other: a constant takes its type.
func (t *translator) operand(e, other ast.Expr) {
	v := t.Info.Types[e]
	if v.Value != nil {
		v.Type = t.Info.Types[other].Type
		t.constant(v, e)
		return
	}
	t.expr(e)
}

// constant puts the value of a constant expression on the stack, in the type that it has in v.
func (t *translator) constant(v types.TypeAndValue, e ast.Expr) {
	bits := t.bits(v, e)
	switch t.valueType(v.Type, e) {
	case F64:
		t.float(math.Float64frombits(bits))
	case I64:
		t.op(opI64Const, sleb(int64(bits))...)
	default:
		t.op(opI32Const, sleb(int64(int32(bits)))...)
	}
}

// name puts a local variable, a fixed number of the package or the address of a table on the
// stack. Any other name is refused.
func (t *translator) name(e *ast.Ident) {
	obj := t.Info.Uses[e]
	if n, ok := t.local[obj]; ok {
		t.get(n)
	} else if bits, ok := t.fixed[obj]; ok {
		t.float(math.Float64frombits(bits))
	} else if table, ok := t.tables[obj]; ok {
		t.address(table)
	} else {
		t.refuse(e, "%s is neither a local variable, a table nor a fixed number", e.Name)
	}
}

// unary puts the result of a sign or complement on the stack. WebAssembly has no negation of
// integers, so they are subtracted from zero; a complement is an exclusive or with all ones.
func (t *translator) unary(e *ast.UnaryExpr) {
	typ := t.Info.Types[e.X].Type
	kind := t.valueType(typ, e)
	switch {
	case e.Op == token.NOT:
		t.expr(e.X)
		t.op(opI32Eqz)
	case e.Op == token.SUB && kind == F64:
		t.expr(e.X)
		t.op(opF64Neg)
	case e.Op == token.SUB:
		t.zero(kind)
		t.expr(e.X)
		t.binary(token.SUB, typ, e)
	case e.Op == token.XOR && kind == I64:
		t.expr(e.X)
		t.op(opI64Const, sleb(-1)...)
		t.binary(token.XOR, typ, e)
	case e.Op == token.XOR:
		t.expr(e.X)
		t.op(opI32Const, sleb(-1)...)
		t.binary(token.XOR, typ, e)
	default:
		t.refuse(e, "the operator %v", e.Op)
	}
}

// both puts the result of an operator with two operands on the stack.
func (t *translator) both(e *ast.BinaryExpr) {
	switch e.Op {
	case token.LAND, token.LOR:
		t.shortCut(e)
		return
	case token.SHL, token.SHR:
		t.shift(e)
		return
	}
	t.operand(e.X, e.Y)
	t.operand(e.Y, e.X)
	t.binary(e.Op, t.Info.Types[e.X].Type, e)
}

// shortCut evaluates the right side only where it matters.
func (t *translator) shortCut(e *ast.BinaryExpr) {
	t.expr(e.X)
	t.op(opIf, I32)
	t.depth++
	if e.Op == token.LAND {
		t.expr(e.Y)
		t.op(opElse)
		t.zero(I32)
	} else {
		t.op(opI32Const, 1)
		t.op(opElse)
		t.expr(e.Y)
	}
	t.shut()
}

// shift is a shift by a constant, or by a variable that is below the width: the
// package must see to that, since Go and WebAssembly differ beyond it.
func (t *translator) shift(e *ast.BinaryExpr) {
	typ := t.Info.Types[e].Type
	kind := t.valueType(typ, e)
	t.operand(e.X, e)
	if v := t.Info.Types[e.Y]; v.Value != nil {
		v.Type = typ
		t.constant(v, e.Y)
	} else {
		t.expr(e.Y)
		t.convert(t.valueType(t.Info.Types[e.Y].Type, e.Y), kind, true, e)
	}
	t.binary(e.Op, typ, e)
}

// binary is the instruction of an operator on two values of a type.
func (t *translator) binary(op token.Token, typ types.Type, at ast.Node) {
	kind := t.valueType(typ, at)
	if op == token.AND_NOT {
		if kind == I32 {
			t.op(opI32Const, sleb(-1)...)
			t.op(opI32Xor, opI32And)
		} else {
			t.op(opI64Const, sleb(-1)...)
			t.op(opI64Xor, opI64And)
		}
		return
	}
	row, ok := operators[op]
	code := byte(0)
	switch {
	case !ok:
	case kind == F64:
		code = row.f64
	case kind == I64 && unsigned(typ):
		code = row.u64
	case kind == I64:
		code = row.i64
	case unsigned(typ):
		code = row.u32
	default:
		code = row.i32
	}
	if code == 0 {
		t.refuse(at, "the operator %v of %v", op, typ)
	}
	t.op(code)
}

// call puts the results of a call on the stack and gives their types.
func (t *translator) call(e *ast.CallExpr) []byte {
	v := t.Info.Types[e.Fun]
	switch {
	case v.IsType():
		from := t.Info.Types[e.Args[0]].Type
		t.expr(e.Args[0])
		to := t.valueType(v.Type, e)
		t.convert(t.valueType(from, e), to, unsigned(from) || to != F64 && unsigned(v.Type) &&
			t.valueType(from, e) == F64, e)
		return []byte{to}
	case v.IsBuiltin():
		return t.builtin(e)
	}
	obj := t.called(e)
	name := obj.Pkg().Name() + "." + obj.Name()
	sig := obj.Type().(*types.Signature)
	for _, a := range e.Args {
		t.expr(a)
	}
	var results []byte
	for i := range sig.Results().Len() {
		results = append(results, t.valueType(sig.Results().At(i).Type(), e))
	}
	if code, ok := t.instructions[name]; ok {
		t.code = append(t.code, code...)
		return results
	}
	if obj.Pkg().Path() == "math" {
		t.refuse(e, "%s is not an instruction", name)
	}
	if fn := t.straight[obj]; fn != nil {
		t.inline(fn)
		return results
	}
	t.cut(name, "")
	return results
}

// called returns the function that a call names. Methods, closures and function values are
// refused: the engine must know every callee before it runs.
func (t *translator) called(e *ast.CallExpr) types.Object {
	var obj types.Object
	switch f := e.Fun.(type) {
	case *ast.Ident:
		obj = t.Info.Uses[f]
	case *ast.SelectorExpr:
		obj = t.Info.Uses[f.Sel]
	}
	fn, ok := obj.(*types.Func)
	if !ok || fn.Signature().Recv() != nil {
		t.refuse(e, "a call of other than a function")
	}
	return fn
}

// builtin puts the result of min or max of floats on the stack. Their instructions treat NaN and
// signed zeros as Go does. It returns the type of the result.
func (t *translator) builtin(e *ast.CallExpr) []byte {
	code := map[string]byte{"min": opF64Min, "max": opF64Max}[types.ExprString(e.Fun)]
	if code == 0 || t.valueType(t.Info.Types[e].Type, e) != F64 {
		t.refuse(e, "a call of %s", types.ExprString(e.Fun))
	}
	t.operand(e.Args[0], e)
	for _, a := range e.Args[1:] {
		t.operand(a, e)
		t.op(code)
	}
	return []byte{F64}
}

// convert changes a value's type. Numbers out of range become the nearest.
func (t *translator) convert(from, to byte, unsigned bool, at ast.Node) {
	s := 0
	if unsigned {
		s = 1
	}
	if from != to {
		code, ok := conversions[[2]byte{from, to}]
		if !ok {
			t.refuse(at, "this conversion")
		}
		t.code = append(t.code, code[s]...)
	}
}
