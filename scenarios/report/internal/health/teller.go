// Package health reports on the calculation itself: its numerical errors, the limits that
// it met, and the record of the run.
package health

import "weir/scenarios/report/internal/reading"

// A Teller words the numerical health of a comparison.
type Teller struct{ *reading.Reading }

// New returns the teller of a comparison. It never changes.
func New(r *reading.Reading) *Teller { return &Teller{r} }
