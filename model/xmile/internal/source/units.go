package source

import (
	"slices"
	"strings"
	"unicode"

	"weir/model"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
)

// calendar are the words for units of time that mean the same everywhere.
var calendar = map[string]string{
	"year": "year", "years": "year", "yr": "year", "yrs": "year", "month": "month", "months": "month", "mo": "month",
	"quarter": "quarter", "quarters": "quarter", "week": "week", "weeks": "week", "wk": "week", "day": "day", "days": "day",
	"hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "minute": "minute", "minutes": "minute", "min": "minute",
	"second": "second", "seconds": "second", "sec": "second",
	"dmnl": "1", "dimensionless": "1", "unitless": "1", "fraction": "1", "nil": "1", "none": "1",
}

// Units give each unit of a file one spelling: names of units are compared as
// names of variables are.
type Units struct {
	first   map[string]string        // by canonical name: how it is written here
	defs    map[string]string        // a defined unit's equation, by canonical name
	Decl    []*model.UnitDeclaration // in file order
	plurals map[string]string
	steps   int // definitions followed in one unit
}

// ReadUnits reads <model_units>; plurals are those that weir wrote beside it.
func ReadUnits(root *scan.Node, file *scan.Sources, plurals map[string]string) *Units {
	t := &Units{first: map[string]string{}, defs: map[string]string{}, plurals: plurals}
	if section := root.Kid("model_units"); section != nil {
		for _, n := range append(section.All("unit"), section.All("units")...) {
			t.declare(n, file)
		}
	}
	return t
}

// declare reads one unit. One with an equation is short for the equation; one that is
// disabled is there to override the units that a tool knows by itself, and has no meaning
// here.
func (t *Units) declare(n *scan.Node, file *scan.Sources) {
	name := naming.Canonical(n.Value("name"))
	if name == "" || t.first[name] != "" || t.defs[name] != "" || strings.EqualFold(n.Value("disabled"), "true") {
		return
	}
	names := []string{n.Value("name")}
	for _, a := range n.All("alias") {
		names = append(names, strings.Split(a.Text().Value, ",")...)
	}
	// A unit that is its own equation, or a word of the calendar, is declared as a word.
	if eqn := n.Words("eqn"); eqn != "" && naming.Canonical(eqn) != name && calendar[name] == "" {
		for _, other := range names {
			t.defs[naming.Canonical(other)] = eqn
		}
		return
	}
	own, plural := t.sameAs(names), t.plurals[n.Value("name")]
	var alias []string
	for _, other := range names {
		key, word := naming.Canonical(other), unitName(other)
		if key == "" || calendar[key] != "" || t.first[key] != "" {
			continue
		}
		if t.first[key] = own; word != own && word != plural && !slices.Contains(alias, word) {
			alias = append(alias, word)
		}
	}
	if calendar[naming.Canonical(own)] == "" {
		d := &model.UnitDeclaration{Name: own, Plural: plural, Alias: alias, Span: n.Span(file)}
		d.TakePlural()
		t.Decl = append(t.Decl, d)
	}
}

// sameAs returns how a unit of several names is written: as a word of the calendar if one
// of them is one.
func (t *Units) sameAs(names []string) string {
	for _, name := range names {
		if w := calendar[naming.Canonical(name)]; w != "" && w != "1" {
			return w
		}
	}
	return unitName(names[0])
}

// word returns how a unit of that name is written here.
func (t *Units) word(name string) string {
	key := naming.Canonical(name)
	if w := calendar[key]; w != "" {
		return w
	}
	if w := t.first[key]; w != "" {
		return w
	}
	t.first[key] = unitName(name)
	return t.first[key]
}

// unitName returns a unit's name with the characters that weir's units may have.
// It is "1" for an empty name, and never begins with a digit.
func unitName(name string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(name), "_") {
		switch {
		case r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.In(r, unicode.Sc):
			b.WriteRune(r)
		case r == '%':
			b.WriteString("percent")
		default:
			b.WriteByte('_')
		}
	}
	out := b.String()
	if out == "" {
		return "1"
	}
	if out[0] >= '0' && out[0] <= '9' {
		out = "unit_" + out
	}
	return out
}

// text writes the units of a variable in our way. A unit that is defined by an
// equation becomes its definition.
// Units that cannot be written, such as one that is defined by itself, become none.
func (t *Units) text(units string) string {
	t.steps = 0
	return t.expand(units, 0)
}

// expand follows definitions, a bounded number of them.
func (t *Units) expand(units string, depth int) string {
	units = strings.TrimSpace(units)
	if t.steps++; units == "" || depth > 8 || t.steps > 100 {
		return ""
	}
	if def := t.defs[naming.Canonical(units)]; def != "" {
		return t.expand(def, depth+1)
	}
	var b strings.Builder
	for i := 0; i < len(units); {
		n := strings.IndexAny(units[i:], "*/^()·")
		if n < 0 {
			n = len(units) - i
		}
		if word := strings.TrimSpace(units[i : i+n]); word != "" {
			b.WriteString(t.factor(word, depth))
		}
		if i += n; i < len(units) {
			sign := units[i : i+1]
			if strings.HasPrefix(units[i:], "·") {
				sign, i = "*", i+1
			}
			b.WriteString(sign)
			i++
		}
	}
	return b.String()
}

// factor returns one name or number of a unit.
func (t *Units) factor(word string, depth int) string {
	if strings.Trim(word, "0123456789.- ") == "" {
		return strings.ReplaceAll(word, " ", "")
	}
	if def := t.defs[naming.Canonical(word)]; def != "" {
		if in := t.expand(def, depth+1); in != "" {
			return "(" + in + ")"
		}
	}
	// person-month is a product
	if parts := strings.Split(word, "-"); len(parts) > 1 && t.first[naming.Canonical(word)] == "" {
		for i := range parts {
			parts[i] = t.word(parts[i])
		}
		return "(" + strings.Join(parts, "*") + ")"
	}
	// Older files write units in words: people per month.
	per := strings.Split(" "+strings.ToLower(word)+" ", " per ")
	if len(per) == 2 && t.first[naming.Canonical(word)] == "" {
		i := len(per[0])
		left, right := strings.TrimSpace(word[:max(0, i-1)]), strings.TrimSpace(word[min(len(word), i+4-1):])
		if left == "" {
			left = "1"
		} else {
			left = t.word(left)
		}
		return left + "/" + t.word(right)
	}
	return t.word(word)
}
