package behaviour

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/model"
	"weir/sim"
)

// A cell is one run of an extreme-conditions test (Sterman, Business Dynamics, 2000, section
// 21.4.2): constants and decisions at an end of their range, by name; the others as they are.
type cell map[string]float64

// cells returns the extreme matrix of a test: its run itself, every constant and decision that has
// a range at both ends, one at a time, and all pairs of decisions at all four corners. What one of
// the test's runs sets keeps that value. Arrays move as a whole. A test that has nothing to move gets a
// mistake.
func (p *plan) cells(t *test) []cell {
	if !t.decl.Extremes || p.checked == nil || t.decl.Broken {
		return nil
	}
	var all, decisions []*model.Variable
	for _, v := range p.m.Variables {
		ranged := v.Range != nil && v.Range[0] < v.Range[1] && !t.sets(v.Name)
		if ranged && v.Kind == model.KindDecision {
			decisions = append(decisions, v)
		}
		if ranged && (v.Kind == model.KindDecision || v.Kind == model.KindConstant) {
			all = append(all, v)
		}
	}
	if len(all) == 0 {
		t.report(NothingVaries, t.decl.Span, "give it a range, or take extremes out of the test",
			"no constant or decision that test %s leaves free has a range: there is no extreme", t.decl.Name)
		return nil
	}
	list := []cell{{}}
	for _, v := range all {
		list = append(list, cell{v.Name: v.Range[0]}, cell{v.Name: v.Range[1]})
	}
	for i, v := range decisions {
		for _, w := range decisions[i+1:] {
			for _, a := range v.Range {
				list = append(list, cell{v.Name: a, w.Name: w.Range[0]}, cell{v.Name: a, w.Name: w.Range[1]})
			}
		}
	}
	return list
}

// over returns settings with the values of a cell.
func (c cell) over(s sim.Settings) sim.Settings {
	set := map[string]float64{}
	maps.Copy(set, s.Set)
	maps.Copy(set, c)
	s.Set = set
	return s
}

// words names a cell, as "salary = 0, seats = 100".
func (c cell) words() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(c)) {
		parts = append(parts, name+" = "+short(c[name]))
	}
	if parts == nil {
		return "the test's own run"
	}
	return strings.Join(parts, ", ")
}

// extreme judges every expectation of a test in all cells. A claim that fails is about the
// first cell in which it does: one value comes before pairs. progress gets the share that is done.
func (p *plan) extreme(ctx context.Context, t *test, program *sim.Program, progress func(float64)) ([]Claim, error) {
	out, failing := make([]Claim, len(t.expect)), make([]int, len(t.expect))
	for i, c := range t.matrix {
		claims, err := p.inCase(ctx, t, program, t.expect, c.over)
		if err != nil {
			return nil, err
		}
		for k, claim := range claims {
			if claim.Pass {
				continue
			}
			if failing[k]++; failing[k] == 1 {
				claim.Message = "at " + c.words() + ": " + claim.Message
				claim.Command = command(t, c.over(t.settings))
				out[k] = claim
			}
		}
		if progress != nil {
			progress(float64(i+1) / float64(len(t.matrix)))
		}
	}
	for k, e := range t.expect {
		if failing[k] == 0 {
			out[k] = Claim{Text: e.text.Text, Span: e.text.Span, Pass: true,
				Message: fmt.Sprintf("%s holds in all %d extremes", e.text.Text, len(t.matrix))}
			continue
		}
		out[k].Message = fmt.Sprintf("fails in %d of %d extremes, first %s", failing[k], len(t.matrix), out[k].Message)
	}
	return out, nil
}
