package dynamics

import (
	"cmp"
	"fmt"
	"math"
	"math/cmplx"
	"slices"
	"strings"

	"weir/sim"
	"weir/sim/internal/modes"
)

// shares returns the stocks with the largest parts in a mode.
func (d *describer) shares(x *modes.Mode) []Share {
	order := make([]int, len(x.Block))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x.Shares[b], x.Shares[a]) })
	var out []Share
	for _, i := range order[:min(len(order), mostParts)] {
		if len(out) == 0 || x.Shares[i] >= leastPart {
			out = append(out, Share{d.f.Stock(int(x.Block[i])), x.Shares[i]})
		}
	}
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

func maxOf(list []float64) int {
	at := 0
	for i, x := range list {
		if x > list[at] {
			at = i
		}
	}
	return at
}

// loop follows the links with the largest parts from a stock until a variable comes again.
func (w *web) loop(slot int, parts []complex128) []string {
	var path []int
	for !slices.Contains(path, slot) {
		path = append(path, slot)
		best, most := -1, 0.0
		for _, i := range w.out[slot] {
			if size := cmplx.Abs(parts[i]); size > most {
				best, most = i, size
			}
		}
		if best < 0 {
			return nil
		}
		slot = w.links[best].To
	}
	var names []string
	for _, s := range append(path[slices.Index(path, slot):], slot) {
		if name := w.name(s); len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	return names
}

// influences returns the links of equations with the largest parts. Of flows into stocks there are
// none: their gain is always 1.
func (w *web) influences(parts []complex128, size float64) []Influence {
	var order []int
	for i, l := range w.links {
		if !(l.To >= w.from && l.To < w.to) && cmplx.Abs(parts[i]) > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(cmplx.Abs(parts[b]), cmplx.Abs(parts[a])) })
	var out []Influence
	for _, i := range order[:min(len(order), mostParts)] {
		l := w.links[i]
		out = append(out, Influence{w.name(l.From), w.name(l.To), tidy(real(parts[i]) / size), tidy(imag(parts[i]) / size)})
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

// name returns the name of the number in a slot, of a hidden one that of its owner.
func (w *web) name(slot int) string {
	if slot >= w.from && slot < w.to {
		return w.f.Stock(slot - w.from)
	}
	return w.f.Name(slot)
}
