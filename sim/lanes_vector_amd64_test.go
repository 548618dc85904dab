package sim_test

import (
	"context"
	"math"
	"testing"

	"weir/sim"
	"weir/sim/internal/benchmodels"
	"weir/sim/internal/vector"
)

// An ensemble has the same bits with the processor's instructions and without, by each
// method of fixed step.
func TestEnsembleWithAndWithoutVectors(t *testing.T) {
	if !vector.Available {
		t.Skip("this processor has no such instructions")
	}
	defer func() { vector.Available = true }()
	for _, m := range benchmodels.Models() {
		for _, method := range []string{"euler", "rk4"} {
			var results [2]*sim.EnsembleResult
			for i := range results {
				vector.Available = i == 0
				r := check(t, m.TOML, nil)
				p, err := sim.Compile(r)
				if err != nil {
					t.Fatal(err)
				}
				s := aroundValues(r, sim.EnsembleSettings{Settings: sim.Settings{Method: method, Stop: new(10.0)}, Runs: 37, Workers: 1, Keep: m.Names})
				if results[i], err = p.Ensemble(context.Background(), s); err != nil {
					t.Fatal(err)
				}
			}
			for _, name := range m.Names {
				for row := range results[0].Time {
					other := results[1].Values(name, row)
					for member, x := range results[0].Values(name, row) {
						if math.Float64bits(x) != math.Float64bits(other[member]) {
							t.Fatalf("%s by %s: %s of member %d is %x at row %d, %x in Go", m.Name, method, name, member, x, row, other[member])
						}
					}
				}
			}
		}
	}
}
