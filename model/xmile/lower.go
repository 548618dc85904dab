package xmile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/function"
)

// A piece is a written expression with how tightly its outermost operator binds.
type piece struct {
	written
	level int
}

// The levels of weir's language, loosest first.
const (
	levelIf = iota
	levelOr
	levelAnd
	levelNot
	levelEqual
	levelCompare
	levelAdd
	levelMultiply
	levelSign
	levelPower
	levelPrimary
)

var operators = map[string]struct {
	words string
	level int
}{
	"or": {"or", levelOr}, "and": {"and", levelAnd}, "=": {"=", levelEqual}, "<>": {"<>", levelEqual},
	"<": {"<", levelCompare}, "<=": {"<=", levelCompare}, ">": {">", levelCompare}, ">=": {">=", levelCompare},
	"+": {"+", levelAdd}, "-": {"-", levelAdd}, "*": {"*", levelMultiply}, "/": {"/", levelMultiply}, "mod": {"mod", levelMultiply},
	"^": {"^", levelPower},
}

// in puts parentheses around what binds looser than a level.
func (p piece) in(level int) written {
	if p.level >= level {
		return p.written
	}
	at := 0
	if len(p.at) > 0 {
		at = p.at[0]
	}
	return compose("($1)", at, p.written)
}

// A lowerer puts equations into weir's language.
type lowerer struct {
	*linker
	macroCalls int
}

// A scope is where an expression of the file is put into our language.
type scope struct {
	*lowerer
	v       *variable
	sp      *space
	text    text // the equation
	over    []*dimension
	element []int // positions in over, -1 for all, of an equation for some elements; nil for all
	initial bool  // it is computed for initial values only
	reduce  bool  // in the argument of a reduction
	stars   int   // subscripts that stand for many elements, so far
	failed  bool
	budget  *int                 // bytes written so far, in this equation
	outside bool                 // a subscript leads out of its array
	edges   map[int]map[int]bool // by dimension: elements that need an equation of their own
}

// fileOffset is where a byte of the equation stands in the file.
func (s *scope) fileOffset(i int) int { return s.text.offset(min(i, len(s.text.s))) }

func (s *scope) span(e expr) diagnostic.Span {
	start, end := e.at()
	return s.file.span(s.fileOffset(start), s.fileOffset(max(start, end-1))+1)
}

// here is the offset in the file at which an expression begins.
func (s *scope) here(e expr) int {
	start, _ := e.at()
	return s.fileOffset(start)
}

// wrong reports a mistake in the equation.
func (s *scope) wrong(e expr, code diagnostic.Code, hint, format string, args ...any) piece {
	s.failed = true
	s.v.left = true
	s.report(code, s.span(e), hint, "%s: %s", s.v.name, fmt.Sprintf(format, args...))
	return s.nothing(e)
}

// cannot reports what is sound but not supported.
func (s *scope) cannot(e expr, hint, format string, args ...any) piece {
	s.failed = !s.partial
	s.reject(s.v, s.span(e), hint, format, args...)
	return s.nothing(e)
}

func (s *scope) nothing(e expr) piece { return piece{words("0", s.here(e)), levelPrimary} }

func (s *scope) primary(e expr, text string) piece {
	return piece{words(text, s.here(e)), levelPrimary}
}

// maxWritten bounds what one equation may grow to, in all the expressions within it.
const maxWritten = 4 << 20

// expr puts an expression into our language, unless the equation grows too long.
func (s *scope) expr(e expr) piece {
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

func (s *scope) plainExpr(e expr) piece {
	switch e := e.(type) {
	case *numberExpr:
		if e.made {
			return s.primary(e, strconv.FormatFloat(e.value, 'g', -1, 64))
		}
		start, end := e.at()
		text := s.text.s[start:end]
		if strings.HasPrefix(text, ".") {
			text = "0" + text
		}
		return s.primary(e, text)
	case *refExpr:
		return s.ref(e)
	case *callExpr:
		return s.call(e)
	case *unaryExpr:
		return s.unary(e)
	case *binaryExpr:
		return s.binary(e)
	case *ifExpr:
		return piece{compose("if $1 then $2 else $3", s.here(e), s.expr(e.cond).in(levelOr), s.expr(e.then).in(levelOr), s.expr(e.other).in(levelIf)), levelIf}
	}
	return s.wrong(e, model.Syntax, "", "a subscript such as * or a:b stands in brackets only")
}

func (s *scope) unary(e *unaryExpr) piece {
	x := s.expr(e.x)
	switch e.op {
	case "not":
		return piece{compose("not $1", s.here(e), x.in(levelPrimary)), levelNot}
	case "+":
		return x
	}
	return piece{compose("-$1", s.here(e), x.in(levelPower)), levelSign}
}

func (s *scope) binary(e *binaryExpr) piece {
	x, y := s.expr(e.x), s.expr(e.y)
	if e.op == "//" {
		return piece{compose("safediv($1, $2)", s.here(e), x.written, y.written), levelPrimary}
	}
	if e.op == "mod" && s.ventana {
		s.v.note(model.Equivalent, "MOD: the remainder has the sign of the first value, as in Vensim, which wrote the file")
		return piece{compose("remainder($1, $2)", s.here(e), x.written, y.written), levelPrimary}
	}
	op, ok := operators[e.op]
	if !ok {
		return s.wrong(e, model.Syntax, "", "%s is no operator", e.op)
	}
	left, right := op.level, op.level+1
	switch op.level {
	case levelEqual, levelCompare:
		left = op.level + 1
	case levelPower:
		left, right = levelPrimary, levelSign
	}
	return piece{compose("$1 "+op.words+" $2", s.here(e), x.in(left), y.in(right)), op.level}
}

// clocks are names that the run itself supplies.
var clocks = map[string]string{
	"time": "time", "dt": "dt", "starttime": "start_time", "stoptime": "stop_time", "pi": "pi", "inf": "inf", ":na:": "na",
	"nan": "(0 / 0)", "time_step": "dt", "initial_time": "start_time", "final_time": "stop_time",
}

// ref is a name used as a value.
func (s *scope) ref(e *refExpr) piece {
	if v := s.sp.find(e.path, s.top); v != nil {
		return s.value(e, v)
	}
	name := e.path[len(e.path)-1]
	if len(e.path) == 1 {
		if c := clocks[name]; c != "" && e.index == nil {
			return s.primary(e, c)
		}
		if d := s.dims.byName[name]; d != nil && e.index == nil {
			return s.position(e, d)
		}
		if name == "self" {
			return s.self(e)
		}
		_, no := refused[name]
		if (no || calls[name].least == 0 && calls[name].apply != nil) && e.index == nil {
			return s.call(&callExpr{e.place, e, nil})
		}
	}
	if len(e.path) == 2 && e.path[0] == "weir" && function.Find(name) != nil && len(function.Find(name).Params) == 0 {
		return s.primary(e, name)
	}
	if d := s.dims.byName[e.path[0]]; d != nil && len(e.path) == 2 {
		if at, ok := d.at[name]; ok {
			return s.primary(e, strconv.Itoa(at+1))
		}
	}
	return s.unknown(e, name)
}

func (s *scope) unknown(e *refExpr, name string) piece {
	hint := ""
	if near := s.sp.vars[s.nearest(name, s.known)]; near != nil {
		hint = "did you mean " + cmp.Or(spoken(near.n.value("name")), near.ours) + "?"
	}
	start, end := e.at()
	return s.wrong(e, model.UnknownName, hint, "%s is not in the model", strings.TrimSpace(s.text.s[start:end]))
}

// known are the names of the space, for suggestions.
func (s *scope) known() []string { return slices.Sorted(maps.Keys(s.sp.vars)) }

// position is a dimension's name as a value: the position of the equation's element.
func (s *scope) position(e expr, d *dimension) piece {
	for i, own := range s.over {
		if own == d || own.root() == d.root() {
			if s.element != nil && s.element[i] >= 0 {
				return s.primary(e, strconv.Itoa(s.element[i]+1))
			}
			return s.primary(e, "position_in("+own.ours+")")
		}
	}
	if s.reduce { // the position of each element that is combined
		return s.primary(e, "position_in("+d.ours+")")
	}
	return s.wrong(e, model.MissingDimension, "", "the equation is not over %s", d.name)
}

// self is the variable itself, one step ago: SELF.
func (s *scope) self(e expr) piece {
	return s.named(e, s.v, "")
}

// named is a variable's name in an equation. Whatever is computed for initial values
// alone takes others as they are then.
func (s *scope) named(e expr, v *variable, index string) piece {
	if s.initial {
		v = s.lowerer.initially(v)
	}
	return s.primary(e, v.ours+index)
}

// value is a mention of a variable.
func (s *scope) value(e *refExpr, v *variable) piece {
	if v.kind == model.KindLookup && v.eqn == nil || v.eqn == nil && v.graph != nil && !v.input {
		return s.wrong(e, model.LookupNotCalled, "write LOOKUP("+v.name+", x)", "%s is a graphical function without an input", v.name)
	}
	if e.index == nil && s.reduce && len(v.over) > 0 {
		s.stars += len(v.over)
		return s.named(e, v, "["+strings.TrimSuffix(strings.Repeat("*, ", len(v.over)), ", ")+"]")
	}
	if e.index == nil {
		return s.named(e, v, "")
	}
	return s.indexed(e, v)
}
