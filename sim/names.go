package sim

import (
	"slices"
	"strings"

	"weir/model/diagnostic"
	"weir/model/resolved"
)

// findElements gives the declared variable that a name means, and the positions of
// its elements: all of them for a bare name, one for name[a,b].
func findElements(variables []*resolved.Variable, text string) (*resolved.Variable, []int, error) {
	name, subscripts := splitName(text)
	i := slices.IndexFunc(variables, func(v *resolved.Variable) bool { return !v.Hidden && strings.EqualFold(v.Name, name) })
	if i < 0 {
		return nil, nil, unknown("variable", name, declaredNames(variables))
	}
	v := variables[i]
	if subscripts == nil {
		all := make([]int, v.Size())
		for k := range all {
			all[k] = k
		}
		return v, all, nil
	}
	if len(subscripts) != len(v.Over) {
		return nil, nil, errorf("%s has %d dimensions, but %s gives %d elements", v.Name, len(v.Over), text, len(subscripts))
	}
	at, step := 0, strides(v.Over)
	for k, d := range v.Over {
		e := slices.IndexFunc(d.Elements, func(e string) bool { return strings.EqualFold(e, subscripts[k]) })
		if e < 0 {
			return nil, nil, unknown("element of "+d.Name, subscripts[k], d.Elements)
		}
		at += e * step[k]
	}
	return v, []int{at}, nil
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

func declaredNames(variables []*resolved.Variable) []string {
	var names []string
	for _, v := range variables {
		if !v.Hidden {
			names = append(names, v.Name)
		}
	}
	return names
}

func unknown(what, name string, among []string) *Error {
	err := errorf("there is no %s %q", what, name)
	if near := diagnostic.Nearest(name, among); near != "" {
		err.Hint = "did you mean " + near + "?"
	}
	return err
}
