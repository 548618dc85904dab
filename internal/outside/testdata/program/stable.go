package main

import (
	"context"
	"io"
	"io/fs"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/output"
	"weir/scenarios/reasons"
	"weir/scenarios/report"
	"weir/sim"
)

// A name that is stable stands here with its type: a change of any of these is a change of the major
// version.

var _ func(string) (*model.Model, diagnostic.List) = model.Load
var _ func(string, []byte, fs.FS) (*model.Model, diagnostic.List) = model.Parse
var _ func(*model.Model) (*resolved.Model, diagnostic.List) = model.Check
var _ func(*model.Model) ([]byte, map[string][]byte) = model.Write
var _ func(diagnostic.List) bool = diagnostic.List.HasErrors
var _ func(*resolved.Model, ...string) (*sim.Program, error) = sim.Compile
var _ func(*sim.Program, context.Context, sim.Settings) (*sim.Result, error) = (*sim.Program).Run
var _ func(*sim.Program, context.Context, sim.EnsembleSettings) (*sim.EnsembleResult, error) = (*sim.Program).Ensemble
var _ func(*sim.Result, string) []float64 = (*sim.Result).Series
var _ func(*sim.Result, string, float64) float64 = (*sim.Result).At
var _ func(*sim.EnsembleResult, string, int, float64) float64 = (*sim.EnsembleResult).Quantile
var _ func(*sim.EnsembleResult, string, int) []float64 = (*sim.EnsembleResult).Series
var _ func(string) (*scenarios.Set, diagnostic.List) = scenarios.Load
var _ func(context.Context, *scenarios.Set, scenarios.Options) (*scenarios.Comparison, error) = scenarios.Compare
var _ func(context.Context, *scenarios.Set, string, scenarios.Options) (*scenarios.Comparison, error, error) = reasons.Compare
var _ func(io.Writer, *scenarios.Comparison) error = report.Write
var _ func(io.Writer, *scenarios.Comparison, string, int) error = output.WriteComparison

var _ = diagnostic.Diagnostic{Code: "", Severity: diagnostic.Error, Span: diagnostic.Span{}, Message: "", Hint: ""}

var _ = sim.Settings{Set: map[string]float64{}, Changes: []sim.Change{}, Step: new(float64), Save: new(float64),
	Stop: new(float64), Method: "", Seed: 0, Member: 0, Progress: func(float64) {}}

var _ = sim.EnsembleSettings{Settings: sim.Settings{}, Runs: 0, Vary: []string{}, Values: func(int, []float64) {},
	Keep: []string{}, Workers: 0, Progress: func(sim.Progress) {}}

var _ = sim.Result{Columns: []sim.Column{}, Time: []float64{}, NonFinite: (*sim.NonFinite)(nil), Complete: true}

var _ = scenarios.Verdict{Scenario: (*scenarios.Scenario)(nil), Outcome: (*scenarios.Outcome)(nil), Baseline: 0,
	Value: 0, Difference: 0, Distinguishable: true, Improves: true}
