package driver

import "weir/model/numeric/maths"

// The distributions, as in package resolved.
const (
	uniform = iota
	normal
	logNormal
	triangular
	poisson
	held
)

// Draw returns a random number of a distribution with parameters a, b and c, for an
// element and the step that is being done; of is the address of the run's member.
func Draw(dist int32, key uint64, of, element int32, a, b, c float64) float64 {
	if dist == held {
		return a
	}
	seed, member, step := loadL(Seed), loadL(of), uint32(loadI(Done))
	if dist == poisson {
		return maths.Poisson(a, seed, key, member, step, uint32(element))
	}
	u, w := maths.Pair(seed, key, member, step, uint32(element), 0)
	switch dist {
	case uniform:
		return a + float64((b-a)*u)
	case normal:
		return a + float64(b*maths.Normal(u, w))
	case logNormal:
		return maths.Exp(a + float64(b*maths.Normal(u, w)))
	}
	return maths.Triangular(u, a, b, c)
}
