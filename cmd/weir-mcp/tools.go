package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/columns"
	"weir/scenarios/ensemble"
	"weir/scenarios/explain"
	"weir/scenarios/explain/loops"
	"weir/scenarios/explain/variable"
	"weir/scenarios/imported"
	"weir/scenarios/open"
	"weir/scenarios/output"
	"weir/scenarios/reasons"
	"weir/scenarios/sensitivity"
	"weir/scenarios/uncertainty"
	"weir/sim"
	"weir/sim/sampling"
)

// oneOf returns an error for a format that is none of those given; none at all is always one.
func oneOf(format string, known ...string) error {
	if format != "" && !slices.Contains(known, format) {
		return fmt.Errorf("format is %s, not %q", strings.Join(known, " or "), format)
	}
	return nil
}

type checkQuestion struct {
	Path   string `json:"path" jsonschema:"the file, relative to the server's folder"`
	Format string `json:"format,omitempty" jsonschema:"text or json (weir://schema/check-output)"`
}

// check returns all diagnostics of a file and a summary.
func (s *server) check(ctx context.Context, q checkQuestion) (string, error) {
	if err := oneOf(q.Format, "text", "json"); err != nil {
		return "", err
	}
	f, err := s.file(q.Path)
	if err != nil {
		return "", err
	}
	list, sum, files, err := open.Check(ctx, f, model.ImportOptions{})
	if err != nil {
		return "", err
	}
	return text(q.Format, func(w io.Writer) error {
		if q.Format == "json" {
			return diagnostic.RenderJSON(w, list, files)
		}
		diagnostic.Render(w, list, files)
		_, err := fmt.Fprintf(w, "%s: %s%s\n", q.Path, output.CheckVerdict(list), sum)
		return err
	})
}

type runQuestion struct {
	Path   string             `json:"path" jsonschema:"the model, relative to the server's folder"`
	Set    map[string]float64 `json:"set,omitempty" jsonschema:"constants and decisions with other values, such as seats[charter]: 9000"`
	Keep   []string           `json:"keep,omitempty" jsonschema:"variables to show; without any the stocks, or in CSV all"`
	Runs   int                `json:"runs,omitempty" jsonschema:"many runs with constants drawn from their ranges, at most 100000; quantiles are shown"`
	Seed   uint64             `json:"seed,omitempty" jsonschema:"of random draws"`
	Stop   *float64           `json:"stop,omitempty" jsonschema:"another end of the run"`
	Format string             `json:"format,omitempty" jsonschema:"table, or of one run csv or json (weir://schema/run-output)"`
}

// run runs a model once or many times.
func (s *server) run(ctx context.Context, q runQuestion) (string, error) {
	if err := oneOf(q.Format, "table", "csv", "json"); err != nil {
		return "", err
	}
	switch {
	case q.Runs < 0 || q.Runs > mostRuns:
		return "", fmt.Errorf("runs is 1 to %d here; weir run --runs takes more", mostRuns)
	case q.Runs > 0 && q.Format != "" && q.Format != "table":
		return "", errors.New("of many runs there is a table of quantiles; csv and json are of one run")
	}
	m, r, err := s.model(q.Path, false)
	if err != nil {
		return "", err
	}
	program, err := sim.Compile(r)
	if err != nil {
		return "", err
	}
	settings := sim.Settings{Set: map[string]float64{}, Stop: q.Stop, Seed: q.Seed}
	for name, x := range q.Set {
		settings.Set[m.OurName(name)] = x
	}
	if q.Runs > 0 {
		return quantiles(ctx, m, r, program, settings, q)
	}
	result, err := program.Run(ctx, settings)
	if err != nil {
		return "", err
	}
	f := &output.Run{Model: m, Version: version, Settings: settings, Result: result, Affected: imported.Affected(m, r)}
	if len(q.Keep) > 0 {
		if f.Kept, err = columns.Named(m, r, result.Columns, q.Keep); err != nil {
			return "", err
		}
	}
	return text(q.Format, func(w io.Writer) error {
		if err := f.Write(w, q.Format, columnsOfTable, false); err != nil || q.Format != "csv" {
			return err
		}
		for _, line := range f.Remarks() {
			fmt.Fprintf(w, "# %s\n", line)
		}
		return nil
	})
}

// columnsOfTable is the width of a table, in characters.
const columnsOfTable = 100

// quantiles returns the quantiles of many runs.
func quantiles(ctx context.Context, m *model.Model, r *resolved.Model, program *sim.Program, settings sim.Settings,
	q runQuestion) (string, error) {
	u := uncertainty.Futures{Runs: q.Runs, Method: sampling.Sobol, Seed: q.Seed}
	p, err := ensemble.New(ctx, m, r, program, settings, u)
	if err != nil {
		return "", err
	}
	if err := p.Keep(q.Keep); err != nil {
		return "", err
	}
	found, err := p.Quantiles(ctx, nil)
	if err == nil && found.Cancelled {
		err = ctx.Err()
	}
	if err != nil {
		return "", err
	}
	return text(q.Format, func(w io.Writer) error {
		output.WriteQuantiles(w, output.HeadOf(p, found), found, found.Remarks(p.Tally(&found.Outcome)), columnsOfTable)
		return nil
	})
}

type setQuestion struct {
	Path     string `json:"path" jsonschema:"the model or scenario set, relative to the server's folder"`
	Outcome  string `json:"outcome,omitempty" jsonschema:"the id of an outcome, or a variable; without it the main one"`
	Scenario string `json:"scenario,omitempty" jsonschema:"the id of a scenario; without it all"`
	Format   string `json:"format,omitempty" jsonschema:"table, csv or json; resources weir://schema/… have the schemas"`
}

// compare compares the scenarios of a set.
func (s *server) compare(ctx context.Context, q setQuestion) (string, error) {
	if err := oneOf(q.Format, "table", "csv", "json"); err != nil {
		return "", err
	}
	set, err := s.set(q.Path)
	if err != nil {
		return "", err
	}
	c, unexplained, err := reasons.Compare(ctx, set, q.Format, scenarios.Options{Version: version})
	if err == nil {
		err = unexplained
	}
	if err != nil {
		return "", err
	}
	return text(q.Format, func(w io.Writer) error { return output.WriteComparison(w, c, q.Format, columnsOfTable) })
}

// explain says why a run bends, or why scenarios differ.
func (s *server) explain(ctx context.Context, q setQuestion) (string, error) {
	f, err := s.file(q.Path)
	if err == nil {
		err = oneOf(q.Format, "table", "csv", "json")
	}
	if err != nil {
		return "", err
	}
	if open.IsSet(f) {
		return s.explainSet(ctx, q)
	}
	m, r, err := s.model(q.Path, false)
	if err != nil {
		return "", err
	}
	o := loops.Options{Outcome: m.OurName(q.Outcome)}
	result, err := loops.Of(ctx, r, o)
	if err != nil {
		return "", err
	}
	out := &output.Loops{Model: m, Outcome: o.Outcome, Result: result, Version: version}
	return text(q.Format, func(w io.Writer) error { return out.Write(w, q.Format, columnsOfTable) })
}

// explainSet says why the scenarios of a set differ.
func (s *server) explainSet(ctx context.Context, q setQuestion) (string, error) {
	set, err := s.set(q.Path)
	if err != nil {
		return "", err
	}
	o := explain.Options{Loops: explain.DefaultLoops}
	if err := o.Choose(set, q.Outcome, q.Scenario); err != nil {
		return "", err
	}
	c, err := scenarios.Compare(ctx, set, scenarios.Options{Version: version})
	if err == nil {
		err = explain.Add(ctx, c, o)
	}
	if err != nil {
		return "", err
	}
	return text(q.Format, func(w io.Writer) error { return output.WriteWhy(w, c, q.Format, columnsOfTable) })
}

type sensitivityQuestion struct {
	setQuestion
	Method    string   `json:"method,omitempty" jsonschema:"sobol (shares of the variance), morris (sizes of effects) or tornado (one by one)"`
	Runs      int      `json:"runs,omitempty" jsonschema:"points of sobol, trajectories of morris"`
	Constants []string `json:"constants,omitempty" jsonschema:"vary only these"`
}

// sensitivity says which constants matter.
func (s *server) sensitivity(ctx context.Context, q sensitivityQuestion) (string, error) {
	if q.Method == "" {
		q.Method = string(sensitivity.Sobol)
	}
	switch {
	case q.Runs < 0 || q.Runs > mostRuns:
		return "", fmt.Errorf("runs is 1 to %d here; weir sensitivity --runs takes more", mostRuns)
	case !slices.Contains(sensitivity.Methods, q.Method):
		return "", fmt.Errorf("method is one of %s", strings.Join(sensitivity.Methods, ", "))
	}
	f, err := s.file(q.Path)
	if err == nil {
		err = oneOf(q.Format, "table", "csv", "json")
	}
	if err != nil {
		return "", err
	}
	var set *scenarios.Set
	if open.IsSet(f) {
		set, err = s.set(q.Path)
	} else {
		var m *model.Model
		var r *resolved.Model
		if m, r, err = s.model(q.Path, false); err == nil {
			set = sensitivity.OfModel(m, r)
		}
	}
	if err != nil {
		return "", err
	}
	ask := sensitivity.Question{Scenario: q.Scenario, Runs: q.Runs, Constants: q.Constants,
		Method: sensitivity.Method(q.Method)}
	if q.Outcome != "" {
		ask.Outcomes = []string{q.Outcome}
	}
	result, err := sensitivity.Ask(ctx, set, ask, scenarios.Options{Version: version})
	if err != nil {
		return "", err
	}
	return text(q.Format, func(w io.Writer) error {
		return output.WriteSensitivity(w, result, q.Format, columnsOfTable)
	})
}

type importQuestion struct {
	Path    string `json:"path" jsonschema:"a .mdl, .xmile or .stmx file, relative to the server's folder"`
	Partial bool   `json:"partial,omitempty" jsonschema:"go on without parts that are not supported"`
	Source  bool   `json:"source,omitempty" jsonschema:"also the model as TOML"`
}

// imports says what becomes of another tool's model.
func (s *server) imports(ctx context.Context, q importQuestion) (string, error) {
	m, r, err := s.model(q.Path, q.Partial)
	if err != nil {
		return "", err
	}
	if m.Imported == nil {
		return "", errors.New("it is no file of another tool: import takes .mdl, .xmile and .stmx")
	}
	made, err := imported.Convert(ctx, m, r)
	if err != nil {
		return "", err
	}
	return text("", func(w io.Writer) error {
		fmt.Fprintf(w, "The model as TOML gives the same %d numbers as %s, bit for bit.\n", made.Numbers, q.Path)
		if made.Redrawn {
			fmt.Fprintln(w, "Random draws follow the names of variables, and those in modules have others in the files.")
		}
		output.WriteImport(w, m, imported.Affected(m, r), columnsOfTable)
		if q.Source {
			fmt.Fprintf(w, "\n%s", made.Files["model.toml"])
			for _, name := range slices.Sorted(maps.Keys(made.Files)) { // those of modules
				if strings.HasSuffix(name, ".toml") && name != "model.toml" && name != "scenarios.toml" {
					fmt.Fprintf(w, "\n# The file %s\n%s", name, made.Files[name])
				}
			}
		}
		return nil
	})
}

type inspectQuestion struct {
	Path     string `json:"path" jsonschema:"the model, relative to the server's folder"`
	Variable string `json:"variable,omitempty" jsonschema:"the variable; without it all equations"`
	Format   string `json:"format,omitempty" jsonschema:"text, or of a variable json (weir://schema/variable-output)"`
}

// inspect says what is known of a variable, or all equations.
func (s *server) inspect(ctx context.Context, q inspectQuestion) (string, error) {
	if err := oneOf(q.Format, "text", "json"); err != nil {
		return "", err
	}
	if q.Variable == "" && q.Format == "json" {
		return "", errors.New("all equations are text; json is of one variable")
	}
	m, r, err := s.model(q.Path, false)
	if err != nil {
		return "", err
	}
	if q.Variable == "" {
		return text(q.Format, func(w io.Writer) error { resolved.PrintEquations(w, r); return nil })
	}
	const depth = 2 // links
	report, err := variable.Of(ctx, m, r, q.Variable, depth)
	if err != nil {
		return "", err
	}
	return text(q.Format, func(w io.Writer) error {
		return output.WriteVariable(w, report, m.Time.Unit, q.Format, columnsOfTable)
	})
}
