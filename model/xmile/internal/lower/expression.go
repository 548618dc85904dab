package lower

import (
	"strconv"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/expr"
)

// expr puts an expression into our language, unless the equation grows too long.
func (s *scope) expr(e expr.Expr) piece {
	if s.budget == nil {
		s.budget = new(int)
	}
	if *s.budget > maxWritten {
		return s.nothing(e)
	}
	p := s.plainExpr(e)
	if *s.budget += len(p.s); *s.budget > maxWritten {
		return s.wrong(e, model.TooComplex, "name parts of it as auxiliaries", "the equation is too long when it is written out")
	}
	return p
}

func (s *scope) plainExpr(e expr.Expr) piece {
	switch e := e.(type) {
	case *expr.Number:
		if e.Made {
			return s.primary(e, strconv.FormatFloat(e.Value, 'g', -1, 64))
		}
		start, end := e.At()
		text := s.text.Value[start:end]
		if strings.HasPrefix(text, ".") {
			text = "0" + text
		}
		return s.primary(e, text)
	case *expr.Ref:
		return s.ref(e)
	case *expr.Call:
		return s.call(e)
	case *expr.Unary:
		return s.unary(e)
	case *expr.Binary:
		return s.binary(e)
	case *expr.If:
		return piece{compose("if $1 then $2 else $3", s.here(e), s.expr(e.Cond).in(LevelOr), s.expr(e.Then).in(LevelOr), s.expr(e.Other).in(LevelIf)), LevelIf}
	}
	return s.wrong(e, model.Syntax, "", "a subscript such as * or a:b stands in brackets only")
}

func (s *scope) unary(e *expr.Unary) piece {
	x := s.expr(e.X)
	switch e.Op {
	case "not":
		return piece{compose("not $1", s.here(e), x.in(LevelPrimary)), levelNot}
	case "+":
		return x
	}
	return piece{compose("-$1", s.here(e), x.in(LevelPower)), LevelSign}
}

func (s *scope) binary(e *expr.Binary) piece {
	x, y := s.expr(e.X), s.expr(e.Y)
	if e.Op == "//" {
		return piece{compose("safediv($1, $2)", s.here(e), x.written, y.written), LevelPrimary}
	}
	if e.Op == "mod" && s.Ventana {
		s.v.Note(model.Equivalent, "MOD: the remainder has the sign of the first value, as in Vensim, which wrote the file")
		return piece{compose("remainder($1, $2)", s.here(e), x.written, y.written), LevelPrimary}
	}
	op, ok := operators[e.Op]
	if !ok {
		return s.wrong(e, model.Syntax, "", "%s is no operator", e.Op)
	}
	left, right := op.level, op.level+1
	switch op.level {
	case LevelEqual, LevelCompare:
		left = op.level + 1
	case LevelPower:
		left, right = LevelPrimary, LevelSign
	}
	return piece{compose("$1 "+op.words+" $2", s.here(e), x.in(left), y.in(right)), op.level}
}
