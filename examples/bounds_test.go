package examples_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"weir/model/resolved"
	"weir/sim"
	"weir/sim/sampling"
)

const (
	draws       = 1000
	mostClosing = 37
)

// A03: a Latin hypercube over the range of everything that is not known, with 0 to 37
// closings in 2027, gives finite numbers within their bounds, and the same bits by one
// worker and by two.
func TestDrawsStayWithinBounds(t *testing.T) {
	for _, example := range examples {
		t.Run(example, func(t *testing.T) {
			h := newHypercube(t, example)
			for closings, members := range h.byClosings() {
				one, two := h.ensemble(t, closings, members, 1), h.ensemble(t, closings, members, 2)
				for _, f := range two.NonFinite {
					t.Errorf("draw %d, %d closings: %s is not finite in %v", members[f.Member], closings, f.Variable, f.Time)
				}
				for _, c := range h.columns {
					h.inside(t, c, closings, two)
					sameBits(t, c.Name(), one, two)
				}
				h.together(t, two)
			}
		})
	}
}

// A hypercube has the elements of constants that have a range as its sides, and the
// number of closings as the last.
type hypercube struct {
	example string
	kind    map[string]resolved.Kind // by variable
	columns []sim.Column             // of what changes over time
	names   []string
	ranges  [][2]float64
	wholes  [][]int // sides that are shares of a whole
	design  *sampling.Design
}

func newHypercube(t *testing.T, example string) *hypercube {
	_, r := load(t, example)
	h := &hypercube{example: example, kind: map[string]resolved.Kind{}}
	for _, v := range r.Variables {
		h.kind[v.Name] = v.Kind
	}
	wholes := map[string][]int{}
	for _, c := range run(t, example, nil).Columns {
		i := slices.IndexFunc(r.Variables, func(v *resolved.Variable) bool { return v.Name == c.Variable })
		if i < 0 {
			continue // a data series
		}
		switch v := r.Variables[i]; {
		case v.Kind == resolved.Stock || v.Kind == resolved.Flow || v.Kind == resolved.Aux:
			h.columns = append(h.columns, c)
		case v.Kind == resolved.Constant && v.HasRange:
			wholes[v.Name] = append(wholes[v.Name], len(h.names))
			h.names, h.ranges = append(h.names, c.Name()), append(h.ranges, v.Range)
		}
	}
	for name, sides := range wholes {
		if strings.HasSuffix(name, "_split") {
			h.wholes = append(h.wholes, sides)
		}
	}
	var err error
	if h.design, err = sampling.NewDesign(sampling.LatinHypercube, draws, len(h.names)+1, 2027); err != nil {
		t.Fatal(err)
	}
	return h
}

// closing is the decision that closes schools, "" in a model that has none.
func (h *hypercube) closing() string {
	for name, kind := range h.kind {
		if kind == resolved.Decision && base(name) == "buildings_to_close" {
			return name
		}
	}
	return ""
}

// base is a name without its module.
func base(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// byClosings parts the draws by how many schools close in them.
func (h *hypercube) byClosings() map[int][]int {
	parts := map[int][]int{}
	point := make([]float64, len(h.names)+1)
	for i := range draws {
		closings := 0
		if h.closing() != "" {
			h.design.Point(i, point)
			closings = int((mostClosing + 1) * point[len(h.names)])
		}
		parts[closings] = append(parts[closings], i)
	}
	return parts
}

// draw puts a point of the design within the ranges; shares of a whole still make one.
func (h *hypercube) draw(i int, to []float64) {
	point := make([]float64, len(h.names)+1)
	h.design.Point(i, point)
	for k, r := range h.ranges {
		to[k] = r[0] + point[k]*(r[1]-r[0])
	}
	for _, whole := range h.wholes {
		sum := 0.0
		for _, k := range whole {
			sum += to[k]
		}
		for _, k := range whole {
			to[k] /= sum
		}
	}
}

func (h *hypercube) ensemble(t *testing.T, closings int, members []int, workers int) *sim.EnsembleResult {
	t.Helper()
	s := sim.EnsembleSettings{
		Runs: len(members), Workers: workers, Vary: h.names,
		Values: func(member int, to []float64) { h.draw(members[member], to) },
	}
	if name := h.closing(); name != "" {
		s.Changes = []sim.Change{to(name, float64(closings), 2027)}
	}
	for _, c := range h.columns {
		s.Keep = append(s.Keep, c.Name())
	}
	result, err := program(t, h.example).Ensemble(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func (h *hypercube) inside(t *testing.T, c sim.Column, closings int, r *sim.EnsembleResult) {
	low, high := h.bounds(c.Variable)
	for row := range r.Time {
		for member, x := range r.Values(c.Name(), row) {
			if !(low <= x && x <= high) {
				t.Errorf("member %d of those with %d closings: %s is %v in %v, outside %v to %v", member, closings, c.Name(), x, r.Time[row], low, high)
				return
			}
		}
	}
}

// bounds are those that a variable of that name has, in any of the models. Deviations
// from usual practice and leadership have either sign.
func (h *hypercube) bounds(variable string) (low, high float64) {
	const rounding = 1e-9
	name := base(variable)
	switch {
	case name == "experienced_confidence" || name == "reputation" || name == "energy" || name == "lowest_confidence":
		return -rounding, 2
	case strings.HasSuffix(name, "_fraction") || strings.HasSuffix(name, "_share") || strings.HasPrefix(name, "share_on") || name == "capture" || name == "information":
		return -rounding, 1 + rounding
	case name == "practice" || name == "leadership":
		return -10, 10
	case h.kind[variable] == resolved.Stock:
		return -rounding, math.Inf(1)
	}
	return math.Inf(-1), math.Inf(1)
}

// mostStaff is the most staff against positions.
const mostStaff = 1.2

// together holds what two variables are to each other, in models that have them.
func (h *hypercube) together(t *testing.T, r *sim.EnsembleResult) {
	for _, sector := range []string{"district", "charter"} {
		h.noMore(t, r, mostStaff, "staff["+sector+"]", "positions["+sector+"]")
	}
	h.noMore(t, r, 1, "students_by_grade[k]", "births_six_years_ago")
}

// noMore: one is at most so many times the other, in models that have them.
func (h *hypercube) noMore(t *testing.T, r *sim.EnsembleResult, times float64, name, than string) {
	name, than = h.column(name), h.column(than)
	if name == "" && (than == "" || h.example == enrollment) { // positions, and no teachers in them
		return
	}
	for row := range r.Time {
		values, limit := r.Values(name, row), r.Values(than, row)
		if values == nil || limit == nil {
			t.Fatalf("there is no %s, or no %s", name, than)
		}
		for member, x := range values {
			if !(x <= times*limit[member]) {
				t.Errorf("member %d: %s is %v in %v, %s is %v", member, name, x, r.Time[row], than, limit[member])
				return
			}
		}
	}
}

func sameBits(t *testing.T, column string, a, b *sim.EnsembleResult) {
	t.Helper()
	for row := range a.Time {
		other := b.Values(column, row)
		for member, x := range a.Values(column, row) {
			if math.Float64bits(x) != math.Float64bits(other[member]) {
				t.Fatalf("%s of member %d in %v: %v with one worker, %v with two", column, member, a.Time[row], x, other[member])
			}
		}
	}
}

// column is the whole name of a column, whatever module it is in.
func (h *hypercube) column(name string) string {
	for _, c := range h.columns {
		if base(c.Name()) == name {
			return c.Name()
		}
	}
	return ""
}
