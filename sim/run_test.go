package sim

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"weir/model/diagnostic"
	"weir/model/method"
	"weir/model/resolved"
)

// A limited is a stock of 10 from which two flows want more than there is, the first
// one first; what is turned away adds up in hidden stocks.
func limited() *builder {
	b := newModel(0, 4, 0.5)
	y := b.stock("y", num(10))
	y.NonNegative = true
	arrival := b.flow("arrival", num(1))
	y.Inflows = []*resolved.Variable{arrival}
	available := add(div(ref(y), dt()), ref(arrival))
	for _, name := range []string{"first", "second"} {
		wanted := b.aux(name+".wanted", num(4))
		flow := b.flow(name, apply(resolved.Min, ref(wanted), apply(resolved.Max, num(0), available)))
		away := b.stock(name+".away", num(0))
		away.Inflows = []*resolved.Variable{b.flow(name+".net", sub(ref(wanted), ref(flow)))}
		b.Limits = append(b.Limits, resolved.Limit{Stock: y, Flow: flow, Wanted: wanted, TurnedAway: away})
		y.Outflows = append(y.Outflows, flow)
		available = sub(available, ref(flow))
	}
	return b
}

// Limits conserve: what was there and came is what left and is left. They are counted.
func TestLimits(t *testing.T) {
	for _, m := range method.Names() {
		b := limited()
		for _, name := range []string{"first", "second"} {
			sum := b.stock(name+"_out", num(0))
			i := slices.IndexFunc(b.Variables, func(v *resolved.Variable) bool { return v.Name == name })
			sum.Inflows = []*resolved.Variable{b.Variables[i]}
		}
		r := b.run(t, Settings{Method: m})
		for i, at := range r.Time {
			y, out := r.Series("y")[i], r.Series("first_out")[i]+r.Series("second_out")[i]
			if math.Abs(10+at-y-out) > 1e-9 || y < 0 {
				t.Errorf("%s at %v: %v there, %v left", m, at, y, out)
			}
			turned := r.Series("first.away")[i] + r.Series("second.away")[i]
			if math.Abs(8*at-out-turned) > 1e-9 {
				t.Errorf("%s at %v: %v left, %v turned away, of %v wanted", m, at, out, turned, 8*at)
			}
		}
	}
	got := limited().run(t, Settings{}).Limits
	// 10, 6.5, 3, then 3+0.5 leave: 3 to the first, 1.5 of 4 a year to the second.
	want := []LimitUse{{"y", "first", 1.5, 5, 5*0.5*4 - 5*0.5*1}, {"y", "second", 1, 6, 0.5*1 + 5*0.5*4}}
	for i := range want {
		if i >= len(got) || got[i].Flow != want[i].Flow || got[i].First != want[i].First || got[i].Steps != want[i].Steps ||
			math.Abs(got[i].Amount-want[i].Amount) > 1e-12 {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

// A delay whose stages are shorter than a step is refused at the start, whatever
// settings made it so.
func TestGuard(t *testing.T) {
	b := newModel(0, 4, 0.5)
	d := dimension("d", "a", "b")
	delay := b.values("delay", d, 3, 2)
	owner := b.add("graduates", resolved.Aux, d)
	l := loops(d)
	b.set(owner, num(0), l...)
	stage := b.add("stage", resolved.Aux, d)
	b.set(stage, div(ref(delay, l...), num(3)), l...)
	stage.Hidden, stage.Owner = true, owner
	at := diagnostic.Span{File: "m.toml", Start: 3, End: 9}
	b.Guards = []resolved.Guard{{Time: stage, Owner: owner, What: "delay3", Span: at}}
	p := b.compile(t)
	run(t, p, Settings{})
	_, err := p.Run(t.Context(), Settings{Set: map[string]float64{"delay[b]": 0.9}})
	var e *Error
	want := "delay3 in graduates[b] is shorter than a step: one of its stages takes 0.3, a step 0.5"
	if !errors.As(err, &e) || !strings.HasPrefix(e.Message, want) || e.Span != at {
		t.Errorf("%v, want %s", err, want)
	}
	run(t, p, Settings{Set: map[string]float64{"delay[b]": 1.5}}) // exactly a step long
}

// heavy is a model that takes a while.
func heavy(steps float64) *builder {
	b := newModel(0, steps, 1)
	b.Time.Save = steps / 4
	d := dimension("d")
	for i := range 200 {
		d.Elements = append(d.Elements, string(rune('a'+i%26))+string(rune('0'+i/26)))
	}
	y := b.stock("y", num(1), d)
	l := loops(d)
	f := b.add("f", resolved.Flow, d)
	b.set(f, apply(resolved.Sin, add(ref(y, l...), now())), l...)
	y.Inflows = []*resolved.Variable{f}
	return b
}

// A cancelled run gives the rows it has and the context's error.
func TestCancel(t *testing.T) {
	for _, method := range []string{"euler", "rk4", "rk45"} {
		ctx, cancel := context.WithCancel(t.Context())
		share := -1.0
		r, err := heavy(4e6).compile(t).Run(ctx, Settings{Method: method, Progress: func(done float64) {
			share = done
			cancel()
		}})
		if !errors.Is(err, context.Canceled) || r == nil || r.Complete || len(r.Time) != 1 {
			t.Errorf("%s: %v, %+v", method, err, r)
		}
		if share < 0 || share > 0.01 {
			t.Errorf("%s: progress was first told at %v", method, share)
		}
	}
}

func TestProgress(t *testing.T) {
	var told []float64
	heavy(4000).run(t, Settings{Progress: func(done float64) { told = append(told, done) }})
	if !slices.IsSorted(told) || told[0] != 0 || told[len(told)-1] != 1 || len(told) < 5 {
		t.Errorf("%v", told)
	}
}

// One program serves many runs at once, each as if alone.
func TestRunsDoNotMeet(t *testing.T) {
	b := limited()
	k := b.constant("k", 1)
	table := b.table("effect", resolved.Hold, 0, 1, 2, 5, 3, 2)
	b.memory("late", now(), num(1), ref(k))
	b.aux("z", mul(ref(k), &resolved.Lookup{Table: table, X: add(now(), uniform(3))}))
	p := b.compile(t)
	settings := func(i int) Settings {
		return Settings{Set: map[string]float64{"k": float64(i)}, Member: uint64(i), Method: method.Names()[i%len(method.Names())]}
	}
	var alone [16]*Result
	for i := range alone {
		alone[i] = run(t, p, settings(i))
	}
	var group sync.WaitGroup
	for i := range alone {
		group.Go(func() {
			r, err := p.Run(t.Context(), settings(i))
			if err != nil || !slices.Equal(r.rows, alone[i].rows) || !slices.Equal(r.Lookups, alone[i].Lookups) {
				t.Errorf("run %d differs from the same run alone: %v", i, err)
			}
		})
	}
	group.Wait()
}

// The model, compiled twice, gives the same listing and the same rows.
func TestCompileIsDeterministic(t *testing.T) {
	var first string
	for range 5 {
		var text strings.Builder
		if err := limited().compile(t).Dump(&text); err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = text.String()
		}
		if text.String() != first {
			t.Fatalf("%s\n\n%s", first, text.String())
		}
	}
}

func TestResult(t *testing.T) {
	b := newModel(2000, 2003, 1)
	b.Time.Save = 1.5
	b.Time.Step = 0.5
	d := dimension("sector", "district", "charter")
	b.values("seats", d, 3, 4)
	hidden := b.aux("hidden", now())
	hidden.Hidden = true
	b.aux("clock", now())
	r := b.run(t, Settings{})
	var names []string
	for _, c := range r.Columns {
		names = append(names, c.Name())
	}
	if want := []string{"seats[district]", "seats[charter]", "clock"}; !slices.Equal(names, want) {
		t.Errorf("columns %v, want %v", names, want)
	}
	if got := r.Row(1); !slices.Equal(got, []float64{3, 4, 2001.5}) {
		t.Errorf("row %v", got)
	}
	for _, c := range []struct {
		t, want float64
	}{{1999, math.NaN()}, {2000, 2000}, {2001.4, 2000}, {2001.5, 2001.5}, {2001.4999999999, 2001.5}, {2003, 2003}, {2003.1, math.NaN()}, {math.NaN(), math.NaN()}} {
		if got := r.At("clock", c.t); got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("at %v: %v, want %v", c.t, got, c.want)
		}
	}
	if r.Series("hidden") != nil || r.Series("seats") != nil || r.Index("Seats[ Charter ]") != 1 || !math.IsNaN(r.At("none", 2001)) {
		t.Error("names are not found as they should be")
	}
}

// The error of the step alone is that of the method: halving Euler's step on a growth of
// 10 % a year takes (1+h/2)^2n - (1+h)^n off.
func TestStepError(t *testing.T) {
	b := newModel(0, 10, 1)
	y := b.stock("y", num(1))
	y.Inflows = []*resolved.Variable{b.flow("growth", mul(num(0.1), ref(y)))}
	p := b.compile(t)
	r := run(t, p, Settings{})
	got, err := p.StepError(t.Context(), Settings{}, r)
	if err != nil {
		t.Fatal(err)
	}
	want := math.Pow(1.05, 20) - math.Pow(1.1, 10)
	if got.Column != "y" || math.Abs(got.ByColumn[0]-want) > 1e-12 || math.Abs(got.Relative-want/math.Pow(1.1, 10)) > 1e-12 || got.At != 10 {
		t.Errorf("%+v, want %v in y", got, want)
	}
}

// What happens once a step is not an error of the step: pulses keep their height,
// draws their numbers, memories their length.
func TestStepErrorAllowsForSteps(t *testing.T) {
	b := newModel(0, 10, 0.5)
	y := b.stock("y", num(0))
	pulse := &resolved.If{Cond: apply(resolved.Eq, stepTime(), num(3)), Then: div(num(6), dt()), Else: num(0)}
	late := b.memory("late", stepTime(), num(2), num(0))
	before := b.memory("before", stepTime(), nil, num(0))
	y.Inflows = []*resolved.Variable{b.flow("pulse", pulse), b.flow("noise", uniform(1)), b.flow("old", add(ref(late), ref(before)))}
	p := b.compile(t)
	for _, m := range method.Names() {
		s := Settings{Method: m}
		got, err := p.StepError(t.Context(), s, run(t, p, s))
		if err != nil || got.Relative > 1e-14 {
			t.Errorf("%s: %+v, %v", m, got, err)
		}
	}
}

// rk45 says which stock it cannot follow.
func TestRefusedStep(t *testing.T) {
	b := newModel(0, 2, 1)
	y := b.stock("y", num(1))
	y.Inflows = []*resolved.Variable{b.flow("growth", mul(ref(y), ref(y)))} // 1/(1-t)
	r, err := b.compile(t).Run(t.Context(), Settings{Method: "rk45"})
	if err == nil || !strings.Contains(err.Error(), "the error of y") || r.Complete {
		t.Errorf("%v", err)
	}
}

// What is too large is refused before anything is allocated.
func TestSizesAreBounded(t *testing.T) {
	d := dimension("d", slices.Repeat([]string{"e"}, 4096)...)
	b := newModel(0, 1, 1)
	b.add("huge", resolved.Aux, d, d, d)
	if _, err := Compile(&b.Model); err == nil || !strings.Contains(err.Error(), "too large: with huge") {
		t.Errorf("%v", err)
	}
	d = dimension("d", slices.Repeat([]string{"e"}, 4000)...)
	for name, inner := range map[string]func(x, y, z resolved.Expr, l []*resolved.Loop) resolved.Expr{
		"product": func(x, y, z resolved.Expr, l []*resolved.Loop) resolved.Expr { return mul(mul(x, y), z) },
		"draw":    func(x, y, z resolved.Expr, l []*resolved.Loop) resolved.Expr { return uniform(1, l...) },
	} {
		b := newModel(0, 1, 1)
		l := slices.Concat(loops(d), loops(d), loops(d))
		x := b.decision("x", 1, d)
		e := inner(ref(x, l[0]), ref(x, l[1]), ref(x, l[2]), l)
		b.set(b.add("sum", resolved.Aux), &resolved.Reduce{Op: resolved.Sum, Loops: l, X: e})
		if _, err := Compile(&b.Model); err == nil || !strings.Contains(err.Error(), "too large") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Span covers all elements and all saved rows.
func TestSpan(t *testing.T) {
	b := newModel(0, 4, 1)
	d := dimension("d", "x", "y")
	b.values("k", d, 3, -1)
	b.aux("t", &resolved.Clock{Kind: resolved.Now})
	r := b.run(t, Settings{})
	for _, c := range []struct {
		name      string
		low, high float64
		ok        bool
	}{{"k", -1, 3, true}, {"k[x]", 3, 3, true}, {"t", 0, 4, true}, {"u", math.Inf(1), math.Inf(-1), false}} {
		if low, high, ok := r.Span(c.name); low != c.low || high != c.high || ok != c.ok {
			t.Errorf("%s: %v to %v, %v", c.name, low, high, ok)
		}
	}
}

// A stock that is driven back and forth across a threshold takes substeps as short as its
// tolerance, a hundred million of them in a step: the bound ends the run.
func TestChatteringEnds(t *testing.T) {
	b := newModel(0, 10, 1)
	y := b.stock("y", num(0.004))
	above := apply(resolved.Gt, ref(y), num(0.003))
	y.Inflows = []*resolved.Variable{b.flow("f", &resolved.If{Cond: above, Then: num(-1), Else: num(1)})}
	r, err := b.compile(t).Run(t.Context(), Settings{Method: "rk45"})
	want := "rk45 needs more than 100000 substeps in the step from 0, because of y"
	if err == nil || r.Complete || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}
