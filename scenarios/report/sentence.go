package report

import (
	"strings"

	"weir/scenarios"
)

// A sentence is words, some of them names of scenarios that carry their colour, or links.
type sentence []phrase

// A phrase is a piece of a sentence. Key is a scenario's colour, Link a place on the page.
type phrase struct{ Text, Key, Link string }

// say makes a sentence of strings and phrases.
func say(parts ...any) sentence {
	s := sentence{}
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			s = append(s, phrase{Text: p})
		case phrase:
			s = append(s, p)
		case sentence:
			s = append(s, p...)
		}
	}
	return s
}

// String is the sentence without colours.
func (s sentence) String() string {
	var b strings.Builder
	for _, p := range s {
		b.WriteString(p.Text)
	}
	return b.String()
}

// name is a scenario in its colour; nil is the baseline, in words.
func (b *builder) name(s *scenarios.Scenario) phrase {
	for i, r := range b.c.Runs {
		if r.Scenario == s {
			return phrase{Text: r.Label, Key: slotKey(i + 1)}
		}
	}
	return phrase{Text: "no new decisions", Key: slotKey(0)}
}

// named joins scenarios as in a sentence.
func (b *builder) named(list []*scenarios.Scenario) sentence {
	out := sentence{}
	for i, s := range list {
		switch {
		case i > 0 && i == len(list)-1:
			out = append(out, phrase{Text: " and "})
		case i > 0:
			out = append(out, phrase{Text: ", "})
		}
		out = append(out, b.name(s))
	}
	return out
}
