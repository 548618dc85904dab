package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/imported"
	"weir/scenarios/words"
	"weir/sim"
	"weir/sim/sampling"

	"github.com/urfave/cli/v2"
)

// Bounds of an ensemble that is written.
const (
	blockNumbers = 1 << 24  // written at a time: 128 MB, and a second or two
	blockLeast   = 256      // members, to keep the processor's lanes full
	maxFile      = 32 << 30 // bytes
	csvNumber    = 18       // bytes of a number in CSV, about
)

// An ensembleRun is weir run --runs: many members of one model.
type ensembleRun struct {
	file      string
	model     *model.Model
	program   *sim.Program
	settings  sim.Settings
	sampling  scenarios.Uncertainty
	sampler   *scenarios.Sampler
	columns   []sim.Column // kept
	step      float64
	method    string
	failures  []sim.MemberFailure // the first ten
	failed    int
	members   int // run so far
	cancelled bool
	affected  []string // variables that are not those of the original
}

// ensembleFlags are those of weir run that only an ensemble has.
func ensembleFlags() []cli.Flag {
	return []cli.Flag{
		&cli.IntFlag{Name: "runs", Usage: "`N` runs, in each of which every constant with a range is drawn anew"},
		&cli.StringFlag{Name: "sampling", Value: string(sampling.Sobol), Usage: "with --runs: `HOW` constants are drawn: " + strings.Join(sampling.Methods, ", ")},
		&cli.StringSliceFlag{Name: "keep", Usage: "with --runs: the variable `NAME`, or NAME[element]; stocks if none is named"},
	}
}

// runEnsemble does weir run --runs.
func runEnsemble(c *cli.Context, m *model.Model, r *resolved.Model, program *sim.Program, settings sim.Settings, format string) error {
	output := c.String("output")
	if format == "parquet" && (output == "" || output == "-") && isTerminal(c.App.Writer) {
		return usagef("--format parquet is not for a terminal: say -o FILE")
	}
	e := &ensembleRun{file: c.Args().First(), model: m, program: program, settings: settings, affected: imported.Affected(m, r)}
	if err := e.plan(c, r); err != nil {
		return err
	}
	if format == "table" {
		return e.quantiles(c, output)
	}
	return e.write(c, format, output)
}

// runFormat is --format, checked against what one run and many can be written as.
func runFormat(c *cli.Context) (string, error) {
	many := c.IsSet("runs")
	known := []string{"table", "csv", "json"}
	if many {
		known = []string{"table", "csv", "parquet"}
	}
	for _, flag := range []string{"sampling", "keep"} {
		if c.IsSet(flag) && !many {
			return "", usagef("--%s is for many runs: say --runs N", flag)
		}
	}
	if m := c.String("method"); slices.Contains(sampling.Methods, m) {
		return "", usagef("--method is how the model is computed; how constants are drawn is --sampling %s", m)
	}
	format, err := oneOf(c, "format", "table", "csv", "json", "parquet")
	if err == nil && !slices.Contains(known, format) {
		if many {
			return "", usagef("--format %s is for one run; many are written as csv or parquet", format)
		}
		return "", usagef("--format %s is for many runs: say --runs N", format)
	}
	return format, err
}

// plan finds out what is drawn, and what a row holds.
func (e *ensembleRun) plan(c *cli.Context, r *resolved.Model) error {
	how, err := oneOf(c, "sampling", sampling.Methods...)
	if err != nil {
		return err
	}
	if c.Int("runs") < 1 {
		return usagef("--runs is at least 1, not %d", c.Int("runs"))
	}
	e.sampling = scenarios.Uncertainty{Runs: c.Int("runs"), Method: sampling.Method(how), Seed: c.Uint64("seed")}
	if e.sampling.Sources, err = scenarios.UncertainConstants(e.model, r, e.fixed); err != nil {
		return fmt.Errorf("%s: %w", e.file, err)
	}
	if e.sampler, err = e.sampling.Sampler(); err != nil {
		return usagef("--runs: %v", err)
	}
	first, err := e.program.Run(c.Context, e.settings)
	if err != nil {
		return fmt.Errorf("%s: %w", e.file, err)
	}
	e.step, e.method = first.Step, first.Method
	return e.keep(c.StringSlice("keep"), first.Columns)
}

// fixed reports whether --set gives a constant one value.
func (e *ensembleRun) fixed(name string) bool {
	for set := range e.settings.Set {
		base, _, _ := strings.Cut(set, "[")
		if strings.EqualFold(strings.TrimSpace(base), name) {
			return true
		}
	}
	return false
}

// keep finds the columns of names; the stocks if there are none.
func (e *ensembleRun) keep(names []string, all []sim.Column) error {
	if len(names) == 0 {
		for _, c := range all {
			if v := e.model.Variable(c.Variable); v != nil && v.Kind == model.KindStock {
				e.columns = append(e.columns, c)
			}
		}
		return nil
	}
	for _, name := range names {
		name, found := e.model.OurName(name), false
		for _, c := range all {
			if !strings.EqualFold(c.Variable, strings.TrimSpace(name)) && !sameName(c.Name(), name) {
				continue
			}
			found = true
			if !slices.ContainsFunc(e.columns, func(k sim.Column) bool { return k.Name() == c.Name() }) {
				e.columns = append(e.columns, c)
			}
		}
		if !found {
			return usagef("--keep: %s", unknownColumn(name, all))
		}
	}
	return nil
}

// sameName compares names of columns; spaces and case do not matter.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", ""))
}

func unknownColumn(name string, all []sim.Column) string {
	var known []string
	for _, c := range all {
		known = append(known, c.Name(), c.Variable)
	}
	if near := diagnostic.Nearest(name, known); near != "" {
		return fmt.Sprintf("the model has no variable %q: did you mean %s?", name, near)
	}
	return fmt.Sprintf("the model has no variable %q", name)
}

// names are those of the kept columns.
func (e *ensembleRun) names() []string {
	var list []string
	called := imported.ColumnNames(e.model)
	for _, c := range e.columns {
		list = append(list, called(c))
	}
	return list
}

// block are the settings for some members: n of them from first on.
func (e *ensembleRun) block(first, n int) sim.EnsembleSettings {
	s := sim.EnsembleSettings{
		Settings: e.settings, Runs: n, Vary: e.sampler.Vary(),
		Values: func(member int, to []float64) { e.sampler.Values(first+member, to) },
	}
	s.Member += uint64(first)
	return s
}

// note takes the failures of a block.
func (e *ensembleRun) note(r *sim.EnsembleResult, first int) {
	e.failed += len(r.NonFinite)
	e.members += r.Done
	for _, f := range r.NonFinite {
		if f.Member += first; len(e.failures) < 10 {
			e.failures = append(e.failures, f)
		}
	}
}

// write runs members block by block and writes each block before the next. The file
// gets its name when it is whole; if the work was stopped it is FILE.partial.
func (e *ensembleRun) write(c *cli.Context, format, output string) error {
	rows := e.rows()
	if err := e.affordable(c, format, rows); err != nil {
		return err
	}
	size := max(blockLeast, int(blockNumbers/(rows*e.width()))/blockLeast*blockLeast)
	target := output
	if target != "" && target != "-" {
		target += ".partial"
	}
	err := writeOutput(target, c.App.Writer, func(w io.Writer) error {
		out := e.writer(w, format)
		if err := e.blocks(c, out, size); err != nil {
			return err
		}
		return out.close(e)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", e.file, err)
	}
	if !e.cancelled && target != output {
		if err := os.Rename(target, output); err != nil {
			return fmt.Errorf("cannot write %s: %w", output, err)
		}
	}
	e.remark(c)
	if e.cancelled {
		return fmt.Errorf("stopped after %s of %s; they are in %s", words.Grouped(float64(e.members)), words.Count(e.sampling.Runs, "run"), outputName(target))
	}
	return nil
}

// rows is how many rows a member has.
func (e *ensembleRun) rows() float64 {
	t, save, stop := e.model.Time, e.settings.Save, e.settings.Stop
	if save == 0 {
		save = max(t.Save, e.settings.Step)
	}
	if stop == 0 {
		stop = t.Stop
	}
	return math.Round((stop-t.Start)/save) + 1
}

// width is how many numbers a row has.
func (e *ensembleRun) width() float64 { return float64(2 + len(e.sampler.Vary()) + len(e.columns)) }

// affordable refuses a file that nobody can want, and says what a large one will be.
func (e *ensembleRun) affordable(c *cli.Context, format string, rows float64) error {
	width := e.width()
	number := 8.0
	if format == "csv" {
		number = csvNumber
	}
	all := rows * float64(e.sampling.Runs)
	need := all * width * number
	what := fmt.Sprintf("%s rows of %s numbers, about %s", words.Grouped(all), words.Grouped(width), words.Bytes(need))
	if need > maxFile {
		return usagef("%s would be %s; at most %s are written. Fewer numbers: --save %s keeps fewer rows, --keep fewer variables, --set NAME=VALUE draws fewer constants; without --format only quantiles are computed, for any number of runs",
			words.Count(e.sampling.Runs, "run"), what, words.Bytes(maxFile), number4(e.longer(rows, need)))
	}
	if need > 1<<30 && !c.Bool("quiet") {
		fmt.Fprintf(c.App.ErrWriter, "weir: writing %s\n", what)
	}
	return nil
}

// longer is a whole number of time units between rows with which a file fits, or the
// whole run.
func (e *ensembleRun) longer(rows, need float64) float64 {
	save := e.settings.Save
	if save == 0 {
		save = max(e.model.Time.Save, e.settings.Step)
	}
	for k := 2.0; k < rows-1; k++ {
		if need/k <= maxFile && math.Mod(rows-1, k) == 0 && math.Mod(save*k, 1) == 0 {
			return save * k
		}
	}
	return save * (rows - 1)
}

func number4(x float64) string { return fmt.Sprintf("%.4g", x) }

// blocks runs all members.
func (e *ensembleRun) blocks(c *cli.Context, out memberWriter, size int) error {
	bar := newEnsembleBar(c.App.ErrWriter, e.sampling.Runs)
	defer bar.done()
	for first := 0; first < e.sampling.Runs; first += size {
		s := e.block(first, min(size, e.sampling.Runs-first))
		s.Keep = e.names()
		s.Progress = bar.from(first)
		r, err := e.program.Ensemble(c.Context, s)
		if err != nil && (!errors.Is(err, context.Canceled) || r == nil) {
			return err
		}
		e.note(r, first)
		if err := e.put(out, r, first); err != nil {
			return err
		}
		if !r.Complete {
			e.cancelled = true
			return nil
		}
	}
	return nil
}

// put writes the members of a block that were run.
func (e *ensembleRun) put(out memberWriter, r *sim.EnsembleResult, first int) error {
	drawn := len(e.sampler.Vary())
	row := make([]float64, 1+drawn+len(e.columns))
	values := make([][][]float64, len(e.columns)) // by column and row
	for k, c := range e.columns {
		for i := range r.Time {
			values[k] = append(values[k], r.Values(c.Name(), i))
		}
	}
	for m := range r.Runs {
		e.sampler.Values(first+m, row[1:1+drawn])
		for i := range r.Rows(m) {
			row[0] = r.Time[i]
			for k := range values {
				row[1+drawn+k] = values[k][i][m]
			}
			if err := out.row(first+m, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// remark says on standard error which members broke down.
func (e *ensembleRun) remark(c *cli.Context) {
	if c.Bool("quiet") {
		return
	}
	for _, line := range e.remarks() {
		fmt.Fprintf(c.App.ErrWriter, "weir: %s\n", line)
	}
}

// remarks are what a reader of the numbers should know.
func (e *ensembleRun) remarks() []string {
	var lines []string
	if len(e.sampler.Vary()) == 0 {
		lines = append(lines, "no constant has a range: runs differ by random draws only")
	}
	if e.failed > 0 {
		lines = append(lines, fmt.Sprintf("%d of %s broke down; their rows end there, and quantiles are without them", e.failed, words.Count(e.members, "run")))
	}
	for _, f := range e.failures[:min(3, len(e.failures))] {
		what := f.Message
		if f.Cause != nil {
			what = nonFinite(f.Cause, e.model.Time.Unit)
		}
		lines = append(lines, fmt.Sprintf("run %d: %s", f.Member, what))
	}
	return lines
}
