package behaviour

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/scenarios/internal/element"
	"weir/scenarios/uncertainty"
	"weir/sim"
	"weir/sim/sampling"
)

// mostReduced is how many failing futures are searched for the one with the fewest constants moved.
const mostReduced = 5

// A drawn is the futures of one test: the constants that vary, and their values in each future.
// The draws are a scrambled Sobol sequence with a fixed seed, so every run has the same ones.
type drawn struct {
	plan    *plan
	test    *test
	program *sim.Program
	sources []uncertainty.Source
	sampler *uncertainty.Sampler
}

// draw returns the futures of a test; nil if it has none. A constant that one of its runs sets
// keeps that value. A test of which no constant varies gets a mistake instead.
func (p *plan) draw(t *test) *drawn {
	if t.decl.Futures == nil || p.checked == nil || t.decl.Broken {
		return nil
	}
	d := &drawn{plan: p, test: t}
	var err error
	d.sources, err = uncertainty.Constants(p.m, p.checked, t.sets)
	switch {
	case err != nil:
		t.report(NothingVaries, t.decl.FuturesSpan, "", "futures cannot be drawn: %v", err)
		return nil
	case len(d.sources) == 0:
		t.report(NothingVaries, t.decl.FuturesSpan, "give a constant a range, or take futures out of the test",
			"no constant that test %s leaves free has a range: all futures are one", t.decl.Name)
		return nil
	}
	u := &uncertainty.Futures{Runs: *t.decl.Futures, Method: sampling.Sobol, Seed: 1, Sources: d.sources}
	if len(d.sources) > sampling.MaxDims {
		u.Method = sampling.LatinHypercube
	}
	if d.sampler, err = u.Sampler(); err != nil {
		t.report(NothingVaries, t.decl.FuturesSpan, "", "futures cannot be drawn: %v", err)
		return nil
	}
	return d
}

// sets reports whether one of a test's runs sets a constant, or elements of it.
func (t *test) sets(name string) bool {
	in := func(s sim.Settings) bool {
		for full := range s.Set {
			if base, _, _ := element.Split(full); base == name {
				return true
			}
		}
		return false
	}
	for _, other := range t.others {
		if in(other) {
			return true
		}
	}
	return in(t.settings)
}

// with returns settings in a future, of which only the sources that moved says are drawn. The
// sampler computes a future from its number alone: none is stored.
func (d *drawn) with(s sim.Settings, future int, moved []bool) sim.Settings {
	names := d.sampler.Vary()
	draws, values := make([]float64, len(d.sources)), make([]float64, len(names))
	d.sampler.Draws(future, draws)
	set, at := map[string]float64{}, 0
	maps.Copy(set, s.Set)
	for i := range d.sources {
		n := d.sources[i].Spread(draws[i], values[at:])
		for k := at; k < at+n && moved[i]; k++ {
			set[names[k]] = values[k]
		}
		at += n
	}
	s.Set = set
	return s
}

// judge runs one future and returns the claims about it, one for each of the chosen expectations.
// The error is the context's.
func (d *drawn) judge(ctx context.Context, chosen []*expectation, future int, moved []bool) ([]Claim, error) {
	return d.plan.inCase(ctx, d.test, d.program, chosen,
		func(s sim.Settings) sim.Settings { return d.with(s, future, moved) })
}

// inCase runs a test, and everything that it compares with, with settings that over adds to, and
// returns the claims about the chosen expectations. The error is the context's.
func (p *plan) inCase(ctx context.Context, t *test, program *sim.Program, chosen []*expectation,
	over func(sim.Settings) sim.Settings) ([]Claim, error) {
	simulate := func(s sim.Settings) *outcome {
		o := &outcome{}
		if o.result, o.err = program.Run(ctx, over(s)); o.err != nil {
			o.result = nil
		}
		return o
	}
	own := simulate(t.settings)
	others := map[string]*outcome{"base": own}
	if !unchanged(t.decl) {
		others["base"] = simulate(sim.Settings{})
	}
	for _, name := range slices.Sorted(maps.Keys(t.others)) {
		others[name] = simulate(t.others[name])
	}
	var claims []Claim
	for _, e := range chosen {
		claims = append(claims, p.expected(e, t.decl, own, others))
	}
	return claims, ctx.Err()
}

// all returns one flag per source, that it moves or that it does not.
func (d *drawn) all(moves bool) []bool { return slices.Repeat([]bool{moves}, len(d.sources)) }

// claims judges every expectation over all futures. progress gets the share that is done.
func (d *drawn) claims(ctx context.Context, progress func(float64)) ([]Claim, error) {
	failing := make([][]int, len(d.test.expect))
	everything := d.all(true)
	for future := range d.sampler.Size() {
		claims, err := d.judge(ctx, d.test.expect, future, everything)
		if err != nil {
			return nil, err
		}
		for i, c := range claims {
			if !c.Pass {
				failing[i] = append(failing[i], future)
			}
		}
		if progress != nil {
			progress(float64(future+1) / float64(d.sampler.Size()))
		}
	}
	var out []Claim
	for i, e := range d.test.expect {
		c, err := d.claim(ctx, e, failing[i])
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// claim returns the verdict on one expectation, with the smallest failing case if it fails.
func (d *drawn) claim(ctx context.Context, e *expectation, failing []int) (Claim, error) {
	n, share := d.sampler.Size(), 1.
	if d.test.decl.Share != nil {
		share = *d.test.decl.Share
	}
	held := n - len(failing)
	c := Claim{Text: e.text.Text, Span: e.text.Span, Pass: float64(held)/float64(n) >= share}
	c.Message = fmt.Sprintf("%s holds in %d of %d futures", strings.Join(strings.Fields(e.text.Text), " "), held, n)
	if problems := e.allProblems(); len(problems) > 0 {
		return failed(problems[0].Span, e.text.Text, problems[0]), nil
	}
	if c.Pass {
		return c, nil
	}
	future, moved, err := d.smallest(ctx, e, failing)
	if err != nil {
		return c, err
	}
	claims, err := d.judge(ctx, []*expectation{e}, future, moved)
	if err != nil {
		return c, err
	}
	first := claims[0]
	c.At, c.Element, c.Left, c.Right, c.Compared = first.At, first.Element, first.Left, first.Right, first.Compared
	c.Message += fmt.Sprintf(", a share of %s instead of %s; %s: %s",
		short(float64(held)/float64(n)), short(share), moves(moved), first.Message)
	c.Command = command(d.test, d.with(d.test.settings, future, moved))
	return c, nil
}

// moves says how many constants a case moves.
func moves(moved []bool) string {
	n := 0
	for _, m := range moved {
		if m {
			n++
		}
	}
	switch n {
	case 0:
		return "it fails with every constant at its own value"
	case 1:
		return "it fails with 1 constant moved"
	}
	return fmt.Sprintf("it fails with %d constants moved, and holds if any of them goes back", n)
}

// smallest returns the failing future and the sources moved in it, the fewest that are found: none;
// one, of any of the first failing futures; otherwise those that remain after one after the other
// has gone back to its own value for as long as the expectation still fails. The last
// is the one-minimal case of delta debugging (Zeller and Hildebrandt, 2002, section 3): none of its
// constants can go back alone.
func (d *drawn) smallest(ctx context.Context, e *expectation, failing []int) (int, []bool, error) {
	fails := func(future int, moved []bool) (bool, error) {
		claims, err := d.judge(ctx, []*expectation{e}, future, moved)
		return err == nil && !claims[0].Pass, err
	}
	none := d.all(false)
	if yes, err := fails(failing[0], none); yes || err != nil {
		return failing[0], none, err
	}
	failing = failing[:min(mostReduced, len(failing))]
	for _, future := range failing {
		for i := range d.sources {
			moved := d.all(false)
			moved[i] = true
			if yes, err := fails(future, moved); yes || err != nil {
				return future, moved, err
			}
		}
	}
	best, least, fewest := failing[0], d.all(true), math.MaxInt
	for _, future := range failing {
		moved, n, err := d.reduced(future, fails)
		if err != nil {
			return future, moved, err
		}
		if n < fewest {
			best, least, fewest = future, moved, n
		}
	}
	return best, least, nil
}

// reduced takes moved constants back, one after the other, until none can go; n is how
// many are left.
func (d *drawn) reduced(future int, fails func(int, []bool) (bool, error)) (moved []bool, n int, err error) {
	moved = d.all(true)
	for again := true; again; {
		again, n = false, 0
		for i := range moved {
			if !moved[i] {
				continue
			}
			moved[i] = false
			yes, err := fails(future, moved)
			if err != nil {
				return moved, n, err
			}
			if yes {
				again = true
				continue
			}
			moved[i] = true
			n++
		}
	}
	return moved, n, nil
}

// command returns the run of a case, to be pasted into a shell. Dated changes of
// the test have no flag: a comment of the shell says that they come on top.
func command(t *test, s sim.Settings) string {
	words := []string{"weir run", quoted(t.decl.Span.File)}
	for _, name := range slices.Sorted(maps.Keys(s.Set)) {
		words = append(words, "--set", quoted(name+"="+exact(s.Set[name])))
	}
	if s.Step != nil {
		words = append(words, "--step", exact(*s.Step))
	}
	if s.Stop != nil {
		words = append(words, "--stop", exact(*s.Stop))
	}
	if s.Method != "" {
		words = append(words, "--method", s.Method)
	}
	line := strings.Join(words, " ")
	if len(s.Changes) > 0 {
		line += "   # and the test's dated changes"
	}
	return line
}

// exact writes a number so that reading it gives the same bits.
func exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// quoted returns a word as a POSIX shell reads it.
func quoted(word string) string {
	plain := func(r rune) bool { return strings.ContainsRune("-_./=+,:@%", r) || r >= '0' && r <= '9' || letter(r) }
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// letter reports whether a shell never gives a rune a meaning of its own.
func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
