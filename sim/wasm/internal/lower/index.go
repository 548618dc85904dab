package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// index is an element of a table or a slice, or the address of a row of a table.
func (t *translator) index(e *ast.IndexExpr) {
	elem := t.elements(e.X)
	offset := t.place(e.X, e.Index)
	_, rows := elem.Underlying().(*types.Array)
	switch {
	case rows && offset > 0:
		t.op(opI32Const, sleb(int64(offset))...)
		t.op(opI32Add)
	case rows:
	case t.valueType(elem, e) == F64:
		t.op(opF64Load, append([]byte{alignFloat}, uleb(offset)...)...)
	default:
		t.op(opI64Load, append([]byte{alignFloat}, uleb(offset)...)...)
	}
}

// elements returns the type of the elements of a table or a slice.
func (t *translator) elements(x ast.Expr) types.Type {
	switch u := t.Info.Types[x].Type.Underlying().(type) {
	case *types.Array:
		return u.Elem()
	case *types.Slice:
		return u.Elem()
	}
	t.refuse(x, "an index of other than a table or a slice")
	return nil
}

// place puts the address of an element on the stack, less an offset that is known.
func (t *translator) place(x, index ast.Expr) (offset uint64) {
	size := int64(8)
	if inner, rows := t.elements(x).Underlying().(*types.Array); rows {
		size = 8 * inner.Len()
	}
	t.expr(x)
	if v := t.Info.Types[index]; v.Value != nil {
		return uint64(size) * t.bits(v, index)
	}
	t.expr(index)
	if t.valueType(t.Info.Types[index].Type, index) == I64 {
		t.op(opI32Wrap)
	}
	t.op(opI32Const, sleb(size)...)
	t.op(opI32Mul)
	t.op(opI32Add)
	return 0
}

// rest is a slice from an element on.
func (t *translator) rest(e *ast.SliceExpr) {
	if _, ok := t.Info.Types[e.X].Type.Underlying().(*types.Slice); !ok || e.Low == nil || e.High != nil {
		t.refuse(e, "a slice other than of a slice, from an element on")
	}
	if offset := t.place(e.X, e.Low); offset > 0 {
		t.op(opI32Const, sleb(int64(offset))...)
		t.op(opI32Add)
	}
}

// store sets an element of a slice.
func (t *translator) store(s *ast.AssignStmt, e *ast.IndexExpr) {
	if _, ok := t.Info.Types[e.X].Type.Underlying().(*types.Slice); !ok || len(s.Lhs) > 1 {
		t.refuse(e, "an assignment to an element of other than a slice, or with others")
	}
	offset := uleb(t.place(e.X, e.Index))
	if s.Tok == token.ASSIGN {
		t.operand(s.Rhs[0], e)
	} else {
		at := t.hidden(I32)
		t.op(opLocalTee, uleb(uint64(at))...)
		t.get(at)
		t.op(opF64Load, append([]byte{alignFloat}, offset...)...)
		t.operand(s.Rhs[0], e)
		t.binary(binaryOf[s.Tok], t.Info.Types[e].Type, s)
	}
	t.op(opF64Store, append([]byte{alignFloat}, offset...)...)
}
