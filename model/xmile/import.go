package xmile

import (
	"weir/model"
	"weir/model/diagnostic"
)

// An importer is the model as its file declares it: its variables by their names, and the
// tables that equations are read with.
type importer struct {
	*log
	origin
	*names
	m      *model.Model // the model in the making
	files  *fileSet
	units  *unitTable
	dims   *dimensionSet
	macros map[string]*macro
	top    *space
	vars   []*variable // in the order in which they are written
	own    ownModel    // weir's own part of the file
	ownAt  diagnostic.Span

	modules int // uses of models so far
}

// defaults are what <behavior> says for all stocks and flows.
type defaults struct{ stocks, flows bool }
