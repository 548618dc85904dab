package output

import (
	"fmt"

	"weir/model/xmile"
	"weir/scenarios/words"
)

// BeyondXMILE returns a line for each thing that other tools will not understand, with the
// variables that use it, in the order of the model.
func BeyondXMILE(list []xmile.Beyond) []string {
	in := map[string][]string{}
	var order []string
	for _, b := range list {
		if in[b.What] == nil {
			order = append(order, b.What)
		}
		in[b.What] = append(in[b.What], b.Variable)
	}
	var out []string
	for _, what := range order {
		where := ""
		if names := in[what]; names[0] != "" {
			where = " (in " + words.Few(names, 5) + ")"
		}
		out = append(out, fmt.Sprintf("XMILE has no word for %s%s: other tools will not understand it", what,
			where))
	}
	return out
}
