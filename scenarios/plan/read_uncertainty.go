package plan

import (
	"fmt"
	"math"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/toml"
	"weir/scenarios/internal/element"
	"weir/scenarios/uncertainty"
	"weir/sim/sampling"
)

// uncertainty reads [uncertainty]. It comes after assumptions, which fix constants.
func (r *reader) uncertainty() {
	t := r.root.Table("uncertainty")
	if t == nil {
		return
	}
	u := &uncertainty.Futures{Runs: DefaultRuns, Method: sampling.Sobol}
	d := &drawReader{reader: r, t: t, u: u}
	u.Posterior = d.posterior()
	if u.Posterior != nil {
		u.Runs = min(u.Runs, len(u.Posterior.Draws))
	}
	if n, ok := r.whole(t, "runs", MinRuns, mostRuns); ok {
		u.Runs = int(n)
	}
	if n, ok := r.whole(t, "seed", 0, mostSeed); ok {
		u.Seed = uint64(n)
	}
	if m := t.OneOf("method", sampling.Methods...); m != "" {
		u.Method = sampling.Method(m)
	}
	d.sources()
	d.worlds()
	d.correlations()
	t.Done(uncertaintyShape)
	d.fits()
	r.set.Uncertainty = u
}

// sources reads which constants are uncertain.
func (r *drawReader) sources() {
	all, named := false, []*toml.Text(nil)
	if x := r.t.Value("constants"); x == nil {
		all = true
	} else if x.Kind != toml.KindString {
		named = r.t.Texts("constants")
	} else if all = x.Text.Text == "all"; !all {
		named = []*toml.Text{x.Text}
	}
	without := r.t.Texts("without")
	if !r.sound() {
		return
	}
	r.drawn()
	left := map[string]bool{}
	for _, c := range r.set.Assumptions {
		if name, _, _ := element.Split(c.Variable); r.u.Posterior.Has(name) {
			r.report(BadPosterior, c.Span, "take one of the two out",
				"%s is drawn from the posterior, so it cannot be given one value", name)
		}
	}
	for _, text := range without {
		if v := r.uncertain(text); v != nil && r.notPosterior(v, text.Span) {
			left[v.Name] = true
		}
	}
	wanted := map[string]diagnostic.Span{}
	for _, text := range named {
		if v := r.uncertain(text); v != nil && r.notPosterior(v, text.Span) {
			r.wants(v, text, left, wanted)
		}
	}
	r.draw(func(v *model.Variable) (diagnostic.Span, bool) {
		at, ok := wanted[v.Name]
		if r.u.Posterior.Has(v.Name) {
			return at, false
		}
		return at, ok || all && !left[v.Name] && (uncertainty.Varies(v) || uncertainty.ShapeOf(v) != nil) && !r.set.assumes(v.Name)
	})
}

// wants takes a constant that the set names.
func (r *drawReader) wants(v *model.Variable, text *toml.Text,
	left map[string]bool, wanted map[string]diagnostic.Span) {
	_, twice := wanted[v.Name]
	switch {
	case twice || left[v.Name]:
		r.report(BadRuns, text.Span, "name it once", "%s is named twice", v.Name)
	case r.set.assumes(v.Name):
		r.report(BadRuns, text.Span, "take one of the two out",
			"[assumption.%s] gives it one value, so it cannot be drawn", v.Name)
	case v.Kind == model.KindLookup && uncertainty.ShapeOf(v) == nil:
		r.report(NoRange, text.Span, "add [lookup."+v.Name+".shape.x] with points and a weight to the model",
			"nothing says which other shapes %s may have", v.Name)
	case v.Kind == model.KindConstant && !uncertainty.Varies(v):
		r.report(NoRange, text.Span, "add range = [lower, upper] to [constant."+v.Name+"] in the model",
			"nothing says how uncertain %s is", v.Name)
	default:
		wanted[v.Name] = text.Span
	}
}

// draw makes the sources of the constants that are wanted.
func (r *drawReader) draw(wanted func(*model.Variable) (diagnostic.Span, bool)) {
	for _, v := range r.set.Model.Variables {
		at, ok := wanted(v)
		if !ok {
			continue
		}
		if at.File == "" {
			at = r.t.Span
		}
		if v.Kind == model.KindLookup {
			r.u.Shapes = append(r.u.Shapes, uncertainty.ShapeOf(v))
			continue
		}
		s, err := uncertainty.New(r.set.Resolved, v)
		if err != nil {
			r.report(BadDraws, at, "change range or distribution of [constant."+v.Name+"] in the model",
				"%s cannot be drawn: %v", v.Name, err)
			continue
		}
		r.u.Sources = append(r.u.Sources, s)
	}
	if len(r.u.Sources)+len(r.u.Shapes) == 0 && !r.t.Has("constants") && !r.t.Has("worlds") {
		r.report(NoRange, r.t.Span, "add range = [lower, upper] to constants of the model",
			"no constant of the model has a range, so nothing is uncertain")
	}
}

// fits checks the numbers of runs and constants against the method and the memory.
func (r *drawReader) fits() {
	if !r.sound() {
		return
	}
	if p := r.u.Posterior; p != nil && r.u.Runs > len(p.Draws) {
		r.report(BadRuns, r.t.At("runs"), fmt.Sprintf("runs = %d, or weir calibrate with more --draws", len(p.Draws)),
			"the posterior has %d draws, so there are no %d futures", len(p.Draws), r.u.Runs)
		return
	}
	// The points themselves take longer than all the rest of a check; a set is checked at every edit.
	if err := sampling.Possible(r.u.Method, r.u.Runs, r.u.Dims()); err != nil {
		r.report(BadRuns, r.t.At("runs"), "", "%v", err)
		return
	}
	if _, err := r.u.Space(); err != nil {
		r.report(BadCorrelation, r.t.At("correlation"), "", "%v", err)
	}
	if need := r.set.memory(r.u.Runs); need > MaxMemory {
		most := math.Floor(float64(r.u.Runs) * MaxMemory / need)
		r.report(BadRuns, r.t.At("runs"),
			fmt.Sprintf("runs = %.0f fits; so do more if the model saves less often", most),
			"%d futures of %d scenarios would take %s of memory; at most %s are used", r.u.Runs, len(r.set.Scenarios)+1, bytes(need), bytes(MaxMemory))
	}
}

// memory returns how many bytes the futures of a set take.
func (s *Set) memory(runs int) float64 {
	rows := math.Round((s.Model.Time.Stop-s.Model.Time.Start)/s.Model.Time.Save) + 1
	return 8 * float64(runs) * rows * float64(len(s.Columns())) * float64(len(s.Scenarios)+1)
}

// bytes writes an amount of memory.
func bytes(n float64) string {
	if n < 1<<30 {
		return fmt.Sprintf("%.0f MB", n/(1<<20))
	}
	return fmt.Sprintf("%.1f GB", n/(1<<30))
}
