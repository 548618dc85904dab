package wasm_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"weir/model/method"
	"weir/sim"
	"weir/sim/wasm"
)

// besides makes a module for two runs; nil if the model has none.
func besides(t failer, p *sim.Program, s sim.Settings) *wasm.Module {
	t.Helper()
	m, err := wasm.EmitWith(p, s, wasm.Options{Two: true})
	var refused *sim.Error
	if errors.As(err, &refused) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// give sets what a run differs in from the settings that the module was made with: values of
// parameters, changes and the member by which it draws.
func (i *instance) give(p *sim.Program, lane int, s sim.Settings) {
	i.Helper()
	values, err := p.CodeValues(s)
	if err != nil {
		i.Fatal(err)
	}
	for k, v := range values {
		i.setParameter(2*k+lane, v.Value)
	}
	i.module.Memory().WriteUint64Le(uint32(i.layout.Header.Member+8*lane), s.Member)
	changes, err := p.CodeChanges(s)
	if err != nil {
		i.Fatal(err)
	}
	for _, c := range changes {
		n := i.whole(i.layout.Header.ChangeCount)
		at := i.layout.Changes + n*i.layout.ChangeSize
		i.setWhole(at, 2*(c.Slot-p.Code().Values[0])+lane)
		i.setWhole(at+4, int(c.Kind))
		for k, x := range []float64{c.Amount, c.Start, c.Over, c.Until} {
			i.setFloat(at+8+8*k, x)
		}
		i.setWhole(i.layout.Header.ChangeCount, n+1)
	}
}

// sameTwo runs two settings side by side and wants the rows of both to be those of runs of their
// own. Where one of them ends early, both do, at the first row that one does not have.
func sameTwo(t failer, i *instance, p *sim.Program, both [2]sim.Settings) {
	t.Helper()
	i.setWhole(i.layout.Header.ChangeCount, 0)
	rows, early := math.MaxInt, false
	var want [2]*sim.Result
	for lane, s := range both {
		i.give(p, lane, s)
		r, err := p.Run(context.Background(), s)
		if r == nil {
			return // a run that fails before it begins
		}
		want[lane], rows = r, min(rows, len(r.Time))
		early = early || err != nil || r.NonFinite != nil
	}
	status := i.run(17)
	if (status == wasm.Complete) == early {
		t.Fatalf("status %d; one of the two runs ends early: %v", status, early)
	}
	got := i.rows()
	if !early && len(got) != rows || len(got) < min(rows, 1) && early {
		t.Fatalf("%d rows, want %d", len(got), rows)
	}
	for r := range min(rows, len(got)) {
		for lane, of := range want {
			for c, w := range of.Row(r) {
				if bits := got[r][2*c+lane]; bits != math.Float64bits(w) && (w == w || math.Float64frombits(bits) == math.Float64frombits(bits)) {
					t.Fatalf("run %d: %s at %v is %v, want %v", lane, i.layout.Columns[c], of.Time[r], math.Float64frombits(bits), w)
				}
			}
		}
	}
}

// Two different runs side by side have the bits that they have alone, for every model and
// method: either may be the first.
func TestTwoRuns(t *testing.T) {
	compared := 0
	all := subjects(t)
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			p := compile(t, s.model)
			for _, method := range method.Fixed() {
				usual := sim.Settings{Method: method, Seed: 7}
				m := besides(t, p, usual)
				if m == nil {
					t.Skip("a model that runs alone")
				}
				if m.Layout.Lanes != 2 || m.Layout.Width != 2*len(m.Layout.Columns) {
					t.Fatalf("%d lanes, %d numbers in a row of %d columns", m.Layout.Lanes, m.Layout.Width, len(m.Layout.Columns))
				}
				if r, err := p.Run(context.Background(), usual); err != nil || r == nil {
					continue
				}
				other := moved(usual, p)
				other.Member = 3
				i := start(t, m)
				sameTwo(t, i, p, [2]sim.Settings{usual, other})
				sameTwo(t, i, p, [2]sim.Settings{other, usual})
				compared++
			}
		})
	}
	if compared < len(all) {
		t.Errorf("%d pairs of runs compared for %d models", compared, len(all))
	}
}
