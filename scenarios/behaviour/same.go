package behaviour

import (
	"weir/scenarios/kept"
)

// same judges the run of a test against its kept result. A run that stopped early fails: nobody keeps
// half a run.
func (p *plan) same(t *test, o *outcome) Claim {
	c := Claim{Text: "same_as " + t.decl.SameAs.File, Span: t.decl.SameAs.Span, Same: true}
	switch {
	case o.err != nil:
		c.Message = "the run stopped: " + o.err.Error()
		return c
	case o.result.NonFinite != nil:
		c.Message = "the run stopped" + stopped(o.result)
		return c
	}
	c.SetKept(kept.Compare(p.m, t.decl, o.result))
	return c
}

// SetKept gives a claim the verdict of a comparison with a kept result.
func (c *Claim) SetKept(k *kept.Comparison) {
	c.Kept, c.Pass, c.Message = k, k.Pass, k.Message
	c.At, c.Left, c.Right, c.Compared = nil, 0, 0, false
	if d := k.First; d != nil {
		c.At, c.Left, c.Right, c.Compared = d.First, d.FirstRun, d.FirstTable, true
	}
}

// sameAs reports the mistakes of a test's comparison with a kept result.
func (t *test) sameAs(p *plan) {
	if t.decl.SameAs != nil {
		t.problems = append(t.problems, kept.Check(p.m, t.decl.SameAs)...)
	}
}
