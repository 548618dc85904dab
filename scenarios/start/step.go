package start

import (
	"context"
	"fmt"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/words"
	"weir/sim"
)

// looks is at how many times of a run the step is compared with the fastest part of the model:
// its start, its end and between.
const looks = 5

// step warns of a step with which the model's method makes a part of the model grow that settles by
// itself, at the start and along the run, whatever flows and auxiliaries it goes through. The
// times after the start are left out for a large model.
func step(ctx context.Context, p *sim.Program, r *resolved.Model) diagnostic.List {
	n := looks
	if work(r) > mostWork {
		n = 1
	}
	t := r.Time
	for i := range n {
		at := t.Start + (t.Stop-t.Start)*float64(i)/looks
		f, err := p.FastPart(ctx, sim.Settings{}, at)
		if err != nil {
			return nil // it does not come so far, and other remarks say why
		}
		if f != nil {
			return diagnostic.List{unstable(f, t, at)}
		}
	}
	return nil
}

// unstable is the warning about a part.
func unstable(f *sim.FastPart, t resolved.Time, at float64) diagnostic.Diagnostic {
	through := ""
	if f.Flow != "" {
		through = " through " + f.Flow
	}
	d := diagnostic.Diagnostic{Code: model.StepTooLong, Severity: diagnostic.Warning, Span: f.Span,
		Message: fmt.Sprintf("%s changes%s with a time constant of %.3g %s near %s: each step of %s multiplies its distance from balance by %.3g, so the run swings ever wider",
			f.Stock, through, f.TimeConstant, t.Unit, words.Number(at), words.Number(f.Step), f.Growth)}
	switch {
	case f.StableStep == nil:
		d.Hint = `no step is short enough with this method: use method = "rk4"`
	case f.Step > manySteps**f.StableStep:
		d.Hint = fmt.Sprintf(`take method = "stiff", or a step under %.3g`, *f.StableStep)
	default:
		d.Hint = fmt.Sprintf("take a step under %.3g, better a quarter of that", *f.StableStep)
	}
	return d
}

// manySteps is how many stable steps a step must hold for the method for stiff models to be
// proposed first.
const manySteps = 5
