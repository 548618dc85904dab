package behaviour

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/internal/element"
	"weir/sim"
)

// An evaluator computes an expectation over the saved values of a run and of the
// unchanged one.
type evaluator struct {
	run, base *saved
	over      []axis          // of the expectation
	known     map[key]float64 // steady values computed before
}

// A saved is a result with the place of every probe in it.
type saved struct {
	*sim.Result
	at map[*probe][]int // columns, row-major over the probe's axes
}

func newSaved(r *sim.Result, probes []*probe) *saved {
	s := &saved{Result: r, at: map[*probe][]int{}}
	for _, p := range probes {
		if len(p.wrong) == 0 {
			s.at[p] = p.columns(r)
		}
	}
	return s
}

// row is the last saved row up to a time, -1 outside the run. Times that differ by
// rounding only are equal.
func (s *saved) row(t float64) int {
	slack := 1e-9 * max(1, math.Abs(t))
	last := len(s.Time) - 1
	if math.IsNaN(t) || last < 0 || t > s.Time[last]+slack {
		return -1
	}
	return sort.SearchFloat64s(s.Time, math.Nextafter(t+slack, math.Inf(1))) - 1
}

// A frame is where a value is wanted: a time, which run, and an element of every
// axis by name.
type frame struct {
	time     float64
	base     bool
	elements map[string]string
}

func (f frame) at(t float64) frame {
	f.time = t
	return f
}

// with picks an element of every axis.
func (f frame) with(over []axis, elements []string) frame {
	picked := make(map[string]string, len(f.elements)+len(over))
	for k, v := range f.elements {
		picked[k] = v
	}
	for i, a := range over {
		for _, name := range a.above {
			picked[name] = elements[i]
		}
	}
	f.elements = picked
	return f
}

// of are the elements picked of some axes, in their order.
func (f frame) of(over []axis) []string {
	var names []string
	for _, a := range over {
		names = append(names, f.elements[a.name])
	}
	return names
}

// A key names a steady value.
type key struct {
	n       node
	base    bool
	element string
}

func (e *evaluator) in(f frame) *saved {
	if f.base {
		return e.base
	}
	return e.run
}

// times are the saved times of the run that a frame looks at.
func (e *evaluator) times(f frame) []float64 { return e.in(f).Time }

// value computes a node. Outside a run, and where the model gives NaN, it is NaN.
func (e *evaluator) value(n node, f frame) float64 {
	if !n.steady() {
		return e.compute(n, f)
	}
	k := key{n, f.base, fmt.Sprint(f.elements)}
	if v, ok := e.known[k]; ok {
		return v
	}
	v := e.compute(n, f)
	e.known[k] = v
	return v
}

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
	s := e.in(f)
	row := s.row(f.time)
	if row < 0 {
		return math.NaN()
	}
	at := 0
	for _, a := range n.probe.over {
		at = at*len(a.elements) + place(a, f.elements[a.name])
	}
	return s.Row(row)[s.at[n.probe][at]]
}

// place is the position of an element on an axis; a part has the names of the whole.
func place(a axis, name string) int {
	if i := slices.Index(a.elements, name); i >= 0 {
		return i
	}
	return element.Find(a.elements, name)
}

// reduce combines an array, in row-major order.
func (e *evaluator) reduce(n *reduce, f frame) float64 {
	all := element.Product(elementLists(n.over))
	total := e.value(n.x, f.with(n.over, all[0]))
	for _, elements := range all[1:] {
		total = n.op.Of(total, e.value(n.x, f.with(n.over, elements)))
	}
	if n.mean {
		total /= float64(len(all))
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
	slack := 1e-9 * max(1, math.Abs(t))
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

// points are the recorded ones of a frame's element.
func (r *record) points(f frame) []resolved.Point {
	at := 0
	for i, a := range r.dims {
		name := f.elements[a.name]
		if r.fixed != nil {
			name = r.fixed[i]
		}
		at = at*len(a.elements) + place(a, name)
	}
	return r.variable.Series.Points[at]
}
