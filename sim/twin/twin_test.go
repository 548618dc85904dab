package twin_test

import (
	"context"
	"flag"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"weir/model"
	"weir/model/method"
	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/random"
	"weir/sim/internal/reference"
	"weir/sim/twin"
)

// TestRandomModels puts two copies of random models beside their base run. The base and a copy
// with all changes have the bits of runs of their own; a copy in which every variable is held
// has those of the base, whatever its decisions; and the virtual machine, lanes and the
// reference evaluator agree.
func TestRandomModels(t *testing.T) {
	flag.Set("rapid.seed", "2030")
	flag.Set("rapid.nofailfile", "true")
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		if check(t) {
			compared++
		}
	})
	if compared < 20 {
		t.Errorf("only %d of the random models change anything", compared)
	}
}

// check compares one random model, and reports whether its changes move anything.
func check(t *rapid.T) bool {
	m := random.Draw(t)
	t.Log(m)
	files := fstest.MapFS{}
	for name, text := range m.Files {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	doc, _ := model.Parse("model.toml", []byte(m.TOML), files)
	r, list := model.Check(doc)
	if r == nil {
		t.Fatal(list)
	}
	plan := planOf(r, m.Settings)
	if len(plan.Decisions) == 0 {
		return false
	}
	base := m.Settings
	base.Changes = nil
	whole, err := compile(t, r, plan).Run(context.Background(), m.Settings)
	if err != nil || whole.NonFinite != nil {
		return false
	}
	alone, err := compile(t, r, plan).Run(context.Background(), base)
	if err != nil || alone.NonFinite != nil {
		return false
	}
	put := twin.Make(plan)
	p := compile(t, put, twin.Plan{})
	s := both(m.Settings, plan)
	got, err := p.Run(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	if got.NonFinite != nil {
		t.Fatalf("%+v", got.NonFinite)
	}
	if fixedStep(r, s) {
		equal(t, r, alone, got, 0)
		equal(t, r, whole, got, 1)
	}
	held(t, plan, got)
	agree(t, put, p, s, got)
	return slices.ContainsFunc(plan.Keep, func(v *resolved.Variable) bool {
		for e := range v.Size() {
			name := reference.ElementName(v.Name, v.Over, e)
			if !slices.Equal(got.Series(name), got.Series(twin.Copy(name, 1))) {
				return true
			}
		}
		return false
	})
}

// planOf returns a plan in which the settings' changes are variant 1 of what they change, every
// variable is a hold, and all are kept.
func planOf(r *resolved.Model, s sim.Settings) twin.Plan {
	plan := twin.Plan{Model: r, Copies: 2}
	for _, v := range r.Variables {
		if v.Hidden {
			continue
		}
		if v.Kind == resolved.Constant || v.Kind == resolved.Decision {
			if slices.ContainsFunc(s.Changes, func(c sim.Change) bool { return named(c.Variable) == v.Name }) {
				plan.Decisions = append(plan.Decisions, twin.Decision{Variable: v, Variants: 1})
			}
			continue
		}
		plan.Keep = append(plan.Keep, v)
		plan.Holds = append(plan.Holds, twin.Hold{Of: []*resolved.Variable{v}})
	}
	return plan
}

func named(column string) string {
	name, _, _ := strings.Cut(column, "[")
	return name
}

func compile(t *rapid.T, r *resolved.Model, plan twin.Plan) *sim.Program {
	var varying []string
	for _, d := range plan.Decisions {
		varying = append(varying, d.Variable.Name)
	}
	p, err := sim.Compile(r, varying...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// both returns settings in which both copies have the changes, and the second holds everything.
func both(s sim.Settings, plan twin.Plan) sim.Settings {
	set := map[string]float64{}
	for name, x := range s.Set {
		set[name] = x
	}
	for _, d := range plan.Decisions {
		for name, x := range s.Set {
			if named(name) == d.Variable.Name {
				set[twin.Variant(name, 1)] = x
			}
		}
		set[twin.Which(d.Variable.Name, 1)], set[twin.Which(d.Variable.Name, 2)] = 1, 1
	}
	for i := range plan.Holds {
		set[twin.Held(i, 2)] = 1
	}
	changes := slices.Clone(s.Changes)
	for i := range changes {
		changes[i].Variable = twin.Variant(changes[i].Variable, 1)
	}
	s.Set, s.Changes = set, changes
	return s
}

func fixedStep(r *resolved.Model, s sim.Settings) bool {
	name := r.Time.Method
	if s.Method != "" {
		name = s.Method
	}
	return !method.Find(name).Adaptive()
}

// equal compares every variable of a run with that of a copy, bit by bit.
func equal(t *rapid.T, r *resolved.Model, want, got *sim.Result, copy int) {
	for _, v := range r.Variables {
		if v.Hidden || v.Kind == resolved.Constant || v.Kind == resolved.Decision {
			continue
		}
		for e := range v.Size() {
			name := reference.ElementName(v.Name, v.Over, e)
			same(t, name, want.Series(name), series(got, name, copy))
		}
	}
}

// series returns a column of a copy; of the base if no decision acts on it.
func series(r *sim.Result, name string, copy int) []float64 {
	if x := r.Series(twin.Copy(name, copy)); x != nil {
		return x
	}
	return r.Series(name)
}

func same(t *rapid.T, name string, want, got []float64) {
	if len(want) != len(got) {
		t.Fatalf("%s has %d rows, want %d", name, len(got), len(want))
	}
	for i := range want {
		if math.Float64bits(want[i]) != math.Float64bits(got[i]) {
			t.Fatalf("%s is %v in row %d, want %v", name, got[i], i, want[i])
		}
	}
}

// held compares the second copy with the base: all that it reads is held, but for decisions.
func held(t *rapid.T, plan twin.Plan, got *sim.Result) {
	for _, v := range plan.Keep {
		if readsDecision(plan, v) {
			continue
		}
		for e := range v.Size() {
			name := reference.ElementName(v.Name, v.Over, e)
			same(t, name, got.Series(name), series(got, name, 2))
		}
	}
}

// readsDecision reports whether a variable, or a hidden part of it, reads a changed decision.
func readsDecision(plan twin.Plan, v *resolved.Variable) bool {
	for _, x := range plan.Model.Variables {
		if x != v && x.Owner != v {
			continue
		}
		for _, u := range twin.Inputs(x) {
			if slices.ContainsFunc(plan.Decisions, func(d twin.Decision) bool { return d.Variable == u }) {
				return true
			}
		}
	}
	return false
}

// agree compares the engines on the model of all copies.
func agree(t *rapid.T, r *resolved.Model, p *sim.Program, s sim.Settings, got *sim.Result) {
	trace, err := reference.Run(r, s)
	if err != nil {
		t.Fatal(err)
	}
	var keep []string
	for _, v := range r.Variables {
		if v.Hidden {
			continue
		}
		keep = append(keep, v.Name)
		for e := range v.Size() {
			var want []float64
			for _, row := range trace.Values[v.Name] {
				want = append(want, row[e])
			}
			name := reference.ElementName(v.Name, v.Over, e)
			same(t, name, want, got.Series(name))
		}
	}
	lanes, err := p.Ensemble(context.Background(), sim.EnsembleSettings{Settings: s, Runs: 3, Keep: keep,
		DrawAs: func(int) uint64 { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range got.Columns {
		if slices.Contains(keep, c.Variable) {
			same(t, c.Name(), got.Series(c.Name()), lanes.Series(c.Name(), 2))
		}
	}
}
