package units

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"weir/model/code"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
	"weir/model/unit"
)

// call returns the unit of a function call, or of a lookup with its argument. All arguments are
// looked at first, so that mistakes inside them are reported even where the function has no rule.
func (u *unitChecker) call(e *equation.Call) measure {
	var given []measure
	for _, a := range e.Args {
		given = append(given, u.measure(a))
	}
	row := function.Find(e.Func)
	if m, ok := u.measures[e.Func]; ok && (row == nil || u.Names[e.Func].IsTable()) {
		if len(given) == 1 && u.Names[e.Func].IsTable() {
			u.lookupInput(e.Func, given[0], u.text.At(e.Args[0].Pos()))
		}
		return m
	}
	if row == nil || len(row.Params) == 0 || u.isSpoiled(e) {
		return measure{}
	}
	if row.Kind == function.Operation && row.Op == resolved.Pow && len(given) == 2 {
		return u.power(given[0], given[1], e.Args[0], e.Args[1])
	}
	return u.apply(row, given, e)
}

// A rule is a function's unit rule, such as "a, time, a -> a".
type rule struct {
	// in the letters of the rule, which each call gives its own units
	params []unit.Unit
	result unit.Unit
}

// rules are those of the function table, by name.
var rules = sync.OnceValue(func() map[string]rule { return readRules(function.Table) })

// readRules returns the rules of a table. Powers have none, since their unit depends on the
// exponent's value; see power.
func readRules(table []function.Row) map[string]rule {
	out := map[string]rule{}
	for _, row := range table {
		if row.Op == resolved.Pow { // depends on the exponent's value, see power
			continue
		}
		params, result, _ := strings.Cut(row.Units, "->")
		r := rule{result: readRule(result)}
		for _, p := range strings.Split(params, ",") {
			if strings.TrimSpace(p) != "" {
				r.params = append(r.params, readRule(p))
			}
		}
		out[row.Name] = r
	}
	return out
}

// readRule returns the unit of one side of a rule. A rule that cannot be read is a mistake of the
// program, found when it starts.
func readRule(text string) unit.Unit {
	u, err := (&unit.System{}).Parse(text)
	if err != nil {
		panic("model: unit rule " + text + ": " + err.Error())
	}
	return u
}

// A binding holds the units that the letters of a rule stand for in one call.
type binding struct {
	// the unit of time, for which every rule has the name "time"
	clock   measure
	letters map[string]measure
	from    map[string]string // the parameter that a letter comes from
}

// unit returns the unit that a name in a rule stands for, false if it is not known.
func (b *binding) unit(name string) (unit.Unit, bool) {
	if name == "time" {
		return b.clock.unit, b.clock.known
	}
	return b.letters[name].unit, b.letters[name].known
}

// expect returns the measure that a rule asks for. The measure is unknown, and fits anything, if a
// letter in the rule has no known unit.
func (b *binding) expect(rule unit.Unit) measure {
	u, ok := rule.Replace(b.unit)
	return measure{unit: u, known: ok, bare: ok && b.isBare(rule)}
}

// isBare reports whether a rule's unit comes from bare numbers only.
func (b *binding) isBare(rule unit.Unit) bool {
	names := rule.Names()
	return len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { return !b.letters[name].bare })
}

// bind gives a letter its unit, if the rule is a letter that has none yet, and reports whether
// it did. A literal 0 binds no letter, since it fits any unit: the next argument decides.
func (b *binding) bind(rule unit.Unit, param string, m measure) bool {
	names := rule.Names()
	if len(names) != 1 || names[0] == "time" || !rule.Equal(unit.Named(names[0])) || m.zero {
		return false
	}
	if _, taken := b.letters[names[0]]; taken {
		return false
	}
	b.letters[names[0]], b.from[names[0]] = m, param
	return true
}

// apply checks arguments by a function's rule, and returns the unit of its value. The last
// parameter of the rule holds for all further arguments of a variadic function. Letters take their
// units from left to right, so that a message compares an argument with an earlier one.
func (u *unitChecker) apply(row *function.Row, given []measure, e *equation.Call) measure {
	r := rules()[row.Name]
	b := &binding{u.clock, map[string]measure{}, map[string]string{}}
	sound := true
	for i, m := range given {
		rule, param := r.params[min(i, len(r.params)-1)], row.Param(i).Name
		if b.bind(rule, param, m) {
			continue
		}
		if want := b.expect(rule); !m.fits(want) {
			sound = false
			u.badArgument(row, param, e.Args[i], m, want, b.from[rule.String()])
		}
	}
	if !sound {
		return measure{}
	}
	return b.expect(r.result)
}

// badArgument reports an argument in another unit than the rule asks for.
func (u *unitChecker) badArgument(row *function.Row, param string, e equation.Expr, got, want measure, like string) {
	hint := "see " + row.Signature() + ": " + row.Help
	if want.unit.IsOne() {
		hint = "divide it by a reference value of the same unit"
	}
	if like == param { // further arguments of a variadic function
		like = ""
	}
	if like != "" {
		like = fmt.Sprintf(", as %s is", like)
	}
	if got.bare || want.bare {
		if got.bare {
			hint = nameNumber(want)
		}
		u.bareNumber(e, hint, "%s of %s must be %s%s, but it is %s", param, row.Name, measured(want), like, measured(got))
		return
	}
	u.reportAt(code.UnitArgument, e, hint, "%s of %s must be %s%s, but it is %s", param,
		row.Name, measured(want), like, measured(got))
}
