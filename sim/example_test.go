package sim_test

import (
	"context"
	"fmt"

	"weir/model"
	"weir/model/resolved"
	"weir/sim"
)

const school = `name = "School"
[time]
start = 2020
stop = 2024
step = 0.5
save = 1
unit = "year"
[stock.students]
initial = "400"
inflow = ["entering"]
outflow = ["leaving"]
[flow.entering]
equation = "100"
[flow.leaving]
equation = "students / years"
[decision.years]
value = 4
range = [2, 8]
`

// readSchool checks the model above.
func readSchool() *resolved.Model {
	m, _ := model.Parse("school.toml", []byte(school), nil)
	r, problems := model.Check(m)
	if r == nil {
		panic(problems)
	}
	return r
}

// A school in balance: 400/4 = 100 leave each year, as many as enter. From 2022 on the
// students stay for 5 years, so that 80 leave in the first of them. By Euler's method with
// half a year: 400 + 0.5*(100-80) = 410, then 410 + 0.5*(100-82) = 419.
func Example() {
	p, err := sim.Compile(readSchool())
	if err != nil {
		fmt.Println(err)
		return
	}
	change := sim.Change{Variable: "years", Kind: sim.To, Amount: 5, Start: 2022, Until: 2100}
	result, err := p.Run(context.Background(), sim.Settings{Changes: []sim.Change{change}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, t := range result.Time[:4] {
		fmt.Printf("%.0f %.2f\n", t, result.Series("students")[i])
	}
	// Output:
	// 2020 400.00
	// 2021 400.00
	// 2022 400.00
	// 2023 419.00
}

// Nine members with stays of 2, 3, … 10 years end with fewer and more students; the median
// is that of the fifth, 6 years.
func ExampleProgram_Ensemble() {
	p, err := sim.Compile(readSchool())
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := p.Ensemble(context.Background(), sim.EnsembleSettings{
		Runs: 9, Vary: []string{"years"}, Keep: []string{"students"},
		Values: func(member int, to []float64) { to[0] = 2 + float64(member) },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	last := len(r.Time) - 1
	fmt.Println(r.Quantile("students", last, 0.5) == r.Series("students", 4)[last], r.Runs)
	// Output: true 9
}

// With a stay of 2 years the students approach 200: after two years there are
// 200 + 200*0.75⁴ by steps of half a year, and 200 + 200*0.875⁸ by steps of a quarter: 5.4
// more, of 400.
func ExampleProgram_StepError() {
	p, err := sim.Compile(readSchool())
	if err != nil {
		fmt.Println(err)
		return
	}
	s := sim.Settings{Set: map[string]float64{"years": 2}}
	result, err := p.Run(context.Background(), s)
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := p.StepError(context.Background(), s, result)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("half the step moves a variable by up to %.1f %% of its largest value, in %.0f\n", 100*d.Relative, d.At)
	// Output: half the step moves a variable by up to 1.4 % of its largest value, in 2022
}
