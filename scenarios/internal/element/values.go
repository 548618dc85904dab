package element

import (
	"slices"

	"weir/model"
	"weir/model/resolved"
)

// Values returns the values of a constant or decision, one for each element, row-major.
func Values(v *resolved.Variable) []float64 {
	values := make([]float64, v.Size())
	for _, p := range v.Parts {
		c, ok := p.Expr.(*resolved.Const)
		if !ok {
			continue
		}
		for _, i := range positions(v.Over, p.Loops) {
			values[i] = c.Value
		}
	}
	return values
}

// positions returns the row-major places that a box of loops covers.
func positions(over []*resolved.Dimension, loops []*resolved.Loop) []int {
	all := []int{0}
	for i, l := range loops {
		all = resolved.Cross(all, len(over[i].Elements), l.At)
	}
	return all
}

// Variable returns the declared variable of a name in a checked model; nil if there is none,
// or no run computes it.
func Variable(r *resolved.Model, name string) *resolved.Variable {
	i := slices.IndexFunc(r.Variables, func(v *resolved.Variable) bool { return !v.Hidden && v.Name == name })
	if i < 0 {
		return nil
	}
	return r.Variables[i]
}

// Dimensions returns the resolved forms of declared dimensions, by name.
func Dimensions(m *model.Model, names []string) []*resolved.Dimension {
	var over []*resolved.Dimension
	for _, name := range names {
		for _, d := range m.Dimensions {
			if d.Name == name {
				over = append(over, &resolved.Dimension{Name: d.Name, Elements: d.Elements})
			}
		}
	}
	return over
}
