// Package source reads the declarations of an XMILE file: its settings, dimensions,
// macros and variables by name, but not yet the equations.
//
// Log collects the reports. Origin is the tool that wrote the file. Files finds the models of
// modules in other files. Clock, Units and Dimensions read the sections of those names, and
// Names gives out names for the model. Model holds all of them with the variables: each use
// of a model as a module, and of a macro, is a Space of its own with a Variable for each
// declaration in it. Later passes complete the variables; the elements of the file are shared
// by all uses, and are not changed after they are declared.
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
