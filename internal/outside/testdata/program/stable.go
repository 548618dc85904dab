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

// What is stable, with its types: a change of any of these is a change of the major version.
var (
	_ func(string) (*model.Model, diagnostic.List)                                                           = model.Load
	_ func(string, []byte, fs.FS) (*model.Model, diagnostic.List)                                            = model.Parse
	_ func(*model.Model) (*resolved.Model, diagnostic.List)                                                  = model.Check
	_ func(*model.Model) ([]byte, map[string][]byte)                                                         = model.Write
	_ func(diagnostic.List) bool                                                                             = diagnostic.List.HasErrors
	_ func(*resolved.Model, ...string) (*sim.Program, error)                                                 = sim.Compile
	_ func(*sim.Program, context.Context, sim.Settings) (*sim.Result, error)                                 = (*sim.Program).Run
	_ func(*sim.Program, context.Context, sim.EnsembleSettings) (*sim.EnsembleResult, error)                 = (*sim.Program).Ensemble
	_ func(*sim.Result, string) []float64                                                                    = (*sim.Result).Series
	_ func(*sim.Result, string, float64) float64                                                             = (*sim.Result).At
	_ func(*sim.EnsembleResult, string, int, float64) float64                                                = (*sim.EnsembleResult).Quantile
	_ func(*sim.EnsembleResult, string, int) []float64                                                       = (*sim.EnsembleResult).Series
	_ func(string) (*scenarios.Set, diagnostic.List)                                                         = scenarios.Load
	_ func(context.Context, *scenarios.Set, scenarios.Options) (*scenarios.Comparison, error)                = scenarios.Compare
	_ func(context.Context, *scenarios.Set, string, scenarios.Options) (*scenarios.Comparison, error, error) = reasons.Compare
	_ func(io.Writer, *scenarios.Comparison) error                                                           = report.Write
	_ func(io.Writer, *scenarios.Comparison, string, int) error                                              = output.WriteComparison
)

var _ = diagnostic.Diagnostic{Code: "", Severity: diagnostic.Error, Span: diagnostic.Span{}, Message: "", Hint: ""}

var _ = sim.Settings{Set: map[string]float64{}, Changes: []sim.Change{}, Step: new(float64), Save: new(float64),
	Stop: new(float64), Method: "", Seed: 0, Member: 0, Progress: func(float64) {}}

var _ = sim.EnsembleSettings{Settings: sim.Settings{}, Runs: 0, Vary: []string{}, Values: func(int, []float64) {},
	Keep: []string{}, Workers: 0, Progress: func(sim.Progress) {}}

var _ = sim.Result{Columns: []sim.Column{}, Time: []float64{}, NonFinite: (*sim.NonFinite)(nil), Complete: true}

var _ = scenarios.Verdict{Scenario: (*scenarios.Scenario)(nil), Outcome: (*scenarios.Outcome)(nil), Baseline: 0,
	Value: 0, Difference: 0, Distinguishable: true, Improves: true}
