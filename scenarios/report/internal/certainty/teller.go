// Package certainty says how far the futures spread, what drives the spread, and what is
// not in it.
package certainty

import "weir/scenarios/report/internal/chart"

// A Teller tells of how sure that is.
type Teller struct{ *chart.Charts }

// New returns the teller of a comparison. It never changes.
func New(c *chart.Charts) *Teller { return &Teller{c} }
