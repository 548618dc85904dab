package reference

import "weir/model/resolved"

// draw is a random number, the same one throughout a step.
func (r *run) draw(e *resolved.Draw, in turns) float64 {
	panic("reference: draws are not there yet")
}
