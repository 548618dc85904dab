package check

import (
	"strings"
	"unicode"

	"weir/model/diagnostic"
	"weir/model/document"
)

// restore puts a file's own names in the place of ours in messages about it. A name that is
// a word of messages stays as it is: nothing tells the two apart.
func restore(i *document.Import, l diagnostic.List) {
	own := map[string]string{}
	for _, r := range i.Rows {
		if r.Variable != "" && r.Variable != r.Name && own[r.Variable] == "" && !ours[r.Variable] {
			own[r.Variable] = r.Name
		}
	}
	for k := range l {
		l[k].Message, l[k].Hint = renamed(l[k].Message, own), renamed(l[k].Hint, own)
		for j := range l[k].Related {
			l[k].Related[j].Message = renamed(l[k].Related[j].Message, own)
		}
	}
}

// renamed replaces whole names in a text.
func renamed(text string, own map[string]string) string {
	inside := func(r rune) bool { return r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	var b strings.Builder
	for text != "" {
		n := strings.IndexFunc(text, func(r rune) bool { return !inside(r) })
		if n < 0 {
			n = len(text)
		}
		if n == 0 {
			n = strings.IndexFunc(text, inside)
			if n < 0 {
				n = len(text)
			}
			b.WriteString(text[:n])
			text = text[n:]
			continue
		}
		if name, ok := own[text[:n]]; ok {
			b.WriteString(name)
		} else {
			b.WriteString(text[:n])
		}
		text = text[n:]
	}
	return b.String()
}
