// Package evidence lists the inputs of the model and the changes to them: constants, curves
// and records with their sources, levers, assumptions, and the fit to the record.
package evidence

import "weir/scenarios/report/internal/chart"

// A Teller lists the assumptions and the levers of a comparison.
type Teller struct{ *chart.Charts }

// New returns the teller of a comparison. It never changes.
func New(c *chart.Charts) *Teller { return &Teller{c} }
