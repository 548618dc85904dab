package sim

import (
	"context"
	"testing"
)

// Ensembles of all sizes have the same bits: few members run one by one, more in lanes, whose
// program is kept from one ensemble to the next and made again for other lanes.
func TestLaneProgramsAreKept(t *testing.T) {
	p, err := CompileContext(context.Background(), &exponential(0.5).Model, "rate")
	if err != nil {
		t.Fatal(err)
	}
	value := func(member int) float64 { return 0.1 + 0.01*float64(member) }
	end := func(runs, lanes int) []float64 {
		r, err := p.Ensemble(context.Background(), EnsembleSettings{Runs: runs, Lanes: lanes, Keep: []string{"y"},
			Vary: []string{"rate"}, Values: func(member int, to []float64) { to[0] = value(member) }})
		if err != nil {
			t.Fatal(err)
		}
		var out []float64
		for m := range runs {
			series := r.Series("y", m)
			out = append(out, series[len(series)-1])
		}
		return out
	}
	want := end(40, 8)
	for _, c := range []struct{ runs, lanes int }{{1, 0}, {3, 0}, {40, 0}, {40, 8}, {40, 16}, {40, 1}, {40, 32}, {40, 24}, {40, 8}} {
		for m, got := range end(c.runs, c.lanes) {
			if got != want[m] {
				t.Fatalf("%d members in %d lanes: member %d ends at %v, want %v", c.runs, c.lanes, m, got, want[m])
			}
		}
	}
	v, _, err := p.find("rate")
	if err != nil {
		t.Fatal(err)
	}
	varied := []int{p.slot[v.ID]}
	first := laneProgramOf(context.Background(), p, 8, varied)
	if again := laneProgramOf(context.Background(), p, 8, varied); again != first {
		t.Error("a lane program is made twice")
	}
	// A context that is done leaves nothing half made behind.
	done, cancel := context.WithCancel(context.Background())
	cancel()
	laneProgramOf(done, p, 48, varied)
	part := laneProgramOf(done, p, 48, varied)
	if part == laneProgramOf(context.Background(), p, 48, varied) {
		t.Error("a lane program of a stopped ensemble is kept")
	}
}
