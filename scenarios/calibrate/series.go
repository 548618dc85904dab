package calibrate

import (
	"fmt"
	"math"
	"slices"

	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/numeric/maths"
	"weir/model/resolved"
)

// take chooses the points between the dates of a fit, of [calibration] and of the run. Points after
// the year from which data are held out are kept, behind the fitted ones: s.fitted divides the two.
// size is the root mean square of the fitted points, in the unit of the record.
func (s *Series) take(p *problem, points []resolved.Point, blank []float64) {
	c := p.m.Calibration
	from, to := p.m.Time.Start, p.m.Time.Stop
	for _, x := range []*float64{c.From, s.fit.From} {
		if x != nil {
			from = max(from, *x)
		}
	}
	for _, x := range []*float64{c.To, s.fit.To} {
		if x != nil {
			to = min(to, *x)
		}
	}
	for _, q := range points {
		if q.X >= from && q.X <= to {
			s.points = append(s.points, q)
		}
	}
	for _, x := range blank {
		if x >= from && x <= to {
			s.Blank++
		}
	}
	s.From, s.To = from, to
	s.fitted = len(s.points)
	if p.until != nil {
		s.fitted, _ = slices.BinarySearchFunc(s.points, *p.until, func(q resolved.Point, t float64) int {
			if q.X <= t {
				return -1
			}
			return 1
		})
		s.To = min(to, *p.until)
	}
	// Points that are held out do not count, or they would have a say in the fit.
	for _, q := range s.points[:s.fitted] {
		s.size += float64(q.Y * q.Y)
	}
	s.size = math.Sqrt(s.size / float64(max(1, s.fitted)))
}

// usable reports a series without points, or with points that its kind of error cannot
// take. It returns false if it reported one. Held out points must be usable as well, since their
// errors are reported; a series may be held out as a whole.
func (p *problem) usable(s *Series) bool {
	at := s.fit.Data.Span
	if len(s.points) == 0 {
		p.report(NoData, at, "change from and to", "%s has no data between %v and %v", s.Data, s.From, s.To)
		return false
	}
	for _, q := range s.points {
		if q.Y <= 0 && s.Error != "absolute" {
			p.report(NotPositive, at, `choose error = "absolute", or other dates`,
				"%s is %v at %v, which no %s error can be measured against", s.Data, q.Y, q.X, s.Error)
			return false
		}
	}
	if s.size == 0 && s.fitted > 0 {
		p.report(NotPositive, at, "choose other dates", "%s is 0 everywhere between %v and %v", s.Data, s.From, s.To)
		return false
	}
	return true
}

// again reports points that count already: of the same record, or of another record of
// the same expression at the same times. The points of an earlier fit stay. It returns true if it
// reported one.
func (p *problem) again(s *Series) bool {
	for _, o := range p.series {
		sameData, sameVariable := canonical(o.Data) == canonical(s.Data), canonical(o.Variable) == canonical(s.Variable)
		if !sameData && !sameVariable {
			continue
		}
		shared := slices.IndexFunc(s.points, func(q resolved.Point) bool {
			return slices.ContainsFunc(o.points, func(r resolved.Point) bool { return r.X == q.X })
		})
		if shared < 0 {
			continue
		}
		what := s.Data
		if !sameData {
			what = s.Variable
		}
		p.list = append(p.list, diagnostic.Diagnostic{Code: Overlap, Span: s.fit.Data.Span,
			Hint: "take one of the two out, or part them by from and to",
			Message: what + " is fitted twice at " +
				short(s.points[shared].X), Related: []diagnostic.Related{{Span: o.fit.Data.Span,
				Message: "the first time is here"}}})
		return true
	}
	return false
}

// canonical returns an expression as the printer writes it, so that spelling does not matter. A
// text that does not parse is returned as it is.
func canonical(name string) string {
	tree, _ := equation.Parse(name)
	if tree == nil {
		return name
	}
	return equation.Canonical(equation.Print(tree))
}

// errorOf returns the error of a value y against the recorded one: ln(y/record),
// y/record - 1, or (y - record) in shares of the root mean square of the record. It has no unit.
// The logarithm of a value that is not above 0 is NaN. record must be above 0 for the kinds log and
// relative, which usable makes sure of.
func (s *Series) errorOf(y, record float64) float64 {
	switch s.Error {
	case "log":
		if y <= 0 {
			return math.NaN()
		}
		return maths.Ln(y / record)
	case "relative":
		return y/record - 1
	}
	return (y - record) / s.size
}

// fitsNothing reports it if the fit ends before the first point of every series.
func (p *problem) fitsNothing() {
	for _, s := range p.series {
		if s.fitted > 0 {
			return
		}
	}
	for _, s := range p.series {
		p.report(NoData, s.fit.Data.Span,
			fmt.Sprintf("the fit ends (--until) before the first of %d points, in %v", len(s.points), s.points[0].X),
			"%s has no data between %v and %v", s.Data, s.From, s.To)
	}
}
