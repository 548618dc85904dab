package health

import (
	"strings"

	"weir/model"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/parts"
)

// importWarnings reports the parts of another tool's model that were left out, and the
// outcomes that rest on them.
func (b *Teller) importWarnings() []parts.Sentence {
	m := b.C.Set.Model
	if m.Imported == nil {
		return []parts.Sentence{}
	}
	affected := model.Affected(m.Imported, b.C.Set.Resolved)
	if len(affected) == 0 {
		return []parts.Sentence{}
	}
	return []parts.Sentence{
		parts.Say("Not supported in the " + m.Imported.Format + " model, and left out: " +
			prose.Some(leftOut(m)) + "."),
		parts.Say(b.resting(affected)),
	}
}

// leftOut returns the unsupported parts of a model by their names in its file, each with
// the reason.
func leftOut(m *model.Model) []string {
	var out []string
	for _, r := range m.Imported.Rows {
		if r.Grade == model.Unsupported && r.Variable != "" {
			out = append(out, "“"+r.Name+"” ("+r.How+")")
		}
	}
	return out
}

// resting returns a sentence about the variables that rest on a part that was left out:
// those that the page shows, then the others.
func (b *Teller) resting(affected []string) string {
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
	for _, o := range b.C.Set.Outcomes {
		tell(o.Variable, o.Label)
	}
	for _, c := range b.C.Set.Charts {
		tell(c.Variable, c.Label)
	}
	var others []string
	for _, name := range affected {
		if rests[name] {
			others = append(others, "“"+b.Names.Of(name)+"”")
		}
	}
	switch {
	case len(shown) == 0:
		return "No outcome or chart here rests on that; in the model " + prose.Some(others) + " do."
	case len(others) == 0:
		return "These numbers are not those of the original: " + prose.Some(shown) + "."
	}
	return "These numbers are not those of the original: " + prose.Some(shown) + "; and in the model " +
		prose.Some(others) + "."
}
