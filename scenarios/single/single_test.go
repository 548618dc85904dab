package single

import (
	"context"
	"slices"
	"testing"

	"weir/model"
	"weir/scenarios/output"
	"weir/sim"
)

const text = `[time]
start = 0
stop = 2
step = 1
unit = "year"
[dimension.place]
elements = ["north", "south"]
[stock.level]
over = ["place"]
initial = 100
inflow = ["rise"]
[flow.rise]
over = ["place"]
equation = "level * rate"
[constant.rate]
over = ["place"]
value = 0.5
range = [0, 1]
`

// program returns the model with its program.
func program(t *testing.T) (*model.Model, *sim.Program) {
	t.Helper()
	m, list := model.Parse("m.toml", []byte(text), nil)
	r, more := model.Check(m)
	if list.HasErrors() || more.HasErrors() {
		t.Fatal(list, more)
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	return m, p
}

// Euler's method gives 100·1.5² = 225, with half the step 100·1.25⁴ = 244.14; the difference is a
// share of the larger value of the two.
func TestRunWithHalfTheStep(t *testing.T) {
	m, p := program(t)
	f := &output.Run{Model: m}
	if cancelled, err := Run(context.Background(), p, f, true, nil); cancelled || err != nil {
		t.Fatal(cancelled, err)
	}
	if got := f.Result.Series("level[south]"); !slices.Equal(got, []float64{100, 150, 225}) {
		t.Errorf("%v", got)
	}
	if f.Half == nil || f.Half.Relative < 0.07 || f.Half.Relative > 0.09 {
		t.Errorf("half the step: %+v", f.Half)
	}
	quiet := &output.Run{Model: m}
	if _, err := Run(context.Background(), p, quiet, false, nil); err != nil || quiet.Half != nil {
		t.Errorf("%v %+v", err, quiet.Half)
	}
}

// The ends of a range are inside it, and an element has the range of its array.
func TestSettingsOutOfRange(t *testing.T) {
	m, _ := program(t)
	got := OutOfRange(m, map[string]float64{"rate[north]": 1.5, "rate[south]": 1, "Rate": -1, "level": 1e9})
	want := []string{"Rate is set to -1, outside its range of 0 to 1", "rate[north] is set to 1.5, outside its range of 0 to 1"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
