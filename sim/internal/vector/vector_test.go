package vector

import (
	"math"
	"math/rand/v2"
	"testing"
)

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// inGo are the operations as Go computes them, one number at a time.
var inGo = map[string]func(a, b, c float64) float64{
	"neg": func(a, _, _ float64) float64 { return -a }, "abs": func(a, _, _ float64) float64 { return math.Abs(a) },
	"sqrt": func(a, _, _ float64) float64 { return math.Sqrt(a) }, "floor": func(a, _, _ float64) float64 { return math.Floor(a) },
	"square": func(a, _, _ float64) float64 { return a * a },
	"add":    func(a, b, _ float64) float64 { return a + b }, "sub": func(a, b, _ float64) float64 { return a - b },
	"mul": func(a, b, _ float64) float64 { return a * b }, "div": func(a, b, _ float64) float64 { return a / b },
	"min": func(a, b, _ float64) float64 { return min(a, b) }, "max": func(a, b, _ float64) float64 { return max(a, b) },
	"muladd": func(a, b, c float64) float64 { return float64(a*b) + c }, "mulsub": func(a, b, c float64) float64 { return c - float64(a*b) },
	"mulmul": func(a, b, c float64) float64 { return float64(a*b) * c }, "muldiv": func(a, b, c float64) float64 { return float64(a*b) / c },
	"submul": func(a, b, c float64) float64 { return (a - b) * c }, "subdiv": func(a, b, c float64) float64 { return (a - b) / c },
	"addadd": func(a, b, c float64) float64 { return a + b + c },
	"lt":     func(a, b, _ float64) float64 { return truth(a < b) }, "le": func(a, b, _ float64) float64 { return truth(a <= b) },
	"gt": func(a, b, _ float64) float64 { return truth(a > b) }, "ge": func(a, b, _ float64) float64 { return truth(a >= b) },
	"eq": func(a, b, _ float64) float64 { return truth(a == b) }, "ne": func(a, b, _ float64) float64 { return truth(a != b) },
	"and": func(a, b, _ float64) float64 { return truth(a != 0 && b != 0) }, "or": func(a, b, _ float64) float64 { return truth(a != 0 || b != 0) },
	"not": func(a, _, _ float64) float64 { return truth(a == 0) }, "copy": func(a, _, _ float64) float64 { return a },
	"reciprocal": func(a, _, _ float64) float64 { return 1 / a },
	"ceil":       func(a, _, _ float64) float64 { return math.Ceil(a) }, "trunc": func(a, _, _ float64) float64 { return math.Trunc(a) },
	"when": func(a, b, _ float64) float64 {
		if a != 0 {
			return b
		}
		return math.NaN()
	},
	"safediv": func(a, b, c float64) float64 {
		if b == 0 {
			return c
		}
		return a / b
	},
	"select": func(a, b, c float64) float64 {
		if a != 0 {
			return b
		}
		return c
	},
}

var edges = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 3, math.Inf(1), math.Inf(-1), math.NaN(), 0x1p-1074, -0x1p-1074, math.MaxFloat64, -math.MaxFloat64, 1e-300, 0x1p53}

func number(r *rand.Rand) float64 {
	if r.IntN(4) == 0 {
		return edges[r.IntN(len(edges))]
	}
	return math.Ldexp(r.Float64()-0.5, r.IntN(60)-30)
}

func sameBits(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}

// Every operation has the bits of Go, for rows of every length, arguments that walk or
// stand for all, and results on the place of an argument; nothing beyond a row is
// touched.
func TestRowsHaveTheBitsOfGo(t *testing.T) {
	if !Available {
		t.Skip("this processor has no such instructions")
	}
	random := rand.New(rand.NewPCG(1, 2))
	const beyond = 12345.5
	for name, want := range inGo {
		row := Find(name)
		if row == nil {
			t.Fatalf("there is no %s", name)
		}
		for n := 1; n <= 21; n++ {
			for walks := range 8 {
				for on := range 4 { // the result is at a, b, c or apart
					var arguments [3][]float64
					var steps [3]int
					for k := range arguments {
						arguments[k] = []float64{number(random)}
						if walks&(1<<k) != 0 {
							steps[k] = Walks
							for range n {
								arguments[k] = append(arguments[k], number(random))
							}
							arguments[k][n] = beyond
						}
					}
					if on < 3 && steps[on] == 0 {
						continue
					}
					expected := make([]float64, n)
					for i := range expected {
						at := func(k int) float64 { return arguments[k][min(i, len(arguments[k])-1)] }
						expected[i] = want(at(0), at(1), at(2))
					}
					d := make([]float64, n+1)
					d[n] = beyond
					if on < 3 {
						d = arguments[on]
					}
					row(&d[0], &arguments[0][0], &arguments[1][0], &arguments[2][0], steps[0], steps[1], steps[2], n)
					for i := range expected {
						if !sameBits(d[i], expected[i]) {
							t.Fatalf("%s, number %d of %d, walking %b: %x, want %x", name, i, n, walks, d[i], expected[i])
						}
					}
					if d[n] != beyond {
						t.Fatalf("%s of %d numbers writes beyond them", name, n)
					}
				}
			}
		}
	}
}
