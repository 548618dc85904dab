package limit

import (
	"slices"

	"weir/model/check/internal/tree"
	"weir/model/resolved"
)

// A closed says on which cycles each variable is.
type closed map[*resolved.Variable][]int

// together reports whether two variables are on a cycle together.
func (c closed) together(a, b *resolved.Variable) bool {
	return slices.ContainsFunc(c[a], func(i int) bool { return slices.Contains(c[b], i) })
}

// Relax changes the limits that close cycles, and reports whether it did. Cycles are sets of
// variables that depend on each other, element by element. It takes the least change first:
// an inflow is held without regard to another one; then outflows ignore an inflow; then an
// inflow that was ignored counts again, because an outflow is wanted that depends on it, or,
// one at a time, because it depends on none of them itself. If all this does not do, the flows are
// served in a line; see line.
func (r *Limiter) Relax(cycles [][]*resolved.Variable) bool {
	on := closed{}
	for i, cycle := range cycles {
		for _, v := range cycle {
			on[v] = append(on[v], i)
		}
	}
	for _, relax := range []func(*limit, closed) bool{r.skip, r.ignore, r.keep} {
		changed := false
		for _, l := range r.limits {
			if l.rank == nil && relax(l, on) {
				l.write()
				changed = true
			}
		}
		if changed {
			return true
		}
	}
	for _, l := range r.limits { // one alone may open the cycle
		if l.rank == nil && r.free(l, on) {
			l.write()
			return true
		}
	}
	return r.line(on)
}

// skip holds inflows without regard to others on the same cycle, each after those that it
// depends on.
func (r *Limiter) skip(l *limit, on closed) bool {
	changed := false
	for _, f := range l.in {
		for _, in := range l.stock.Inflows {
			other := r.flows[in]
			closes := on.together(f.flow, in) || other != nil && on.together(f.flow, other.offered)
			if in == f.flow || !closes || l.skips(f.flow, in) {
				continue
			}
			l.skipped[[2]*resolved.Variable{f.flow, in}] = true
			if other != nil && r.depends(other.offered, f.flow) {
				l.after[[2]*resolved.Variable{in, f.flow}] = true
			}
			changed = true
		}
	}
	return changed
}

// ignore makes outflows ignore the inflows on a cycle with them: all outflows an inflow that
// is never negative, and those up to the last one on the cycle another one.
func (r *Limiter) ignore(l *limit, on closed) bool {
	changed := false
	for _, in := range l.stock.Inflows {
		last := 0
		for k, f := range l.out {
			if on.together(in, f.offered) {
				last = k + 1
			}
		}
		if bound, bounded := l.bound[in]; bounded {
			last = min(last, bound)
		} else if last > 0 && slices.Contains(l.others, in) {
			last = len(l.out)
		}
		if last > l.place[in] {
			l.place[in], changed = last, true
		}
	}
	return changed
}

// keep takes back that outflows ignore an inflow from the first one that depends on it.
func (r *Limiter) keep(l *limit, on closed) bool {
	changed := false
	for _, in := range l.in {
		for k, f := range l.out[:l.place[in.flow]] {
			if on.together(in.flow, f.offered) && r.depends(f.wanted, in.flow) {
				l.place[in.flow], l.bound[in.flow], changed = k, k, true
				break
			}
		}
	}
	return changed
}

// free takes back that outflows ignore an inflow on a cycle with them which depends on none of
// them: the cycle is closed by the order in which they are served.
func (r *Limiter) free(l *limit, on closed) bool {
	for _, in := range l.in {
		for k, f := range l.out[:l.place[in.flow]] {
			if on.together(in.flow, f.offered) && !r.depends(in.flow, f.offered) {
				l.place[in.flow], l.bound[in.flow] = k, k
				return true
			}
		}
	}
	return false
}

// depends reports whether a variable depends on another one in the same step, without regard
// to the limits of inflows. It follows flows and auxiliaries only: a stock has its value from the
// step before.
func (r *Limiter) depends(v, on *resolved.Variable) bool {
	seen := map[*resolved.Variable]bool{}
	var search func(v *resolved.Variable) bool
	search = func(v *resolved.Variable) bool {
		if v == on {
			return true
		}
		if f := r.flows[v]; f != nil {
			v = f.offered
		}
		if seen[v] || v.Kind != resolved.Aux && v.Kind != resolved.Flow {
			return false
		}
		seen[v] = true
		found := false
		for _, p := range v.Parts {
			tree.References(p.Expr, nil, func(ref *resolved.Ref, _ []*resolved.Loop) {
				found = found || search(ref.Var)
			})
		}
		return found
	}
	return search(v)
}
