package lower

import (
	"slices"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/expr"
)

// maxDraws bounds the draws that one draw may be the sum of.
const maxDraws = 100

// repeated is the sum of as many draws as the first argument says; the second one is
// theirs.
func repeated(draw string) func(*scope, *expr.Call) piece {
	return func(s *scope, e *expr.Call) piece {
		inner := words("1", s.here(e))
		if len(e.Args) > 1 {
			inner = s.expr(e.Args[1]).in(LevelOr)
		}
		sum, ok := s.sumOf(e, 0, draw, inner)
		if !ok {
			return s.nothing(e)
		}
		return s.drawn(e, sum)
	}
}

// beta is a share: of the sum of two gamma draws, what the first one is.
func (s *scope) beta(e *expr.Call) piece {
	const one = "exponential($1)"
	mean := words("1", s.here(e))
	a, known := s.sumOf(e, 0, one, mean)
	b, both := s.sumOf(e, 1, one, mean)
	if !known || !both {
		return s.nothing(e)
	}
	return s.drawn(e, compose("(1 / (1 + $2 / $1))", s.here(e), a, b))
}

// sumOf is the sum of as many draws as an argument says.
func (s *scope) sumOf(e *expr.Call, arg int, draw string, inner written) (written, bool) {
	n, ok := s.fold(e.Args[arg], 0)
	if !ok || n != float64(int(n)) || n < 1 || n > maxDraws {
		s.cannot(e.Args[arg], "NORMAL and POISSON are near", "%s of anything but a whole number from 1 to %d that is known before the run", strings.ToUpper(e.Of.Path[0]), maxDraws)
		return written{}, false
	}
	at := s.here(e)
	return joined("(", " + ", ")", at, slices.Repeat([]written{compose(draw, at, inner)}, int(n))), true
}

// drawn is a draw within the bounds that may follow its two arguments and its seed.
func (s *scope) drawn(e *expr.Call, draw written) piece {
	s.Approximate(s.v, s.span(e), "%s", ownDraws)
	switch len(e.Args) {
	case 0, 1, 2, 3:
	case 4:
		draw = compose("max($2, $1)", s.here(e), draw, s.expr(e.Args[3]).in(LevelOr))
	default:
		draw = compose("max($2, min($3, $1))", s.here(e), draw, s.expr(e.Args[3]).in(LevelOr), s.expr(e.Args[4]).in(LevelOr))
	}
	return piece{draw, LevelPrimary}
}

// ofNormal is a function of a normal distribution, which may be followed by its mean
// and standard deviation.
func ofNormal(least int, standard, other string) rule {
	return rule{least: least, most: least + 2, apply: func(s *scope, e *expr.Call) piece {
		args := make([]written, len(e.Args))
		for i, a := range e.Args {
			args[i] = s.expr(a).in(LevelOr)
		}
		s.v.Note(model.Equivalent, "the normal distribution is computed to nine digits")
		switch len(args) {
		case least:
			return piece{compose(standard, s.here(e), args...), LevelPrimary}
		case least + 1:
			return s.cannot(e, "give both, or none", "a mean without a standard deviation")
		}
		return piece{compose(other, s.here(e), args...), LevelPrimary}
	}}
}
