package wasm

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/tetratelabs/wazero/api"

	"weir/model/resolved"
)

// onArrays calls a function of whole arrays in a module: the result and the arguments,
// then room for as many numbers as the result, lie one after the other from an address on.
func onArrays(t *testing.T, module api.Module, fn resolved.ArrayFunction, out []float64, args ...[]float64) {
	t.Helper()
	const from = 1 << 15
	at, n := uint32(from+8*len(out)), uint64(len(out))
	stack := []uint64{from}
	for i, a := range args {
		if i < fn.Arrays() {
			stack = append(stack, uint64(at))
		} else {
			stack = append(stack, math.Float64bits(a[0]))
		}
		for _, x := range a {
			module.Memory().WriteFloat64Le(at, x)
			at += 8
		}
	}
	name := "arrays.Allocate"
	switch fn {
	case resolved.Invert:
		name = "arrays.Invert"
		stack, n = append(stack, uint64(at)), uint64(resolved.Side(len(out)))
	case resolved.Price:
		name = "arrays.Price"
		stack, n = append(stack, uint64(len(args[0]))), uint64(len(args[4]))
	}
	if _, err := module.ExportedFunction(name).Call(context.Background(), append(stack, n)...); err != nil {
		t.Fatal(err)
	}
	for i := range out {
		out[i], _ = module.Memory().ReadFloat64Le(uint32(from + 8*i))
	}
}

// sameArrays wants a function to have the bits of the Go that it was made from; any NaN
// is like any other.
func sameArrays(t *testing.T, module api.Module, fn resolved.ArrayFunction, n int, args ...[]float64) {
	t.Helper()
	got, want := make([]float64, n), make([]float64, n)
	fn.Of(want, args...)
	onArrays(t, module, fn, got, args...)
	for i, w := range want {
		if math.Float64bits(got[i]) != math.Float64bits(w) && (got[i] == got[i] || w == w) {
			t.Fatalf("%s of %v is %v, want %v", fn.Name(), args, got, want)
		}
	}
}

// Inverse matrices: of every size, also singular ones, with zeros on the diagonal, and
// with numbers that are not finite.
func TestInverseHasTheSameBits(t *testing.T) {
	module := functionModule(t)
	random := rand.New(rand.NewPCG(1, 2))
	for try := range 2000 {
		n := 1 + try%12
		m := make([]float64, n*n)
		for i := range m {
			m[i] = math.Floor(random.NormFloat64()*2) * math.Pow(10, float64(try%7))
		}
		if try%9 == 0 {
			m[random.IntN(len(m))] = []float64{math.Inf(1), math.NaN(), 0, 1e-320}[random.IntN(4)]
		}
		sameArrays(t, module, resolved.Invert, n*n, m)
	}
}

// Allocations: every curve, also mixed, kinds that are none, ties, no width, more and
// less than there is.
func TestAllocationHasTheSameBits(t *testing.T) {
	module := functionModule(t)
	random := rand.New(rand.NewPCG(3, 4))
	for try := range 2000 {
		n := 1 + random.IntN(9)
		row := func(f func() float64) []float64 {
			list := make([]float64, n)
			for i := range list {
				list[i] = f()
			}
			return list
		}
		request := row(func() float64 { return 100 * random.Float64() })
		kind := row(func() float64 { return float64(1 + random.IntN(4)) })
		if try%5 == 0 {
			kind = slices.Repeat([]float64{float64(try / 5 % 6)}, n)
		}
		if try%37 == 0 {
			kind[0] = []float64{0, -1, 5, 1.5, math.NaN()}[random.IntN(5)]
		}
		priority := row(func() float64 { return math.Floor(5 * random.Float64()) })
		width := row(func() float64 { return math.Floor(3*random.Float64()) / 2 })
		available := 70*float64(n)*random.Float64() - 5
		sameArrays(t, module, resolved.Allocate, n, request, kind, priority, width, []float64{available})
	}
}

// Demands and supplies of different numbers, with curves of every kind and of none.
func TestMarketPriceHasTheSameBits(t *testing.T) {
	module := functionModule(t)
	random := rand.New(rand.NewPCG(5, 6))
	for try := range 2000 {
		group := func() [][]float64 {
			out := make([][]float64, 4)
			for range 1 + random.IntN(6) {
				for k, x := range []float64{100 * random.Float64(), float64(random.IntN(5)), math.Floor(5 * random.Float64()), math.Floor(3*random.Float64()) / 2} {
					out[k] = append(out[k], x)
				}
			}
			return out
		}
		args := append(group(), group()...)
		if try%37 == 0 {
			args[1][0] = []float64{-1, 5, 1.5, math.NaN()}[random.IntN(4)]
		}
		sameArrays(t, module, resolved.Price, 1, args...)
	}
}
