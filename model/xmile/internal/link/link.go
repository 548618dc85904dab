// Package link joins declared variables: inputs of modules with their sources, stocks
// with their flows, variables with those that their equations mention.
//
// It decides everything about a variable that depends on others but not on the meaning of
// equations: which variables are flows, in which order outflows are served, which leak from a
// conveyor, how a graphical function is named, and whose value differs while initial values
// are computed.
package link

import "weir/model/xmile/internal/source"

// A Linker joins declared variables: inputs of modules with their sources, stocks with
// their flows, and variables with those that their equations mention.
type Linker struct {
	*source.Model
	needs map[*source.Variable][]*source.Variable // see atOnce
	inits map[*source.Variable]bool               // whether initial values need another equation
	read  map[*source.Variable]bool               // see IsRead
}
