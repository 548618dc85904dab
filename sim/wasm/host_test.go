package wasm_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"weir/model/resolved"
	"weir/sim"
	"weir/sim/wasm"
)

const bathtub = `name = "Bathtub"
[time]
start = 0
stop = 4
step = 0.1
save = 0.5
unit = "minute"
method = "euler"
[constant.leak]
value = 0.05
units = "1/minute"
[decision.tap]
value = 2
units = "litre/minute"
[stock.water]
initial = "10"
units = "litre"
inflow = ["in"]
outflow = ["out"]
[flow.in]
equation = "delay_fixed(tap, 0.3, 1)"
units = "litre/minute"
[flow.out]
equation = "water * leak"
units = "litre/minute"
`

func compile(t testing.TB, r *resolved.Model, varying ...string) *sim.Program {
	t.Helper()
	p, err := sim.Compile(r, varying...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func emit(t testing.TB, p *sim.Program, s sim.Settings) *wasm.Module {
	t.Helper()
	m, err := wasm.EmitFor(p, s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// parameter is the position of a parameter.
func (i *instance) parameter(name string) int {
	i.Helper()
	k := slices.IndexFunc(i.layout.Parameters, func(p wasm.Parameter) bool { return p.Name == name })
	if k < 0 {
		i.Fatalf("there is no parameter %s", name)
	}
	return k
}

// change adds a row to the table of changes.
func (i *instance) change(c sim.Change) {
	n := i.whole(i.layout.Header.ChangeCount)
	at := i.layout.Changes + n*i.layout.ChangeSize
	i.setWhole(at, i.parameter(c.Variable))
	i.setWhole(at+4, int(c.Kind))
	for k, x := range []float64{c.Amount, c.Start, c.Over, c.Until} {
		i.setFloat(at+8+8*k, x)
	}
	i.setWhole(i.layout.Header.ChangeCount, n+1)
}

// A host that writes parameters and changes gets what a program with the same
// settings gives, run after run in one module.
func TestHost(t *testing.T) {
	p := compile(t, parse(t, bathtub, nil), "leak")
	i := start(t, emit(t, p, sim.Settings{}))
	sameRun(t, i, p, sim.Settings{})

	forGood := math.Inf(1)
	s := sim.Settings{Set: map[string]float64{"tap": 3, "leak": 0.1}, Changes: []sim.Change{
		{Variable: "tap", Kind: sim.Add, Amount: 1, Start: 1, Over: 0.7, Until: forGood},
		{Variable: "leak", Kind: sim.To, Amount: 0.3, Start: 0.95, Until: 2},
		{Variable: "tap", Kind: sim.Times, Amount: 0.5, Start: 2, Over: 1, Until: 3.5},
		{Variable: "leak", Kind: sim.Times, Amount: 3, Start: 3, Until: forGood},
		{Variable: "tap", Kind: sim.To, Amount: 7, Start: 2.5, Over: 10, Until: forGood},
	}}
	for name, x := range s.Set {
		i.setParameter(i.parameter(name), x)
	}
	for _, c := range s.Changes {
		i.change(c)
	}
	sameRun(t, i, p, s)

	i.setWhole(i.layout.Header.ChangeCount, 0)
	s.Changes = nil
	sameRun(t, i, p, s)
}

// Changes that the module is made with are as good as those a host writes.
func TestChangesGiven(t *testing.T) {
	p := compile(t, parse(t, bathtub, nil))
	compare(t, p, sim.Settings{Step: new(0.05), Stop: new(3.0), Save: new(0.15), Method: "rk4", Set: map[string]float64{"leak": 0.2},
		Changes: []sim.Change{{Variable: "tap", Kind: sim.Times, Amount: 4, Start: -1, Over: 2, Until: math.Inf(1)}}})
}

// A run that goes on from what was kept of another one, which had the same numbers so
// far, gives the rows of a run from the start.
func TestRunsThatBeginAlike(t *testing.T) {
	all, left := subjects(t), 0
	for _, x := range all {
		t.Run(x.name, func(t *testing.T) {
			p := compile(t, x.model)
			clock, err := p.CodeClock(sim.Settings{})
			if err != nil || clock.Steps < 4 {
				left++
				t.Skip("too short to have two parts")
			}
			i := start(t, emit(t, p, sim.Settings{}))
			at := clock.Steps * 2 / 3
			i.call("init")
			i.call("run", uint64(at))
			if i.whole(i.layout.Header.Status) != wasm.Running {
				left++
				t.Skip("it ends early")
			}
			rows := i.whole(i.layout.Header.Rows)
			size := uint32(i.layout.Out + 8*rows*i.layout.Width - i.layout.State)
			view, _ := i.module.Memory().Read(uint32(i.layout.State), size)
			kept := slices.Clone(view)
			s := sim.Settings{}
			for _, c := range i.layout.Parameters {
				if c.Decision {
					change := sim.Change{Variable: c.Name, Kind: sim.Times, Amount: 0.9, Start: clock.Start + float64(at)*clock.Step, Until: math.Inf(1)}
					s.Changes = append(s.Changes, change)
				}
			}
			i.run(1 << 20) // another run in between
			i.module.Memory().Write(uint32(i.layout.State), kept)
			i.setWhole(i.layout.Header.Done, at)
			i.setWhole(i.layout.Header.Rows, rows)
			i.setWhole(i.layout.Header.Status, wasm.Running)
			for _, c := range s.Changes {
				i.change(c)
			}
			i.call("run", 1<<20)
			got := i.rows()
			want := start(t, emit(t, p, s))
			want.run(1 << 20)
			if !slices.EqualFunc(got, want.rows(), slices.Equal) || i.whole(i.layout.Header.Status) != want.whole(want.layout.Header.Status) {
				t.Error("other rows than from the start")
			}
		})
	}
	if left > len(all)/2 {
		t.Errorf("%d of %d models are too short for this test", left, len(all))
	}
}

// Slices of any length give the same rows.
func TestSlices(t *testing.T) {
	p := compile(t, parse(t, bathtub, nil))
	i := start(t, emit(t, p, sim.Settings{}))
	i.run(1000)
	want := i.rows()
	for _, n := range []int{1, 2, 7, 39, 40, 41} {
		if status := i.run(n); status != wasm.Complete {
			t.Fatalf("slices of %d: status %d", n, status)
		}
		if got := i.rows(); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("slices of %d: other rows", n)
		}
	}
	i.call("init")
	if done := i.call("run", 5); done != 5 || i.whole(i.layout.Header.Rows) != 1 {
		t.Errorf("5 steps: %d done and %d rows, want 5 and the one at the start", done, i.whole(i.layout.Header.Rows))
	}
	if done := i.call("run", 0); done != 5 {
		t.Errorf("no steps more: %d done, want 5", done)
	}
	if done := i.call("run", 100); done != 40 {
		t.Errorf("the rest: %d done, want 40", done)
	}
	if done := i.call("run", 100); done != 40 {
		t.Errorf("after the end: %d done, want 40", done)
	}
}

// The same program gives the same bytes.
func TestBytesAreTheSame(t *testing.T) {
	for _, s := range subjects(t) {
		a, b := emit(t, compile(t, s.model), sim.Settings{}), emit(t, compile(t, s.model), sim.Settings{})
		if !slices.Equal(a.Code, b.Code) {
			t.Errorf("%s: two modules differ", s.name)
		}
	}
}

// A module stops where the program does, and says at what.
func TestStops(t *testing.T) {
	for _, x := range []struct {
		name, more string
		status     int
		rows       int
		where      int
	}{
		{"a number that is not finite", "[aux.bad]\nequation = \"ln(0.95 - time / 1)\"\n", wasm.NonFinite, 2, 2},
		{"an infinity", "[aux.bad]\nequation = \"1 / (1 - time)\"\n", wasm.NonFinite, 2, 2},
		{"a table read outside", "[lookup.table]\npoints = [[0, 1], [1, 2]]\nbeyond = \"error\"\n[aux.bad]\nequation = \"table(time)\"\n", wasm.Outside, 3, 0},
		{"a delay that is too short", "[aux.bad]\nequation = \"delay3(time, 0.1 + 0 * water)\"\n", wasm.ShortDelay, 0, 1}, // the second: the model has a fixed delay
		{"a delay that is not a number", "[aux.bad]\nequation = \"delay_fixed(time, sqrt(-1), 0)\"\n", wasm.NoDelay, 0, 1},
	} {
		t.Run(x.name, func(t *testing.T) {
			p := compile(t, parse(t, bathtub+x.more, nil))
			i := start(t, emit(t, p, sim.Settings{}))
			if status := i.run(1000); status != x.status {
				t.Fatalf("status %d, want %d", status, x.status)
			}
			if rows, where := i.whole(i.layout.Header.Rows), i.whole(i.layout.Header.Where); rows != x.rows || where != x.where {
				t.Errorf("%d rows and stopped at %d, want %d and %d", rows, where, x.rows, x.where)
			}
			sameRun(t, i, p, sim.Settings{})
		})
	}
}

// What no module can do is refused in words.
func TestRefused(t *testing.T) {
	p := compile(t, parse(t, bathtub, nil))
	for _, s := range []sim.Settings{{Method: "rk45"}, {Step: new(0.3)}, {Set: map[string]float64{"water": 1}}, {Method: "magic"},
		{Changes: []sim.Change{{Variable: "leak", Amount: 1}}}} {
		_, err := wasm.EmitFor(p, s)
		var e *sim.Error
		if !errors.As(err, &e) {
			t.Errorf("%+v: %v, want an error", s, err)
		}
	}
	if _, err := p.Run(context.Background(), sim.Settings{Method: "rk45"}); err != nil {
		t.Errorf("the program itself: %v", err)
	}
}
