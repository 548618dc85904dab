// Hashes prints one line per hash of numbers that must be the same on every machine: each function
// of model/numeric/maths on some hundred thousand numbers, functions of whole arrays, drawn
// constants of every distribution by every design, and the rows of every example by every
// method. Its argument is the root of the repository.
//
//	go run ./sim/wasm/internal/hashes .
package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/method"
	"weir/model/numeric/maths"
	"weir/model/numeric/normal"
	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/benchmodels"
	"weir/sim/sampling"
)

// main prints one line per function or run: its name and the hash of its bits. Equal output on two
// machines means equal bits.
func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	functions()
	wholeArrays()
	samples()
	for _, path := range files(root, "examples/*/model.toml") {
		m, list := model.Load(path)
		rows(relative(root, path), m, list)
	}
	data := os.DirFS(filepath.Join(root, "model/testdata/data"))
	for _, path := range files(root, "model/testdata/check/*.toml") {
		text, err := os.ReadFile(path)
		if err != nil {
			stop(err)
		}
		m, list := model.Parse(relative(root, path), text, data)
		rows(relative(root, path), m, list)
	}
	for _, m := range benchmodels.Models() {
		parsed, list := model.Parse(m.Name, []byte(m.TOML), data)
		rows(m.Name, parsed, list)
	}
}

// files returns those of a pattern below the root, of which there are some.
func files(root, pattern string) []string {
	paths, err := filepath.Glob(filepath.Join(root, pattern))
	if err != nil || len(paths) == 0 {
		stop(fmt.Errorf("%s: no models, %v", pattern, err))
	}
	return paths
}

// relative returns a path below root with slashes, so that the output is the same on every system.
func relative(root, path string) string {
	name, err := filepath.Rel(root, path)
	if err != nil {
		stop(err)
	}
	return name
}

func stop(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// functions hashes the functions of one and of two numbers.
func functions() {
	one := []struct {
		name string
		f    func(float64) float64
	}{{"exp", maths.Exp}, {"ln", maths.Ln}, {"log10", maths.Log10}, {"sin", maths.Sin}, {"cos",
		maths.Cos}, {"tan", maths.Tan},
		{"arcsin", maths.Asin}, {"arccos", maths.Acos}, {"arctan", maths.Atan},
		{"sinh", maths.Sinh}, {"cosh", maths.Cosh}, {"tanh", maths.Tanh}, {"round", maths.Round},
		{"normal probability", normal.Probability}, {"normal quantile",
			func(x float64) float64 { return normal.Quantile(x - math.Floor(x)) }}}
	two := []struct {
		name string
		f    func(a, b float64) float64
	}{{"pow", maths.Pow}, {"mod", maths.Modulo}, {"normal", func(a, b float64) float64 {
		return maths.Normal(maths.Pair(math.Float64bits(a), math.Float64bits(b), 3, 4, 5, 6))
	}}, {"poisson", func(a, b float64) float64 { return maths.Poisson(math.Abs(a), math.Float64bits(b), 1, 2, 3, 4) }}}
	for _, x := range one {
		h := fnv.New64a()
		eachNumber(func(a, _ float64) { add(h, x.f(a)) })
		fmt.Printf("%s %016x\n", x.name, h.Sum64())
	}
	for _, x := range two {
		h := fnv.New64a()
		eachNumber(func(a, b float64) { add(h, x.f(a, b)) })
		fmt.Printf("%s %016x\n", x.name, h.Sum64())
	}
}

// eachNumber calls f with pairs of numbers: of every size, below 1, and as angles. The
// library's normal numbers would not do: they differ between processors.
func eachNumber(f func(a, b float64)) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 100_000 {
		f(math.Float64frombits(random.Uint64()), math.Float64frombits(random.Uint64()))
		f(random.Float64(), 10*random.Float64())
		f(float64(100*random.Float64())-50, float64(4*random.Float64())-2)
	}
}

// wholeArrays hashes inverse matrices of six rows, and allocations by every curve.
func wholeArrays() {
	random := rand.New(rand.NewPCG(5, 6))
	drawn := func(n int) []float64 {
		list := make([]float64, n)
		for i := range list {
			list[i] = random.Float64()
		}
		return list
	}
	h := fnv.New64a()
	for range 2000 {
		out := make([]float64, 36)
		resolved.Invert.Of(out, drawn(36))
		for _, x := range out {
			add(h, x)
		}
	}
	fmt.Printf("inverse %016x\n", h.Sum64())
	h = fnv.New64a()
	for i := range 10_000 {
		out := make([]float64, 6)
		resolved.Allocate.Of(out, drawn(6), slices.Repeat([]float64{float64(i % 5)}, 6), drawn(6), drawn(6),
			[]float64{4 * random.Float64()})
		for _, x := range out {
			add(h, x)
		}
	}
	fmt.Printf("allocation %016x\n", h.Sum64())
}

// samples hashes draws of constants, bound to each other by correlations.
func samples() {
	inf := math.Inf(1)
	shapes := []sampling.Distribution{
		{Shape: sampling.Uniform, Low: -1, High: 3}, {Shape: sampling.Triangular, Low: 0, Mode: 0.3, High: 2},
		{Shape: sampling.Normal, Low: -inf, High: inf, Mean: 3, SD: 2}, {Shape: sampling.Normal, Low: 0,
			High: 1, Mean: 0.2, SD: 0.5},
		{Shape: sampling.LogNormal, Low: 0, High: inf, Mean: 1, SD: 0.5}, {Shape: sampling.LogNormal, Low: 2,
			High: 5, Mean: 1, SD: 1},
	}
	copula, err := sampling.NewCopula(len(shapes), []sampling.Correlation{{I: 0, J: 2, Coefficient: 0.7},
		{I: 4, J: 2, Coefficient: -0.6}, {I: 5, J: 1, Coefficient: 0.3}})
	if err != nil {
		stop(err)
	}
	for _, method := range []sampling.Method{sampling.Random, sampling.LatinHypercube, sampling.Sobol, sampling.Grid} {
		design, err := sampling.NewDesign(method, 4096, len(shapes), 5) // 4 levels of a grid
		if err != nil {
			stop(err)
		}
		h := fnv.New64a()
		u, scratch := make([]float64, len(shapes)), make([]float64, len(shapes))
		for i := range design.Size() {
			design.Point(i, u)
			copula.Bind(u, scratch)
			for k, d := range shapes {
				add(h, d.Quantile(u[k]))
			}
		}
		fmt.Printf("draws by %s %016x\n", method, h.Sum64())
	}
}

// add adds a number to a hash; NaN is NaN.
func add(h hash.Hash64, x float64) {
	if x != x {
		x = math.NaN()
	}
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], math.Float64bits(x))
	h.Write(b[:])
}

// rows hashes the results of a model by each method.
func rows(name string, m *model.Model, list diagnostic.List) {
	if m == nil {
		stop(fmt.Errorf("%s: %v", name, list))
	}
	r, list := model.Check(m)
	if r == nil {
		stop(fmt.Errorf("%s: %v", name, list))
	}
	p, err := sim.Compile(r)
	if err != nil {
		stop(err)
	}
	for _, method := range method.Names() {
		result, err := p.Run(context.Background(), sim.Settings{Method: method, Seed: 7})
		if err != nil { // of a method that refuses the model, which is the same everywhere, too
			fmt.Printf("%s %s refused: %v\n", name, method, err)
			continue
		}
		h := fnv.New64a()
		for i := range result.Time {
			for _, x := range result.Row(i) {
				add(h, x)
			}
		}
		fmt.Printf("%s %s %d %016x\n", name, method, len(result.Time), h.Sum64())
	}
}
