package scenarios_test

import (
	"context"
	"fmt"
	"os"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
)

// Three of a hundred children leave every year; from 2027 on, two of a hundred.
func Example() {
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
	set, list := scenarios.Parse("question.toml", []byte(question), func(name string, o model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Parse(name, []byte(school), os.DirFS("."))
	})
	if list.HasErrors() {
		fmt.Println(list)
		return
	}
	c, err := scenarios.Compare(context.Background(), set, scenarios.Options{})
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
