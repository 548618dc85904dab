package sensitivity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/internal/element"
	"weir/scenarios/uncertainty"
	"weir/scenarios/words"
)

// OfModel returns a set over a model alone, without scenarios: every constant with a range is
// uncertain. Its outcomes are the stocks that are single numbers, at the end of the run.
func OfModel(m *model.Model, r *resolved.Model) *scenarios.Set {
	set := &scenarios.Set{Name: m.Name, File: m.File, ModelFile: m.File, Model: m, Resolved: r,
		Files: m.Files}
	for _, v := range r.Variables {
		if v.Kind == resolved.Stock && !v.Hidden && len(v.Over) == 0 && len(set.Outcomes) < scenarios.MaxSeries {
			set.Outcomes = append(set.Outcomes, level(set, v, nil))
		}
	}
	return set
}

// level returns the outcome that is a variable at the end of the run.
func level(set *scenarios.Set, v *resolved.Variable, elements []string) *scenarios.Outcome {
	o := &scenarios.Outcome{ID: element.Join(v.Name, elements), Variable: element.Join(v.Name, elements),
		Label: v.Label, Unit: v.Unit, Better: scenarios.Higher}
	if elements != nil {
		o.Label += " (" + strings.Join(elements, ", ") + ")"
	}
	if o.Unit == "1" {
		o.Unit = ""
	}
	for _, u := range set.Model.Units {
		if u.Name == o.Unit && u.Plural != "" {
			o.Unit = u.Plural
		}
	}
	return o
}

// outcomes returns those that a question names. The error lists the outcomes of the set.
func outcomes(set *scenarios.Set, names []string) ([]*scenarios.Outcome, error) {
	if len(names) == 0 {
		switch {
		case len(set.Outcomes) == 0:
			return nil, fmt.Errorf("the model has no stock that is a single number: name a variable with --outcome")
		case len(set.Scenarios) > 0:
			_, o := mainOutcome(set)
			return []*scenarios.Outcome{o}, nil
		}
		return set.Outcomes, nil
	}
	var list []*scenarios.Outcome
	for _, name := range names {
		o, err := outcome(set, name)
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, nil
}

// outcome returns the outcome of that ID, or the variable of that name as one.
func outcome(set *scenarios.Set, name string) (*scenarios.Outcome, error) {
	var known []string
	for _, o := range set.Outcomes {
		if o.ID == name {
			return o, nil
		}
		known = append(known, o.ID)
	}
	bare, elements, _ := element.Split(set.Model.OurName(name))
	v := element.Variable(set.Resolved, bare)
	if v == nil {
		for _, x := range set.Resolved.Variables {
			if !x.Hidden {
				known = append(known, x.Name)
			}
		}
		hint := ""
		if near := diagnostic.Nearest(bare, known); near != "" {
			hint = ": did you mean " + near + "?"
		}
		return nil, fmt.Errorf("there is no outcome and no variable %q%s", name, hint)
	}
	if len(elements) != len(v.Over) || len(set.Resolved.Places(v, elements)) != 1 {
		return nil, fmt.Errorf("%s is an array of %d numbers: name one of them, such as %s", v.Name, v.Size(),
			element.Join(v.Name, element.All(v.Over)[0]))
	}
	return level(set, v, elements), nil
}

// futures returns what is uncertain: as the set says, otherwise everything that the model gives a
// range. Constants of a question limit it. The error says that nothing is left, and why.
func futures(set *scenarios.Set, q Question) (*uncertainty.Futures, []string, error) {
	u, notes, err := drawn(set)
	if err != nil {
		return nil, nil, err
	}
	kept := settled(set, u)
	notes = append(notes, kept...)
	if len(q.Constants) > 0 {
		if err := limit(set, u, q.Constants); err != nil {
			return nil, nil, err
		}
	}
	if q.Seed != nil {
		u.Seed = *q.Seed
	}
	if len(u.Sources)+len(u.Choices()) == 0 {
		return nil, nil, fmt.Errorf("nothing is uncertain: no constant of the model has a range; add range = " +
			"[lower, upper] to " +
			"those that nobody knows exactly")
	}
	if n := unranged(set, u) - len(kept); n > 0 && len(q.Constants) == 0 {
		notes = append(notes, fmt.Sprintf("%s of the model %s not drawn and %s.", words.Count(n, "constant"),
			words.Verb(n, "is", "are"), words.Verb(n, "keeps its value", "keep their values")))
	}
	return u, notes, nil
}

// settled takes out the sources to which the world of a set gives a value, and says so.
func settled(set *scenarios.Set, u *uncertainty.Futures) (notes []string) {
	given := map[string]bool{}
	if w := set.World(); w != nil {
		for _, x := range w.Settings {
			given[x.Name] = true
		}
	}
	gone := map[string]bool{}
	u.Sources = slices.DeleteFunc(slices.Clone(u.Sources), func(s uncertainty.Source) bool {
		all := element.All(element.Variable(set.Resolved, base(s.Name)).Over)
		for _, e := range all {
			if s.Name == base(s.Name) && !given[element.Join(s.Name, e)] {
				return false
			}
		}
		if s.Name != base(s.Name) && !given[s.Name] {
			return false
		}
		gone[s.Name] = true
		notes = append(notes, cmp.Or(s.Label, s.Name)+" keeps its value in this world.")
		return true
	})
	u.Correlations = slices.DeleteFunc(slices.Clone(u.Correlations),
		func(c uncertainty.Correlation) bool { return gone[c.A] || gone[c.B] })
	return notes
}

// base returns the name of a variable without its elements.
func base(name string) string {
	whole, _, _ := element.Split(name)
	return whole
}

// drawn returns a copy of a set's uncertainty; for a set that says nothing, one with every
// constant that has a range.
func drawn(set *scenarios.Set) (*uncertainty.Futures, []string, error) {
	if set.Uncertainty != nil {
		u := *set.Uncertainty
		return &u, nil, nil
	}
	assumed := map[string]bool{}
	for _, c := range set.Assumptions {
		assumed[base(c.Variable)] = true
	}
	u := &uncertainty.Futures{Shapes: uncertainty.Shapes(set.Model)}
	var err error
	u.Sources, err = uncertainty.Constants(set.Model, set.Resolved, func(name string) bool { return assumed[name] })
	var notes []string
	if len(set.Scenarios) > 0 {
		notes = []string{"The set has no [uncertainty], so every constant with a range is taken as uncertain."}
	}
	return u, notes, err
}

// limit keeps the sources of some constants only. The error names a constant that is not drawn.
func limit(set *scenarios.Set, u *uncertainty.Futures, names []string) error {
	keep := map[string]bool{}
	for _, name := range names {
		name = set.Model.OurName(name)
		v := set.Model.Variable(name)
		at := u.Position(name)
		shaped := slices.ContainsFunc(u.Shapes, func(c *uncertainty.Choice) bool { return c.Name == name })
		switch {
		case v == nil && at < 0:
			var all []string
			for _, x := range u.Sources {
				all = append(all, x.Name)
			}
			if near := diagnostic.Nearest(name, all); near != "" {
				return fmt.Errorf("the model has no constant %q: did you mean %s?", name, near)
			}
			return fmt.Errorf("the model has no constant %q; uncertain are %s", name, words.Few(all, 8))
		case at >= 0 && u.Sources[at].Distribution == uncertainty.FromPosterior:
			return fmt.Errorf("%s is drawn from the posterior, together with the constants that it goes with, so "+
				"it cannot be moved alone", name)
		case at < 0 && !shaped && v.Kind != model.KindConstant && v.Kind != model.KindLookup:
			return fmt.Errorf("%s is %s: only constants are uncertain", name, kindWords(v))
		case at < 0 && !shaped && v.Kind == model.KindConstant && uncertainty.Varies(v):
			return fmt.Errorf("%s is not among the uncertain constants of the set", name)
		case at < 0 && !shaped:
			return fmt.Errorf("nothing says how uncertain %s is: add range = [lower, upper] to [%s.%s] in %s",
				name, v.Kind, name, set.ModelFile)
		}
		keep[name] = true
	}
	u.Sources = slices.DeleteFunc(slices.Clone(u.Sources), func(s uncertainty.Source) bool { return !keep[s.Name] })
	u.Shapes = slices.DeleteFunc(slices.Clone(u.Shapes), func(c *uncertainty.Choice) bool { return !keep[c.Name] })
	u.Correlations = slices.DeleteFunc(slices.Clone(u.Correlations), func(c uncertainty.Correlation) bool {
		return !keep[c.A] || !keep[c.B]
	})
	u.Posterior, u.World = nil, nil
	return nil
}

// kindWords returns the kind of a variable with its article.
func kindWords(v *model.Variable) string {
	if v.Kind == model.KindAux {
		return "an auxiliary"
	}
	return "a " + string(v.Kind)
}

// unranged returns how many constants of a model are not drawn.
func unranged(set *scenarios.Set, u *uncertainty.Futures) (n int) {
	for _, v := range set.Model.Variables {
		known := slices.ContainsFunc(u.Sources, func(s uncertainty.Source) bool {
			return base(s.Name) == v.Name
		})
		if v.Kind == model.KindConstant && !known {
			n++
		}
	}
	return n
}

// factors returns the axes of a space as factors.
func factors(space *uncertainty.Space) []Factor {
	var list []Factor
	for _, a := range space.Axes() {
		f := Factor{axis: a}
		switch {
		case a.Choice != nil:
			f.Name, f.Label, f.Members = a.Choice.Name, a.Choice.Label, a.Choice.Ways
		case len(a.Sources) == 1:
			f = factorOf(space.Sources()[a.Sources[0]])
			f.axis = a
		default:
			var labels []string
			for _, i := range a.Sources {
				s := space.Sources()[i]
				f.Members, labels = append(f.Members, s.Name), append(labels, cmp.Or(s.Label, s.Name))
			}
			f.Name, f.Label = strings.Join(f.Members, "+"), words.Few(labels, 2)+" together"
		}
		list = append(list, f)
	}
	return list
}

// factorOf returns a single source as a factor.
func factorOf(s uncertainty.Source) Factor {
	return Factor{Name: s.Name, Label: cmp.Or(s.Label, s.Name), Unit: unitOf(s.Unit), Evidence: s.Evidence,
		Low: s.Low, Value: s.Value, High: s.High}
}

// unitOf returns a unit as printed after a number.
func unitOf(unit string) string {
	if unit == "1" {
		return ""
	}
	return unit
}

// groupNotes says which factors are several constants, and why.
func groupNotes(list []Factor) (notes []string) {
	for _, f := range list {
		if f.axis.Choice == nil && len(f.Members) > 1 {
			notes = append(notes, f.Label+" ("+words.Few(f.Members, 8)+") are correlated or drawn from one posterior. "+
				"Shares of variance are defined for what varies independently, so they are one factor.")
		}
	}
	return notes
}
