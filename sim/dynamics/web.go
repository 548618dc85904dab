package dynamics

import (
	"cmp"
	"fmt"
	"math"
	"math/cmplx"
	"slices"
	"sort"
	"strings"

	"weir/sim"
	"weir/sim/internal/modes"
)

// shares returns the stocks with the largest parts in a mode; the stages of a delay are one, with the
// name of the variable that has it.
func (d *describer) shares(x *modes.Mode) []Share {
	order := make([]int, len(x.Block))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x.Shares[b], x.Shares[a]) })
	var out []Share
	from, _ := d.f.Slots()
	for _, i := range order {
		name := d.f.Name(from + int(x.Block[i]))
		if at := slices.IndexFunc(out, func(s Share) bool { return s.Stock == name }); at >= 0 {
			out[at].Share += x.Shares[i]
		} else if len(out) == 0 || len(out) < mostParts && x.Shares[i] >= leastPart {
			out = append(out, Share{name, x.Shares[i]})
		}
	}
	slices.SortStableFunc(out, func(a, b Share) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

// key returns the text that modes of different elements share: the eigenvalue to six digits and the
// stocks without their elements.
func key(m Mode) string {
	text := fmt.Sprintf("%.6g %.6g", m.Rate, m.Frequency)
	for _, s := range m.Stocks {
		name, _, _ := strings.Cut(s.Stock, "[")
		text += " " + name
	}
	return text
}

// A web is the links of a model at a state.
type web struct {
	f        *sim.Field
	links    []sim.Link
	out      map[int][]int // by slot: the links from it
	from, to int           // slots of stocks
	slots    int
}

// newWeb returns the links of a field by the stock that they begin at.
func newWeb(f *sim.Field) *web {
	w := &web{f: f, links: f.Links(), out: map[int][]int{}}
	w.from, w.to = f.Slots()
	for i, l := range w.links {
		w.out[l.From] = append(w.out[l.From], i)
		w.slots = max(w.slots, l.From+1, l.To+1)
	}
	return w
}

// explain finds the links that a mode depends on, and its loop.
//
// The derivative of an eigenvalue by the gain of a link from a to b is the product of two
// numbers: how much the mode moves a (the right eigenvector carried forward over the links to
// a), and how much the slopes, weighed by the left eigenvector, move with b (Forrester,
// Eigenvalue elasticity analysis, 1982; Kampmann, Feedback loop gains and system behavior, System
// Dynamics Review 28, 2012). Times the gain it is the part of the link; the parts of the links
// into a variable and of those out of it have the same sum, the variable's own part.
func (w *web) explain(x *modes.Mode, m *Mode) {
	if x.Right == nil {
		return
	}
	forward, back := make([]complex128, w.slots), make([]complex128, w.slots)
	left := map[int]complex128{}
	for i, s := range x.Block {
		forward[w.from+int(s)], left[w.from+int(s)] = x.Right[i], x.Left[i]
	}
	stock := func(slot int) bool { return slot >= w.from && slot < w.to }
	for _, l := range w.links {
		if !stock(l.To) {
			forward[l.To] += complex(l.Gain, 0) * forward[l.From]
		}
	}
	parts := make([]complex128, len(w.links))
	for i, l := range slices.Backward(w.links) {
		to := back[l.To]
		if stock(l.To) {
			to = left[l.To]
		}
		back[l.From] += complex(l.Gain, 0) * to
		parts[i] = complex(l.Gain, 0) * to * forward[l.From]
	}
	size := cmplx.Abs(x.Value)
	if size == 0 {
		return
	}
	m.Loop = w.loop(w.from+int(x.Block[maxOf(x.Shares)]), parts)
	m.Links = w.influences(parts, size)
}

// maxOf returns the position of the largest number, the first of equal ones.
func maxOf(list []float64) int {
	at := 0
	for i, x := range list {
		if x > list[at] {
			at = i
		}
	}
	return at
}

// loop returns the loop through a stock whose weakest link has the largest part, of several the
// shortest: the part of a loop is at most that of its weakest link.
func (w *web) loop(stock int, parts []complex128) []string {
	sizes := make([]float64, len(parts))
	for i, p := range parts {
		sizes[i] = cmplx.Abs(p)
	}
	order := slices.Clone(sizes)
	slices.Sort(order)
	n, _ := slices.BinarySearch(order, math.SmallestNonzeroFloat64)
	order = order[n:]
	// The number of the strongest links with which the loop closes, less one.
	weakest := sort.Search(len(order), func(k int) bool {
		return w.close(stock, sizes, order[len(order)-1-k]) != nil
	})
	if weakest == len(order) {
		return nil
	}
	var names []string
	for _, slot := range w.close(stock, sizes, order[len(order)-1-weakest]*(1-1e-9)) {
		if name := w.f.Name(slot); name != "" && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	return names
}

// close returns the shortest loop through a slot along links of at least a size; nil if there is
// none.
func (w *web) close(slot int, sizes []float64, least float64) []int {
	before := map[int]int{}
	for list := []int{slot}; len(list) > 0; list = list[1:] {
		at := list[0]
		for _, i := range w.out[at] {
			to := w.links[i].To
			if _, known := before[to]; known || sizes[i] < least {
				continue
			}
			if before[to] = at; to != slot {
				list = append(list, to)
				continue
			}
			path := []int{slot}
			for from := at; from != slot; from = before[from] {
				path = append(path, from)
			}
			slices.Reverse(path)
			return append([]int{slot}, path...)
		}
	}
	return nil
}

// influences returns the links of equations with the largest parts. Of flows into stocks there are
// none: their gain is always 1.
func (w *web) influences(parts []complex128, size float64) []Influence {
	var order []int
	for i, l := range w.links {
		if !(l.To >= w.from && l.To < w.to) && cmplx.Abs(parts[i]) > 0 && w.f.Name(l.From) != "" && w.f.Name(l.To) != "" {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(cmplx.Abs(parts[b]), cmplx.Abs(parts[a])) })
	var out []Influence
	for _, i := range order[:min(len(order), mostParts)] {
		l := w.links[i]
		out = append(out, Influence{w.f.Name(l.From), w.f.Name(l.To), tidy(real(parts[i]) / size), tidy(imag(parts[i]) / size)})
	}
	return out
}

// tidy makes 0 of the rounding of gonum's eigenvectors.
func tidy(x float64) float64 {
	if math.Abs(x) < 1e-12 {
		return 0
	}
	return x
}
