package calibrate

import (
	"math"

	"weir/model/numeric/clock"
	"weir/sim"
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
		p.settings.Stop = &stop
	}
	p.rows = int((stop-p.m.Time.Start)/p.m.Time.Save) + 2
	return nil
}

// points returns how many points are fitted.
func (p *problem) points() int {
	n := 0
	for _, s := range p.series {
		n += s.fitted
	}
	return n
}

// write writes the numbers that a run sets at a point.
func (p *problem) write(u, to []float64) {
	n := 0
	for i, x := range p.parameters {
		n += x.values(x.value(u[i]), to[n:])
	}
}

// rowOf returns the saved row at or before a time, and how far the time is on the way to the
// next.
func rowOf(times []float64, t float64) (row int, part float64) {
	if len(times) < 2 {
		return 0, 0
	}
	at := (t - times[0]) / (times[1] - times[0])
	whole, ok := clock.Whole(at)
	if !ok {
		whole = math.Floor(at)
		part = at - whole
	}
	row = min(max(0, int(whole)), len(times)-1)
	if row == len(times)-1 {
		part = 0
	}
	return row, part
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

// values returns the series at all of its points.
func (s *Series) values(result *sim.Result) []float64 {
	series := result.Series(s.column)
	out := make([]float64, len(s.points))
	for i, q := range s.points {
		row, part := rowOf(result.Time, q.X)
		if row >= len(series) {
			out[i] = math.NaN()
			continue
		}
		out[i] = series[row]
		if part > 0 && row+1 < len(series) {
			out[i] = float64((1-part)*series[row]) + float64(part*series[row+1])
		}
	}
	return out
}
