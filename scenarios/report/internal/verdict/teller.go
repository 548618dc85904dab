// Package verdict puts what scenarios change into sentences and tables: the headline, the
// tables of verdicts, and the ranges beside every number.
package verdict

import "weir/scenarios/report/internal/chart"

// A Teller tells of what the scenarios change.
type Teller struct{ *chart.Charts }

// New returns the teller of a comparison. It never changes.
func New(c *chart.Charts) *Teller { return &Teller{c} }
