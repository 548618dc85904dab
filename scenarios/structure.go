package scenarios

import (
	"context"

	"weir/model"
	"weir/model/resolved"
	"weir/sim"
)

// Structure is the structure of a checked model with the signs that hold where the
// values of its run lie, as it is and without decisions; those that hold everywhere if
// it cannot be run to its end. See model.StructureSeen.
func Structure(ctx context.Context, r *resolved.Model) *model.Graph {
	program, err := sim.Compile(r)
	if err != nil {
		return model.Structure(r)
	}
	result, err := program.Run(ctx, sim.Settings{})
	if err != nil || result.NonFinite != nil {
		return model.Structure(r)
	}
	return model.StructureSeen(r, result.Span)
}
