package loops

import (
	"fmt"
	"slices"
	"strings"

	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/sim"
)

// outcomeOf returns the variable that an outcome names; nil for "".
func outcomeOf(r *resolved.Model, name string) (*resolved.Variable, error) {
	base, _, _ := strings.Cut(strings.TrimSpace(name), "[")
	if base = strings.TrimSpace(base); base == "" {
		return nil, nil
	}
	if v := declared(r, base); v != nil {
		return v, nil
	}
	var names []string
	for _, v := range r.Variables {
		if !v.Hidden {
			names = append(names, v.Name)
		}
	}
	hint := ""
	if near := diagnostic.Nearest(base, names); near != "" {
		hint = ": did you mean " + near + "?"
	}
	return nil, fmt.Errorf("the model has no variable %q%s", base, hint)
}

// declared returns the declared variable of a name in any case, or nil.
func declared(r *resolved.Model, name string) *resolved.Variable {
	for _, v := range r.Variables {
		if !v.Hidden && strings.EqualFold(v.Name, name) {
			return v
		}
	}
	return nil
}

// window takes over the time asked about. It ends where the run ends.
func (r *Result) window(m *resolved.Model, o Options, run *sim.Result) error {
	r.From, r.To = m.Time.Start, m.Time.Stop
	if o.Settings.Stop != nil {
		r.To = *o.Settings.Stop
	}
	start, stop := r.From, r.To
	if o.From != nil {
		r.From = *o.From
	}
	if o.To != nil {
		r.To = *o.To
	}
	if !(r.From < r.To && r.From >= start && r.To <= stop) {
		return fmt.Errorf("there is no time from %v to %v in a run from %v to %v", r.From, r.To, start, stop)
	}
	if n := len(r.Time); n > 0 && !run.Complete {
		r.To = max(min(r.To, r.Time[n-1]+r.Step), r.From)
	}
	if from, to := r.rows(); from == to && len(r.Time) > 0 {
		return fmt.Errorf("no step begins from %v to before %v: steps are %v long, and the last begins at %v", r.From,
			r.To, r.Step, r.Time[len(r.Time)-1])
	}
	return nil
}

// rows returns the rows of the time asked about, half-open: those of the steps within it.
func (r *Result) rows() (from, to int) {
	slack := r.Step / 2
	from, _ = slices.BinarySearch(r.Time, r.From-slack)
	to, _ = slices.BinarySearch(r.Time, r.To-slack)
	return from, max(from, to)
}
