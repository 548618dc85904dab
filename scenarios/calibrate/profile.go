package calibrate

import "math"

// edge is how much higher than the fit the misfit is at the ends of a 95 percent interval
// of one constant: half the quantile of chi squared with one degree of freedom (Raue,
// Kreutz, Maiwald, Bachmann, Schilling, Klingmüller and Timmer 2009, Structural and
// practical identifiability analysis of partially observed dynamical models by exploiting
// the profile likelihood, Bioinformatics 25).
const edge = 1.9207

// A side is the search for one end of an interval: the constant goes outward, and all
// others are fitted again.
type side struct {
	k       int
	points  float64 // how many independent points there are for this constant
	lowest  float64 // the misfit of the fit with so many
	towards float64 // -1 or 1
	best    *climber
	at      *climber // the last point inside
	inside  float64  // how far out is still inside, and the rise of the misfit there
	rise    float64
	next    float64 // how far out to look next
	outside float64 // the nearest point outside; NaN: none yet
	above   float64 // the rise there
	looks   int
	open    bool
	done    bool
	out     *climber // on the way down at the present look; nil before it
}

const (
	mostLooks   = 14
	mostRefined = 25 // rounds of a descent along a profile
	// nearly is a gain of misfit that is none there: a tenth of how near to the edge a look may end.
	nearly     = 1e-2
	wellInside = 0.5 // a rise that leaves no doubt
)

// profile finds the intervals of all constants. It gives a better fit if it meets one.
func (s *search) profile(best *climber) (*climber, error) {
	covariance := s.covariance(best)
	var sides []*side
	for k := range best.u {
		for _, towards := range []float64{-1, 1} {
			x := &side{k: k, points: s.counts[k], towards: towards, best: best, at: best, outside: math.NaN()}
			x.lowest = s.misfitOf(x.points, best.u, best.errors)
			x.next = max(1e-7, 2*math.Sqrt(covariance[k][k]))
			sides = append(sides, x)
		}
	}
	for {
		better, more, err := s.look(sides, best, covariance)
		if err != nil || better != nil {
			return better, err
		}
		if !more {
			break
		}
	}
	for _, x := range sides {
		s.interval(x, best)
	}
	s.companions(best, covariance)
	return nil, nil
}

// look takes every unfinished side one ensemble further. A side whose descent has ended begins its
// next look without waiting for the others.
func (s *search) look(sides []*side, best *climber, covariance [][]float64) (better *climber, more bool, err error) {
	var list []*climber
	var of []*side
	looks := 0
	for _, x := range sides {
		if looks += x.looks; !x.done && x.out == nil {
			x.start(covariance)
		}
		if x.done {
			looks += mostLooks - x.looks
			continue
		}
		list, of = append(list, x.out), append(of, x)
	}
	s.options.Progress("what the data can tell", 0.45+0.25*float64(looks)/float64(mostLooks*len(sides)))
	if err := s.advance(list); err != nil {
		return nil, false, err
	}
	for i, c := range list {
		if !c.ended && c.steps < mostRefined {
			continue
		}
		if s.misfit(c.u, c.errors) < best.misfit-alike/2 {
			again := newClimber(c.u, -1)
			return again, false, s.descend([]*climber{again}, mostDescent, nil)
		}
		of[i].out = nil
		of[i].seen(c)
	}
	return nil, len(list) > 0, nil
}

// room returns how far out the constant can go.
func (x *side) room() float64 {
	if x.towards < 0 {
		return x.best.u[x.k]
	}
	return 1 - x.best.u[x.k]
}

// start sends a climber out, with the others where they would be if the misfit were quadratic. It is
// done where there is no room. The climber begins with the slopes of the last point inside.
func (x *side) start(covariance [][]float64) {
	room := x.room()
	if room <= 0 {
		x.open, x.done = true, true
		return
	}
	x.next = min(x.next, room)
	c := newClimber(x.at.u, x.k)
	c.points, c.enough, c.good, c.carries = x.points, nearly, x.lowest+wellInside, true
	c.slopes, c.gone, c.age = copied(x.at.slopes), x.at.slopes == nil, math.MaxInt
	target := x.best.u[x.k] + float64(x.towards*x.next)
	by := target - x.at.u[x.k]
	for j := range c.u {
		c.u[j] = min(1, max(0, c.u[j]+float64(by*covariance[j][x.k]/covariance[x.k][x.k])))
	}
	c.u[x.k] = min(1, max(0, target))
	x.out = c
}

// seen takes the result of a look and chooses the next.
func (x *side) seen(c *climber) {
	x.looks++
	rise := c.misfit - x.lowest
	if rise < edge {
		x.at, x.inside, x.rise = c, x.next, max(0, rise)
		if x.next >= x.room() {
			x.open, x.done = true, true
			return
		}
	} else {
		x.outside, x.above = x.next, rise
	}
	switch {
	case math.IsNaN(x.outside):
		x.next = float64(x.next * 2.5)
	case math.Abs(rise-edge) < 0.1 || x.outside-x.inside < 1e-9:
		x.done = true
	default:
		x.next = x.crossing()
	}
	x.done = x.done || x.looks >= mostLooks
}

// crossing returns the distance at which the misfit would rise to the edge if its root were a
// straight line between the two nearest points.
func (x *side) crossing() float64 {
	if math.IsInf(x.above, 1) || x.above > 50 {
		return (x.inside + x.outside) / 2
	}
	low, high := math.Sqrt(x.rise), math.Sqrt(x.above)
	part := (math.Sqrt(edge) - low) / (high - low)
	return x.inside + float64((x.outside-x.inside)*min(0.95, max(0.05, part)))
}

// interval writes an end into its constant.
func (s *search) interval(x *side, best *climber) {
	c := s.parameters[x.k]
	out := x.inside
	if !x.open && !math.IsNaN(x.outside) {
		out = x.crossing()
	}
	end := c.value(best.u[x.k] + float64(x.towards*out))
	switch {
	case x.open && x.towards < 0:
		c.From, c.OpenBelow = c.Low, true
	case x.open:
		c.To, c.OpenTop = c.High, true
	case x.towards < 0:
		c.From, c.OpenBelow = end, false
	default:
		c.To, c.OpenTop = end, false
	}
}
