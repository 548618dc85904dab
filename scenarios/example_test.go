package scenarios_test

import (
	"context"
	"fmt"
	"os"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios"
)

// Three of a hundred children leave every year; from 2027 on, two of a hundred.
func Example() {
	c, err := scenarios.Compare(context.Background(), readQuestion(), scenarios.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	v := c.Verdicts[0]
	fmt.Printf("%s, %s: %.1f instead of %.1f in %.0f, half of the difference by %.0f\n",
		v.Scenario.Label, v.Outcome.Label, v.Value, v.Baseline, c.Horizon, *v.HalfEffect)
	// 1000 exp(-0.03*20) = 548.8, and 1000 exp(-0.03*7 - 0.02*13) = 625.0

	// Output:
	// A warmer welcome, Children enrolled: 625.0 instead of 548.8 in 2040, half of the difference by 2032
}

const school = `today = 2026
[time]
start = 2020
stop  = 2040
step  = 0.25
unit  = "year"
method = "rk4"
[stock.children]
label   = "Children enrolled"
initial = "1000"
outflow = ["leaving"]
[flow.leaving]
equation = "children * leaving_share"
[decision.leaving_share]
value = 0.03
`

const question = `model = "school.toml"
[outcome.children]
variable = "children"
better   = "higher"
[intervention.welcome.change.leaving_share]
to    = 0.02
start = 2027
[scenario.welcome]
label = "A warmer welcome"
interventions = ["welcome"]
`

// readQuestion reads the question about the school.
func readQuestion() *scenarios.Set {
	set, list := scenarios.Parse("question.toml", []byte(question), func(name string, o model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Parse(name, []byte(school), os.DirFS("."))
	})
	if list.HasErrors() {
		panic(list)
	}
	return set
}

// Every combination of interventions is compared with no new decisions.
func ExampleRunBundles() {
	b, err := scenarios.RunBundles(context.Background(), readQuestion(), scenarios.BundleOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range b.List {
		fmt.Printf("%s: %+.1f\n", x.Name(), x.Effects[0].Median)
	}
	// 625.0 - 548.8, as above

	// Output:
	// No new decisions: +0.0
	// Welcome: +76.2
}

// A model that ends at 11 and 18 where 10 and 20 were recorded is off by 10 percent, and
// moves in the recorded direction.
func ExampleFitOf() {
	f := scenarios.FitOf([]float64{2020, 2021}, []float64{11, 18}, []resolved.Point{{X: 2020, Y: 10}, {X: 2021, Y: 20}})
	fmt.Printf("%.0f %% on average, %+.0f %% at worst, %d of %d directions\n", 100*f.MAPE, 100*f.Worst, f.DirectionsRight, f.Directions)
	// Output: 10 % on average, +10 % at worst, 1 of 1 directions
}
