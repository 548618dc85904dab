package structure

import (
	"strings"

	"weir/model/resolved"
)

// isOnBelt reports whether a variable holds what is on a conveyor.
func isOnBelt(v *resolved.Variable) bool { return v.Kind == resolved.Memory && overBelt(v) }

// leaksOff reports whether a variable is what a flow takes off each place of a conveyor.
func leaksOff(v *resolved.Variable) bool {
	return v.Kind == resolved.Aux && overBelt(v) && v.Owner.Kind == resolved.Flow
}

func overBelt(v *resolved.Variable) bool {
	n := len(v.Over)
	return v.Hidden && n > 0 && strings.HasSuffix(v.Over[n-1].Name, "#belt")
}
