package vensim

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// A lowering makes trees of weir's language of one equation, for all of its elements or
// for some. A Vensim equation names ranges on both sides: x[A, b1] = y[A] + z[C], where C
// may map to A. For each piece of the left side a range of the right side is one of three:
// the dimension that the piece runs over, a single element, or every element within a
// reduction; place, fixed and starred tell which.
type lowering struct {
	*lowerer
	v       *variable         // the variable that is written
	eq      *syntax.Equation  // the one of its equations that is written
	place   map[string]int    // ranges on the left that the tree runs over, with their places
	fixed   map[string]string // ranges that stand for one element here
	starred map[string]bool   // ranges that an array function runs over
	failed  bool              // a mistake is reported; nothing of the equation is kept
}

// fail reports a part that is not supported. A model with parts left out goes on if the
// user wants it to.
func (l *lowering) fail(at syntax.Span, hint, format string, args ...any) {
	l.failWith(model.NotSupported, at, hint, format, args...)
}

// failWith reports why the equation cannot be lowered; the first reason is enough.
func (l *lowering) failWith(code diagnostic.Code, at syntax.Span, hint, format string, args ...any) {
	if l.failed {
		return
	}
	l.failed = true
	message := fmt.Sprintf(format, args...)
	l.v.note(model.Unsupported, message)
	l.ErrorAt(code, at, hint, "%s: %s", l.v.name, message)
	if l.partial && code == model.NotSupported {
		l.List[len(l.List)-1].Severity = diagnostic.Warning
	} else {
		l.v.broken = true
	}
}

// A piece is the elements that one text is for: at each place all of those of a range,
// or a single one.
type piece struct {
	words []string   // "*", an element or a range, as in the keys of a model
	fixed []string   // the key of the element at this place, or ""
	box   [][]string // the elements at each place
}

// key returns the piece as a key of the model, "" for everything.
func (p piece) key() string {
	if slices.IndexFunc(p.words, func(w string) bool { return w != "*" }) < 0 {
		return ""
	}
	return strings.Join(p.words, ", ")
}

// with returns the piece with one more place.
func (p piece) with(word, fixed string, elements []string) piece {
	return piece{
		words: append(slices.Clone(p.words), word), fixed: append(slices.Clone(p.fixed), fixed),
		box: append(slices.Clone(p.box), elements),
	}
}

// maxPieces bounds the texts of one equation.
const maxPieces = 10 * subscript.MaxElements

// allPieces returns the pieces of the i-th equation, which is the lowering's. Exceptions
// stay in wider pieces where narrower keys win over them anyway; where a narrower key
// would not win, they are cut out.
func (l *lowering) allPieces(e syntax.Expr, i int) []piece {
	boxes, shared := l.read.coverage(l.v, i, false)
	pieces := l.piecesOf(e, boxes)
	if shared && disputed(l.v, i, pieces) {
		boxes, _ = l.read.coverage(l.v, i, true)
		pieces = l.piecesOf(e, boxes)
	}
	return pieces
}

// maxDisputes bounds the comparisons of pieces with narrower equations.
const maxDisputes = 100_000

// disputed reports whether a piece of the i-th equation shares elements with a narrower
// equation that is not strictly within it, so that the model's keys would not say which
// of them wins; or there are too many to tell.
func disputed(v *variable, i int, pieces []piece) bool {
	narrower := v.narrower(i)
	if len(pieces)*len(narrower) > maxDisputes {
		return true
	}
	for _, p := range pieces {
		for _, box := range narrower {
			if subscript.Overlap(p.box, box) && !(subscript.Within(box, p.box) && subscript.Size(p.box) > subscript.Size(box)) {
				return true
			}
		}
	}
	return false
}

// piecesOf cuts several boxes.
func (l *lowering) piecesOf(e syntax.Expr, boxes [][][]string) []piece {
	var out []piece
	for _, b := range boxes {
		out = append(out, l.pieces(e, b)...)
	}
	return out
}

// pieces cuts a box of elements into those that one text can say: all elements of a
// dimension, those of a range, or one. Places that the expression names by a range that maps
// there are written out: of x[A] = y[B] with B -> A each element reads another one of y, and
// weir has no mappings.
func (l *lowering) pieces(e syntax.Expr, box [][]string) []piece {
	out := []piece{{}}
	for i, elements := range box {
		if word := l.wordFor(e, i, elements); word != "" {
			for k := range out {
				out[k] = out[k].with(word, "", elements)
			}
			continue
		}
		var next []piece
		for _, p := range out {
			for n, el := range elements {
				w := l.subs.Elements[el].Ours
				if len(l.v.over[i].elements) == 1 {
					w = "*"
				}
				next = append(next, p.with(w, el, elements[n:n+1]))
			}
			if len(next) > maxPieces {
				l.fail(l.eq.NameSpan, "", "it needs an equation of its own for more than %d elements", maxPieces)
				return nil
			}
		}
		out = next
	}
	return out
}

// wordFor returns the word of a key for the elements at a place, "" if they must be written
// out one by one.
func (l *lowering) wordFor(e syntax.Expr, place int, elements []string) string {
	r := l.subs.Ranges[l.eq.Subs[place].Key]
	switch {
	case r == nil || l.mustExpand(e, place):
		return ""
	case len(elements) == len(l.v.over[place].elements):
		return "*"
	case len(elements) == len(r.Elements):
		return r.Ours
	}
	return l.subs.RangeWith(elements, r.Family)
}

// mustExpand reports whether an expression names a place of the left side by another
// range, which maps to it.
func (l *lowering) mustExpand(e syntax.Expr, place int) bool {
	left := l.eq.Subs[place].Key
	found := false
	mentions(e, func(s syntax.Sub) {
		if found || s.Bang || l.subs.Ranges[s.Key] == nil || s.Key == left || l.onLeft(s.Key) {
			return
		}
		found = l.mappedPlace(s) == place
	})
	return found
}

// mentions calls f for every subscript in an expression, and for names that may be
// ranges used as numbers.
func mentions(e syntax.Expr, f func(syntax.Sub)) {
	syntax.Walk(e, func(e syntax.Expr) bool {
		switch e := e.(type) {
		case *syntax.Ref:
			if len(e.Subs) == 0 {
				f(syntax.Sub{Span: e.Span, Name: e.Name, Key: e.Key})
			}
			for _, s := range e.Subs {
				f(s)
			}
		case *syntax.Call:
			for _, s := range e.Subs {
				f(s)
			}
		}
		return true
	})
}

// isMarked reports whether an expression has a subscript with an exclamation mark.
func isMarked(e syntax.Expr) bool {
	marked := false
	mentions(e, func(s syntax.Sub) { marked = marked || s.Bang })
	return marked
}

// onLeft reports whether a subscript is one of those on the left side.
func (l *lowering) onLeft(key string) bool {
	return slices.ContainsFunc(l.eq.Subs, func(s syntax.Sub) bool { return s.Key == key })
}

// mappedPlace returns the place on the left that a range maps to, or -1.
func (l *lowering) mappedPlace(s syntax.Sub) int {
	r := l.subs.Ranges[s.Key]
	for i, left := range l.eq.Subs {
		on := l.subs.Ranges[left.Key]
		switch e := l.subs.Elements[left.Key]; {
		case on == nil && e != nil && len(l.v.boxes) > 0: // an element on the left
			if l.subs.Partner(r, e.Alone(r), left.Key) != "" {
				return i
			}
		case on != nil && len(on.Elements) > 0 && l.subs.Partner(r, on, on.Elements[0]) != "":
			return i
		}
	}
	return -1
}

// text returns an expression for a piece in weir's language.
func (l *lowering) text(e syntax.Expr, p piece) model.Text {
	clear(l.place)
	clear(l.fixed)
	for i, s := range l.eq.Subs {
		switch {
		case l.subs.Ranges[s.Key] == nil:
		case p.fixed[i] != "":
			l.fixed[s.Key] = p.fixed[i]
		default:
			l.place[s.Key] = i
		}
	}
	l.mapped(e, p)
	tree := l.expr(e)
	if !l.failed {
		text, too := document.NewText(tree, l.Place(e.Pos()))
		if too == "" {
			return text
		}
		l.fail(l.eq.NameSpan, "name parts of it as variables", "written in weir's language, its equation %s", too)
	}
	text, _ := document.NewText(equation.NewName(equation.Span(l.eq.NameSpan), "na"), l.Place(l.eq.Statement.Equation))
	return text
}

// mapped finds the elements that ranges stand for which map to the left side.
func (l *lowering) mapped(e syntax.Expr, p piece) {
	mentions(e, func(s syntax.Sub) {
		r := l.subs.Ranges[s.Key]
		if s.Bang || r == nil || l.onLeft(s.Key) || l.fixed[s.Key] != "" {
			return
		}
		i := l.mappedPlace(s)
		if i < 0 {
			return
		}
		element := l.subs.Elements[p.fixed[i]]
		left := l.subs.Ranges[l.eq.Subs[i].Key]
		if left == nil {
			left = element.Alone(r)
		}
		if at := l.subs.Partner(r, left, p.fixed[i]); at != "" {
			l.fixed[s.Key] = at
			return
		}
		l.failWith(model.SubscriptMismatch, s.Span, "", "no element of %s maps to %s", r.Name, element.Name)
	})
}
