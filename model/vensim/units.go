package vensim

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"weir/model"
	"weir/model/unit"
	"weir/model/vensim/internal/syntax"
)

// unitText is the first units that a variable's equations give, without the range.
func (im *importer) unitText(v *variable) string {
	for _, eq := range v.equations {
		if text := im.unitsOf(eq, 0); text != "" {
			return text
		}
	}
	return ""
}

// rangeOf is the range of sensible values after the units: [0, 10] or [0, ?, 0.1].
func (im *importer) rangeOf(v *variable) *[2]float64 {
	for _, eq := range v.equations {
		_, text, ok := strings.Cut(im.src[eq.Units.Start:eq.Units.End], "[")
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
	"year": "year", "years": "year", "quarter": "quarter", "quarters": "quarter", "month": "month", "months": "month", "week": "week", "weeks": "week",
	"day": "day", "days": "day", "hour": "hour", "hours": "hour", "minute": "minute", "minutes": "minute", "second": "second", "seconds": "second",
}

// spelled is a unit's name in the spelling that the file has first: Vensim's units have
// no case.
func (im *importer) spelled(name string) string {
	key := strings.ToLower(name)
	if c := calendar[key]; c != "" {
		return c
	}
	if im.unitNames == nil {
		im.unitNames = map[string]string{}
	}
	if im.unitNames[key] == "" {
		im.unitNames[key] = name
	}
	return im.unitNames[key]
}

// usualUnits are the units that mean the same in a new model, for files without
// settings; the calendar's plurals are weir's, too.
var usualUnits = []string{"$,Dollar,Dollars,$s", "Person,People,Persons", "Unit,Units"}

// addUsualUnits declares those of them that the file has in several spellings.
func (im *importer) addUsualUnits() {
	if im.ownUnits {
		return
	}
	for _, list := range usualUnits {
		var used []string
		for _, n := range strings.Split(list, ",") {
			if n = im.spelled(unitName(n)); im.usedUnits[n] && !slices.Contains(used, n) {
				used = append(used, n)
			}
		}
		im.declareSame(used, syntax.Span{})
	}
}

// plainNumber are the words for a unit of 1.
var plainNumber = map[string]bool{"dmnl": true, "dimensionless": true, "1": true}

// sameUnits reads names that mean the same unit.
func (im *importer) sameUnits(rest string, s syntax.Span) {
	var names []string
	plain := false
	for _, n := range strings.Split(rest, ",") {
		n = strings.TrimSpace(n)
		plain = plain || plainNumber[strings.ToLower(n)]
		if n = im.spelled(unitName(n)); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if plain {
		for _, n := range names {
			im.unitNames[strings.ToLower(n)] = "dmnl"
		}
		return
	}
	im.declareSame(names, syntax.Span{Start: s.Start, End: s.Start})
}

func (im *importer) declareSame(names []string, at syntax.Span) {
	if len(names) > 1 {
		d := &model.UnitDeclaration{Name: names[0], Alias: names[1:], Span: im.Place(at)}
		d.TakePlural()
		im.m.Units = append(im.m.Units, d)
	}
}

// weirUnit is a unit as weir writes it: names of several words with underscores; ""
// if it is none.
func (im *importer) weirUnit(text string) string {
	out := syntax.EachUnit(text, func(name string) string {
		name = im.spelled(unitName(name))
		if im.usedUnits == nil {
			im.usedUnits = map[string]bool{}
		}
		im.usedUnits[name] = true
		return name
	})
	var s unit.System
	if _, err := s.Parse(out); err != nil {
		return ""
	}
	return out
}

// unitName is one name in a unit: letters, digits and underscores.
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

// plainUnit is a unit of one name, "" if it is something else.
func (im *importer) plainUnit(text string) string {
	u := im.weirUnit(text)
	if u == "" || strings.ContainsAny(u, "()*/^") || u[0] >= '0' && u[0] <= '9' {
		return ""
	}
	return u
}
