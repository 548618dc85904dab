package sim

import (
	"math"
	"slices"
	"testing"

	"weir/model/resolved"
)

// A change is in force from the first step boundary after its start less half a
// step, climbs on a straight line, and ends at once.
func TestChanges(t *testing.T) {
	forever := math.Inf(1)
	for _, c := range []struct {
		name    string
		changes []Change
		want    []float64
	}{
		{"at once", []Change{{"a", To, 5, 2, 0, forever}}, []float64{1, 1, 5, 5, 5}},
		{"add", []Change{{"a", Add, 5, 2, 0, forever}}, []float64{1, 1, 6, 6, 6}},
		{"times", []Change{{"a", Times, 5, 2, 0, 4}}, []float64{1, 1, 5, 5, 1}},
		{"ramp", []Change{{"a", To, 5, 1, 2, forever}}, []float64{1, 1, 3, 5, 5}},
		{"ramp of times", []Change{{"a", Times, 3, 1, 2, forever}}, []float64{1, 1, 2, 3, 3}},
		{"between boundaries", []Change{{"a", To, 5, 1.4, 0, 2.6}}, []float64{1, 5, 5, 1, 1}},
		{"before the start", []Change{{"a", To, 5, -3, 0, forever}}, []float64{5, 5, 5, 5, 5}},
		{"in order", []Change{{"a", To, 5, 1, 0, forever}, {"a", Times, 2, 2, 0, forever}}, []float64{1, 5, 10, 10, 10}},
		{"until before start", []Change{{"a", To, 5, 3, 0, 2}}, []float64{1, 1, 1, 1, 1}},
	} {
		b := newModel(0, 4, 1)
		b.decision("a", 1)
		if got := b.run(t, Settings{Changes: c.changes}).Series("a"); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A change of one element leaves the others; a bare name means all.
func TestChangeOfElement(t *testing.T) {
	b := newModel(0, 2, 1)
	d := dimension("d", "x", "y")
	b.decision("seats", 1, d)
	r := b.run(t, Settings{Set: map[string]float64{"seats[y]": 7, "seats": 3},
		Changes: []Change{{"seats[x]", Add, 2, 1, 0, math.Inf(1)}}})
	if x, y := r.Series("seats[x]"), r.Series("seats[ Y ]"); !slices.Equal(x, []float64{3, 5, 5}) || !slices.Equal(y, []float64{7, 7, 7}) {
		t.Errorf("x %v, y %v", x, y)
	}
}

// In brackets * stands for all elements and a subrange for its own; what names fewer
// elements has the last word, in single runs and in ensembles.
func TestSetSubranges(t *testing.T) {
	b := newModel(0, 1, 1)
	grade, sector := dimension("grade", "k", "1", "2"), dimension("sector", "a", "b")
	upper := dimension("upper", "2", "1")
	upper.Of = grade
	b.Dimensions = []*resolved.Dimension{grade, sector, upper}
	b.decision("seats", 1, sector, grade)
	p := b.compile(t)
	all := map[string]float64{"seats[*, *]": 2, "seats[a, upper]": 3, "seats[*, 2]": 4, "seats[b, k]": 5}
	want := map[string]float64{"seats[a,k]": 2, "seats[a,1]": 3, "seats[a,2]": 3, "seats[b,k]": 5, "seats[b,1]": 2, "seats[b,2]": 4}
	r := run(t, p, Settings{Set: all, Changes: []Change{{"seats[b,Upper]", Add, 10, 0.5, 0, math.Inf(1)}}})
	for name, x := range want {
		later := x
		if name == "seats[b,1]" || name == "seats[b,2]" {
			later += 10
		}
		if got := r.Series(name); !slices.Equal(got, []float64{x, later}) {
			t.Errorf("%s: %v, want %v and then %v", name, got, x, later)
		}
	}
	// seats[a,upper] varies with the member; seats[a,2] is of two settings of two elements
	// each, of which the later by name counts
	members, err := p.Ensemble(t.Context(), EnsembleSettings{Settings: Settings{Set: map[string]float64{"seats": 2, "seats[*,2]": 4}},
		Runs: 2, Keep: []string{"seats"}, Vary: []string{"seats[a,upper]"}, Values: func(member int, to []float64) { to[0] = float64(10 + member) }})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{"seats[a,1]": 11, "seats[a,2]": 11, "seats[b,2]": 4, "seats[b,k]": 2} {
		if got := members.Series(name, 1); !slices.Equal(got, []float64{want, want}) {
			t.Errorf("member 1: %s: %v, want %v", name, got, want)
		}
	}
	for name, message := range map[string]string{
		"seats[a, lower]": `there is no element of grade "lower"`,
		"seats[upper, k]": `there is no element of sector "upper"`,
	} {
		if _, err := p.Run(t.Context(), Settings{Set: map[string]float64{name: 1}}); err == nil || err.Error() != message {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What depends on constants only is computed once a run, not once a program: Set
// reaches it, and so do changes of a varying constant.
func TestHoistedFollowSettings(t *testing.T) {
	b := newModel(0, 2, 1)
	k, d := b.constant("k", 2), b.decision("d", 10)
	square := b.aux("square", mul(ref(k), ref(k)))
	b.aux("sum", add(ref(d), mul(ref(square), add(ref(k), num(1)))))
	fixedK, varyingK := b.compile(t), b.compile(t, "k")
	if len(fixedK.code[phaseFlows]) != 1 || len(varyingK.code[phaseFlows]) != 3 {
		t.Errorf("%d and %d instructions a step, want 1 and 3", len(fixedK.code[phaseFlows]), len(varyingK.code[phaseFlows]))
	}
	for _, p := range []*Program{fixedK, varyingK} {
		for _, x := range []float64{2, 3} {
			r := run(t, p, Settings{Set: map[string]float64{"k": x}, Changes: []Change{{"d", Add, 1, 1, 0, math.Inf(1)}}})
			want := 10 + x*x*(x+1)
			if got := r.Series("sum"); !slices.Equal(got, []float64{want, want + 1, want + 1}) {
				t.Errorf("k = %g: %v, want %g and one more", x, got, want)
			}
		}
	}
	r := run(t, varyingK, Settings{Changes: []Change{{"k", To, 3, 1, 0, 2}}})
	if got := r.Series("sum"); !slices.Equal(got, []float64{22, 46, 22}) {
		t.Errorf("with k changed: %v", got)
	}
}

func TestSettingsRefused(t *testing.T) {
	b := newModel(0, 2, 1)
	d := dimension("sector", "district", "charter")
	b.constant("salary", 2)
	b.decision("seats", 1, d)
	b.aux("cost", num(1))
	b.table("effect", resolved.Hold, 0, 0, 1, 1)
	p := b.compile(t)
	change := func(name string, x float64) Settings { return Settings{Changes: []Change{{Variable: name, Amount: x}}} }
	set := func(name string, x float64) Settings { return Settings{Set: map[string]float64{name: x}} }
	for _, c := range []struct {
		settings Settings
		want     string
	}{
		{set("salery", 1), `there is no variable "salery" (did you mean salary?)`},
		{set("seats[chartre]", 1), `there is no element of sector "chartre" (did you mean charter?)`},
		{set("seats[district,charter]", 1), "seats[district,charter] gives 2 elements where seats has 1 (write seats[sector] with an element of each)"},
		{set("salary[district]", 1), "salary is a single number, so salary[district] names nothing"},
		{set("effect", 1), "effect is a table of points, so it cannot be set (only constants and decisions can)"},
		{set("seats[charter", 1), "seats[charter cannot be read as a name: an element is written name[element]"},
		{set("seats[charter]x", 1), "seats[charter]x cannot be read as a name: an element is written name[element]"},
		{set("cost", 1), "cost is computed by the model, so it cannot be set (only constants and decisions can)"},
		{set("salary", math.NaN()), "salary cannot be set to NaN"},
		{change("salary", 1), "salary is a constant, and this program was compiled with it fixed (name it among the varying constants of Compile)"},
		{change("seats", math.Inf(1)), "the change of seats is not a number"},
		{change("cost", 1), "cost is computed by the model, so it cannot be set (only constants and decisions can)"},
	} {
		_, err := p.Run(t.Context(), c.settings)
		if err == nil || err.Error() != c.want {
			t.Errorf("%+v: %v, want %s", c.settings, err, c.want)
		}
	}
	if _, err := Compile(&b.Model, "salry"); err == nil || err.Error() != `there is no variable "salry" (did you mean salary?)` {
		t.Errorf("varying: %v", err)
	}
}

// Initial values see a change that is in force at the start.
func TestInitialValuesSeeChanges(t *testing.T) {
	b := newModel(0, 1, 1)
	d := b.decision("d", 1)
	b.stock("y", ref(d)).Inflows = []*resolved.Variable{b.flow("none", num(0))}
	r := b.run(t, Settings{Changes: []Change{{"d", To, 4, 0, 0, math.Inf(1)}}})
	if got := r.Series("y"); !slices.Equal(got, []float64{4, 4}) {
		t.Errorf("%v", got)
	}
}
