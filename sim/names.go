package sim

import (
	"slices"
	"strings"

	"weir/model/diagnostic"
	"weir/model/resolved"
)

// find returns the declared variable that a name means, and the positions of its
// elements: all of them for a bare name, one for name[a,b]. In the brackets * and the
// name of a dimension, such as a subrange, mean all their elements.
func (p *Program) find(text string) (*resolved.Variable, []int, error) {
	m := p.model
	name, subscripts := splitName(text)
	v := p.declared[folded(name)]
	if v == nil {
		return nil, nil, unknown("variable", name, declaredNames(m.Variables))
	}
	if err := wellFormed(text); err != nil {
		return nil, nil, err
	}
	if subscripts == nil {
		return v, m.Places(v, nil), nil
	}
	if len(subscripts) != len(v.Over) {
		return nil, nil, subscriptCount(v, text, len(subscripts))
	}
	for k, d := range v.Over {
		if chosen, _ := m.Subscript(d, subscripts[k]); chosen == nil {
			return nil, nil, unknown("element of "+d.Name, subscripts[k], d.Elements)
		}
	}
	return v, m.Places(v, subscripts), nil
}

// wellFormed refuses brackets that do not close, or that something follows.
func wellFormed(text string) error {
	text = strings.TrimSpace(text)
	open := strings.IndexByte(text, '[')
	if open < 0 || strings.IndexByte(text, ']') == len(text)-1 {
		return nil
	}
	return errorf("%s cannot be read as a name: an element is written name[element]", text)
}

// subscriptCount says how many elements a variable takes.
func subscriptCount(v *resolved.Variable, text string, parameters int) *Error {
	if len(v.Over) == 0 {
		return errorf("%s is a single number, so %s names nothing", v.Name, text)
	}
	names := make([]string, len(v.Over))
	for i, d := range v.Over {
		names[i] = d.Name
	}
	err := errorf("%s gives %d of the %d elements that %s needs", text, parameters, len(v.Over), v.Name)
	if parameters > len(v.Over) {
		err = errorf("%s gives %d elements where %s has %d", text, parameters, v.Name, len(v.Over))
	}
	err.Hint = "write " + v.Name + "[" + strings.Join(names, ",") + "] with an element of each"
	return err
}

// splitName takes name[a, b] apart; the subscripts are nil if there are none.
func splitName(text string) (string, []string) {
	name, rest, found := strings.Cut(strings.TrimSpace(text), "[")
	name = strings.TrimSpace(name)
	if !found {
		return name, nil
	}
	subscripts := strings.Split(strings.TrimSuffix(strings.TrimSpace(rest), "]"), ",")
	for i := range subscripts {
		subscripts[i] = strings.TrimSpace(subscripts[i])
	}
	return name, subscripts
}

// declaredNames returns the names that a reader may use, in the model's order.
func declaredNames(variables []*resolved.Variable) []string {
	var names []string
	for _, v := range variables {
		if !v.Hidden {
			names = append(names, v.Name)
		}
	}
	return names
}

// unknown returns the error for a name that does not exist, with the nearest one as its hint.
func unknown(what, name string, among []string) *Error {
	err := errorf("there is no %s %q", what, name)
	if near := diagnostic.Nearest(name, among); near != "" {
		err.Hint = "did you mean " + near + "?"
	}
	return err
}

// folded returns a name in the form in which equal names are equal: case does not matter.
func folded(name string) string { return strings.ToLower(strings.ToUpper(name)) }

// declaredByName returns the variables of a model that are not hidden, by folded name.
func declaredByName(m *resolved.Model) map[string]*resolved.Variable {
	out := make(map[string]*resolved.Variable, len(m.Variables))
	for _, v := range slices.Backward(m.Variables) {
		if !v.Hidden {
			out[folded(v.Name)] = v
		}
	}
	return out
}
