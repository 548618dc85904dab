package sim_test

import (
	"context"
	"os"
	"testing"

	"weir/sim"
	"weir/sim/internal/benchmodels"
	"weir/sim/internal/native"
)

// Every run of these tests is as machine code where there is any, however short.
func TestMain(m *testing.M) {
	native.Least = 0
	os.Exit(m.Run())
}

// A run has the same bits as machine code and by the virtual machine, by each kind of method, with
// arrays long and short.
func TestRunWithAndWithoutMachineCode(t *testing.T) {
	defer func() { native.Off = false }()
	for _, m := range benchmodels.Models() {
		for _, method := range []string{"euler", "rk4", "rk45"} {
			p, err := sim.Compile(check(t, m.TOML, nil))
			if err != nil {
				t.Fatal(err)
			}
			var results [2]*sim.Result
			for i := range results {
				native.Off = i > 0
				s := sim.Settings{Method: method, Stop: new(10.0)}
				if results[i], err = p.Run(context.Background(), s); err != nil {
					t.Fatal(err)
				}
			}
			for i := range results[1].Time {
				for k, x := range results[1].Row(i) {
					if got := results[0].Row(i)[k]; !same(got, x) {
						t.Fatalf("%s by %s: %s is %v in row %d, %v by the virtual machine", m.Name, method,
							results[0].Columns[k].Name(), got, i, x)
					}
				}
			}
		}
	}
}
