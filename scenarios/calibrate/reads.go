package calibrate

import (
	"math"
	"slices"

	"weir/model/numeric/clock"
	"weir/model/resolved"
)

// notRandom reports a model whose runs differ by chance. Only the first such variable is reported.
func (p *problem) notRandom(r *resolved.Model) {
	for _, v := range r.Variables {
		for _, part := range slices.Concat(v.Parts, v.Input, v.Delay) {
			if contains(part.Expr, isDraw) {
				p.report(Random, part.Span, "fit a copy of the model with the mean in its place",
					"%s draws random numbers, so runs with the same constants differ", v.Name)
				return
			}
		}
	}
}

// isDraw reports a random draw. A held value is no new draw.
func isDraw(e resolved.Expr) bool {
	d, ok := e.(*resolved.Draw)
	return ok && d.Dist != resolved.Held
}

// isStop reports a use of the stop time.
func isStop(e resolved.Expr) bool {
	c, ok := e.(*resolved.Clock)
	return ok && c.Kind == resolved.StopTime
}

// contains reports whether some part of an expression is such. Parts are searched at every depth. A
// nil expression contains nothing.
func contains(e resolved.Expr, such func(resolved.Expr) bool) bool {
	if e == nil {
		return false
	}
	if such(e) {
		return true
	}
	var parts []resolved.Expr
	switch e := e.(type) {
	case *resolved.Apply:
		parts = e.Args
	case *resolved.If:
		parts = []resolved.Expr{e.Cond, e.Then, e.Else}
	case *resolved.Reduce:
		parts = []resolved.Expr{e.X}
	case *resolved.Lookup:
		parts = []resolved.Expr{e.X}
	case *resolved.Draw:
		parts = e.Args
	}
	return slices.ContainsFunc(parts, func(x resolved.Expr) bool { return contains(x, such) })
}

// readsStop reports whether a shorter run would be another one. A model that reads its stop time
// must run to the end, also if the data end long before.
func (p *problem) readsStop() bool {
	for _, v := range p.resolved.Variables {
		for _, list := range [][]*resolved.Part{v.Parts, v.Input, v.Delay} {
			for _, part := range list {
				if contains(part.Expr, isStop) {
					return true
				}
			}
		}
	}
	return false
}

// lastTime returns the first saved time after all points. It is at most the stop time and at least
// one row after the start. A fit has many runs, so it saves much to end them there.
func (p *problem) lastTime() float64 {
	t := p.m.Time
	last := t.Start
	for _, s := range p.series {
		last = max(last, s.points[len(s.points)-1].X)
	}
	rows, ok := clock.Multiple(last-t.Start, t.Save)
	if !ok {
		rows = math.Ceil((last - t.Start) / t.Save)
	}
	return min(t.Stop, t.Start+float64(max(1, rows)*t.Save))
}
