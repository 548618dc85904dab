package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strings"
	"time"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/structure"
	"weir/model/vensim"
	"weir/scenarios"
	"weir/scenarios/diff"
	"weir/scenarios/start"
	"weir/sim"
)

// worst is the slope on scales of logarithms above which a row is marked: 1 where twice as much takes
// twice as long.
const worst = 1.1

// How often work is measured.
const fewest, most = 3, 30

// A growth is one kind of work at two sizes. prepare, which is not measured, returns the work.
type growth struct {
	name    string
	sizes   [2]int
	prepare func(size int) (func() error, error)
}

// growths are the kinds of work, among them spots that once grew faster than their size.
var growths = []growth{
	// The whole way from a text to numbers.
	{"stocks in a row: read, check, compile, run", variables, func(n int) (func() error, error) {
		text := chain(n, 10)
		return func() error { return run(text, 0) }, nil
	}},
	// What differs between lanes is found by following the equations; in the file's order that took a
	// pass for each stock.
	{"stocks against the file's order, as an ensemble", variables, func(n int) (func() error, error) {
		text := against(n)
		return func() error { return run(text, 8) }, nil
	}},
	// FINAL TIME follows from a row of constants, each of which is read twice: without a memo that is two
	// to the power of the row.
	{"constants of a Vensim model, each by the next", variables, func(n int) (func() error, error) {
		text := constants(n)
		return func() error {
			m, list := vensim.Parse("model.mdl", []byte(text), nil, model.ImportOptions{})
			return mistakes(m == nil, list)
		}, nil
	}},
	// Every column is found by its name.
	{"columns kept by name", variables, func(n int) (func() error, error) {
		p, err := compiled(chain(n, 1))
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("s%d", i))
		}
		return func() error { return members(p, 8, names...) }, err
	}},
	// Feedback loops are listed without walking every path.
	{"loops of two", variables, func(n int) (func() error, error) {
		r, err := checked(pairs(n / 2))
		return func() error { structure.Of(r, nil); return nil }, err
	}},
	// Every table of both files is compared, and both are run.
	{"differences of two models", [2]int{500, 15_000}, func(n int) (func() error, error) {
		a, err := side("a", chain(n, 1))
		if err != nil {
			return nil, err
		}
		b, err := side("b", strings.ReplaceAll(chain(n, 1), "initial = 100\n", "initial = 101\n"))
		return func() error { _, err := diff.Compare(context.Background(), a, b); return err }, err
	}},
	// Each stock is looked up in the run that weir check makes.
	{"remarks on the start of stocks", variables, func(n int) (func() error, error) {
		s, err := side("model.toml", chain(n, 20))
		return func() error { _, err := start.Check(context.Background(), s.Model, s.Resolved, nil); return err }, err
	}},
	// One run, its last row saved.
	{"steps", [2]int{10_000, 300_000}, func(n int) (func() error, error) {
		p, err := compiled(chain(50, n))
		return func() error { _, err := p.Run(context.Background(), sim.Settings{}); return err }, err
	}},
	// A run that meets NaN is repeated to find the first.
	{"steps of a run that ends in NaN", [2]int{10_000, 300_000}, func(n int) (func() error, error) {
		p, err := compiled(strings.Replace(chain(50, n), "s0 / stay", fmt.Sprintf("s0 / stay / (if time < %d then 1 else 0)", n-2), 1))
		return func() error { _, err := p.Run(context.Background(), sim.Settings{}); return err }, err
	}},
	// An ensemble in lanes by one worker.
	{"members", [2]int{1000, 30_000}, func(n int) (func() error, error) {
		p, err := compiled(chain(50, 50))
		return func() error { return members(p, n, "s9") }, err
	}},
	// A comparison, with the run at half the step of each.
	{"scenarios", [2]int{4, 60}, func(n int) (func() error, error) {
		text := set(n)
		s, list := scenarios.Parse("set.toml", []byte(text), func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
			return model.Parse("model.toml", []byte(strings.Replace(chain(200, 400), "[constant.stay]", "[decision.stay]", 1)), nil)
		})
		return func() error {
			_, err := scenarios.Compare(context.Background(), s, scenarios.Options{Workers: 1})
			return err
		}, mistakes(false, list)
	}},
}

// window is how long each kind of work is repeated.
const window = 500 * time.Millisecond

// variables are the sizes of models.
var variables = [2]int{1000, 30_000}

// grow prints how the time of each kind of work grows.
func grow() error {
	fmt.Printf("\n%-48s %8s %10s %8s %10s %6s\n", "", "size", "ms", "size", "ms", "slope")
	for _, g := range growths {
		var ms [2]float64
		for i, n := range g.sizes {
			work, err := g.prepare(n)
			if err != nil {
				return fmt.Errorf("%s of %d: %w", g.name, n, err)
			}
			if ms[i], err = least(work); err != nil {
				return fmt.Errorf("%s of %d: %w", g.name, n, err)
			}
		}
		slope, mark := math.Log(ms[1]/ms[0])/math.Log(float64(g.sizes[1])/float64(g.sizes[0])), ""
		if slope > worst {
			mark = fmt.Sprintf("  over %g", worst)
		}
		fmt.Printf("%-48s %8d %10.2f %8d %10.2f %6.2f%s\n", g.name, g.sizes[0], ms[0], g.sizes[1], ms[1], slope, mark)
	}
	return nil
}

// least returns the milliseconds of processor time that work takes at least, over a few times, the
// collection of its garbage with it. The clock on the wall would tell more of other programs.
func least(work func() error) (float64, error) {
	out := math.Inf(1)
	begin := time.Now()
	for k := 0; k < fewest || k < most && time.Since(begin) < window; k++ {
		runtime.GC()
		used := processorTime()
		if err := work(); err != nil {
			return 0, err
		}
		out = min(out, (processorTime()-used).Seconds()*1e3)
	}
	return out, nil
}

// chain is a model of so many stocks in a row, for so many steps of which the last is saved. It has an
// inflow: stocks that only run dry become subnormal numbers, which processors are slow with.
func chain(stocks, steps int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name = \"Chain\"\n[time]\nstart = 0\nstop = %d\nstep = 1\nsave = %d\nunit = \"day\"\n[constant.stay]\nvalue = 20\n"+
		"[flow.in]\nequation = \"5\"\n", steps, steps)
	for i := range stocks {
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = 100\noutflow = [\"f%d\"]\n", i, i)
		source := "in"
		if i > 0 {
			source = fmt.Sprintf("f%d", i-1)
		}
		fmt.Fprintf(&b, "inflow = [%q]\n", source)
		fmt.Fprintf(&b, "[flow.f%d]\nequation = \"s%d / stay\"\n", i, i)
	}
	return b.String()
}

// against is a chain in which each stock flows at a rate that the next one in the file sets.
func against(stocks int) string {
	text := chain(stocks, 2)
	var old []string
	for i := range stocks - 1 {
		old = append(old, fmt.Sprintf("\"s%d / stay\"", i), fmt.Sprintf("\"s%d / (stay + s%d)\"", i, i+1))
	}
	return strings.NewReplacer(old...).Replace(text)
}

// constants is a Vensim model whose last step follows from a row of constants.
func constants(n int) string {
	var b strings.Builder
	b.WriteString("{UTF-8}\nv0 = 1 ~~|\n")
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "v%d = v%d / 2 + v%d / 2 ~~|\n", i, i-1, i-1)
	}
	fmt.Fprintf(&b, "INITIAL TIME = 0 ~~|\nFINAL TIME = 4 * v%d ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n", n-1)
	return b.String()
}

// pairs is stocks two of which feed each other.
func pairs(n int) string {
	var b strings.Builder
	b.WriteString("name = \"Pairs\"\n[time]\nstart = 0\nstop = 2\nstep = 1\nunit = \"day\"\n")
	for i := range n {
		fmt.Fprintf(&b, "[stock.a%[1]d]\ninitial = 1\ninflow = [\"f%[1]d\"]\n[flow.f%[1]d]\nequation = \"b%[1]d / 9\"\n"+
			"[aux.b%[1]d]\nequation = \"a%[1]d\"\n", i)
	}
	return b.String()
}

// set is so many scenarios over a chain.
func set(n int) string {
	var b strings.Builder
	b.WriteString("model = \"model.toml\"\n[outcome.last]\nvariable = \"s199\"\nbetter = \"higher\"\n")
	for i := range n {
		fmt.Fprintf(&b, "[intervention.i%d.change.stay]\nto = %d\nstart = 1\n[scenario.s%d]\nlabel = \"S%d\"\ninterventions = [\"i%d\"]\n",
			i, 21+i, i, i, i)
	}
	return b.String()
}

// mistakes returns an error for a text with mistakes, or of which there is no model.
func mistakes(none bool, list diagnostic.List) error {
	for _, d := range list {
		if d.Severity == diagnostic.Error {
			return errors.New(d.Message)
		}
	}
	if none {
		return errors.New("there is no model")
	}
	return nil
}

// side returns a text as a side of a difference.
func side(name, text string) (diff.Side, error) {
	m, list := model.Parse(name, []byte(text), nil)
	if err := mistakes(m == nil, list); err != nil {
		return diff.Side{}, err
	}
	r, list := model.Check(m)
	return diff.Side{Name: name, Model: m, Resolved: r}, mistakes(r == nil, list)
}

// checked returns the model of a text.
func checked(text string) (*resolved.Model, error) {
	s, err := side("model.toml", text)
	return s.Resolved, err
}

// compiled returns the program of a text.
func compiled(text string) (*sim.Program, error) {
	r, err := checked(text)
	if err != nil {
		return nil, err
	}
	return sim.Compile(r)
}

// run reads and runs a text, once or as so many members.
func run(text string, n int) error {
	p, err := compiled(text)
	if err == nil && n > 0 {
		return members(p, n, "s9")
	}
	if err == nil {
		_, err = p.Run(context.Background(), sim.Settings{})
	}
	return err
}

// members runs an ensemble in lanes by one worker.
func members(p *sim.Program, n int, keep ...string) error {
	_, err := p.Ensemble(context.Background(), sim.EnsembleSettings{Runs: n, Workers: 1, Lanes: 8, Keep: keep,
		Vary: []string{"stay"}, Values: func(member int, to []float64) { to[0] = 10 + float64(member%20) }})
	return err
}
