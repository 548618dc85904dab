package sim

import (
	"slices"
	"strings"

	"weir/model/method"
)

// Method returns the integration method of a run with these settings: the settings' own,
// or else the model's. The error is an *Error that lists the methods there are.
func (p *Program) Method(s Settings) (*method.Method, error) {
	name := s.Method
	if name == "" {
		name = p.model.Time.Method
	}
	if m := method.Find(name); m != nil {
		return m, nil
	}
	err := unknown("method", name, method.Names())
	if err.Hint == "" {
		err.Hint = "there are " + strings.Join(method.Names(), ", ")
	}
	return nil, err
}

// firstSameAsLast reports whether the last stage of a method is evaluated at the result
// of the step, so that its slope is the first one of the next.
func firstSameAsLast(m *method.Method) bool {
	last := len(m.B) - 1
	return m.C[last] == 1 && m.B[last] == 0 && slices.Equal(m.A[last], m.B[:last])
}
