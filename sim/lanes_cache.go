package sim

import (
	"context"
	"fmt"
)

// Lane programs are kept with their program: a calibration runs hundreds of small ensembles that
// vary the same constants, and making the lane program took a third of its time. Lane programs
// never change, so ensembles share them.

// varyingSlots returns how many slots of a program vary if some do.
func varyingSlots(ctx context.Context, p *Program, varied []int) int {
	return p.lanePrograms.Get(fmt.Sprint(varied), func() (any, bool) {
		n := 0
		for _, varies := range classifyLanes(ctx, p, varied).varies {
			if varies {
				n++
			}
		}
		return n, ctx.Err() == nil
	}).(int)
}

// laneProgramOf returns the lane program for a number of lanes of which the given slots differ. If
// the context is done it may be a part, which must not run.
func laneProgramOf(ctx context.Context, p *Program, lanes int, varied []int) *laneProgram {
	return p.lanePrograms.Get(fmt.Sprint(lanes, varied), func() (any, bool) {
		lp := newLaneProgram(ctx, p, lanes, varied)
		return lp, ctx.Err() == nil
	}).(*laneProgram)
}
