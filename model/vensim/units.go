package vensim

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"weir/model/unit"
)

// unitText is the first units that a variable's equations give, without the range.
func (im *importer) unitText(v *variable) string {
	for _, eq := range v.equations {
		text, _, _ := strings.Cut(im.src[eq.units.start:eq.units.end], "[")
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\\\n", " "), "\\\r\n", " ")
		if text = strings.TrimSpace(text); text != "" {
			return text
		}
	}
	return ""
}

// rangeOf is the range of sensible values after the units: [0, 10] or [0, ?, 0.1].
func (im *importer) rangeOf(v *variable) *[2]float64 {
	for _, eq := range v.equations {
		_, text, ok := strings.Cut(im.src[eq.units.start:eq.units.end], "[")
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

// weirUnit is a unit as weir writes it: names of several words with underscores; ""
// if it is none.
func (im *importer) weirUnit(text string) string {
	var b strings.Builder
	name := ""
	flush := func() {
		b.WriteString(im.spelled(unitName(strings.TrimSpace(name))))
		name = ""
	}
	for _, r := range text {
		if strings.ContainsRune("()*/^", r) {
			flush()
			b.WriteRune(r)
		} else {
			name += string(r)
		}
	}
	flush()
	out := b.String()
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

// plainUnit is a unit of one name, in lower case, "" if it is something else.
func (im *importer) plainUnit(text string) string {
	u := strings.ToLower(im.weirUnit(text))
	if u == "" || strings.ContainsAny(u, "()*/^") || u[0] >= '0' && u[0] <= '9' {
		return ""
	}
	return u
}
