package document

import "slices"

// Clone returns a copy of the model that stays as it is when names of the original, or of
// its variables, change. Texts, numbers and files are shared.
func (m *Model) Clone() *Model {
	out := *m
	out.Variables = make([]*Variable, len(m.Variables))
	for i, v := range m.Variables {
		out.Variables[i] = v.clone()
	}
	out.Dimensions = clones(m.Dimensions)
	out.Units = clones(m.Units)
	out.Modules = clones(m.Modules)
	return &out
}

// clone copies the lists of names in a variable, since a module's names get a prefix in place.
func (v *Variable) clone() *Variable {
	out := *v
	out.Inflow, out.Outflow = slices.Clone(v.Inflow), slices.Clone(v.Outflow)
	if v.Conveyor != nil {
		c := *v.Conveyor
		c.Leak = slices.Clone(c.Leak)
		out.Conveyor = &c
	}
	return &out
}

// clones returns a list of copies of the elements; their own pointers are shared.
func clones[T any](list []*T) []*T {
	out := make([]*T, len(list))
	for i, x := range list {
		copied := *x
		out[i] = &copied
	}
	return out
}
