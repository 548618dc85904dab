package vensim

import (
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
		if err1 == nil && err2 == nil && low < high {
			return &[2]float64{low, high}
		}
	}
	return nil
}

// weirUnit is a unit as weir writes it: names of several words with underscores; ""
// if it is none.
func weirUnit(text string) string {
	var b strings.Builder
	name := ""
	flush := func() {
		b.WriteString(unitName(strings.TrimSpace(name)))
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
func plainUnit(text string) string {
	u := strings.ToLower(weirUnit(text))
	if u == "" || strings.ContainsAny(u, "()*/^") || u[0] >= '0' && u[0] <= '9' {
		return ""
	}
	return u
}
