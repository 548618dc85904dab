package lower

import (
	"fmt"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// combined is an expression in the argument of a reduction, and whether anything in
// it stands for many elements.
func (s *scope) combined(e expr.Expr) (piece, bool) {
	inner := *s
	inner.reduce, inner.stars = true, 0
	p := inner.expr(e)
	s.failed = s.failed || inner.failed
	return p, inner.stars > 0
}

// reduceOr combines the elements of one array, or several values.
func reduceOr(name string) func(*scope, *expr.Call) piece {
	return func(s *scope, e *expr.Call) piece {
		if len(e.Args) > 1 {
			var args []written
			for _, a := range e.Args {
				args = append(args, s.expr(a).in(LevelOr))
			}
			return piece{joined(name+"(", ", ", ")", s.here(e), args), LevelPrimary}
		}
		x, many := s.combined(e.Args[0])
		if !many { // one element of its own
			if name == "stddev" {
				return s.primary(e, "0")
			}
			return piece{compose("($1)", s.here(e), x.written), LevelPrimary}
		}
		return piece{compose(name+"($1)", s.here(e), x.in(LevelOr)), LevelPrimary}
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
func (s *scope) mean(e *expr.Call) piece {
	if len(e.Args) == 1 {
		return reduceOr("mean")(s, e)
	}
	var args []written
	for _, a := range e.Args {
		args = append(args, s.expr(a).in(LevelMultiply))
	}
	return piece{joined("((", " + ", ") / "+strconv.Itoa(len(args))+")", s.here(e), args), LevelPrimary}
}

// size is the number of elements of an array or dimension.
func (s *scope) size(e *expr.Call) piece {
	if r, ok := e.Args[0].(*expr.Ref); ok && len(r.Path) == 1 && r.Index == nil && s.sp.Find(r.Path, s.Top) == nil {
		if d := s.Dims.ByName[r.Path[0]]; d != nil {
			return s.primary(e, strconv.Itoa(len(d.Elements)))
		}
		if r.Path[0] == "self" {
			return s.primary(e, strconv.Itoa(source.Product(s.v.Over)))
		}
	}
	x, many := s.combined(e.Args[0])
	if !many {
		return s.primary(e, "1")
	}
	return piece{compose("size_of($1)", s.here(e), x.in(LevelOr)), LevelPrimary}
}

// array is an argument of which all elements along one dimension are meant: the
// equation's own dimension that it is over runs, where no subscript says otherwise.
func (s *scope) array(e expr.Expr) written {
	inner := *s
	inner.reduce, inner.stars = true, 0
	if n := len(s.over); n > 0 {
		inner.over = s.over[: n-1 : n-1]
	}
	p := inner.expr(e)
	s.failed = s.failed || inner.failed
	return p.in(LevelOr)
}

// vector is a function whose result has an element for each of its first argument's.
// The first arrays arguments are arrays.
func vector(name string, arrays int) func(*scope, *expr.Call) piece {
	return func(s *scope, e *expr.Call) piece {
		var args []written
		for i, a := range e.Args {
			if i < arrays {
				args = append(args, s.array(a))
			} else {
				args = append(args, s.expr(a).in(LevelOr))
			}
		}
		return piece{compose(name+"("+list(len(args))+")", s.here(e), args...), LevelPrimary}
	}
}

// reorder is the element at a place that is counted from 0.
func (s *scope) reorder(e *expr.Call) piece {
	return piece{compose("element_at($1, ($2) + 1)", s.here(e), s.array(e.Args[0]), s.expr(e.Args[1]).in(LevelOr)), LevelPrimary}
}

// rank is the position of the n-th smallest element (XMILE 1.0, 3.7.1); as Simlin
// writes it in an equation over the array's dimension, the rank of each element.
func (s *scope) rank(e *expr.Call) piece {
	if s.Simlin && len(s.over) > 0 {
		return vector("vector_rank", 1)(s, e)
	}
	x, many := s.combined(e.Args[0])
	r, plain := e.Args[0].(*expr.Ref)
	if !many || !plain {
		return s.cannot(e.Args[0], "give the values a name, and rank that", "RANK of anything but an array")
	}
	d := s.alongOne(r)
	if d == nil {
		return s.cannot(e, "rank one dimension after the other", "RANK over several dimensions")
	}
	s.v.Note(model.Equivalent, "RANK is written out with vector_rank")
	at, n := s.here(e), s.expr(e.Args[1]).in(LevelAdd)
	if len(e.Args) == 2 {
		ranks := s.hidden(e, "ranks", d, compose("vector_rank($1, 1)", at, x.written))
		return piece{compose("sum(($1 = $2) * position_in("+d.Ours+"))", at, words(ranks+"[*]", at), n), LevelPrimary}
	}
	return piece{s.rankOfTies(e, x.written, d, n), LevelPrimary}
}

// rankOfTies puts the elements in the order of the third argument first, so that those
// which are equal come in this order.
func (s *scope) rankOfTies(e *expr.Call, x written, d *source.Dimension, n written) written {
	at := s.here(e)
	other, _ := s.combined(e.Args[2])
	order := s.hidden(e, "order", d, compose("sort_order($1, 1)", at, other.in(LevelOr)))
	sorted := s.hidden(e, "in_order", d, compose("element_at($1, $2 + 1)", at, x, words(order, at)))
	ranks := s.hidden(e, "ranks", d, compose("vector_rank($1, 1)", at, words(sorted+"[*]", at)))
	return compose("sum(($1 = $2) * ($3 + 1))", at, words(ranks+"[*]", at), n, words(order+"[*]", at))
}

// alongOne is the dimension along which an array is meant, nil if it is not one alone.
func (s *scope) alongOne(r *expr.Ref) *source.Dimension {
	v := s.sp.Find(r.Path, s.Top)
	if v == nil {
		return nil
	}
	if r.Index == nil && len(v.Over) == 1 {
		return v.Over[0]
	}
	var found *source.Dimension
	for i, ix := range r.Index {
		if _, star := ix.(*expr.Star); star && i < len(v.Over) {
			if found != nil {
				return nil
			}
			found = v.Over[i]
		}
	}
	return found
}

// hidden makes an auxiliary over one dimension for a part of an equation.
func (s *scope) hidden(e expr.Expr, what string, d *source.Dimension, text written) string {
	name := s.Take(s.v.Ours+"_"+what, "_value")
	h := &source.Variable{Node: s.v.Node, Space: s.v.Space, Kind: model.KindAux, Name: s.v.Name + " " + what, Ours: name, Over: []*source.Dimension{d}, Hidden: true, Grade: model.Exact}
	out := s.NewVariable(h, name, model.KindAux)
	out.Units, out.About, out.Equation = "", "", text.text(s.span(e))
	h.Out = []*model.Variable{out}
	s.Model.Vars = append(s.Model.Vars, h)
	return name
}

func (s *scope) vectorSelect(e *expr.Call) piece {
	x, _ := s.combined(e.Args[0])
	y, _ := s.combined(e.Args[1])
	args := []written{x.in(LevelOr), y.in(LevelOr), s.expr(e.Args[2]).in(LevelOr), words("0", s.here(e))}
	if len(e.Args) > 3 {
		args[3] = s.expr(e.Args[3]).in(LevelOr)
	}
	return piece{compose("vector_select($1, $2, $3, $4)", s.here(e), args...), LevelPrimary}
}

// vectorMap is the element at an offset from the one that the first argument names, in
// the order in which the array is stored.
func (s *scope) vectorMap(e *expr.Call) piece {
	at := s.here(e)
	base := words("1", at)
	if r, ok := e.Args[0].(*expr.Ref); ok && len(r.Index) > 0 {
		v := s.sp.Find(r.Path, s.Top)
		if v == nil || len(v.Over) != len(r.Index) {
			return s.wrong(e.Args[0], model.UnknownName, "", "VECTOR ELM MAP needs an array")
		}
		if base, ok = s.storedAt(r, v); !ok {
			return s.cannot(r, "name an element, or the dimension that the equation is over", "VECTOR ELM MAP from an element that is computed")
		}
		e = &expr.Call{Place: e.Place, Of: e.Of, Args: []expr.Expr{&expr.Ref{Place: r.Place, Path: r.Path}, e.Args[1]}}
	}
	x := s.array(e.Args[0])
	y := s.expr(e.Args[1]).in(LevelAdd)
	s.v.Note(model.Equivalent, "VECTOR ELM MAP is a call of element_at")
	return piece{compose("element_at($1, $2 + $3)", at, x, y, base), LevelPrimary}
}

// storedAt is the place of an element in the order in which its array is stored. The
// elements that a star stands for begin with the first.
func (s *scope) storedAt(r *expr.Ref, v *source.Variable) (written, bool) {
	var parts []written
	place, each := 1, 1
	for i := len(r.Index) - 1; i >= 0; i-- {
		ix, d := r.Index[i], v.Over[i]
		_, star := ix.(*expr.Star)
		word, named := ix.(*expr.Ref)
		switch n, fixed := s.fixed(ix, d); {
		case fixed:
			place += n * each
		case star:
		case named && word.Index == nil && len(word.Path) == 1 && s.Dims.ByName[word.Path[0]] == d && s.ownDimension(d) >= 0 && s.over[s.ownDimension(d)] == d:
			parts = append(parts, compose(fmt.Sprintf("($1 - 1) * %d", each), s.here(ix), s.position(ix, d).written))
		default:
			return written{}, false
		}
		each *= len(d.Elements)
	}
	at := s.here(r)
	return joined("", " + ", "", at, append(parts, words(strconv.Itoa(place), at))), true
}

// allocate is Stella's: what is there, the dimension, the demand, and by whose
// priority and width it is shared; the kind of curve comes last.
func (s *scope) allocate(e *expr.Call) piece {
	if len(e.Args) < 5 {
		return s.cannot(e, "give a priority and a width", "ALLOCATE without a width of the priorities")
	}
	at := s.here(e)
	request := s.array(e.Args[2])
	kind := compose("1 + 0 * ($1)", at, request)
	if len(e.Args) > 5 {
		kind = s.array(e.Args[5])
	}
	return piece{compose("allocate_available($1, $2, $3, $4, $5)", at,
		request, kind, s.array(e.Args[3]), s.array(e.Args[4]), s.expr(e.Args[0]).in(LevelOr)), LevelPrimary}
}

func (s *scope) allocateByPriority(e *expr.Call) piece {
	at := s.here(e)
	return piece{compose("allocate_by_priority($1, $2, $3, $4)", at,
		s.array(e.Args[0]), s.array(e.Args[1]), s.expr(e.Args[3]).in(LevelOr), s.expr(e.Args[4]).in(LevelOr)), LevelPrimary}
}

// allocateAvailable is Vensim's, as translators leave it: the priorities' kind, rank
// and width stand along the last dimension of the second argument.
func (s *scope) allocateAvailable(e *expr.Call) piece {
	r, ok := e.Args[1].(*expr.Ref)
	if !ok {
		return s.wrong(e.Args[1], model.UnknownName, "", "ALLOCATE AVAILABLE needs the table of priorities")
	}
	v := s.sp.Find(r.Path, s.Top)
	if v == nil || len(v.Over) < 2 || len(v.Over[len(v.Over)-1].Elements) < 3 {
		return s.wrong(e.Args[1], model.UnknownName, "", "ALLOCATE AVAILABLE needs the table of priorities, with a kind, a priority and a width each")
	}
	at := s.here(e)
	args := []written{s.array(e.Args[0])}
	for i := range 3 {
		index := make([]string, len(v.Over))
		for k := range index {
			index[k] = "*"
		}
		index[len(index)-1] = v.Over[len(v.Over)-1].Index(i)
		args = append(args, s.named(r, v, "["+strings.Join(index, ", ")+"]").written)
	}
	args = append(args, s.expr(e.Args[2]).in(LevelOr))
	return piece{compose("allocate_available("+list(5)+")", at, args...), LevelPrimary}
}
