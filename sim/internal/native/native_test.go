package native

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"weir/model/resolved"
	"weir/sim/internal/code"
)

// inGo are the compiler's own operations; package resolved has the others.
var inGo = map[string]func(a, b, c float64) float64{
	"copy":       func(a, _, _ float64) float64 { return a },
	"square":     func(a, _, _ float64) float64 { return a * a },
	"reciprocal": func(a, _, _ float64) float64 { return 1 / a },
	"muladd":     func(a, b, c float64) float64 { return float64(a*b) + c },
	"mulsub":     func(a, b, c float64) float64 { return c - float64(a*b) },
	"mulmul":     func(a, b, c float64) float64 { return float64(a*b) * c },
	"muldiv":     func(a, b, c float64) float64 { return float64(a*b) / c },
	"submul":     func(a, b, c float64) float64 { return (a - b) * c },
	"subdiv":     func(a, b, c float64) float64 { return (a - b) / c },
	"addadd":     func(a, b, c float64) float64 { return a + b + c },
	"select": func(a, b, c float64) float64 {
		if a != 0 {
			return b
		}
		return c
	},
	"when": func(a, b, _ float64) float64 {
		if a != 0 {
			return b
		}
		return math.NaN()
	},
}

// arity of the compiler's own operations.
var arity = map[string]int{"copy": 1, "square": 1, "reciprocal": 1, "when": 2}

func init() {
	for o := range resolved.NumOps {
		if o != resolved.Sum && o != resolved.Prod {
			inGo[o.Name()] = func(a, b, c float64) float64 {
				x := [3]float64{a, b, c}
				return o.Of(x[:o.Arity()]...)
			}
			arity[o.Name()] = o.Arity()
		}
	}
}

func args(name string) int {
	if n, ok := arity[name]; ok {
		return n
	}
	return 3
}

var edges = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 2, -4, 3, math.Inf(1), math.Inf(-1), math.NaN(), 0x1p-1074,
	-0x1p-1022, math.MaxFloat64, -math.MaxFloat64, 1e-300, 0x1p53, 0x1p-1023, 0x1p1023}

func number0(r *rand.Rand) float64 {
	if r.IntN(3) == 0 {
		return edges[r.IntN(len(edges))]
	}
	return r.NormFloat64() * math.Exp(3*r.NormFloat64())
}

const (
	testSlots = 3000
	literals  = 40 // of the slots, the last
)

// run executes instructions both ways, and returns both vectors.
func run(t *testing.T, r *rand.Rand, list []code.Instruction, indexes [][]int32) (got, want []float64) {
	t.Helper()
	v := make([]float64, testSlots+Behind)
	for i := range v {
		v[i] = number0(r)
	}
	s := &Source{Slots: testSlots, First: testSlots - literals, Indexes: indexes}
	s.Literals = slices.Clone(v[testSlots-literals : testSlots])
	want = append([]float64(nil), v...)
	for i := range list {
		slowly(&list[i], want, indexes)
	}
	a := NewAssembler(s)
	routine := a.Routine(list)
	if !a.Finish() {
		t.Fatal("the system does not allow machine code")
	}
	m := &Memory{V: v}
	for k := routine.Start(m); k >= 0; k = routine.Resume(m, k) {
		for i := routine.Exits[k].First; i < routine.Exits[k].Last; i++ {
			slowly(&list[i], v, indexes)
		}
	}
	return v[:testSlots], want[:testSlots]
}

// combined are the operations on two numbers of reductions.
var combined = map[string]string{"reduce sum": "add", "reduce prod": "mul", "reduce min": "min", "reduce max": "max"}

// slowly executes an instruction one number after the other.
func slowly(in *code.Instruction, v []float64, indexes [][]int32) {
	for z := range in.Planes {
		for y := range in.Rows {
			var at [code.Operands]int
			for k := range at {
				at[k] = in.At[k] + z*in.PlanesStep[k] + y*in.RowStep[k]
			}
			for i := range in.N {
				switch in.Op {
				case "gather":
					v[at[0]+i] = v[at[1]+int(indexes[0][i])]
				case "scatter":
					v[at[0]+int(indexes[0][i])] = v[at[1]+i]
				case "reduce sum", "reduce prod", "reduce min", "reduce max":
					red := reductions[in.Op[len("reduce "):]]
					if i == 0 && !in.Keep {
						v[at[0]] = red.identity
					}
					v[at[0]] = inGo[combined[in.Op]](v[at[0]], v[at[1]+i*in.Step[1]], 0)
				default:
					x := func(k int) float64 { return v[at[k]+i*in.Step[k]] }
					v[at[0]+i*in.Step[0]] = inGo[in.Op](x(1), x(2), x(3))
				}
			}
		}
	}
}

func compare(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i := range want {
		if math.Float64bits(got[i]) != math.Float64bits(want[i]) && !(math.IsNaN(got[i]) && math.IsNaN(want[i])) {
			t.Fatalf("%s: slot %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

// Every operation has the bits of Go's, for numbers of every kind, over rows of every length, with
// operands that walk, that are spread and that are literals.
func TestOperations(t *testing.T) {
	if NewAssembler(&Source{}) == nil {
		t.Skip("no machine code here")
	}
	r := rand.New(rand.NewPCG(1, 2027))
	for name := range operations {
		for _, n := range []int{1, 2, 3, 4, 5, 7, 8, 13, 16, 31, 65, 100, 203} {
			for steps := range 1 << 3 {
				for _, rows := range []int{1, 3} {
					in := code.Instruction{Op: name, Args: args(name), N: n, Rows: rows, Planes: 1,
						At: [4]int{0, 700, 1400, 2100}, Step: [4]int{1, steps & 1, steps >> 1 & 1, steps >> 2 & 1},
						RowStep: [4]int{n, n * (steps & 1), 1, 0}}
					if n == 1 {
						in.Step[0] = 0
					}
					if k := 1 + r.IntN(3); in.Step[k] == 0 && r.IntN(2) == 0 {
						in.At[k], in.RowStep[k] = testSlots-literals+r.IntN(literals), 0
					}
					got, want := run(t, r, []code.Instruction{in}, nil)
					compare(t, fmt.Sprintf("%+v", in), got, want)
				}
			}
		}
	}
}

// Programs of many instructions, one reading what another wrote in part or in whole, have the bits
// of one number after the other: registers never hold what memory has no more.
func TestPrograms(t *testing.T) {
	if NewAssembler(&Source{}) == nil {
		t.Skip("no machine code here")
	}
	var names []string
	for o := range inGo {
		names = append(names, o)
	}
	slices.Sort(names)
	names = append(names, "reduce sum", "reduce prod", "reduce min", "reduce max", "gather", "scatter")
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 2027))
		index := make([]int32, 90)
		for i := range index {
			index[i] = int32(r.IntN(60))
			if i > 0 && r.IntN(2) == 0 {
				index[i] = index[i-1] + 1
			}
		}
		var list []code.Instruction
		for range 12 {
			list = append(list, draw(r, names))
		}
		got, want := run(t, r, list, [][]int32{index})
		compare(t, fmt.Sprintf("seed %d: %+v", seed, list), got, want)
	}
}

// draw returns an instruction on a few slots, so that operands often meet.
func draw(r *rand.Rand, names []string) code.Instruction {
	name := names[r.IntN(len(names))]
	in := code.Instruction{Op: name, Args: args(name), N: 1 + r.IntN(6), Rows: 1, Planes: 1}
	if r.IntN(4) == 0 {
		in.N = 1 + r.IntN(80)
	}
	if r.IntN(3) == 0 {
		in.Rows = 1 + r.IntN(4)
	}
	if r.IntN(6) == 0 {
		in.Planes = 1 + r.IntN(3)
	}
	near := 1 + r.IntN(40)
	for k := range in.At {
		in.At[k] = r.IntN(near)
		in.Step[k] = r.IntN(2)
		in.RowStep[k] = []int{0, 1, in.N, in.N + 1}[r.IntN(4)]
		in.PlanesStep[k] = []int{0, 1, in.N * in.Rows, 2 * in.N}[r.IntN(4)]
		if r.IntN(4) == 0 {
			in.At[k] += 400 * k
		}
	}
	if in.Step[0] = 1; in.N == 1 {
		in.Step = [4]int{}
	}
	switch name {
	case "gather", "scatter":
		in.Args, in.N, in.Rows, in.Planes, in.At[0] = 1, min(in.N, 80), 1, 1, in.At[0]+800
	case "reduce sum", "reduce prod", "reduce min", "reduce max":
		in.Args, in.Keep = 1, r.IntN(2) == 0
	}
	return in
}

// Stocks move by the sums of their flows, few or many, one or a long array.
func TestNets(t *testing.T) {
	if NewAssembler(&Source{}) == nil {
		t.Skip("no machine code here")
	}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 5))
		const stocks = 1000
		n := code.Net{Stock: stocks + r.IntN(20), N: 1 + r.IntN(7)}
		if r.IntN(4) == 0 {
			n.N = 1 + r.IntN(400)
		}
		for range r.IntN(25) {
			n.In = append(n.In, r.IntN(500))
		}
		for range r.IntN(25) {
			n.Out = append(n.Out, r.IntN(500))
		}
		v, slopes := make([]float64, testSlots+Behind), make([]float64, 500)
		for i := range v {
			v[i] = number0(r)
		}
		want, moved := make([]float64, 500), slices.Clone(v)
		for i := range n.N {
			sum := 0.0
			if len(n.In) > 0 {
				sum = v[n.In[0]+i]
				for _, s := range n.In[1:] {
					sum += v[s+i]
				}
			}
			for _, s := range n.Out {
				sum -= v[s+i]
			}
			want[n.Stock-stocks+i] = sum
			moved[n.Stock+i] += float64(v[testSlots] * sum)
		}
		a := NewAssembler(&Source{Slots: testSlots, Stocks: stocks, First: testSlots})
		keep, follow := a.Slopes([]code.Net{n}), a.Follow([]code.Net{n})
		if !a.Finish() {
			t.Fatal("the system does not allow machine code")
		}
		m := &Memory{V: v, Slopes: slopes}
		if keep.Start(m) >= 0 || follow.Start(m) >= 0 {
			t.Fatal("something was left to the caller")
		}
		compare(t, "slopes", slopes, want)
		compare(t, "stocks", v[:testSlots], moved[:testSlots])
	}
}
