package vensim

import (
	"math"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// maxText bounds the text of one equation, as weir's language does.
const maxText = 100_000

// A writer holds an equation in weir's language with the place in the file that each
// byte comes from.
type writer struct {
	b  strings.Builder
	at []int
}

// put adds text that comes from a place in the file.
func (w *writer) put(text string, from syntax.Span) {
	if w.b.Len() > maxText {
		return // too long already, which is reported
	}
	for i := range len(text) {
		w.at = append(w.at, min(from.Start+i, max(from.Start, from.End-1)))
	}
	w.b.WriteString(text)
}

// text is what was written, as a model's text that stands at a place of the file.
func (w *writer) text(im *importer, whole syntax.Span) model.Text {
	return model.Text{Text: w.b.String(), Span: im.Place(whole), Map: w.at}
}

// Precedence of weir's operators, loosest first.
const (
	ofIf = iota
	ofOr
	ofAnd
	ofNot
	ofCompare
	ofAdd
	ofMultiply
	ofSign
	ofPower
	ofAtom
)

var precedence = map[syntax.Op]int{"or": ofOr, "and": ofAnd, "=": ofCompare, "<>": ofCompare, "<": ofCompare, "<=": ofCompare,
	">": ofCompare, ">=": ofCompare, "+": ofAdd, "-": ofAdd, "*": ofMultiply, "/": ofMultiply, "^": ofPower}

// expr writes an expression, in parentheses if it binds looser than it must.
func (l *lowering) expr(e syntax.Expr, least int) {
	switch e := e.(type) {
	case *syntax.Num:
		l.number(e, least)
	case *syntax.Ref:
		l.ref(e)
	case *syntax.Unary:
		l.unary(e, least)
	case *syntax.Infix:
		l.infix(e, least)
	case *syntax.Call:
		if e.Key == syntax.Fold(syntax.Unwritten) {
			l.leaveUnwritten(e)
			return
		}
		l.call(e, least)
	case *syntax.Held:
		l.held(e)
	case *syntax.Table:
		l.fail(e.Span, "", "a lookup stands where a number should be")
	case *syntax.Str:
		l.fail(e.Span, "", "text stands where a number should be")
	}
}

func (l *lowering) number(e *syntax.Num, least int) {
	switch {
	case e.Value == syntax.NotAvailable:
		l.w.put("na", e.Span)
	case e.Text != "" && !strings.ContainsAny(e.Text, "_"):
		l.w.put(e.Text, e.Span)
	case math.Signbit(e.Value) && least > ofSign:
		l.w.put("("+plain(e.Value)+")", e.Span)
	default:
		l.w.put(plain(e.Value), e.Span)
	}
}

// plain is a number as short as it can be written.
func plain(x float64) string {
	switch {
	case math.IsInf(x, 1):
		return "inf"
	case math.IsInf(x, -1):
		return "-inf"
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

func (l *lowering) unary(e *syntax.Unary, least int) {
	own := ofSign
	if e.Op == "not" {
		own = ofNot
	}
	l.group(own, least, e.Span, func() {
		at := syntax.Span{Start: e.Start, End: e.Start + 1}
		if e.Op == "not" {
			l.w.put("not ", at)
		} else {
			l.w.put(string(e.Op), at)
		}
		l.expr(e.X, own)
	})
}

// group writes parentheses around what binds looser than it must.
func (l *lowering) group(own, least int, at syntax.Span, inside func()) {
	if own >= least {
		inside()
		return
	}
	l.w.put("(", syntax.Span{Start: at.Start, End: at.Start + 1})
	inside()
	l.w.put(")", syntax.Span{Start: max(at.Start, at.End-1), End: at.End})
}

func (l *lowering) infix(e *syntax.Infix, least int) {
	own := precedence[e.Op]
	left, right := own, own+1
	switch own {
	case ofCompare:
		left = own + 1
	case ofPower:
		left, right = ofAtom, ofSign
	}
	l.group(own, least, e.Span, func() {
		l.expr(e.X, left)
		if e.Op == "^" {
			l.w.put("^", e.OpSpan)
		} else {
			l.w.put(" "+string(e.Op)+" ", e.OpSpan)
		}
		l.expr(e.Y, right)
	})
}
