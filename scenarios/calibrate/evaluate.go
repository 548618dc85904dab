package calibrate

import (
	"context"
	"math"

	"weir/model/numeric/maths"
	"weir/model/resolved"
	"weir/sim"
)

// nothingness is the error of a point that counts as none: without it, the misfit of data
// that the model itself made would have no lowest point.
const nothingness = 1e-7

// The most runs of one ensemble, and the most numbers that it keeps.
const (
	mostAtOnce = 1 << 14
	mostKept   = 1 << 23
)

// compile makes the program that all runs share.
func (p *problem) compile() error {
	program, err := sim.Compile(p.resolved)
	if err != nil {
		return err
	}
	p.program = program
	for _, x := range p.parameters {
		p.names = append(p.names, x.vary...)
	}
	stop := p.m.Time.Stop
	if !p.readsStop() {
		stop = p.lastTime()
		p.settings.Stop = stop
	}
	p.rows = int((stop-p.m.Time.Start)/p.m.Time.Save) + 2
	return nil
}

// readsStop reports whether a shorter run would be another one.
func (p *problem) readsStop() bool {
	for _, v := range p.resolved.Variables {
		for _, list := range [][]*resolved.Part{v.Parts, v.Input, v.Delay} {
			for _, part := range list {
				if contains(part.Expr, isStop) {
					return true
				}
			}
		}
	}
	return false
}

// lastTime is the first saved time after all points.
func (p *problem) lastTime() float64 {
	t := p.m.Time
	last := t.Start
	for _, s := range p.series {
		last = max(last, s.points[len(s.points)-1].X)
	}
	rows := max(1, math.Ceil((last-t.Start)/t.Save-1e-9))
	return min(t.Stop, t.Start+float64(rows*t.Save))
}

// A search is a problem that is being solved.
type search struct {
	*problem
	ctx       context.Context
	options   Options
	runs      int
	effective float64   // how many independent points there are
	counts    []float64 // the same for the interval of each constant
	failure   *sim.MemberFailure
}

// points is how many points are fitted.
func (p *problem) points() int {
	n := 0
	for _, s := range p.series {
		n += s.fitted
	}
	return n
}

// value is a constant at a share u of its range.
func (x *parameter) value(u float64) float64 {
	return min(x.High, max(x.Low, x.Low+float64((x.High-x.Low)*u)))
}

// share is the reverse of value.
func (x *parameter) share(value float64) float64 {
	return min(1, max(0, (value-x.Low)/(x.High-x.Low)))
}

// write writes what a run sets at a point.
func (p *problem) write(u, to []float64) {
	n := 0
	for i, x := range p.parameters {
		n += x.values(x.value(u[i]), to[n:])
	}
}

// evaluate runs the model at points and gives the weighted errors of each; nil where a
// run broke down.
func (s *search) evaluate(at [][]float64) ([][]float64, error) {
	var out [][]float64
	atOnce := max(64, min(mostAtOnce, mostKept/(s.rows*len(s.series))))
	for len(at) > 0 {
		n := min(len(at), atOnce)
		part, err := s.ensemble(at[:n])
		if err != nil {
			return nil, err
		}
		out, at = append(out, part...), at[n:]
	}
	return out, nil
}

func (s *search) ensemble(at [][]float64) ([][]float64, error) {
	s.runs += len(at)
	e := sim.EnsembleSettings{Settings: s.settings, Runs: len(at), Vary: s.names, Workers: s.options.Workers,
		Values: func(member int, to []float64) { s.write(at[member], to) }}
	for _, x := range s.series {
		e.Keep = append(e.Keep, x.column)
	}
	result, err := s.program.Ensemble(s.ctx, e)
	if err != nil {
		return nil, err
	}
	if len(result.NonFinite) > 0 && s.failure == nil {
		s.failure = &result.NonFinite[0]
	}
	out := make([][]float64, len(at))
	for i := range out {
		out[i] = make([]float64, s.points())
	}
	first := 0
	for _, x := range s.series {
		x.read(result, first, out)
		first += x.fitted
	}
	for i, r := range out {
		for _, e := range r {
			if e-e != 0 {
				out[i] = nil
				break
			}
		}
	}
	return out, nil
}

// read writes the weighted errors of the fitted points of every member, from a place on.
// Between saved rows the model is read on a straight line.
func (s *Series) read(result *sim.EnsembleResult, first int, out [][]float64) {
	root := math.Sqrt(s.Weight)
	for i, q := range s.points[:s.fitted] {
		row, part := rowOf(result.Time, q.X)
		low := result.Values(s.column, row)
		high := low
		if part > 0 {
			high = result.Values(s.column, row+1)
		}
		for m := range out {
			y := low[m]
			if part > 0 {
				y = float64((1-part)*low[m]) + float64(part*high[m])
			}
			out[m][first+i] = float64(root * s.errorOf(y, q.Y))
		}
	}
}

// rowOf is the saved row at or before a time, and how far the time is on the way to the
// next.
func rowOf(times []float64, t float64) (row int, part float64) {
	if len(times) < 2 {
		return 0, 0
	}
	at := (t - times[0]) / (times[1] - times[0])
	whole := math.Round(at)
	if math.Abs(at-whole) > 1e-9*max(1, math.Abs(at)) {
		whole = math.Floor(at)
		part = at - whole
	}
	row = min(max(0, int(whole)), len(times)-1)
	if row == len(times)-1 {
		part = 0
	}
	return row, part
}

// squares is the weighted sum of squares of errors, +Inf of a run that broke down.
func squares(errors []float64) float64 {
	if errors == nil {
		return math.Inf(1)
	}
	sum := 0.0
	for _, e := range errors {
		sum += float64(e * e)
	}
	return sum
}

// misfit is the negative log posterior at a point, up to a constant: see the package.
func (s *search) misfit(u, errors []float64) float64 {
	return s.misfitOf(s.effective, u, errors)
}

// misfitOf is the misfit if there are so many independent points.
func (s *search) misfitOf(points float64, u, errors []float64) float64 {
	if errors == nil {
		return math.Inf(1)
	}
	return float64(points/2*maths.Ln(s.scale(errors))) + s.unlikeliness(u)
}

// scale is the sum of squares, of which nothing less than nothingness a point counts.
func (s *search) scale(errors []float64) float64 {
	return squares(errors) + float64(nothingness*nothingness*float64(len(errors)))
}

// unlikeliness is the negative logarithm of the priors at a point.
func (s *search) unlikeliness(u []float64) float64 {
	sum := 0.0
	for i, x := range s.parameters {
		sum += x.unlikeliness(u[i])
	}
	return sum
}

func (x *parameter) unlikeliness(u float64) float64 {
	if x.prior == nil {
		return 0
	}
	return -x.prior.LogDensity(x.value(u))
}

// misfits runs the model at points.
func (s *search) misfits(at [][]float64) ([]float64, error) {
	errors, err := s.evaluate(at)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(at))
	for i, u := range at {
		out[i] = s.misfit(u, errors[i])
	}
	return out, nil
}
