// Package columns finds the columns of a run by the names that people give: of a variable, of one
// element of an array, or of several.
package columns

import (
	"fmt"
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
	"weir/sim"
)

// Named returns the columns among all that names ask for, each once and in the order of the
// names: "students" is a variable or a whole array, "students[north]" an element, and
// "students[*, 7]" several. Case and spaces do not matter, and names of another tool's file are
// understood. A name that the model does not have, or with other subscripts than its variable, is
// an error with the way out.
func Named(m *model.Model, r *resolved.Model, all []sim.Column, names []string) ([]sim.Column, error) {
	var kept []sim.Column
	has := map[string]bool{}
	for _, name := range names {
		found, err := named(r, all, m.OurName(name))
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			if !has[c.Name()] {
				kept, has[c.Name()] = append(kept, c), true
			}
		}
	}
	return kept, nil
}

// Stocks returns the columns among all that belong to stocks, arrays with every element.
func Stocks(m *model.Model, all []sim.Column) []sim.Column {
	var kept []sim.Column
	for _, c := range all {
		if v := m.Variable(c.Variable); v != nil && v.Kind == model.KindStock {
			kept = append(kept, c)
		}
	}
	return kept
}

// named returns the columns of one name.
func named(r *resolved.Model, all []sim.Column, name string) ([]sim.Column, error) {
	variable, subscripts, ok := element.Split(name)
	i := slices.IndexFunc(r.Variables,
		func(v *resolved.Variable) bool { return !v.Hidden && v.Name == variable })
	if !ok || i < 0 {
		return nil, unknown(name, all)
	}
	v := r.Variables[i]
	var own []sim.Column // of the variable, row-major
	for _, c := range all {
		if c.Variable == v.Name {
			own = append(own, c)
		}
	}
	if subscripts != nil && len(subscripts) != len(v.Over) {
		return nil, misplaced(v, own)
	}
	var found []sim.Column
	for _, place := range r.Places(v, subscripts) {
		if place < len(own) {
			found = append(found, own[place])
		}
	}
	if len(found) == 0 {
		return nil, unknown(name, own)
	}
	return found, nil
}

// misplaced returns the error about another number of subscripts than a variable has dimensions.
func misplaced(v *resolved.Variable, own []sim.Column) error {
	switch {
	case len(v.Over) == 0:
		return fmt.Errorf("%s is a single number: name it without [ ]", v.Name)
	case len(own) == 0:
		return fmt.Errorf("%s has %d subscripts", v.Name, len(v.Over))
	}
	return fmt.Errorf("%s has %d subscripts, as in %s; * stands for every element", v.Name, len(v.Over), own[0].Name())
}

// unknown returns the error about a name, with the nearest one among columns.
func unknown(name string, list []sim.Column) error {
	var known []string
	for _, c := range list {
		known = append(known, c.Name(), c.Variable)
	}
	if near := diagnostic.Nearest(name, known); near != "" {
		return fmt.Errorf("the model has no variable %q: did you mean %s?", name, near)
	}
	return fmt.Errorf("the model has no variable %q", name)
}
