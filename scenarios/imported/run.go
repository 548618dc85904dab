package imported

import (
	"context"

	"weir/model/document"
	"weir/model/resolved"
	"weir/sim"
)

// mostSaved bounds the numbers of a run that saves every step: 512 MB.
const mostSaved = 64 << 20

// Run runs an imported model as the other tool does, to the end that it names itself or, if stop is
// not nil, to that. Every step is saved if they are not too many, since the other tool may have saved
// more rows than the file says.
func Run(ctx context.Context, m *document.Model, r *resolved.Model, stop *float64) (*sim.Result, error) {
	p, err := sim.Compile(r)
	if err != nil {
		return nil, err
	}
	s := sim.Settings{Stop: stop}
	if m.Time.Ends != "" && stop == nil {
		if err := End(ctx, p, &s, m.Time.Ends); err != nil {
			return nil, err
		}
	}
	c, err := p.CodeClock(s)
	if err != nil {
		return nil, err
	}
	if method, err := p.Method(s); err == nil && !method.Adaptive() && float64(c.Steps)*float64(len(p.CodeColumns())) <= mostSaved {
		s.Save = &c.Step
	}
	return p.Run(ctx, s)
}
