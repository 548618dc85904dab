package lower

import (
	"strings"

	"weir/model"
	"weir/model/diagnostic"
)

// A builder writes an equation of ours and remembers where in the file each byte
// comes from.
type builder struct {
	b  strings.Builder
	at []int
}

// put writes words that come from one place.
func (b *builder) put(s string, at int) {
	b.b.WriteString(s)
	for range len(s) {
		b.at = append(b.at, at)
	}
}

// join writes another text.
func (b *builder) join(t written) {
	b.b.WriteString(t.s)
	b.at = append(b.at, t.at...)
}

func (b *builder) done() written { return written{b.b.String(), b.at} }

// A written is an equation in weir's language, each byte with its place in the file.
type written struct {
	s  string
	at []int
}

func words(s string, at int) written {
	var b builder
	b.put(s, at)
	return b.done()
}

// compose fills a template: each $1, $2 … is an argument, the rest comes from at.
func compose(template string, at int, args ...written) written {
	var b builder
	for i := 0; i < len(template); i++ {
		if c := template[i]; c == '$' && i+1 < len(template) {
			i++
			b.join(args[template[i]-'1'])
			continue
		}
		b.put(template[i:i+1], at)
	}
	return b.done()
}

// text makes the document's text.
func (w written) text(span diagnostic.Span) model.Text {
	return model.Text{Text: w.s, Span: span, Map: w.at}
}
