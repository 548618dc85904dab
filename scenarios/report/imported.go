package report

import (
	"fmt"
	"strings"

	"weir/model"
)

// mostNamed is how many variables a warning names; the rest it counts.
const mostNamed = 8

// importWarnings say which parts of another tool's model were left out, and which of the
// outcomes rest on them.
func (b *builder) importWarnings() []sentence {
	m := b.c.Set.Model
	if m.Imported == nil {
		return []sentence{}
	}
	affected := model.Affected(m.Imported, b.c.Set.Resolved)
	if len(affected) == 0 {
		return []sentence{}
	}
	return []sentence{
		say("Not supported in the " + m.Imported.Format + " model, and left out: " + someOf(leftOut(m)) + "."),
		say(b.resting(affected)),
	}
}

// leftOut are the parts of a model that are not supported, each with the reason, by the
// names of the file.
func leftOut(m *model.Model) []string {
	var out []string
	for _, r := range m.Imported.Rows {
		if r.Grade == model.Unsupported && r.Variable != "" {
			out = append(out, "“"+r.Name+"” ("+r.How+")")
		}
	}
	return out
}

// resting says whether what the page shows rests on what was left out.
func (b *builder) resting(affected []string) string {
	rests := map[string]bool{}
	for _, name := range affected {
		rests[name] = true
	}
	var shown []string
	tell := func(variable, label string) {
		base, _, _ := strings.Cut(variable, "[")
		if rests[base] {
			delete(rests, base)
			shown = append(shown, "“"+label+"”")
		}
	}
	for _, o := range b.c.Set.Outcomes {
		tell(o.Variable, o.Label)
	}
	for _, c := range b.c.Set.Charts {
		tell(c.Variable, c.Label)
	}
	var others []string
	for _, name := range affected {
		if rests[name] {
			others = append(others, "“"+b.names.of(name)+"”")
		}
	}
	switch {
	case len(shown) == 0:
		return "No outcome or chart here rests on that; in the model " + someOf(others) + " do."
	case len(others) == 0:
		return "These numbers are not those of the original: " + someOf(shown) + "."
	}
	return "These numbers are not those of the original: " + someOf(shown) + "; and in the model " + someOf(others) + "."
}

// someOf lists words, and counts those beyond mostNamed.
func someOf(words []string) string {
	if len(words) <= mostNamed+1 {
		return list(words)
	}
	return strings.Join(words[:mostNamed], ", ") + fmt.Sprintf(" and %d more", len(words)-mostNamed)
}
