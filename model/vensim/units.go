package vensim

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"weir/model"
	"weir/model/unit"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/syntax"
)

// units are the names of units in a file. Vensim's have no case: the first spelling is
// the one that the model has.
type units struct {
	*report.Report
	src       string                      // the decoded file
	vars      *variables                  // to which the units of macros refer
	spellings map[string]string           // by lower case
	used      map[string]bool             // by spelling
	own       bool                        // the settings say which units are the same
	inMacros  map[*syntax.Equation]string // worked out for the equations of macros
	declared  []*model.UnitDeclaration    // units with several spellings
}

// newUnits returns the units of a file, of which none has been seen.
func newUnits(r *report.Report, src string, vars *variables) *units {
	return &units{Report: r, src: src, vars: vars, spellings: map[string]string{}, used: map[string]bool{},
		inMacros: map[*syntax.Equation]string{}}
}

// text returns the first units of a variable's equations, without the range.
func (u *units) text(v *variable) string {
	for _, eq := range v.equations {
		if text := u.of(eq); text != "" {
			return text
		}
	}
	return ""
}

// rangeOf returns the range of sensible values after the units: [0, 10] or [0, ?, 0.1]. It is
// the range of a slider in Vensim. An open or empty range is none.
// The first equation with a sound range counts; without one the result is nil.
func (u *units) rangeOf(v *variable) *[2]float64 {
	for _, eq := range v.equations {
		_, text, ok := strings.Cut(u.src[eq.Units.Start:eq.Units.End], "[")
		if !ok {
			continue
		}
		text, _, _ = strings.Cut(text, "]")
		fields := strings.Split(text, ",")
		if len(fields) < 2 {
			continue
		}
		low, err1 := strconv.ParseFloat(strings.TrimSpace(fields[0]), 64)
		high, err2 := strconv.ParseFloat(strings.TrimSpace(fields[1]), 64)
		if err1 == nil && err2 == nil && low < high && !math.IsInf(low, 0) && !math.IsInf(high, 0) {
			return &[2]float64{low, high}
		}
	}
	return nil
}

// calendar are the units of time, in the one spelling that weir has for them.
var calendar = map[string]string{
	"year": "year", "years": "year", "quarter": "quarter", "quarters": "quarter", "month": "month", "months": "month",
	"week": "week", "weeks": "week",
	"day": "day", "days": "day", "hour": "hour", "hours": "hour", "minute": "minute", "minutes": "minute",
	"second": "second", "seconds": "second",
}

// spelled returns a unit's name in the spelling that the file has first: Vensim's units have
// no case.
func (u *units) spelled(name string) string {
	key := strings.ToLower(name)
	if c := calendar[key]; c != "" {
		return c
	}
	if u.spellings[key] == "" {
		u.spellings[key] = name
	}
	return u.spellings[key]
}

// usualUnits are the units that mean the same in a new model, for files without
// settings; the calendar's plurals are weir's, too.
var usualUnits = []string{"$,Dollar,Dollars,$s", "Person,People,Persons", "Unit,Units"}

// addUsual declares those of them that the file has in several spellings.
func (u *units) addUsual() {
	if u.own {
		return
	}
	for _, list := range usualUnits {
		var used []string
		for _, n := range strings.Split(list, ",") {
			if n = u.spelled(unitName(n)); u.used[n] && !slices.Contains(used, n) {
				used = append(used, n)
			}
		}
		u.declareSame(used, syntax.Span{})
	}
}

// plainNumber are the words for a unit of 1.
var plainNumber = map[string]bool{"dmnl": true, "dimensionless": true, "1": true}

// same reads names that mean the same unit.
func (u *units) same(rest string, s syntax.Span) {
	u.own = true
	var names []string
	plain := false
	for _, n := range strings.Split(rest, ",") {
		n = strings.TrimSpace(n)
		plain = plain || plainNumber[strings.ToLower(n)]
		if n = u.spelled(unitName(n)); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if plain {
		// All of the names become that of the plain number, whichever comes first in the list.
		for _, n := range names {
			u.spellings[strings.ToLower(n)] = "dmnl"
		}
		return
	}
	u.declareSame(names, syntax.Span{Start: s.Start, End: s.Start})
}

// declareSame declares the other names as spellings of the first one, if there are any.
func (u *units) declareSame(names []string, at syntax.Span) {
	if len(names) > 1 {
		d := &model.UnitDeclaration{Name: names[0], Alias: names[1:], Span: u.Place(at)}
		d.TakePlural()
		u.declared = append(u.declared, d)
	}
}

// weir returns a unit as weir writes it: names of several words with underscores; ""
// if it is none.
func (u *units) weir(text string) string {
	out := syntax.EachUnit(text, func(name string) string {
		name = u.spelled(unitName(name))
		u.used[name] = true
		return name
	})
	var s unit.System
	if _, err := s.Parse(out); err != nil {
		return ""
	}
	return out
}

// unitName returns one name in a unit: letters, digits and underscores.
func unitName(name string) string {
	if _, err := strconv.ParseFloat(name, 64); err == nil {
		return name
	}
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) {
			return r
		}
		return '_'
	}, name), "_")
}

// plain returns a unit of one name, "" if it is something else.
func (u *units) plain(text string) string {
	out := u.weir(text)
	if out == "" || strings.ContainsAny(out, "()*/^") || out[0] >= '0' && out[0] <= '9' {
		return ""
	}
	return out
}

// The units of an equation in a macro refer to its arguments: x/delay is the unit of the
// argument x of a call over that of its argument delay. Where those are not known, the
// units are left out, and the checker derives them from the equation.

// maxUnit bounds the units of one equation in bytes: in nested macros those of each are
// written with those of its arguments, and grow by the depth of the calls.
const maxUnit = 1000

// of returns the units of an equation, without the range; "" if there are none, if an
// argument's are not known or depend on the equation's own, or if they are too long. The
// units of macros are worked out once.
func (u *units) of(eq *syntax.Equation) string {
	if eq.Arguments == nil {
		return syntax.UnitText(u.src, eq)
	}
	text, known := u.inMacros[eq]
	if !known {
		u.inMacros[eq] = "" // until it is known: an equation's units cannot depend on themselves
		text = u.within(eq)
		u.inMacros[eq] = text
	}
	return text
}

// within returns the units of a macro's equation.
func (u *units) within(eq *syntax.Equation) string {
	text := syntax.UnitText(u.src, eq)
	known := true
	text = syntax.EachUnit(text, func(name string) string {
		of, ok := u.argument(eq.Arguments, name)
		known = known && ok
		return of
	})
	if !known || len(text) > maxUnit {
		return ""
	}
	return text
}

// argument returns the unit behind a name in the units of a macro's equation, for one call
// of the macro, and whether it is known.
func (u *units) argument(arguments map[string]syntax.Expr, name string) (string, bool) {
	key := syntax.Key(name)
	a, bound := arguments[key]
	if !bound {
		// A name with a $ at its end is one of the model, not of the macro; of Time the unit is
		// that of the step.
		own, marked := strings.CutSuffix(key, "$")
		if !marked {
			return name, true
		}
		if own = strings.TrimRight(own, "_"); own == "time" {
			own = "time_step"
		}
		a = &syntax.Ref{Key: own}
	}
	r, ok := a.(*syntax.Ref)
	if !ok || u.vars.byKey[r.Key] == nil {
		return "", false
	}
	for _, eq := range u.vars.byKey[r.Key].equations {
		switch text := u.of(eq); {
		case text == "":
		case strings.ContainsAny(text, "()*/^"):
			return "(" + text + ")", true
		default:
			return text, true
		}
	}
	return "", false
}
