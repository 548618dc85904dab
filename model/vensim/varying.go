package vensim

import (
	"slices"

	"weir/model/fold"
	"weir/model/vensim/internal/syntax"
)

// mostVarying bounds the steps of a clock that changes during the run.
const mostVarying = 100_000

// varies reads a clock whose TIME STEP changes with Time, and reports whether it could. In a
// model whose variables follow from Time alone the step decides which rows there are, and
// no number: it runs with the shortest step, at whose rows all of Vensim's are. With a stock
// or a delay each step counts, and weir has none that changes.
func (r *clockReader) varies() bool {
	_, fixed := r.constants.ofVariable("time_step")
	if fixed || !r.ofTimeAlone() {
		return false
	}
	// INITIAL TIME may read Time, which is 0 before it is known; it must be what it says.
	start, ok := r.constants.at(0).Value(&syntax.Ref{Key: "initial_time"})
	if again, _ := r.constants.at(start).Value(&syntax.Ref{Key: "initial_time"}); !ok || again != start {
		return false
	}
	// The clock is walked as Vensim does: each step reads both variables again.
	var steps []float64
	t := start
	for len(steps) < mostVarying {
		now := r.constants.at(t)
		final, known := now.Value(&syntax.Ref{Key: "final_time"})
		step, stepKnown := now.Value(&syntax.Ref{Key: "time_step"})
		if !known || !stepKnown || !(step > 0) {
			return false
		}
		if t >= final {
			break
		}
		steps = append(steps, step)
		t += step
	}
	if len(steps) == 0 || len(steps) == mostVarying {
		return false
	}
	shortest := slices.Min(steps)
	if slices.ContainsFunc(steps, func(step float64) bool { _, whole := wholeRatio(step, shortest); return !whole }) {
		return false
	}
	r.start, r.stop, r.step, r.save = start, t, shortest, shortest
	return true
}

// ofTimeAlone reports whether all variables follow from Time and numbers. Functions that the
// folder of constants does not know, such as STEP, whose half step would be another one, are
// among those that do not.
func (r *clockReader) ofTimeAlone() bool {
	now := r.constants.at(0)
	for _, v := range r.vars.order {
		for _, eq := range v.equations {
			if eq.Expr == nil || len(eq.Subs) > 0 {
				return false
			}
			if _, known := now.Value(eq.Expr); !known {
				return false
			}
		}
	}
	return true
}

// at returns a folder of the values at a time, of what follows from it and from numbers. It
// keeps its results, so each time needs a folder of its own.
func (k *constants) at(time float64) *fold.Folder[syntax.Expr] {
	now := &fold.Folder[syntax.Expr]{}
	now.Read = func(e syntax.Expr) meaning {
		if ref, ok := e.(*syntax.Ref); ok && ref.Key == "time" {
			return fold.Number[syntax.Expr](time)
		}
		if c, ok := e.(*syntax.Call); ok && c.Key == "if_then_else" && len(c.Args) == 3 {
			return now.If(c.Args[0], c.Args[1], c.Args[2])
		}
		return k.meaning(e, false)
	}
	return now
}
