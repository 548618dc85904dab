package shape

import (
	"strconv"
	"strings"
)

// InWords returns the values of a form in a modeler's words, such as "a number above 0" or "a text, or
// a list of texts".
func (f *Form) InWords() string {
	switch f.kind {
	case text:
		if f.words != nil {
			return "one of " + strings.Join(f.words, ", ")
		}
		return "a text"
	case flag:
		return "true or false"
	case number:
		return "a number" + f.bounds()
	case whole:
		return "a whole number" + f.bounds()
	case list:
		return "a list of " + several(f.inner)
	case tuple:
		var parts []string
		for _, item := range f.forms {
			parts = append(parts, item.InWords())
		}
		return "a list: " + strings.Join(parts, ", ")
	case nested:
		return "a number, or lists of numbers"
	case either:
		return f.choices()
	case table:
		return "a table"
	case each, named:
		return "a table of names"
	}
	return "any value"
}

// choices returns the forms of a choice, each once.
func (f *Form) choices() string {
	var parts []string
	for _, choice := range f.forms {
		words := choice.InWords()
		if len(parts) == 0 || parts[len(parts)-1] != words {
			parts = append(parts, words)
		}
	}
	return strings.Join(parts, "; or ")
}

// several returns the words for several values of a form.
func several(f *Form) string {
	switch {
	case f.kind == text && f.words == nil:
		return "texts"
	case f.kind == number && f.bounds() == "":
		return "numbers"
	case f.kind == table:
		return "tables"
	}
	return "items, each " + f.InWords()
}

// bounds returns the bounds of a number, with a blank in front; "" if it has none.
func (f *Form) bounds() string {
	show := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	var parts []string
	if f.low != nil {
		word := "of at least "
		if f.lowOpen {
			word = "above "
		}
		parts = append(parts, word+show(*f.low))
	}
	if f.high != nil {
		word := "at most "
		if f.highOpen {
			word = "below "
		}
		parts = append(parts, word+show(*f.high))
	}
	if parts == nil {
		return ""
	}
	return " " + strings.Join(parts, " and ")
}
