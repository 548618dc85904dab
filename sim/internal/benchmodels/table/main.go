// Table measures the engine beside plain Go and C of the same models, all in one run and in turn, so
// that whatever else the machine does slows all of them, and prints the ratios. C is made from the
// checked model and compiled by cc -O2; without a C compiler its columns are empty. A second table has
// the slopes with which work grows.
//
//	go run ./sim/internal/benchmodels/table
package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"weir/model"
	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/benchmodels"
)

// How much is measured.
const (
	rounds = 9
	single = 40 * time.Millisecond // at least, of each in a round
)

func main() {
	folder, err := os.MkdirTemp("", "weir-bench")
	if err == nil {
		err = table(folder)
		os.RemoveAll(folder)
	}
	if err == nil {
		err = grow()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

// table prints the rows.
func table(folder string) error {
	fmt.Printf("%s, %d processors, %s/%s; C by %s\n", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH,
		compiler())
	fmt.Printf("%-8s %12s %10s %10s %8s %8s   %12s %8s %8s\n", "", "one run µs", "Go", "C", "× Go", "× C",
		"ensemble µs", "× Go", "× C")
	for _, m := range benchmodels.Models() {
		c, err := newContest(folder, m)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		if err := c.measure(); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
		fmt.Println(c.row())
	}
	fmt.Println("The fastest of", rounds, "rounds in turn; a run is 800 steps with its rows, of an ensemble one member by one worker.")
	return nil
}

// A contest is one model in its forms.
type contest struct {
	model    benchmodels.Model
	program  *sim.Program
	vary     []string // constants of the ensemble
	own      []float64
	members  int
	binary   string // of C; "" without a compiler
	repeats  map[string]int
	measured map[string][]float64 // nanoseconds of a run, by form and round
}

// newContest prepares a model. The error is one of making its program, or of C that computes other
// numbers.
func newContest(folder string, m benchmodels.Model) (*contest, error) {
	doc, list := model.Parse(m.Name+".toml", []byte(m.TOML), nil)
	if list.HasErrors() {
		return nil, fmt.Errorf("%v", list[0].Message)
	}
	r, list := model.Check(doc)
	if r == nil {
		return nil, fmt.Errorf("%v", list[0].Message)
	}
	c := &contest{model: m, members: map[string]int{"small": 2048, "medium": 256, "wide": 32}[m.Name],
		repeats: map[string]int{}, measured: map[string][]float64{}}
	var err error
	if c.program, err = sim.Compile(r); err != nil {
		return nil, err
	}
	for _, v := range r.Variables {
		if v.Kind == resolved.Constant && !v.Hidden && len(v.Over) == 0 && len(c.vary) < 10 {
			c.vary = append(c.vary, v.Name)
			c.own = append(c.own, v.Parts[0].Expr.(*resolved.Const).Value)
		}
	}
	if compiler() == "" {
		return c, nil
	}
	return c, c.compile(folder, r)
}

// compile makes the C program and compares its last row with that of plain Go.
func (c *contest) compile(folder string, r *resolved.Model) error {
	text, err := emit(r, c.model.Names)
	if err != nil {
		return err
	}
	source := filepath.Join(folder, c.model.Name+".c")
	c.binary = filepath.Join(folder, c.model.Name)
	if err := os.WriteFile(source, []byte(text), 0o600); err != nil {
		return err
	}
	if out, err := exec.Command("cc", "-O2", "-o", c.binary, source, "-lm").CombinedOutput(); err != nil {
		return fmt.Errorf("cc: %w\n%s", err, out)
	}
	_, row, err := c.runC(1)
	if err != nil {
		return err
	}
	rows := c.model.Hand()
	for i, want := range rows[len(rows)-1] {
		if math.Abs(row[i]-want) > 1e-9*math.Abs(want) {
			return fmt.Errorf("%s is %v in C and %v by hand", c.model.Names[i], row[i], want)
		}
	}
	return nil
}

// runC returns the nanoseconds of the fastest of n runs, and the last row.
func (c *contest) runC(n int) (ns float64, row []float64, err error) {
	out, err := exec.Command(c.binary, strconv.Itoa(n)).Output()
	if err != nil {
		return 0, nil, err
	}
	for i, line := range strings.Fields(string(out)) {
		x, err := strconv.ParseFloat(line, 64)
		if err != nil {
			return 0, nil, err
		}
		if i == 0 {
			ns = x
		} else {
			row = append(row, x)
		}
	}
	return ns, row, nil
}

// measure runs all forms in turn.
func (c *contest) measure() error {
	var failed error
	note := func(err error) {
		if failed == nil {
			failed = err
		}
	}
	// Each form returns nanoseconds of a run: the fastest of n.
	forms := map[string]func(n int) float64{
		"engine": func(n int) float64 {
			return fastest(n, func() { _, err := c.program.Run(context.Background(), sim.Settings{}); note(err) })
		},
		"hand": func(n int) float64 { return fastest(n, func() { c.model.Hand() }) },
		"ensemble": func(n int) float64 {
			return fastest(n, func() { note(c.ensemble()) }) / float64(c.members)
		},
		"c": func(n int) float64 {
			ns, _, err := c.runC(n)
			note(err)
			return ns
		},
	}
	names := []string{"engine", "hand", "ensemble"}
	if c.binary != "" {
		names = append(names, "c")
	}
	// The first call warms the form up, and says how often it fits into a round.
	for _, name := range names {
		begin := time.Now()
		forms[name](1)
		c.repeats[name] = max(1, int(single/max(time.Microsecond, time.Since(begin))))
	}
	for range rounds {
		for _, name := range names {
			c.measured[name] = append(c.measured[name], forms[name](c.repeats[name]))
		}
	}
	return failed
}

// ensemble runs all members by one worker, each with other constants.
func (c *contest) ensemble() error {
	_, err := c.program.Ensemble(context.Background(), sim.EnsembleSettings{Runs: c.members, Workers: 1,
		Keep: c.model.Names[:2], Vary: c.vary, Values: func(member int, to []float64) {
			for i, x := range c.own {
				to[i] = x * (1 + 0.001*float64(member%16))
			}
		}})
	return err
}

// fastest returns the nanoseconds of the fastest of n calls.
func fastest(n int, f func()) float64 {
	best := math.Inf(1)
	for range n {
		begin := time.Now()
		f()
		best = min(best, float64(time.Since(begin).Nanoseconds()))
	}
	return best
}

// row returns the line of the table.
func (c *contest) row() string {
	of := func(form string) float64 {
		if len(c.measured[form]) == 0 {
			return math.NaN()
		}
		return slices.Min(c.measured[form]) // whatever else runs only adds
	}
	text := func(x float64, format string) string {
		if math.IsNaN(x) {
			return "–"
		}
		return fmt.Sprintf(format, x)
	}
	engine, hand, ensemble, inC := of("engine"), of("hand"), of("ensemble"), of("c")
	return fmt.Sprintf("%-8s %12.1f %10.1f %10s %8.2f %8s   %12.2f %8.2f %8s", c.model.Name, engine/1e3, hand/1e3,
		text(inC/1e3, "%.1f"), engine/hand, text(engine/inC, "%.2f"), ensemble/1e3, ensemble/hand,
		text(ensemble/inC, "%.2f"))
}

// compiler returns the name and version of the C compiler, "" if there is none.
func compiler() string {
	out, err := exec.Command("cc", "--version").Output()
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return first
}

// processor returns the name of the machine's processor, as far as the system says it.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "a processor without a name"
}
