package lower

import (
	"weir/model/document"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/xmile/internal/expr"
)

// A special lowers a call whose meaning depends on more than the trees of its arguments.
type special func(*scope, *expr.Call, *foreign.Row) equation.Expr

// specials are the functions that the table of functions leaves to importers.
var specials map[foreign.Special]special

func init() { // a literal would refer to itself: an argument may hold any call
	specials = map[foreign.Special]special{
		foreign.ActiveInitial:   activeInitial,
		foreign.Allocate:        allocate,
		foreign.Array:           array,
		foreign.Available:       available,
		foreign.ByPriority:      byPriority,
		foreign.CompoundGrowth:  compoundGrowth,
		foreign.Count:           count,
		foreign.ElementMap:      elementMap,
		foreign.History:         history,
		foreign.Interpolate:     interpolate,
		foreign.LookupArea:      lookupArea,
		foreign.Mean:            mean,
		foreign.RankOf:          rank,
		foreign.Reading:         reading,
		foreign.Reduce:          reduce,
		foreign.Reorder:         array,
		foreign.VectorSelection: vectorSelection,
		foreign.Wave:            wave,
		foreign.WithLookup:      withLookup,
	}
}

// activeInitial returns a value that is another one while initial values are computed.
func activeInitial(s *scope, e *expr.Call, _ *foreign.Row) equation.Expr {
	if s.initial {
		return s.expr(e.Args[1])
	}
	return s.expr(e.Args[0])
}

// sample is a value kept from a time on; before is the value a fixed time ago, 0 before the
// run.
var (
	sample = equation.NewTemplate("sample_if_true(abs(steptime - $2) < dt / 2, $1, 0)")
	before = equation.NewTemplate("delay_fixed($1, $2, 0)")
)

// history returns the value of a variable at a given time, and 0 before that time has
// come.
func history(s *scope, e *expr.Call, _ *foreign.Row) equation.Expr {
	x := s.expr(e.Args[0])
	if when, ok := s.fold(e.Args[1]); ok {
		if when < s.Out.Time.Start {
			return s.cannot(e.Args[1], "", "HISTORY of a time before the run begins")
		}
		s.v.Note(document.Equivalent, "HISTORY of a fixed time is kept from that time on, and is 0 until then")
		return s.fill(sample, e, x, s.expr(e.Args[1]))
	}
	if b, ok := e.Args[1].(*expr.Binary); ok && b.Op == "-" {
		r, isRef := b.X.(*expr.Ref)
		if n, known := s.fold(b.Y); known && n > 0 && isRef && len(r.Path) == 1 && r.Path[0] == "time" {
			s.Approximate(s.v, s.span(e),
				"HISTORY of TIME less a number is a delay, and is taken as 0 for times before the run")
			return s.fill(before, e, x, s.expr(b.Y))
		}
	}
	return s.cannot(e.Args[1], "a fixed time is supported, and TIME less a number; DELAY and PREVIOUS are near",
		"HISTORY of a time that is computed")
}

// wave returns SINWAVE or COSWAVE. It is not published whether the phase counts from 0 or
// from the start, which makes no difference where the run begins with a whole period.
func wave(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	s.v.Note(document.Equivalent, "a wave is written out")
	start := s.Out.Time.Start
	if n, ok := s.fold(e.Args[1]); start != 0 && (!ok || start/n != float64(int(start/n))) {
		s.Approximate(s.v, s.span(e), "the phase of the wave is taken to count from the start of the run")
		return s.fill(row.Means[1], e, s.arguments(e)...)
	}
	return s.fill(row.Means[0], e, s.arguments(e)...)
}

// compoundGrowth returns the share by which a stock must grow in a unit of time so that it
// has grown by a percentage after it, step by step.
func compoundGrowth(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	s.v.Note(document.Equivalent, "CGROWTH is written out for steps of Euler's method")
	if s.Out.Time.Method != "euler" {
		s.Approximate(s.v, s.span(e), "CGROWTH counts on Euler's method, but the model runs by another")
	}
	return s.apply(e, row, s.arguments(e)...)
}
