// Package evidence lists what the model takes as given and what was changed: constants,
// curves and records with their sources, levers, assumptions, and the fit to the record.
package evidence

import "weir/scenarios/report/internal/chart"

// A Teller tells of what the model takes as given.
type Teller struct{ *chart.Charts }

// New returns the teller of a comparison. It never changes.
func New(c *chart.Charts) *Teller { return &Teller{c} }
