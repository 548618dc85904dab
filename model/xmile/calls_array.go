package xmile

import (
	"fmt"
	"strconv"
	"strings"

	"weir/model"
)

// combined is an expression in the argument of a reduction, and whether anything in
// it stands for many elements.
func (s *scope) combined(e expr) (piece, bool) {
	inner := *s
	inner.reduce, inner.stars = true, 0
	p := inner.expr(e)
	s.failed = s.failed || inner.failed
	return p, inner.stars > 0
}

// reduceOr combines the elements of one array, or several values.
func reduceOr(name string) func(*scope, *callExpr) piece {
	return func(s *scope, e *callExpr) piece {
		if len(e.args) > 1 {
			var args []written
			for _, a := range e.args {
				args = append(args, s.expr(a).in(levelOr))
			}
			return piece{joined(name+"(", ", ", ")", s.here(e), args), levelPrimary}
		}
		x, many := s.combined(e.args[0])
		if !many { // one element of its own
			if name == "stddev" {
				return s.primary(e, "0")
			}
			return piece{compose("($1)", s.here(e), x.written), levelPrimary}
		}
		return piece{compose(name+"($1)", s.here(e), x.in(levelOr)), levelPrimary}
	}
}

// joined is any number of arguments with something before, between and after them.
func joined(before, between, after string, at int, args []written) written {
	var b builder
	b.put(before, at)
	for i, a := range args {
		if i > 0 {
			b.put(between, at)
		}
		b.join(a)
	}
	b.put(after, at)
	return b.done()
}

// list is $1, $2, … up to nine.
func list(n int) string {
	var out []string
	for i := 1; i <= n; i++ {
		out = append(out, "$"+string(rune('0'+i)))
	}
	return strings.Join(out, ", ")
}

// mean is that of an array, or of several values.
func (s *scope) mean(e *callExpr) piece {
	if len(e.args) == 1 {
		return reduceOr("mean")(s, e)
	}
	var args []written
	for _, a := range e.args {
		args = append(args, s.expr(a).in(levelMultiply))
	}
	return piece{joined("((", " + ", ") / "+strconv.Itoa(len(args))+")", s.here(e), args), levelPrimary}
}

// size is the number of elements of an array or dimension.
func (s *scope) size(e *callExpr) piece {
	if r, ok := e.args[0].(*refExpr); ok && len(r.path) == 1 && r.index == nil && s.sp.find(r.path, s.top) == nil {
		if d := s.dims.byName[r.path[0]]; d != nil {
			return s.primary(e, strconv.Itoa(len(d.elements)))
		}
		if r.path[0] == "self" {
			return s.primary(e, strconv.Itoa(product(s.v.over)))
		}
	}
	x, many := s.combined(e.args[0])
	if !many {
		return s.primary(e, "1")
	}
	return piece{compose("size_of($1)", s.here(e), x.in(levelOr)), levelPrimary}
}

func product(over []*dimension) int {
	n := 1
	for _, d := range over {
		n *= len(d.elements)
	}
	return n
}

// array is an argument of which all elements along one dimension are meant: the
// equation's own dimension that it is over runs, where no subscript says otherwise.
func (s *scope) array(e expr) written {
	inner := *s
	inner.reduce, inner.stars = true, 0
	if n := len(s.over); n > 0 {
		inner.over = s.over[: n-1 : n-1]
	}
	p := inner.expr(e)
	s.failed = s.failed || inner.failed
	return p.in(levelOr)
}

// vector is a function whose result has an element for each of its first argument's.
// The first arrays arguments are arrays.
func vector(name string, arrays int) func(*scope, *callExpr) piece {
	return func(s *scope, e *callExpr) piece {
		var args []written
		for i, a := range e.args {
			if i < arrays {
				args = append(args, s.array(a))
			} else {
				args = append(args, s.expr(a).in(levelOr))
			}
		}
		return piece{compose(name+"("+list(len(args))+")", s.here(e), args...), levelPrimary}
	}
}

// reorder is the element at a place that is counted from 0.
func (s *scope) reorder(e *callExpr) piece {
	return piece{compose("element_at($1, ($2) + 1)", s.here(e), s.array(e.args[0]), s.expr(e.args[1]).in(levelOr)), levelPrimary}
}

// rank is the position of the n-th smallest element (XMILE 1.0, 3.7.1); as Simlin
// writes it in an equation over the array's dimension, the rank of each element.
func (s *scope) rank(e *callExpr) piece {
	if s.simlin && len(s.over) > 0 {
		return vector("vector_rank", 1)(s, e)
	}
	x, many := s.combined(e.args[0])
	r, plain := e.args[0].(*refExpr)
	if !many || !plain {
		return s.cannot(e.args[0], "give the values a name, and rank that", "RANK of anything but an array")
	}
	d := s.alongOne(r)
	if d == nil {
		return s.cannot(e, "rank one dimension after the other", "RANK over several dimensions")
	}
	s.v.note(model.Equivalent, "RANK is written out with vector_rank")
	at, n := s.here(e), s.expr(e.args[1]).in(levelAdd)
	if len(e.args) == 2 {
		ranks := s.hidden(e, "ranks", d, compose("vector_rank($1, 1)", at, x.written))
		return piece{compose("sum(($1 = $2) * position_in("+d.ours+"))", at, words(ranks+"[*]", at), n), levelPrimary}
	}
	return piece{s.rankOfTies(e, x.written, d, n), levelPrimary}
}

// rankOfTies puts the elements in the order of the third argument first, so that those
// which are equal come in this order.
func (s *scope) rankOfTies(e *callExpr, x written, d *dimension, n written) written {
	at := s.here(e)
	other, _ := s.combined(e.args[2])
	order := s.hidden(e, "order", d, compose("sort_order($1, 1)", at, other.in(levelOr)))
	sorted := s.hidden(e, "in_order", d, compose("element_at($1, $2 + 1)", at, x, words(order, at)))
	ranks := s.hidden(e, "ranks", d, compose("vector_rank($1, 1)", at, words(sorted+"[*]", at)))
	return compose("sum(($1 = $2) * ($3 + 1))", at, words(ranks+"[*]", at), n, words(order+"[*]", at))
}

// alongOne is the dimension along which an array is meant, nil if it is not one alone.
func (s *scope) alongOne(r *refExpr) *dimension {
	v := s.sp.find(r.path, s.top)
	if v == nil {
		return nil
	}
	if r.index == nil && len(v.over) == 1 {
		return v.over[0]
	}
	var found *dimension
	for i, ix := range r.index {
		if _, star := ix.(*starExpr); star && i < len(v.over) {
			if found != nil {
				return nil
			}
			found = v.over[i]
		}
	}
	return found
}

// hidden makes an auxiliary over one dimension for a part of an equation.
func (s *scope) hidden(e expr, what string, d *dimension, text written) string {
	name := s.take(s.v.ours+"_"+what, "_value")
	h := &variable{n: s.v.n, sp: s.v.sp, kind: model.KindAux, name: s.v.name + " " + what, ours: name, over: []*dimension{d}, hidden: true, grade: model.Exact}
	out := s.newVariable(h, name, model.KindAux)
	out.Units, out.About, out.Equation = "", "", text.text(s.span(e))
	h.out = []*model.Variable{out}
	s.importer.vars = append(s.importer.vars, h)
	return name
}

func (s *scope) vectorSelect(e *callExpr) piece {
	x, _ := s.combined(e.args[0])
	y, _ := s.combined(e.args[1])
	args := []written{x.in(levelOr), y.in(levelOr), s.expr(e.args[2]).in(levelOr), words("0", s.here(e))}
	if len(e.args) > 3 {
		args[3] = s.expr(e.args[3]).in(levelOr)
	}
	return piece{compose("vector_select($1, $2, $3, $4)", s.here(e), args...), levelPrimary}
}

// vectorMap is the element at an offset from the one that the first argument names, in
// the order in which the array is stored.
func (s *scope) vectorMap(e *callExpr) piece {
	at := s.here(e)
	base := words("1", at)
	if r, ok := e.args[0].(*refExpr); ok && len(r.index) > 0 {
		v := s.sp.find(r.path, s.top)
		if v == nil || len(v.over) != len(r.index) {
			return s.wrong(e.args[0], model.UnknownName, "", "VECTOR ELM MAP needs an array")
		}
		if base, ok = s.storedAt(r, v); !ok {
			return s.cannot(r, "name an element, or the dimension that the equation is over", "VECTOR ELM MAP from an element that is computed")
		}
		e = &callExpr{e.place, e.of, []expr{&refExpr{r.place, r.path, nil}, e.args[1]}}
	}
	x := s.array(e.args[0])
	y := s.expr(e.args[1]).in(levelAdd)
	s.v.note(model.Equivalent, "VECTOR ELM MAP is a call of element_at")
	return piece{compose("element_at($1, $2 + $3)", at, x, y, base), levelPrimary}
}

// storedAt is the place of an element in the order in which its array is stored. The
// elements that a star stands for begin with the first.
func (s *scope) storedAt(r *refExpr, v *variable) (written, bool) {
	var parts []written
	place, each := 1, 1
	for i := len(r.index) - 1; i >= 0; i-- {
		ix, d := r.index[i], v.over[i]
		_, star := ix.(*starExpr)
		word, named := ix.(*refExpr)
		switch n, fixed := s.fixed(ix, d); {
		case fixed:
			place += n * each
		case star:
		case named && word.index == nil && len(word.path) == 1 && s.dims.byName[word.path[0]] == d && s.ownDimension(d) >= 0 && s.over[s.ownDimension(d)] == d:
			parts = append(parts, compose(fmt.Sprintf("($1 - 1) * %d", each), s.here(ix), s.position(ix, d).written))
		default:
			return written{}, false
		}
		each *= len(d.elements)
	}
	at := s.here(r)
	return joined("", " + ", "", at, append(parts, words(strconv.Itoa(place), at))), true
}

// allocate is Stella's: what is there, the dimension, the demand, and by whose
// priority and width it is shared; the kind of curve comes last.
func (s *scope) allocate(e *callExpr) piece {
	if len(e.args) < 5 {
		return s.cannot(e, "give a priority and a width", "ALLOCATE without a width of the priorities")
	}
	at := s.here(e)
	request := s.array(e.args[2])
	kind := compose("1 + 0 * ($1)", at, request)
	if len(e.args) > 5 {
		kind = s.array(e.args[5])
	}
	return piece{compose("allocate_available($1, $2, $3, $4, $5)", at,
		request, kind, s.array(e.args[3]), s.array(e.args[4]), s.expr(e.args[0]).in(levelOr)), levelPrimary}
}

func (s *scope) allocateByPriority(e *callExpr) piece {
	at := s.here(e)
	return piece{compose("allocate_by_priority($1, $2, $3, $4)", at,
		s.array(e.args[0]), s.array(e.args[1]), s.expr(e.args[3]).in(levelOr), s.expr(e.args[4]).in(levelOr)), levelPrimary}
}

// allocateAvailable is Vensim's, as translators leave it: the priorities' kind, rank
// and width stand along the last dimension of the second argument.
func (s *scope) allocateAvailable(e *callExpr) piece {
	r, ok := e.args[1].(*refExpr)
	if !ok {
		return s.wrong(e.args[1], model.UnknownName, "", "ALLOCATE AVAILABLE needs the table of priorities")
	}
	v := s.sp.find(r.path, s.top)
	if v == nil || len(v.over) < 2 || len(v.over[len(v.over)-1].elements) < 3 {
		return s.wrong(e.args[1], model.UnknownName, "", "ALLOCATE AVAILABLE needs the table of priorities, with a kind, a priority and a width each")
	}
	at := s.here(e)
	args := []written{s.array(e.args[0])}
	for i := range 3 {
		index := make([]string, len(v.over))
		for k := range index {
			index[k] = "*"
		}
		index[len(index)-1] = v.over[len(v.over)-1].index(i)
		args = append(args, s.named(r, v, "["+strings.Join(index, ", ")+"]").written)
	}
	args = append(args, s.expr(e.args[2]).in(levelOr))
	return piece{compose("allocate_available("+list(5)+")", at, args...), levelPrimary}
}
