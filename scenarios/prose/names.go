package prose

import (
	"cmp"
	"iter"
	"math"
	"strings"
	"unicode"

	"weir/model"
)

// Names translates identifiers of a model into labels. It never changes after NewNames.
type Names struct {
	model *model.Model
	lower map[string]bool // words that the model or set writes without a capital
	twice map[string]bool // labels that more than one variable has
	// plurals maps the units that the model declares to their plurals.
	Plurals map[string]string
}

// NewNames returns the names of a model. set is the text of the scenario set over it; it
// shows, as the model's files do, which words are written without a capital.
func NewNames(m *model.Model, set []byte) Names {
	n := Names{model: m, lower: map[string]bool{}, twice: map[string]bool{}, Plurals: map[string]string{}}
	for _, u := range m.Units {
		if u.Plural != "" {
			n.Plurals[u.Name] = u.Plural
		}
	}
	texts := [][]byte{set, m.Files[m.File]}
	for _, x := range m.Modules {
		texts = append(texts, m.Files[x.File])
	}
	seen := map[string]bool{}
	for _, v := range m.Variables {
		n.twice[v.Label] = n.twice[v.Label] || seen[v.Label]
		seen[v.Label] = true
	}
	for _, t := range texts {
		for w := range smallWords(string(t)) {
			n.lower[w] = true
		}
	}
	return n
}

// smallWords yields the words of a text from their first small letter on: "issouri" of Missouri. It
// is a loop over a text, since the pattern \p{Ll}\p{L}* took 0.7 s of a comparison of a large model.
func smallWords(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := -1
		for i, r := range text {
			switch {
			case from >= 0 && !unicode.IsLetter(r):
				if !yield(text[from:i]) {
					return
				}
				from = -1
			case from < 0 && unicode.Is(unicode.Ll, r):
				from = i
			}
		}
		if from >= 0 {
			yield(text[from:])
		}
	}
}

// Quantity returns the quantity of a variable, "x" or "x[a,b]": in a unit, or if that is ""
// in the variable's own.
func (n Names) Quantity(name, unit string, largest float64) Quantity {
	base, _, _ := strings.Cut(name, "[")
	if v := n.model.Variable(base); v != nil {
		unit = cmp.Or(unit, v.Units)
		if v.Range != nil {
			largest = max(largest, math.Abs(v.Range[0]), math.Abs(v.Range[1]))
		}
	}
	return QuantityOf(UnitWords(unit, n.Plurals), false, largest)
}

// Inside returns a label as it is written within a sentence: "Children in city schools"
// becomes "children in city schools", but "SLPS students" and "Missouri" keep their
// capital. A word that the files never write without a capital is a name.
func (n Names) Inside(label string) string {
	first, _, _ := strings.Cut(label, " ")
	runes := []rune(strings.TrimRight(first, "'’s,.:"))
	if len(runes) < 2 || !unicode.IsUpper(runes[0]) || !unicode.IsLower(runes[1]) || strings.HasSuffix(first, ".") {
		return label
	}
	runes = []rune(strings.Trim(first, "'’,:"))
	stem := strings.ToLower(string(runes))
	if !n.lower[stem] && !n.lower[strings.TrimRight(stem, "'’s")] {
		return label
	}
	return strings.ToLower(string(runes[0])) + strings.TrimPrefix(label, string(runes[0]))
}

// Of returns the label of "x" or "x[a,b]": "Students enrolled (district, kindergarten)". A
// variable without a label keeps its identifier, without underscores.
func (n Names) Of(name string) string {
	base, elements, _ := strings.Cut(strings.TrimSuffix(name, "]"), "[")
	label := plainly(base[strings.LastIndexByte(base, '.')+1:])
	v := n.model.Variable(base)
	if v != nil && v.Label != "" {
		label = v.Label
	}
	if v != nil && v.Module != "" && (v.Label == "" || n.twice[v.Label]) {
		label += " (" + n.module(v.Module) + ")"
	}
	if elements == "" {
		return label
	}
	words := strings.Split(elements, ",")
	for i, e := range words {
		words[i] = n.element(strings.TrimSpace(e))
	}
	return label + " (" + strings.Join(words, ", ") + ")"
}

// module returns the label of a module of the model, or its name.
func (n Names) module(name string) string {
	for _, m := range n.model.Modules {
		if m.Name == name && m.Label != "" {
			return m.Label
		}
	}
	return plainly(name)
}

// element returns the label of a dimension's element, or the element itself.
func (n Names) element(e string) string {
	for _, d := range n.model.Dimensions {
		if l, ok := d.Labels[e]; ok {
			return l
		}
		if d.Name == e && d.Label != "" {
			return d.Label // a subrange
		}
	}
	if e == "*" {
		return "all"
	}
	return plainly(e)
}

// plainly returns an identifier without its underscores.
func plainly(name string) string { return strings.ReplaceAll(name, "_", " ") }

// Source returns the title of a source by its id; a text that is no id is returned
// unchanged.
func (n Names) Source(text string) string {
	for _, s := range n.model.Sources {
		if s.ID == text {
			return s.Title
		}
	}
	return text
}
