// A program of another module that runs a model, many futures of it, and a comparison.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"weir/model"
	"weir/scenarios"
	"weir/scenarios/reasons"
	"weir/scenarios/report"
	"weir/sim"
)

func main() {
	ctx := context.Background()
	m, mistakes := model.Load("model.toml")
	if mistakes.HasErrors() {
		log.Fatal(mistakes[0].Message)
	}
	checked, mistakes := model.Check(m)
	if mistakes.HasErrors() {
		log.Fatal(mistakes[0].Message)
	}
	program, err := sim.Compile(checked, "years_at_school")
	if err != nil {
		log.Fatal(err)
	}
	run, err := program.Run(ctx, sim.Settings{Set: map[string]float64{"coached": 0.5}})
	if err != nil {
		log.Fatal(err)
	}
	students := run.Series("students")
	fmt.Println("students", students[len(students)-1])

	many, err := program.Ensemble(ctx, sim.EnsembleSettings{Runs: 100, Vary: []string{"years_at_school"}, Keep: []string{"students"},
		Values: func(member int, to []float64) { to[0] = 5 + 0.02*float64(member) }})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("median", many.Quantile("students", len(many.Time)-1, 0.5))

	set, mistakes := scenarios.Load("scenarios.toml")
	if mistakes.HasErrors() {
		log.Fatal(mistakes[0].Message)
	}
	compared, _, err := reasons.Compare(ctx, set, "html", scenarios.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range compared.Verdicts {
		fmt.Println(v.Scenario.ID, v.Outcome.ID, v.Difference)
	}
	page, err := os.Create("page.html")
	if err == nil {
		err = report.Write(page, compared)
	}
	if err != nil {
		log.Fatal(err)
	}
}
