package state

import (
	"fmt"
	"strings"
	"unicode"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/resolved"
)

// A Name is an argument of a message that is a variable's name. Plain strings in a message are
// never taken for names, although a variable may be called Unit, Number or A.
type Name string

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

// Say formats a message about the file. Arguments that are variables, or a Name, are shown by the
// names that the file has for them; the words of the message stay as they are.
func (c *State) Say(format string, args ...any) string {
	shown := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case *document.Variable:
			shown[i] = c.Shown(a.Name)
		case *resolved.Variable:
			shown[i] = c.Shown(a.Name)
		case Name:
			shown[i] = c.Shown(string(a))
		default:
			shown[i] = a
		}
	}
	return fmt.Sprintf(format, shown...)
}

// Shown returns the name that the file has for a variable, with its subscripts if it has any. A
// name of a model in our own format is returned as it is.
func (c *State) Shown(name string) string {
	base, subscripts, indexed := strings.Cut(name, "[")
	if c.Names[base] == nil {
		return name
	}
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

// shownHint returns a hint with the file's name of the variable that it suggests. Suggestions of
// elements and dimensions are no variables.
func (c *State) shownHint(about diagnostic.Code, hint string) string {
	if about == code.UnknownElement || about == code.UnknownDimension {
		return hint
	}
	if near, ok := strings.CutPrefix(hint, "did you mean "); ok && strings.HasSuffix(near, "?") {
		return "did you mean " + c.Shown(strings.TrimSuffix(near, "?")) + "?"
	}
	return hint
}
