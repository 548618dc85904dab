package wasm

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"weir/model/numeric/maths"
)

// one and two are the functions of model/numeric/maths of one and of two numbers.
var (
	one = map[string]func(float64) float64{"maths.Exp": maths.Exp, "maths.Ln": maths.Ln, "maths.Log10": maths.Log10,
		"maths.Sin": maths.Sin, "maths.Cos": maths.Cos, "maths.Tan": maths.Tan, "maths.Asin": maths.Asin, "maths.Acos": maths.Acos,
		"maths.Atan": maths.Atan, "maths.Sinh": maths.Sinh, "maths.Cosh": maths.Cosh, "maths.Tanh": maths.Tanh, "maths.Round": maths.Round}
	two = map[string]func(a, b float64) float64{"maths.Pow": maths.Pow, "maths.Modulo": maths.Modulo}
)

// functionModule is a module with functions of the library only.
func functionModule(t *testing.T) api.Module {
	t.Helper()
	exports := map[string]string{"arrays.Invert": "arrays.Invert", "arrays.Allocate": "arrays.Allocate", "arrays.Price": "arrays.Price"}
	for name := range one {
		exports[name] = name
	}
	for name := range two {
		exports[name] = name
	}
	functions, used, err := reachable(library, exports)
	if err != nil {
		t.Fatal(err)
	}
	m := memory{known: map[string]int{}}
	address := map[string]int{}
	for _, x := range libraryTables {
		if used[x.name] {
			address[x.name] = m.words(x.words)
		}
	}
	b := &binaryModule{functions: functions, exports: exports, address: address, data: m.bytes, pages: 1}
	r := wazero.NewRuntime(context.Background())
	t.Cleanup(func() { r.Close(context.Background()) })
	module, err := r.Instantiate(context.Background(), b.encode())
	if err != nil {
		t.Fatal(err)
	}
	return module
}

// numbers are edges, numbers of every size, and angles large and small.
func numbers() []float64 {
	list := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 2.5, -2.5, math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, -5e-324,
		0x1p-1022, 0x1.fffffffffffffp-1023, math.MaxFloat64, 709.782712893384, 709.79, -745.13, -745.14, -708.4, 0.7853981633974483,
		0x1p20, 0x1p20 + 1, 0x1p53, 1e22, 1.4140625, 0x1p-30, 0x1p-60, 0.9999999999999999, 1.0000000000000002}
	random := rand.New(rand.NewPCG(5, 6))
	for range 20_000 {
		list = append(list, math.Float64frombits(random.Uint64()), random.Float64(), 100*random.Float64()-50, 1e6*random.NormFloat64())
	}
	return list
}

// The functions that are lowered give the bits of the Go that they were made from;
// any NaN is like any other.
func TestFunctionsHaveTheSameBits(t *testing.T) {
	module, list := functionModule(t), numbers()
	ctx := context.Background()
	check := func(name string, want float64, args ...float64) {
		stack := []uint64{0, 0}
		for i, a := range args {
			stack[i] = math.Float64bits(a)
		}
		out, err := module.ExportedFunction(name).Call(ctx, stack[:len(args)]...)
		if err != nil {
			t.Fatalf("%s of %g: %v", name, args, err)
		}
		got := math.Float64frombits(out[0])
		if out[0] != math.Float64bits(want) && (got == got || want == want) {
			t.Fatalf("%s of %g is %g, want %g", name, args, got, want)
		}
	}
	for name, f := range one {
		for _, x := range list {
			check(name, f(x), x)
		}
	}
	for name, f := range two {
		for i, x := range list {
			y := list[(7*i+3)%len(list)]
			check(name, f(x, y), x, y)
			check(name, f(x, math.Floor(y)), x, math.Floor(y))
		}
	}
}
