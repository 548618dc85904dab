// Package certainty makes the section about the spread of the futures, its causes and its
// limits.
package certainty

import "weir/scenarios/report/internal/chart"

// A Teller words the uncertainty of a comparison.
type Teller struct{ *chart.Charts }

// New returns the teller of a comparison. It never changes.
func New(c *chart.Charts) *Teller { return &Teller{c} }
