package wasm

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"

	"weir/sim/wasm/internal/lower"
	"weir/sim/wasm/internal/sample"
)

// Translated Go does what Go does.
func TestTranslation(t *testing.T) {
	packages, err := lower.Load("weir/sim/wasm/internal/sample")
	if err != nil {
		t.Fatal(err)
	}
	unit, err := lower.Translate(packages, lower.Instructions, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &binaryModule{exports: map[string]string{}, address: map[string]int{}, pages: 1}
	for _, f := range unit.Functions {
		g := function{name: f.Name, params: string(f.Params), results: string(f.Results), locals: string(f.Locals)}
		for _, p := range f.Body {
			g.body = append(g.body, part{p.Code, p.Call, p.Table})
		}
		b.functions = append(b.functions, g)
		b.exports[f.Name] = f.Name
	}
	m := memory{known: map[string]int{}}
	for _, x := range unit.Tables {
		b.address[x.Name] = m.words(x.Words)
	}
	b.data = m.bytes
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	module, err := r.Instantiate(ctx, b.encode())
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]func(float64) float64{"sample.Loops": sample.Loops, "sample.Choices": sample.Choices,
		"sample.Whole": sample.Whole, "sample.Results": sample.Results} {
		for _, x := range []float64{0, 1, 2, 3, 4, 5, 6.5, 7, -1, -2.25, -11, 17, 300, 1500, 1e9, 0.1, math.Pi, math.NaN()} {
			out, err := module.ExportedFunction(name).Call(ctx, math.Float64bits(x))
			if err != nil {
				t.Fatalf("%s(%g): %v", name, x, err)
			}
			if got, want := math.Float64frombits(out[0]), f(x); got != want && (got == got || want == want) {
				t.Errorf("%s(%g) = %g, want %g", name, x, got, want)
			}
		}
	}
}

// Other Go is refused, with its place.
func TestTranslationRefuses(t *testing.T) {
	packages, err := lower.Load("weir/sim/wasm/internal/fuse/testdata/examples")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = lower.Translate(packages, lower.Instructions, nil); err == nil || !strings.Contains(err.Error(), "examples.go:") {
		t.Errorf("slices and structures: %v, want an error with a place", err)
	}
}
