package output

import (
	"fmt"

	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/words"
)

// ModelSummary returns the numbers of stocks, flows and other variables in words.
func ModelSummary(r *resolved.Model) string {
	n := map[resolved.Kind]int{}
	elements := 0
	for _, v := range r.Variables {
		if !v.Hidden {
			n[v.Kind]++
			elements += v.Size()
		}
	}
	return fmt.Sprintf(": %s, %s, %s, %s, %s (%d numbers with all elements)",
		words.Count(n[resolved.Stock], "stock"), words.Count(n[resolved.Flow],
			"flow"), words.Plural(n[resolved.Aux], "auxiliary", "auxiliaries"),
		words.Count(n[resolved.Constant], "constant"), words.Count(n[resolved.Decision], "decision"), elements)
}

// CheckVerdict returns the numbers of errors and warnings in words; "good" if there are none.
func CheckVerdict(list diagnostic.List) string {
	var n [3]int
	for _, d := range list.Gather() {
		n[d.Severity]++
	}
	switch {
	case n[diagnostic.Error] > 0:
		return words.Count(n[diagnostic.Error], "error") + ", " + words.Count(n[diagnostic.Warning], "warning")
	case n[diagnostic.Warning] > 0:
		return words.Count(n[diagnostic.Warning], "warning")
	}
	return "good"
}
