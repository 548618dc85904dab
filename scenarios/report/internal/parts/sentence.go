// Package parts holds the plain data of which a page is made: sentences and tables. The
// templates lay them out.
package parts

import "strings"

// A Sentence is a list of phrases, which are printed without space between them.
type Sentence []Phrase

// A Phrase is a piece of a sentence: plain, the name of a scenario with the key of its
// colour, or a link to a place on the page.
type Phrase struct{ Text, Key, Link string }

// Say returns a sentence of strings, phrases and sentences.
func Say(parts ...any) Sentence {
	s := Sentence{}
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			s = append(s, Phrase{Text: p})
		case Phrase:
			s = append(s, p)
		case Sentence:
			s = append(s, p...)
		}
	}
	return s
}

// String returns the sentence without colours and links.
func (s Sentence) String() string {
	var b strings.Builder
	for _, p := range s {
		b.WriteString(p.Text)
	}
	return b.String()
}
