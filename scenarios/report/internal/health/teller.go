// Package health says whether the calculation itself can be trusted, and what exactly was
// computed.
package health

import "weir/scenarios/report/internal/reading"

// A Teller tells of whether the calculation can be trusted.
type Teller struct{ *reading.Reading }

// New returns the teller of a comparison. It never changes.
func New(r *reading.Reading) *Teller { return &Teller{r} }
