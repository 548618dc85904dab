package reference

import (
	"weir/model/resolved"
	"weir/sim/maths"
)

// draw returns a random number, the same one throughout a step: its parameters are those
// at the start of the step, and its stream is named by the step.
func (r *run) draw(e *resolved.Draw, in turns) float64 {
	stream := maths.Stream{Seed: r.s.Seed, Member: r.s.Member, Key: e.Key, Step: uint32(r.step)}
	element := 0
	for _, l := range e.Loops {
		element = element*len(l.Dim.Elements) + l.At[in[l]]
	}
	stream.Element = uint32(element)

	stocks, known, now := r.stocks, r.known, r.now
	if r.stage {
		r.stocks = r.before
		r.evaluateAt(r.begin)
	}
	p := r.evalAll(e.Args, in)
	r.stocks, r.known, r.now = stocks, known, now

	switch e.Dist {
	case resolved.Uniform:
		return p[0] + float64(stream.Uniform(0)*(p[1]-p[0]))
	case resolved.Normal:
		return p[0] + float64(stream.Normal()*p[1])
	case resolved.LogNormal:
		return resolved.Exp.Of(p[0] + float64(stream.Normal()*p[1]))
	case resolved.Triangular:
		return stream.Triangular(p[0], p[1], p[2])
	case resolved.Held:
		return p[0]
	case resolved.Poisson:
		return stream.Poisson(p[0])
	}
	panic("reference: unknown distribution")
}
