package sim

import (
	functions "weir/model/numeric/maths"
	"weir/model/resolved"
	"weir/sim/maths"
)

// drawRow draws the numbers of a site at the start of a step. Within the step they
// stay as they are.
func (m *machine) drawRow(in *arrayCode, at [operands]int) {
	if !m.counting {
		return
	}
	site := &m.p.draws[in.site]
	d := m.v[at[dst] : at[dst]+in.n]
	var x [operands][]float64
	for k := argA; k < operands; k++ {
		x[k] = in.operand(m.v, at, k)
	}
	for i := range d {
		d[i] = draw(site.dist, m.stream(site.key, site.element[i]), x[argA][i*in.step[argA]], x[argB][i*in.step[argB]], x[argC][i*in.step[argC]])
	}
}

// stream returns the random numbers of an element of a site in the present step.
func (m *machine) stream(key uint64, element uint32) maths.Stream {
	return maths.Stream{Seed: m.seed, Key: key, Element: element, Step: uint32(m.step), Member: m.member}
}

// draw returns one number of a distribution with parameters in the order of
// resolved.Dist.
func draw(dist resolved.Dist, s maths.Stream, a, b, c float64) float64 {
	switch dist {
	case resolved.Held:
		return a
	case resolved.Uniform:
		return a + float64((b-a)*s.Uniform(0))
	case resolved.Normal:
		return a + float64(b*s.Normal())
	case resolved.LogNormal:
		return functions.Exp(a + float64(b*s.Normal()))
	case resolved.Triangular:
		return s.Triangular(a, b, c)
	}
	return s.Poisson(a)
}
