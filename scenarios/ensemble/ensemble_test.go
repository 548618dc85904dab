package ensemble_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/scenarios/ensemble"
	"weir/scenarios/uncertainty"
	"weir/sim"
	"weir/sim/sampling"
)

// A tank that fills at a rate between 0 and 1, and two by two pupils that stay.
const tank = `name = "Tank"
[time]
start = 0
stop = 10
step = 1
unit = "year"
[dimension.school]
elements = ["north", "south"]
[dimension.grade]
elements = ["k", "first"]
[stock.level]
initial = "0"
inflow = ["rise"]
units = "1"
[flow.rise]
equation = "rate"
units = "1/year"
[stock.pupils]
over = ["school", "grade"]
initial = "100"
inflow = ["none"]
units = "1"
[flow.none]
over = ["school", "grade"]
equation = "0"
units = "1/year"
[constant.rate]
value = 0.5
range = [0, 1]
units = "1/year"
`

// plan plans so many runs over a grid, so that member k of n draws (k + 1/2)/n.
func plan(t testing.TB, runs int) *ensemble.Plan {
	t.Helper()
	m, list := model.Parse("tank.toml", []byte(tank), os.DirFS("."))
	if m == nil {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	program, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	p, err := ensemble.New(context.Background(), m, r, program, sim.Settings{}, uncertainty.Futures{Runs: runs, Method: sampling.Grid})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func nobody(int) func(sim.Progress) { return nil }

func TestKeep(t *testing.T) {
	p := plan(t, 10)
	for _, row := range []struct{ names, want string }{
		{"", "level pupils[north,k] pupils[north,first] pupils[south,k] pupils[south,first]"}, // the stocks
		{"RISE", "rise"},
		{"pupils[*,k]", "pupils[north,k] pupils[south,k]"},
		{"pupils[south, first] level level", "pupils[south,first] level"},
		{"pupils[school,k] pupils[north,*]", "pupils[north,k] pupils[south,k] pupils[north,first]"},
	} {
		names := strings.Fields(strings.ReplaceAll(row.names, ", ", ","))
		if err := p.Keep(names); err != nil {
			t.Errorf("%s: %v", row.names, err)
		}
		if got := strings.Join(p.Names(), " "); got != row.want {
			t.Errorf("%q keeps %s, want %s", row.names, got, row.want)
		}
	}
	for _, wrong := range []string{"levle", "pupils[west,k]", "pupils[k]", "pupils["} {
		if err := p.Keep([]string{wrong}); err == nil {
			t.Errorf("%s is kept", wrong)
		}
	}
}

// A drawn constant that is also kept has one column. The level at the end is ten times the
// rate, which is 0.05, 0.15, … 0.95 over a grid of ten.
func TestWrite(t *testing.T) {
	p := plan(t, 10)
	if err := p.Keep([]string{"rate", "level"}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(p.Head(), " "); got != "member time rate level" {
		t.Errorf("the columns are %s", got)
	}
	rows, levels := 0, []string{}
	o, err := p.Write(context.Background(), func(member int, x []float64) error {
		if rows++; x[0] == 10 {
			levels = append(levels, fmt.Sprintf("%d:%.3g", member, x[2]))
		}
		return nil
	}, nobody)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(levels, " "); got != "0:0.5 1:1.5 2:2.5 3:3.5 4:4.5 5:5.5 6:6.5 7:7.5 8:8.5 9:9.5" {
		t.Errorf("levels are %s", got)
	}
	if rows != 110 || o.Members != 10 || o.Failed != 0 || o.Cancelled || p.Extent(o) != "10 of 10 runs" {
		t.Errorf("%d rows, %+v", rows, o)
	}
	if p.Rows() != 11 || p.Bytes(8) != 11*10*4*8 {
		t.Errorf("%v rows, %v bytes", p.Rows(), p.Bytes(8))
	}
}

// Of levels 0.5, 1.5, … 9.5 the percentiles are 0.5 + 0.9·{1, 5, 9} (definition 7 of
// Hyndman and Fan).
func TestQuantiles(t *testing.T) {
	p := plan(t, 10)
	q, err := p.Quantiles(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r := q.Rows[0]
	if got := fmt.Sprintf("%.3g %.3g %.3g", r.Low, r.Median, r.High); got != "1.4 5 8.6" || r.Name != "level" || len(r.Medians) != 11 {
		t.Errorf("quantiles of %s are %s", r.Name, got)
	}
	if need, err := p.Memory(); err != nil || need <= 0 {
		t.Errorf("memory %v, %v", need, err)
	}
	if lines := q.Remarks(p.Tally(&q.Outcome)); len(lines) != 0 {
		t.Errorf("remarks %q", lines)
	}
}

// A context that is cancelled beforehand leaves nothing or an outcome that says so.
func TestWriteStops(t *testing.T) {
	p := plan(t, 10)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	o, err := p.Write(ctx, func(int, []float64) error { return nil }, nobody)
	if err == nil && !o.Cancelled {
		t.Errorf("a cancelled run is whole: %+v", o)
	}
}

// What settings fix is not drawn.
func TestFixed(t *testing.T) {
	p := plan(t, 10)
	r, _ := model.Check(p.Model)
	program, _ := sim.Compile(r)
	fixed, err := ensemble.New(context.Background(), p.Model, r, program, sim.Settings{Set: map[string]float64{"Rate": 0.25}}, p.Sampling)
	if err != nil {
		t.Fatal(err)
	}
	if len(fixed.Drawn()) != 0 || !slices.Equal(p.Drawn(), []string{"rate"}) {
		t.Errorf("drawn are %v, and %v without settings", fixed.Drawn(), p.Drawn())
	}
	if lines := fixed.Tally(&ensemble.Outcome{}).Remarks(); len(lines) != 1 {
		t.Errorf("remarks %q", lines)
	}
}
