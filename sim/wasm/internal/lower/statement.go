package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// block translates statements in their order.
func (t *translator) block(list []ast.Stmt) {
	for _, s := range list {
		t.statement(s)
	}
}

// statement translates one statement; a kind outside the translated part of Go is refused.
func (t *translator) statement(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		t.giveBack(s)
	case *ast.AssignStmt:
		t.assign(s)
	case *ast.IncDecStmt:
		t.incDec(s)
	case *ast.DeclStmt:
		t.declare(s)
	case *ast.BlockStmt:
		t.block(s.List)
	case *ast.IfStmt:
		t.branch(s)
	case *ast.SwitchStmt:
		t.choose(s)
	case *ast.ForStmt:
		t.loop(s)
	case *ast.RangeStmt:
		t.count(s)
	case *ast.BranchStmt:
		t.jump(s)
	case *ast.ExprStmt:
		for range t.call(s.X.(*ast.CallExpr)) {
			t.op(opDrop)
		}
	default:
		t.refuse(s, "a statement %T", s)
	}
}

// giveBack translates a return: it puts the results on the stack, those with names from their
// locals if the statement has none, and leaves the function.
func (t *translator) giveBack(s *ast.ReturnStmt) {
	for _, e := range s.Results {
		t.expr(e)
	}
	if len(s.Results) == 0 {
		for _, v := range t.result {
			t.get(t.local[v])
		}
	}
	t.op(opReturn)
}

// assign evaluates the whole right side before it sets the left side.
func (t *translator) assign(s *ast.AssignStmt) {
	if e, ok := s.Lhs[0].(*ast.IndexExpr); ok {
		t.store(s, e)
		return
	}
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		t.expr(s.Lhs[0])
		t.operand(s.Rhs[0], s.Lhs[0])
		t.binary(binaryOf[s.Tok], t.Info.Types[s.Lhs[0]].Type, s)
		t.set(t.target(s.Lhs[0], s.Tok))
		return
	}
	for _, e := range s.Rhs {
		t.expr(e)
	}
	to := make([]int, len(s.Lhs))
	for i, e := range s.Lhs {
		to[i] = t.target(e, s.Tok)
	}
	for i := len(to) - 1; i >= 0; i-- {
		if to[i] < 0 {
			t.op(opDrop)
			continue
		}
		t.set(to[i])
	}
}

// target returns the local of a name on the left, -1 for the blank one.
func (t *translator) target(e ast.Expr, tok token.Token) int {
	id, ok := e.(*ast.Ident)
	if !ok {
		t.refuse(e, "an assignment to other than a local variable or an element")
	}
	if id.Name == "_" {
		return -1
	}
	if obj := t.Info.Defs[id]; tok == token.DEFINE && obj != nil {
		return t.localOf(obj, e)
	}
	n, ok := t.local[t.Info.Uses[id]]
	if !ok {
		t.refuse(e, "%s is not a local variable", id.Name)
	}
	return n
}

// incDec translates x++ and x-- of a local variable.
func (t *translator) incDec(s *ast.IncDecStmt) {
	typ := t.Info.Types[s.X].Type
	op := token.ADD
	if s.Tok == token.DEC {
		op = token.SUB
	}
	t.expr(s.X)
	switch t.valueType(typ, s) {
	case F64:
		t.float(1)
	case I64:
		t.op(opI64Const, 1)
	default:
		t.op(opI32Const, 1)
	}
	t.binary(op, typ, s)
	t.set(t.target(s.X, s.Tok))
}

// declare translates a declaration of variables. Without a value a local is set to zero, because a
// loop may reach the declaration again. Constants need no code.
func (t *translator) declare(s *ast.DeclStmt) {
	g := s.Decl.(*ast.GenDecl)
	if g.Tok == token.CONST {
		return
	}
	for _, x := range g.Specs {
		spec, ok := x.(*ast.ValueSpec)
		if !ok {
			t.refuse(s, "a declaration of a type")
		}
		for i, name := range spec.Names {
			obj := t.Info.Defs[name]
			n := t.localOf(obj, name)
			if i < len(spec.Values) {
				t.expr(spec.Values[i])
			} else {
				t.zero(t.valueType(obj.Type(), name))
			}
			t.set(n)
		}
	}
}

// open begins a block of an if, a block or a loop; shut ends it.
func (t *translator) open(op byte) {
	t.op(op, opEmpty)
	t.depth++
}

// shut ends the innermost block.
func (t *translator) shut() {
	t.op(opEnd)
	t.depth--
}

// branch translates an if statement with its initialization and its else branch.
func (t *translator) branch(s *ast.IfStmt) {
	if s.Init != nil {
		t.statement(s.Init)
	}
	t.expr(s.Cond)
	t.open(opIf)
	t.block(s.Body.List)
	if s.Else != nil {
		t.op(opElse)
		t.statement(s.Else)
	}
	t.shut()
}

// choose is a chain of ifs.
func (t *translator) choose(s *ast.SwitchStmt) {
	if s.Init != nil {
		t.statement(s.Init)
	}
	t.breaks = append(t.breaks, noBreak)
	var otherwise []ast.Stmt
	opened := 0
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if clause.List == nil {
			otherwise = clause.Body
			continue
		}
		for i, e := range clause.List {
			t.matches(s.Tag, e)
			if i > 0 {
				t.op(opI32Or)
			}
		}
		t.open(opIf)
		opened++
		t.block(clause.Body)
		t.op(opElse)
	}
	t.block(otherwise)
	for range opened {
		t.shut()
	}
	t.breaks = t.breaks[:len(t.breaks)-1]
}

// noBreak stands for a switch among the places that break may leave.
const noBreak = -1

// matches puts on the stack whether a case of a switch applies: whether e equals the tag, or is
// true where the switch has no tag.
func (t *translator) matches(tag, e ast.Expr) {
	t.expr(e)
	if tag != nil {
		t.expr(tag)
		t.binary(token.EQL, t.Info.Types[tag].Type, e)
	}
}

// loop translates a for statement: a block that break leaves, a loop that its end repeats, and in
// it a block that continue leaves.
func (t *translator) loop(s *ast.ForStmt) {
	if s.Init != nil {
		t.statement(s.Init)
	}
	t.open(opBlock)
	t.breaks = append(t.breaks, t.depth)
	t.open(opLoop)
	if s.Cond != nil {
		t.expr(s.Cond)
		t.op(opI32Eqz)
		t.op(opBrIf, 1)
	}
	t.turn(s.Body, s.Post)
	t.op(opBr, 0)
	t.shut()
	t.shut()
	t.breaks = t.breaks[:len(t.breaks)-1]
}

// turn is the body of a loop, which continue leaves, and the code after each iteration.
func (t *translator) turn(body *ast.BlockStmt, post ast.Stmt) {
	t.open(opBlock)
	t.nexts = append(t.nexts, t.depth)
	t.block(body.List)
	t.nexts = t.nexts[:len(t.nexts)-1]
	t.shut()
	if post != nil {
		t.statement(post)
	}
}

// count is a loop over a whole number.
func (t *translator) count(s *ast.RangeStmt) {
	i := t.hidden(I32)
	if id, ok := s.Key.(*ast.Ident); ok && id.Name != "_" {
		obj := t.Info.Defs[id]
		if t.valueType(obj.Type(), s) != I32 {
			t.refuse(s, "a loop over other than int32")
		}
		t.local[obj] = i
	}
	end := t.hidden(I32)
	v := t.Info.Types[s.X]
	if v.Value != nil {
		t.op(opI32Const, sleb(int64(t.bits(v, s.X)))...)
	} else if b, ok := v.Type.Underlying().(*types.Basic); ok && b.Kind() == types.Int32 {
		t.expr(s.X)
	} else {
		t.refuse(s, "a loop over a value of type %v", v.Type)
	}
	t.set(end)
	t.zero(I32)
	t.set(i)
	t.open(opBlock)
	t.breaks = append(t.breaks, t.depth)
	t.open(opLoop)
	t.get(i)
	t.get(end)
	t.op(opI32GeS)
	t.op(opBrIf, 1)
	t.turn(s.Body, nil)
	t.get(i)
	t.op(opI32Const, 1)
	t.op(opI32Add)
	t.set(i)
	t.op(opBr, 0)
	t.shut()
	t.shut()
	t.breaks = t.breaks[:len(t.breaks)-1]
}

// jump translates break and continue of the innermost loop; labels are refused.
func (t *translator) jump(s *ast.BranchStmt) {
	to := t.breaks
	switch {
	case s.Label != nil:
		t.refuse(s, "a label")
	case s.Tok == token.CONTINUE:
		to = t.nexts
	case s.Tok != token.BREAK:
		t.refuse(s, "%v", s.Tok)
	}
	if to[len(to)-1] == noBreak {
		t.refuse(s, "break out of a switch")
	}
	t.op(opBr, uleb(uint64(t.depth-to[len(to)-1]))...)
}

var binaryOf = map[token.Token]token.Token{
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB, token.MUL_ASSIGN: token.MUL, token.QUO_ASSIGN: token.QUO,
	token.REM_ASSIGN: token.REM, token.AND_ASSIGN: token.AND, token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR,
	token.SHL_ASSIGN: token.SHL, token.SHR_ASSIGN: token.SHR, token.AND_NOT_ASSIGN: token.AND_NOT,
}
