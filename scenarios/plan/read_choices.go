package plan

import (
	"cmp"
	"slices"

	"weir/model/toml"
	"weir/scenarios/uncertainty"
)

// worlds reads whether the world of each future is drawn, by which weights.
func (r *drawReader) worlds() {
	for _, w := range r.set.Worlds {
		r.u.Worlds = append(r.u.Worlds, w.draws())
		for _, x := range w.Settings {
			r.overPosterior(x)
		}
	}
	x := r.t.Value("worlds")
	switch {
	case x == nil:
	case len(r.set.Worlds) == 0:
		r.report(BadWorld, x.Span, "add [world.x] with what is otherwise in it", "the set has no world to draw")
	case x.Kind == toml.KindString && x.Text.Text == "all":
		weights := make([]float64, len(r.set.Worlds)+1)
		for i := range weights {
			weights[i] = 1
		}
		r.u.World = uncertainty.NewChoice("world", "the world", r.worldNames(), weights)
	case x.Kind == toml.KindTable:
		r.weights(x.Table)
	default:
		r.report(BadWorld, x.Span, `worlds = "all" draws each as often`, "worlds is \"all\", or a table of weights")
	}
}

// overPosterior warns of a world that gives a value to a constant of the posterior.
func (r *drawReader) overPosterior(x WorldSetting) {
	if r.u.Posterior.Has(constantOf(x.Name)) {
		r.warn(OverPosterior, x.Span, "calibrate again with it fixed if the others should fit with this value",
			"%s is drawn from the posterior; in this world it has its value, and the others keep draws that fit "+
				"without it", x.Name)
	}
}

// worldNames returns the ways of a drawn world.
func (r *drawReader) worldNames() []string {
	names := []string{uncertainty.AsWritten}
	for _, w := range r.set.Worlds {
		names = append(names, w.ID)
	}
	return names
}

// weights reads [uncertainty.worlds]. A world that is not named is not drawn.
func (r *drawReader) weights(t *toml.Table) {
	names := r.worldNames()
	weights, sum := make([]float64, len(names)), 0.0
	for _, k := range t.Keys() {
		i := slices.Index(names, k.Name)
		switch {
		case i < 0:
			r.report(BadWorld, k.Span, cmp.Or(didYouMean(k.Name, names), "there are "+shortList(names)),
				"the set has no world %q", k.Name)
			return
		case !t.Finite(k.Name, k.Value):
			return
		case k.Value.Number < 0:
			r.report(BadWorld, k.Value.Span, "0 is never", "a weight is 0 or more, not %v", k.Value.Number)
			return
		}
		weights[i] = k.Value.Number
		sum += weights[i]
	}
	if !(sum > 0) || sum-sum != 0 {
		r.report(BadWorld, t.Span, "write as_written = 1, and a weight for each world that may be",
			"the weights of the worlds add up to %v, so none can be drawn", sum)
		return
	}
	r.u.World = uncertainty.NewChoice("world", "the world", names, weights)
}
