package sim

import (
	"context"

	"weir/model/resolved"
)

// Trace is Run that shows every step to visit: its time, and the values of all variables, hidden
// ones too, once they are evaluated at the start of the step. The value of element e of v is
// values[p.Slot(v)+e]. The values are valid until visit returns and must not be changed; they
// may be NaN or infinite. An error of visit ends the run and is returned.
func (p *Program) Trace(ctx context.Context, s Settings,
	visit func(time float64, values []float64) error) (*Result, error) {
	r, err := p.begin(ctx, s, 1)
	if err != nil {
		return nil, err
	}
	r.visit = visit
	if err = r.simulate(); err == nil && r.result.NonFinite != nil {
		err = p.locate(ctx, s, 1, r.result)
	}
	return r.result, err
}

// Slot returns where the elements of a variable begin among the values that Trace shows.
// Elements are row-major.
func (p *Program) Slot(v *resolved.Variable) int { return p.slot[v.ID] }

// Slots returns how many values Trace shows.
func (p *Program) Slots() int { return p.named }
