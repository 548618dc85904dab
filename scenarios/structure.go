package scenarios

import (
	"context"

	"weir/model/resolved"
	"weir/model/structure"
	"weir/sim"
)

// Structure returns the structure of a checked model with the signs that hold where the
// values of its run lie, without new decisions. See StructureIn.
func Structure(ctx context.Context, r *resolved.Model) *structure.Graph {
	program, err := sim.Compile(r)
	if err != nil {
		return StructureIn(r, nil)
	}
	result, err := program.Run(ctx, sim.Settings{})
	if err != nil {
		return StructureIn(r, nil)
	}
	return StructureIn(r, result)
}

// StructureIn returns the structure of a checked model with the signs that hold where the
// values of a run lie, or everywhere if run is nil or did not come to its end. The page, the
// terminal and exports all show this one: a sign that needs a stock above 0 is known where
// the baseline keeps the stock above 0, whether or not the equations prove it.
func StructureIn(r *resolved.Model, run *sim.Result) *structure.Graph {
	if run == nil || run.NonFinite != nil {
		return structure.Of(r, nil)
	}
	return structure.Of(r, run.Span)
}
