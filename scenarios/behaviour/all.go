package behaviour

import (
	"context"
	"fmt"
	"strings"

	"weir/model"
	"weir/model/resolved"
)

// Run runs every test of a checked model, in the file's order. Tests with equal
// settings share a run. A test that cannot be evaluated fails, with its diagnostic
// as the message. The resolved model is not used: a copy with the expectations in it
// is resolved instead. An expectation that holds fails all the same if it also holds in courses that no
// model made. progress, if not nil, is called with the share of the work done.
// The error is the context's, or that the model cannot be compiled.
func Run(ctx context.Context, m *model.Model, _ *resolved.Model, progress func(done float64)) ([]Finding, error) {
	p := newPlan(m)
	p.check()
	out, err := p.findings(ctx, progress)
	if err != nil {
		return nil, err
	}
	return out, p.doubt(ctx, out)
}

// findings runs and judges every test.
func (p *plan) findings(ctx context.Context, progress func(float64)) ([]Finding, error) {
	runs, err := p.runs(ctx, progress)
	if err != nil {
		return nil, err
	}
	var out []Finding
	for _, t := range p.tests {
		out = append(out, p.finding(t, runs))
	}
	return out, nil
}

// doubt fails the expectations that hold in their tests, and in every set of drawn courses as well.
func (p *plan) doubt(ctx context.Context, findings []Finding) error {
	wanted := map[*expectation]bool{}
	p.expectations(findings, func(_ *Finding, c *Claim, e *expectation) { wanted[e] = c.Pass })
	held, err := p.tried(ctx, wanted)
	p.expectations(findings, func(f *Finding, c *Claim, e *expectation) {
		if held[e] > 0 {
			f.Pass, c.Pass, c.At, c.Compared = false, false, nil, false
			c.Message = fmt.Sprintf("%s cannot fail: it holds whatever the model does, "+
				"in %d of %d sets of courses drawn at random; compare with another run, another time, data or a bound",
				strings.Join(strings.Fields(e.text.Text), " "), held[e], held[e])
		}
	})
	return err
}

// expectations calls f for every expectation that was judged, with its claim.
func (p *plan) expectations(findings []Finding, f func(*Finding, *Claim, *expectation)) {
	for i, t := range p.tests {
		for k, e := range t.expect {
			if claims := findings[i].Claims; k < len(claims) && claims[k].Text == e.text.Text {
				f(&findings[i], &claims[k], e)
			}
		}
	}
}
