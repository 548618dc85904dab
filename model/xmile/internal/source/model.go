// Package source reads the declarations of an XMILE file: its settings, dimensions,
// macros and variables by name, but not yet the equations.
package source

import (
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/xmile/internal/annex"
)

// A Model is the model as its file declares it: its variables by their names, and the
// tables that equations are read with.
type Model struct {
	*Log
	Origin
	*Names
	Out     *model.Model // the model in the making
	Files   *Files
	Units   *Units
	Dims    *Dimensions
	Macros  map[string]*Macro
	Top     *Space
	Vars    []*Variable // in the order in which they are written
	Annex   annex.Model // weir's own part of the file
	AnnexAt diagnostic.Span

	modules int // uses of models so far
}
