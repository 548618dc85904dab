package model

import (
	"strings"

	"weir/model/diagnostic"
)

// kindWords say what a variable is, as a modeler would.
var kindWords = map[Kind]string{
	KindStock: "a stock", KindFlow: "a flow", KindAux: "an auxiliary", KindConstant: "a constant",
	KindDecision: "a decision", KindLookup: "a lookup", KindData: "a data series",
}

func withArticle(k Kind) string { return kindWords[k] }

// overWords say over what a variable is: "over sector, grade".
func overWords(over []string) string {
	if len(over) == 0 {
		return "a single number"
	}
	return "over " + strings.Join(over, ", ")
}

// inScope is a variable's name as a module's equations write it, if they can.
func inScope(name, module string) (local string, inside bool) {
	if module == "" {
		return name, true
	}
	return strings.CutPrefix(name, module+".")
}

// maxElements bounds how many numbers a model may hold, hidden ones included, so
// that a slip in a dimension is reported instead of filling the memory.
const maxElements = 4_000_000

func timeUnitSpan(m *Model) diagnostic.Span {
	if at, ok := m.Time.KeySpans["unit"]; ok {
		return at
	}
	return m.Time.Span
}

func under(module, inner string) string {
	if inner == "" {
		return module
	}
	return module + "." + inner
}
