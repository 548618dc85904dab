package state

import (
	"fmt"
	"strings"
	"unicode"

	"weir/model/document"
)

// A Word is an argument of a message that is no variable's name, although it may look like
// one: a unit, an element, a parameter of a function.
type Word string

// ownNames returns the names that variables have in the file of another tool, by ours. Of several
// names for one variable the first counts. The map is empty for a model in our own format.
func ownNames(i *document.Import) map[string]string {
	own := map[string]string{}
	if i == nil {
		return own
	}
	for _, r := range i.Rows {
		if r.Variable != "" && r.Variable != r.Name && own[r.Variable] == "" {
			own[r.Variable] = r.Name
		}
	}
	return own
}

// Say formats a message about the file. Arguments that are names of variables get the names
// that the file has for them; the words of the message stay as they are.
func (c *State) Say(format string, args ...any) string {
	if len(c.own) == 0 {
		return fmt.Sprintf(format, args...)
	}
	shown := make([]any, len(args))
	for i, a := range args {
		if name, ok := a.(string); ok {
			a = c.Shown(name)
		}
		shown[i] = a
	}
	return fmt.Sprintf(format, shown...)
}

// Shown returns the name that the file has for a variable, with its subscripts if it has any. A
// name of a model in our own format is returned as it is.
func (c *State) Shown(name string) string {
	base, subscripts, indexed := strings.Cut(name, "[")
	if own, ok := c.own[base]; ok && indexed {
		return own + "[" + subscripts
	} else if ok {
		return own
	}
	return name
}

// ShownIn returns an equation with the names that the file has for its variables. It is for
// equations only, never for sentences.
func (c *State) ShownIn(equation string) string {
	if len(c.own) == 0 {
		return equation
	}
	outside := func(r rune) bool { return r != '_' && r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	var b strings.Builder
	for equation != "" {
		n := strings.IndexFunc(equation, outside)
		if n < 0 {
			n = len(equation)
		}
		b.WriteString(c.Shown(equation[:n]))
		equation = equation[n:]
		if equation != "" {
			_, size := firstRune(equation)
			b.WriteString(equation[:size])
			equation = equation[size:]
		}
	}
	return b.String()
}

// firstRune returns the first character of a text and its length in bytes.
func firstRune(text string) (rune, int) {
	for i, r := range text {
		if i > 0 {
			return r, i
		}
	}
	return 0, len(text)
}

// shownHint returns a hint with the file's name of the variable that it suggests.
func (c *State) shownHint(hint string) string {
	if near, ok := strings.CutPrefix(hint, "did you mean "); ok && strings.HasSuffix(near, "?") {
		return "did you mean " + c.Shown(strings.TrimSuffix(near, "?")) + "?"
	}
	return hint
}
