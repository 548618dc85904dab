package advice

import (
	"fmt"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
)

// gaps are the properties that every variable of a kind has in a documented model. Each gap is
// one remark, at the first variable that lacks it, since a draft lacks many.
var gaps = []struct {
	code  diagnostic.Code
	what  string // lacks it
	why   string
	lacks func(*document.Variable) bool
}{
	{code.Unlabeled, "no label", "the page shows names instead",
		func(v *document.Variable) bool { return v.Label == "" && v.Kind != document.KindLookup }},
	{code.NoEvidence, "neither a source nor a grade of evidence", "say where they come from, or evidence = \"assumed\"",
		func(v *document.Variable) bool {
			return v.Kind == document.KindConstant && v.Source == "" && v.Evidence == ""
		}},
	{code.NoRange, "no range, though assumed", "say what is possible: range = [lower, upper]",
		func(v *document.Variable) bool {
			return v.Kind == document.KindConstant && v.Range == nil &&
				(v.Evidence == "assumed" || v.Evidence == "expert")
		}},
}

// gaps notes everything that the model does not document.
func (a *adviser) gaps() {
	for _, g := range gaps {
		var without []*document.Variable
		for _, v := range a.Model.Variables {
			if v.Module == "" && g.lacks(v) {
				without = append(without, v)
			}
		}
		if len(without) > 0 {
			a.advise(g.code, diagnostic.Note, without[0].Span, g.why, "%s: %s",
				counted(len(without))+" "+g.what, a.listed(without))
		}
	}
}

// counted returns the subject of a sentence about n variables.
func counted(n int) string {
	if n == 1 {
		return "1 variable has"
	}
	return fmt.Sprintf("%d variables have", n)
}

// listed returns the names of the first few variables.
func (a *adviser) listed(vars []*document.Variable) string {
	const most = 6
	var names []string
	for _, v := range vars[:min(len(vars), most)] {
		names = append(names, a.Shown(v.Name))
	}
	out := strings.Join(names, ", ")
	if n := len(vars) - most; n > 0 {
		out += fmt.Sprintf(" and %d more", n)
	}
	return out
}
