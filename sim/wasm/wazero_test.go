package wasm_test

import (
	"context"
	"encoding/binary"
	"math"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"weir/sim/wasm"
)

// A failer is a test, by the testing package or by rapid.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// An instance is a module in wazero.
type instance struct {
	failer
	module api.Module
	layout wasm.Layout
}

// start compiles a module; it is closed with the test.
func start(t testing.TB, m *wasm.Module) *instance {
	t.Helper()
	i, closed := instantiate(t, m)
	t.Cleanup(closed)
	return i
}

func instantiate(t failer, m *wasm.Module) (*instance, func()) {
	t.Helper()
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	module, err := r.Instantiate(ctx, m.Code)
	if err != nil {
		t.Fatal(err)
	}
	return &instance{t, module, m.Layout}, func() { r.Close(ctx) }
}

func (i *instance) call(name string, args ...uint64) uint64 {
	i.Helper()
	out, err := i.module.ExportedFunction(name).Call(context.Background(), args...)
	if err != nil {
		i.Fatal(err)
	}
	if len(out) == 0 {
		return 0
	}
	return out[0]
}

func (i *instance) whole(at int) int {
	x, _ := i.module.Memory().ReadUint32Le(uint32(at))
	return int(int32(x))
}

func (i *instance) setWhole(at, x int)            { i.module.Memory().WriteUint32Le(uint32(at), uint32(x)) }
func (i *instance) setFloat(at int, x float64)    { i.module.Memory().WriteFloat64Le(uint32(at), x) }
func (i *instance) setParameter(k int, x float64) { i.setFloat(i.layout.Values+8*k, x) }

// run runs in slices of n steps and gives the status.
func (i *instance) run(n int) int {
	i.Helper()
	i.call("init")
	for {
		before := i.whole(i.layout.Header.Done)
		done := i.call("run", uint64(n))
		if int(done) < before+n || i.whole(i.layout.Header.Status) != wasm.Running {
			return i.whole(i.layout.Header.Status)
		}
	}
}

// rows are the saved rows as bits.
func (i *instance) rows() [][]uint64 {
	out := make([][]uint64, i.whole(i.layout.Header.Rows))
	for r := range out {
		b, _ := i.module.Memory().Read(uint32(i.layout.Out+8*r*i.layout.Width), uint32(8*i.layout.Width))
		out[r] = make([]uint64, i.layout.Width)
		for c := range out[r] {
			out[r][c] = binary.LittleEndian.Uint64(b[8*c:])
		}
	}
	return out
}

func bitsOf(row []float64) []uint64 {
	out := make([]uint64, len(row))
	for i, x := range row {
		out[i] = math.Float64bits(x)
	}
	return out
}
