// Package units compares the units of everything that must agree, and reports where they do
// not.
package units

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/unit"
)

// Check compares units, inside out. A unit that is not known, because a variable has none or a
// mistake is reported already, agrees with everything.
//
// A number in an equation is a plain number: it may multiply and divide anything, but it can be
// added to or compared with plain numbers only. 0 fits any unit, and so does a number that is
// the whole equation.
//
// Expectations of tests are not checked: they compare with numbers.
func Check(c *state.State) {
	u := &unitChecker{State: c, before: errorSpans(c.List), measures: map[string]measure{}}
	u.declareUnits()
	u.clock = u.measureOf(c.Model.Time.Unit, c.Model.Time.UnitSpan())
	for _, v := range c.Model.Variables {
		if c.Names[v.Name] == v {
			u.measures[v.Name] = u.measureOf(v.Units, v.SpanOf("units"))
			if v.Conveyor != nil {
				u.belts = append(u.belts, v)
			}
		}
	}
	u.compareClock()
	u.wantFlows()
	for _, v := range c.Model.Variables {
		u.variable(v)
	}
	u.noteUndeclared()
}

// A unitChecker knows the unit of every name.
type unitChecker struct {
	*state.State
	belts    []*document.Variable // conveyors
	before   []diagnostic.Span    // of the errors of the passes before, in order of place
	system   unit.System
	declared []string // names in [unit], and the time unit
	// the unit of time, unknown if the model has none
	clock    measure
	measures map[string]measure // of variables
	wants    map[string]measure // of flows, by their stocks; see wantFlows
	text     *document.Text     // the equation that is being checked
	noted    bool               // a bare number in it
	spoiled  []diagnostic.Span  // places in it reported by the passes before
}

// enter begins an equation. The errors before are sorted by place, so the search begins at the
// first one that starts inside the equation.
func (u *unitChecker) enter(t *document.Text) {
	u.text, u.spoiled, u.noted = t, nil, false
	from, _ := slices.BinarySearchFunc(u.before, t.Span, byStart)
	for _, s := range u.before[from:] {
		if s.File != t.Span.File || s.Start > t.Span.End {
			break
		}
		if s.End <= t.Span.End {
			u.spoiled = append(u.spoiled, s)
		}
	}
}

// errorSpans returns the places of the errors in a list, in the order of byStart: an equation
// looks for its own without a walk through all of them.
func errorSpans(list diagnostic.List) []diagnostic.Span {
	var out []diagnostic.Span
	for _, d := range list {
		if d.Severity == diagnostic.Error {
			out = append(out, d.Span)
		}
	}
	slices.SortFunc(out, byStart)
	return out
}

// byStart orders places by file, and in a file by where they begin.
func byStart(a, b diagnostic.Span) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Start, b.Start))
}

// isSpoiled reports whether something in an expression was reported before. Its unit is then
// unknown.
func (u *unitChecker) isSpoiled(e equation.Expr) bool {
	at := u.text.At(e.Pos())
	return slices.ContainsFunc(u.spoiled,
		func(s diagnostic.Span) bool { return s.Start >= at.Start && s.End <= at.End })
}

// A measure is a unit, as far as it is known. The zero value knows nothing.
type measure struct {
	unit  unit.Unit
	known bool
	zero  bool // the number 0, which fits any unit; known is false
	bare  bool // made of numbers in equations only, which may be meant in some unit
}

// in returns the measure of a known unit.
func in(u unit.Unit) measure { return measure{unit: u, known: true} }

// plain is the measure of a number with a name, bare that of one in an equation.
var (
	plain = in(unit.Unit{})
	bare  = measure{known: true, bare: true}
)

// fits reports whether two measures may be added. An unknown one fits any other.
func (m measure) fits(n measure) bool { return !m.known || !n.known || m.unit.Equal(n.unit) }

// String returns the unit as messages show it.
func (m measure) String() string {
	if m.unit.IsOne() {
		return "a plain number"
	}
	return m.unit.String()
}

// declareUnits reads [unit].
func (u *unitChecker) declareUnits() {
	first := map[string]*document.UnitDeclaration{}
	for _, d := range u.Model.Units {
		var names []string
		for _, name := range append([]string{d.Name, d.Plural}, d.Alias...) {
			if name != "" && u.mayDeclare(name, d, first) {
				names = append(names, name)
			}
		}
		u.system.Declare(d.Name, names...)
		u.declared = append(u.declared, d.Name)
	}
	if u.Model.Time.Unit != "" {
		u.declared = append(u.declared, u.system.Name(u.Model.Time.Unit))
	}
}

// mayDeclare reports false, with a diagnostic, for a name that a unit cannot have. A plural may
// be any text, since it may be there for display only.
func (u *unitChecker) mayDeclare(name string, d *document.UnitDeclaration,
	first map[string]*document.UnitDeclaration) bool {
	if other := first[name]; other != nil && other != d {
		u.Report(code.UnitTwice, d.Span, "give it to one of them only", "the unit name %q means both %s and %s",
			name, other.Name, d.Name)
		u.Relate(other.Span, "first declared here")
		return false
	}
	first[name] = d
	if _, err := u.system.Parse(name); err != nil && name != d.Plural {
		u.Report(code.UnitSyntax, d.Span, "a unit's name is letters, digits and underscores",
			"%q cannot be the name of a unit", name)
		return false
	}
	return true
}

// measureOf reads a unit from the file. One that cannot be read is reported.
func (u *unitChecker) measureOf(text string, at diagnostic.Span) measure {
	if text == "" {
		return measure{}
	}
	parsed, err := u.system.Parse(text)
	if bad := (*unit.Error)(nil); errors.As(err, &bad) {
		u.Report(code.UnitSyntax, at, bad.Hint, "the unit %q cannot be read: %s", text, bad.Message)
		return measure{}
	}
	for _, name := range parsed.Names() {
		if near := misspelled(name, u.declared); near != "" {
			u.Report(code.UnitMisspelled, at,
				fmt.Sprintf("did you mean %s? Otherwise declare it: [unit] %s = {}", near, name),
				"the unit %s is not declared, but %s is", name, near)
			return measure{}
		}
	}
	return in(parsed)
}

// misspelled returns the declared unit that name was probably meant to be, "" if there is none.
// Any name is a unit of its own, so the likeness must be strong: case, a plural, or a typing
// mistake in a longer word.
func misspelled(name string, declared []string) string {
	for _, d := range declared {
		if d == name {
			return ""
		}
	}
	for _, d := range declared {
		if unit.SameWord(name, d) {
			return d
		}
	}
	if near := diagnostic.Nearest(name, declared); len(name) > 4 && len(near) > 4 && !strings.Contains(near, "_") {
		return near
	}
	return ""
}

// variable checks everything in a variable's table.
func (u *unitChecker) variable(v *document.Variable) {
	declared := u.measures[v.Name]
	switch v.Kind {
	case document.KindStock:
		u.equation(&v.Equation, v, declared)
		u.flows(v, declared)
		u.conveyor(v, declared)
	case document.KindFlow, document.KindAux:
		if share, leaks := u.leakShare(v); leaks {
			declared = share
		}
		u.equation(&v.Equation, v, declared)
	case document.KindLookup:
		u.input(v)
	}
	for i := range v.At {
		u.equation(&v.At[i].Text, v, declared)
	}
}

// equation compares an equation with the declared units of its variable.
func (u *unitChecker) equation(t *document.Text, v *document.Variable, declared measure) {
	tree := u.Trees[t]
	if tree == nil {
		return
	}
	u.enter(t)
	got := u.measure(tree)
	if got.fits(declared) || isLiteral(tree) || u.onlyDeclared(v, got) {
		return
	}
	what := "its equation"
	switch {
	case v.Kind == document.KindStock:
		what = "its initial value"
	case v.Scope != v.Module:
		what = "what it is bound to"
	}
	if got.bare {
		u.bareNumber(tree, nameNumber(declared), "%s is declared in %s, but %s is %s", v, declared.unit, what,
			measured(got))
		return
	}
	u.Report(code.UnitEquation, t.At(tree.Pos()), u.equationHint(got, declared),
		"%s is declared in %s, but %s is %s", v, declared.unit, what, measured(got))
	u.Relate(v.SpanOf("units"), "declared here")
}

// bareNumber notes a number in an equation that ought to have a unit, once per equation. It
// is no mistake: the number may be in just the unit that is wanted.
func (u *unitChecker) bareNumber(e equation.Expr, hint, format string, args ...any) {
	if !u.noted {
		u.noted = true
		u.remark(code.BareNumber, diagnostic.Note, u.text.At(e.Pos()), hint, format, args...)
	}
}

// measured returns "in student", or "a plain number".
func measured(m measure) string {
	if m.unit.IsOne() {
		return m.String()
	}
	return "in " + m.String()
}

// equationHint returns a guess at the factor that an equation lacks. A ratio of one unit of time
// means a rate written as an amount, or the reverse. Two words that differ by an ending only are
// likely to be one unit in two spellings.
func (u *unitChecker) equationHint(got, declared measure) string {
	ratio := in(got.unit.Div(declared.unit))
	perClock := in(unit.Unit{}.Div(u.clock.unit))
	switch {
	case u.clock.known && !u.clock.unit.IsOne() && ratio.fits(u.clock):
		return fmt.Sprintf("divide by a time: per %s is missing", u.clock)
	case u.clock.known && !u.clock.unit.IsOne() && ratio.fits(perClock):
		return fmt.Sprintf("multiply by a time in %s, such as dt or the length of a stay", u.clock)
	}
	missing := declared.unit.Div(got.unit)
	if a, b, ok := missing.Ratio(); ok && unit.SameWord(a, b) {
		return u.declareOne(a, b)
	}
	return fmt.Sprintf("what is missing, or too much, has the unit %s", missing)
}

// declareOne returns the hint that two names, such as student and students, are two units until
// they are declared to be one. The shorter one is taken for the singular.
func (u *unitChecker) declareOne(a, b string) string {
	if len(a) > len(b) {
		a, b = b, a
	}
	if u.Model.Imported != nil {
		return fmt.Sprintf("%s and %s are two units; if they are one, say so in the tool's list of equivalent units", a, b)
	}
	return fmt.Sprintf("%s and %s are two units; if they are one, declare it: [unit] %[1]s = { plural = %[2]q }", a, b)
}

// isLiteral reports whether an equation consists of numbers only. Those have whatever unit is
// declared. So 12 / 4 is one, and dt / 2 is not.
func isLiteral(e equation.Expr) bool {
	literal := true
	equation.Walk(e, func(e equation.Expr) bool {
		switch e.(type) {
		case *equation.Name, *equation.Call:
			literal = false
		}
		return literal
	})
	return literal
}

// conveyor checks the equations of a conveyor.
func (u *unitChecker) conveyor(stock *document.Variable, declared measure) {
	c := stock.Conveyor
	if c == nil || !u.clock.known {
		return
	}
	u.equation(&c.Transit, stock, u.clock)
	u.equation(&c.Capacity, stock, declared)
	if declared.known {
		u.equation(&c.InflowLimit, stock, in(declared.unit.Div(u.clock.unit)))
	}
}

// leakShare returns the unit of a leak's equation, which is a share and not the flow. The share of
// a linear leak is a plain number over the whole way; that of an exponential one is per unit of
// time. It returns false for a flow that is no leak.
func (u *unitChecker) leakShare(flow *document.Variable) (measure, bool) {
	for _, v := range u.belts {
		if !slices.Contains(v.Conveyor.Leak, flow.Name) {
			continue
		}
		if v.Conveyor.Exponential && u.clock.known {
			return in(unit.Unit{}.Div(u.clock.unit)), true
		}
		return plain, true
	}
	return measure{}, false
}

// input checks the input that a lookup has of its own.
func (u *unitChecker) input(v *document.Variable) {
	tree := u.Trees[&v.Input]
	if tree == nil {
		return
	}
	u.enter(&v.Input)
	u.lookupInput(v.Name, u.measure(tree), v.Input.At(tree.Pos()))
}

// lookupInput checks the argument of a lookup. A table of a plain number holds for any size of
// its subject; a table over time is as good.
func (u *unitChecker) lookupInput(name string, got measure, at diagnostic.Span) {
	if got.fits(plain) || u.clock.known && got.fits(u.clock) {
		return
	}
	u.remark(code.UnitLookupInput, diagnostic.Warning, at, "divide it by a reference value of the same unit",
		"the input of the lookup %s is %s, so its points hold for that unit only", state.Name(name), measured(got))
}

// remark reports a diagnostic with a severity of its own.
func (u *unitChecker) remark(code diagnostic.Code, s diagnostic.Severity, at diagnostic.Span,
	hint, format string, args ...any) {
	u.Report(code, at, hint, format, args...)
	u.List[len(u.List)-1].Severity = s
}

// noteUndeclared notes variables without units, if most have them. In a model that has units for
// half of its variables or fewer nobody seems to want the check.
func (u *unitChecker) noteUndeclared() {
	var without []*document.Variable
	for _, v := range u.Model.Variables {
		if v.Units == "" && !v.Broken && v.Module == "" {
			without = append(without, v)
		}
	}
	if 2*len(without) >= len(u.Model.Variables) {
		return
	}
	for _, v := range without {
		u.remark(code.UndeclaredUnits, diagnostic.Note, v.Span, u.suggestUnits(v),
			"%s has no units, so what uses it is not checked", v)
	}
}

// suggestUnits returns a hint for a variable without units: those of its equation. Mistakes found
// on the way are taken back: they were reported when the equation was checked.
func (u *unitChecker) suggestUnits(v *document.Variable) string {
	if tree := u.Trees[&v.Equation]; tree != nil && !isLiteral(tree) {
		before := len(u.List)
		u.enter(&v.Equation)
		got := u.measure(tree)
		u.List = u.List[:before] // all that was reported before
		if got.known {
			return fmt.Sprintf("write units = %q", got.unit)
		}
	}
	return `write units = "…", or "1" for a plain number`
}
