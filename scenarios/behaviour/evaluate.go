package behaviour

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"weir/model/numeric/clock"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/internal/element"
	"weir/sim"

	"sort"
)

// An evaluator computes an expectation over the saved values of the test's run, of the
// unchanged one and of the test's other runs. All come from one program: their columns
// are the same.
type evaluator struct {
	run    *sim.Result
	others map[string]*sim.Result // by name; the unchanged one is "base"
	over   []axis                 // of the expectation
	known  map[key]float64        // steady values computed before
	inside map[*reduce]picksOver  // elements of reductions
}

// picksOver are the elements that a reduction runs over, by those picked outside.
type picksOver map[*pick][]*pick

// rowAt returns the last saved row up to a time, -1 outside the run. Times that differ by
// rounding only are equal.
func rowAt(s *sim.Result, t float64) int {
	slack := clock.Slack(t)
	last := len(s.Time) - 1
	if math.IsNaN(t) || last < 0 || t > s.Time[last]+slack {
		return -1
	}
	return sort.SearchFloat64s(s.Time, math.Nextafter(t+slack, math.Inf(1))) - 1
}

// A frame is where a value is wanted: a time, which run, and an element of every
// axis.
type frame struct {
	time float64
	run  string // the name of another run than the test's own
	pick *pick
}

// at returns the same frame at another time.
func (f frame) at(t float64) frame {
	f.time = t
	return f
}

// A pick is an element of every axis, by the names of the axis and of the
// dimensions that it is a part of. Columns remembers where probes have it.
type pick struct {
	elements map[string]string
	columns  map[*probe]int
}

// picks returns all choices of elements of some axes, row-major, beside those that are
// picked already.
func (p *pick) picks(over []axis) []*pick {
	var list []*pick
	for _, elements := range element.Product(elementLists(over)) {
		next := &pick{elements: map[string]string{}, columns: map[*probe]int{}}
		maps.Copy(next.elements, p.elements)
		for i, a := range over {
			for _, name := range a.above {
				next.elements[name] = elements[i]
			}
		}
		list = append(list, next)
	}
	return list
}

// of returns the elements of some axes, in their order.
func (p *pick) of(over []axis) []string {
	var names []string
	for _, a := range over {
		names = append(names, p.elements[a.name])
	}
	return names
}

// column returns the place of a probe's element in a row of the result.
func (p *pick) column(pr *probe, r *sim.Result) int {
	i, known := p.columns[pr]
	if !known {
		var names []string
		for _, a := range pr.over {
			names = append(names, a.elements[place(a, p.elements[a.name])])
		}
		i = r.Index(element.Join(pr.name, names))
		p.columns[pr] = i
	}
	return i
}

// A key names a steady value.
type key struct {
	n    node
	run  string
	pick *pick
}

// in returns the result that a frame looks at: the test's own, or one of its further runs.
func (e *evaluator) in(f frame) *sim.Result {
	if f.run != "" {
		return e.others[f.run]
	}
	return e.run
}

// times returns the saved times of the run that a frame looks at.
func (e *evaluator) times(f frame) []float64 { return e.in(f).Time }

// value computes a node. Outside a run, and where the model gives NaN, it is NaN.
func (e *evaluator) value(n node, f frame) float64 {
	if !n.steady() {
		return e.compute(n, f)
	}
	k := key{n, f.run, f.pick}
	if v, ok := e.known[k]; ok {
		return v
	}
	v := e.compute(n, f)
	e.known[k] = v
	return v
}

// compute returns the value of a node at a frame, NaN outside the run.
func (e *evaluator) compute(n node, f frame) float64 {
	switch n := n.(type) {
	case *number:
		return n.value
	case *leaf:
		return e.leaf(n, f)
	case *apply:
		var args [3]float64
		for i, a := range n.args {
			args[i] = e.value(a, f)
		}
		return n.op.Of(args[:len(n.args)]...)
	case *choice:
		if e.value(n.cond, f) != 0 {
			return e.value(n.then, f)
		}
		return e.value(n.otherwise, f)
	case *reduce:
		return e.reduce(n, f)
	case *call:
		return n.function.value(e, n, f)
	}
	panic(fmt.Sprintf("behaviour: node %T", n))
}

// leaf reads a probe's saved value.
func (e *evaluator) leaf(n *leaf, f frame) float64 {
	r := e.in(f)
	row := rowAt(r, f.time)
	if row < 0 {
		return math.NaN()
	}
	return r.Row(row)[f.pick.column(n.probe, r)]
}

// place returns the position of an element on an axis; a part has the names of the whole.
func place(a axis, name string) int {
	if i := slices.Index(a.elements, name); i >= 0 {
		return i
	}
	return element.Find(a.elements, name)
}

// reduce combines an array, in row-major order.
func (e *evaluator) reduce(n *reduce, f frame) float64 {
	if e.inside[n] == nil {
		e.inside[n] = picksOver{}
	}
	picks := e.inside[n][f.pick]
	if picks == nil {
		picks = f.pick.picks(n.over)
		e.inside[n][f.pick] = picks
	}
	var total float64
	for i, p := range picks {
		f.pick = p
		if x := e.value(n.x, f); i == 0 {
			total = x
		} else {
			total = n.op.Of(total, x)
		}
	}
	if n.mean {
		total /= float64(len(picks))
	}
	return total
}

// An interval of times, both ends within.
type interval struct{ from, to float64 }

// between reads the from and to of a call, which follow its first arguments.
func (e *evaluator) between(c *call, f frame, first int) interval {
	i := interval{math.Inf(-1), math.Inf(1)}
	if len(c.args) > first {
		i.from = e.value(c.args[first], f)
	}
	if len(c.args) > first+1 {
		i.to = e.value(c.args[first+1], f)
	}
	return i
}

// holds reports whether a time is in the interval, up to rounding.
func (i interval) holds(t float64) bool {
	slack := clock.Slack(t) // of t, as the ends may be infinite
	return i.from <= t+slack && t-slack <= i.to
}

// series computes a node at every saved time of an interval.
func (e *evaluator) series(n node, f frame, in interval) (t, y []float64) {
	for _, time := range e.times(f) {
		if in.holds(time) {
			t, y = append(t, time), append(y, e.value(n, f.at(time)))
		}
	}
	return t, y
}

// fit compares the first argument of a call with its data.
func (e *evaluator) fit(c *call, f frame) scenarios.Fit {
	in := e.between(c, f, 1)
	t, y := e.series(c.args[0], f, interval{math.Inf(-1), math.Inf(1)})
	points := slices.DeleteFunc(slices.Clone(c.data.points(f)), func(p resolved.Point) bool { return !in.holds(p.X) })
	return scenarios.FitOf(t, y, points)
}

// points returns the recorded ones of a frame's element.
func (r *record) points(f frame) []resolved.Point {
	at := 0
	for i, a := range r.dims {
		name := f.pick.elements[a.name]
		if r.fixed != nil {
			name = r.fixed[i]
		}
		at = at*len(a.elements) + place(a, name)
	}
	return r.variable.Series.Points[at]
}
