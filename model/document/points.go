package document

import "weir/model/resolved"

// WithPoints returns a copy of the model in which lookups, by their full names, have other
// points, the same for all of their elements. Texts, numbers and files are shared.
func (m *Model) WithPoints(points map[string][]resolved.Point) *Model {
	out := m.Clone()
	for _, v := range out.Variables {
		if list, ok := points[v.Name]; ok && v.Kind == KindLookup {
			v.Points, v.Tables, v.At = list, nil, nil
		}
	}
	return out
}

// Shape returns the shape of a lookup by its name, nil if there is none.
func (v *Variable) Shape(name string) *TableShape {
	for i := range v.Shapes {
		if v.Shapes[i].Name == name {
			return &v.Shapes[i]
		}
	}
	return nil
}
