package loops

import (
	"cmp"
	"math"
	"slices"
)

// The rule by which phases are merged, so that a reader sees turns and no flicker.
const (
	// ShortPhase is the part of the time asked about below which a phase joins a neighbour …
	ShortPhase = 0.05
	// ClearPhase … unless its loops explain at least this part of the behaviour in it.
	ClearPhase = 0.9
	// DominantShare is the part that a dominant set of loops explains at least.
	DominantShare = 0.5
	// MostDominant is the most loops that a set may have; more are no explanation.
	MostDominant = 5
	// considered is how many loops of a group, those that explain most, can be in a set.
	considered = 60
)

// A Phase is a time in which one set of loops is dominant: the smallest that explains at least
// half of the behaviour of its group. Phases shorter than ShortPhase join the neighbour whose loops
// explain more of them, unless ClearPhase holds.
type Phase struct {
	From, To float64
	Loops    []*Loop // those that explain most first; nil at rest, or if more than MostDominant share it
	// Parts are the mean relative scores of these loops in the phase, negative of one that balances
	// there: a loop may change its polarity from phase to phase.
	Parts []float64
	Share float64 // that they explain together: the mean of their magnitudes over the phase
	Rest  bool    // nothing in the group changes
}

// A stretch is a run of rows with one dominant set.
type stretch struct {
	from, to int
	set      []int // positions in the considered loops, ascending
	rest     bool
}

// phases divides the time asked about by what is dominant in a group.
func (r *Result) phases(g *Group) []Phase {
	list := g.Loops[:min(considered, len(g.Loops))]
	relative, sizes := make([][]float64, len(list)), make([][]float64, len(list))
	for i, l := range list {
		relative[i], sizes[i] = r.Relative(l), make([]float64, len(r.Time))
		for row, x := range relative[i] {
			sizes[i][row] = math.Abs(x)
		}
	}
	from, to := r.rows()
	if from == to {
		return nil
	}
	var found []stretch
	for row := from; row < to; row++ {
		next := stretch{from: row, to: row + 1, rest: g.Moving[row] == 0}
		if !next.rest {
			next.set = dominant(sizes, row, row+1)
		}
		found = append(found, next)
	}
	found = unite(found)
	shortest := max(2, int(math.Ceil(ShortPhase*float64(to-from))))
	for {
		i := shortestBelow(found, shortest, sizes)
		if i < 0 {
			break
		}
		found = join(found, i, sizes)
	}
	for i := range found {
		if !found[i].rest {
			found[i].set = dominant(sizes, found[i].from, found[i].to)
		}
	}
	return r.named(unite(found), list, sizes, relative)
}

// dominant returns the smallest set of loops that explains at least half of the behaviour over some
// rows; nil if it would have more than MostDominant.
func dominant(sizes [][]float64, from, to int) []int {
	order := make([]int, len(sizes))
	mean := make([]float64, len(sizes))
	for i := range sizes {
		order[i], mean[i] = i, explained(sizes, []int{i}, from, to)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(math.Round(1e9*mean[b]), math.Round(1e9*mean[a]))
	})
	sum := 0.0
	for n, i := range order[:min(len(order), MostDominant)] {
		if sum += mean[i]; sum >= DominantShare-1e-9 {
			set := slices.Clone(order[:n+1])
			slices.Sort(set)
			return set
		}
	}
	return nil
}

// explained returns the part of the behaviour that a set explains, the mean over some rows.
func explained(sizes [][]float64, set []int, from, to int) float64 {
	sum := 0.0
	for _, i := range set {
		for _, x := range sizes[i][from:to] {
			sum += x
		}
	}
	return sum / float64(to-from)
}

// unite joins neighbours with the same set.
func unite(list []stretch) []stretch {
	var out []stretch
	for _, s := range list {
		if n := len(out); n > 0 && out[n-1].rest == s.rest && slices.Equal(out[n-1].set, s.set) {
			out[n-1].to = s.to
			continue
		}
		out = append(out, s)
	}
	return out
}

// shortestBelow returns the shortest stretch of fewer rows that does not stand for itself; -1 if
// there is none.
func shortestBelow(list []stretch, rows int, sizes [][]float64) int {
	best := -1
	for i, s := range list {
		n := s.to - s.from
		clear := s.set != nil && explained(sizes, s.set, s.from, s.to) >= ClearPhase && n > 1
		if n < rows && len(list) > 1 && !clear && (best < 0 || n < list[best].to-list[best].from) {
			best = i
		}
	}
	return best
}

// join gives a stretch to the neighbour whose loops explain more of it, the earlier one if both are
// alike.
func join(list []stretch, i int, sizes [][]float64) []stretch {
	s := list[i]
	into := i - 1
	if i == 0 || i+1 < len(list) && explained(sizes, list[i+1].set, s.from, s.to) >
		explained(sizes, list[i-1].set, s.from, s.to) {
		into = i + 1
	}
	list[into].from, list[into].to = min(list[into].from, s.from), max(list[into].to, s.to)
	return unite(slices.Delete(list, i, i+1))
}

// named turns stretches into phases.
func (r *Result) named(list []stretch, loops []*Loop, sizes, relative [][]float64) []Phase {
	out := make([]Phase, len(list))
	for i, s := range list {
		p := Phase{From: r.From, To: r.To, Rest: s.rest, Share: explained(sizes, s.set, s.from, s.to)}
		if i > 0 {
			p.From = r.Time[s.from]
		}
		if i < len(list)-1 {
			p.To = r.Time[s.to]
		}
		slices.SortStableFunc(s.set, func(a, b int) int {
			return cmp.Compare(explained(sizes, []int{b}, s.from, s.to), explained(sizes, []int{a}, s.from, s.to))
		})
		for _, k := range s.set {
			p.Loops = append(p.Loops, loops[k])
			p.Parts = append(p.Parts, explained(relative, []int{k}, s.from, s.to))
		}
		out[i] = p
	}
	return out
}
