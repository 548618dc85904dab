package document

import (
	"strings"

	"weir/model/diagnostic"
)

// kindWords say what a variable is, as a modeler would.
var kindWords = map[Kind]string{
	KindStock: "a stock", KindFlow: "a flow", KindAux: "an auxiliary", KindConstant: "a constant",
	KindDecision: "a decision", KindLookup: "a lookup", KindData: "a data series",
}

// WithArticle returns the words for a kind of variable, such as "a stock".
func WithArticle(k Kind) string { return kindWords[k] }

// OverWords say over what a variable is: "over sector, grade".
func OverWords(over []string) string {
	if len(over) == 0 {
		return "a single number"
	}
	return "over " + strings.Join(over, ", ")
}

// InScope is a variable's name as a module's equations write it, if they can.
func InScope(name, module string) (local string, inside bool) {
	if module == "" {
		return name, true
	}
	return strings.CutPrefix(name, module+".")
}

// MaxElements bounds how many numbers a model may hold, hidden ones included, so
// that a slip in a dimension is reported instead of filling the memory.
const MaxElements = 4_000_000

// TimeUnitSpan returns the place of the unit of time, or of [time] if it has none.
func TimeUnitSpan(m *Model) diagnostic.Span {
	if at, ok := m.Time.KeySpans["unit"]; ok {
		return at
	}
	return m.Time.Span
}

// Under returns a name or module inside another module.
func Under(module, inner string) string {
	if inner == "" {
		return module
	}
	return module + "." + inner
}
