// Package verdict puts the effects of scenarios into sentences and tables: the headline, the
// tables of verdicts, and the ranges beside every number.
package verdict

import "weir/scenarios/report/internal/chart"

// A Teller words the verdicts of a comparison.
type Teller struct{ *chart.Charts }

// New returns the teller of a comparison. It never changes.
func New(c *chart.Charts) *Teller { return &Teller{c} }
