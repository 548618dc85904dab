package loops

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"weir/model/graph"
	"weir/model/resolved"
)

// Bounds of the search for loops.
const (
	maxLoops    = 20_000     // listed; a model with more is searched along strongest paths
	maxVisited  = 60_000_000 // links followed to list all loops
	maxElements = 4_000_000  // links of all loops listed
	maxStrong   = 4_000      // loops of strongest paths
	maxFollowed = 60_000_000 // links followed along strongest paths, in all …
	maxStart    = 20_000     // … and from one stock at one time
)

// weak is the logarithm of the score, relative to the strongest loop of its partition at that time,
// below which a loop of a strongest path is left out.
var weak = math.Log(1e-4)

// A cycle is a loop of the net as its links in order. It begins at its first node by name.
type cycle []int32

// states returns how many states a loop passes. Every loop of elements has one; arrays as wholes may
// seem to act on each other without, where element by element they do not.
func (n *net) states(c cycle) int {
	count := 0
	for _, l := range c {
		if n.links[l].state {
			count++
		}
	}
	return count
}

// key returns a text by which equal loops are equal.
func (c cycle) key() string {
	key := make([]byte, 0, 4*len(c))
	for _, l := range c {
		key = binary.LittleEndian.AppendUint32(key, uint32(l))
	}
	return string(key)
}

// findAll returns all loops of the net whose links were ever active, and reports whether those are
// all: the algorithm of D. B. Johnson, "Finding all the elementary circuits of a directed graph",
// SIAM J. Comput. 4(1), 1975, with bounds, which that of gonum's graph/topo does not have. It starts
// at states only, since every loop passes one; those that it has started from are left out after.
func (n *net) findAll(active []bool) (found []cycle, all bool) {
	size := len(n.nodes)
	j := &johnson{net: n, active: active, done: make([]bool, size), inside: make([]bool, size),
		blocked: make([]bool, size), waiting: make([][]int32, size)}
	j.place, j.members = make([]int, size), map[int32][]int32{}
	for v, p := range n.partition {
		j.place[v] = len(j.members[p])
		j.members[p] = append(j.members[p], int32(v))
	}
	for start, is := range n.isState() {
		if is && n.partition[start] >= 0 {
			j.from(int32(start))
			j.done[start] = true
		}
		if j.cut {
			return nil, false
		}
	}
	return j.found, true
}

// isState reports of each node whether a link through a state leads to it.
func (n *net) isState() []bool {
	out := make([]bool, len(n.nodes))
	for _, list := range n.out {
		for _, l := range list {
			out[n.links[l].to] = out[n.links[l].to] || n.links[l].state
		}
	}
	return out
}

// A johnson is the state of one search for all loops.
type johnson struct {
	*net
	active  []bool
	done    []bool            // nodes whose loops are all found
	members map[int32][]int32 // the nodes of each partition
	place   []int             // of each node among those of its partition
	start   int32
	inside  []bool // nodes of the start's component among those not done
	blocked []bool
	waiting [][]int32 // to be unblocked with each node
	path    cycle
	found   []cycle
	links   int // of all loops found
	visited int
	cut     bool
}

// from finds the loops that pass start and no node that is done.
func (j *johnson) from(start int32) {
	j.start = start
	members := j.members[j.partition[start]] // a small graph of its own
	open := func(v int) []int {
		var to []int
		for _, l := range j.out[members[v]] {
			if next := j.net.links[l].to; j.active[l] && !j.done[next] {
				to = append(to, j.place[next])
			}
		}
		return to
	}
	root := j.place[start]
	found := graph.Components([]int{root}, len(members), open)
	own := found[len(found)-1] // the root's own component is complete last
	if len(own) < 2 && !slices.Contains(open(root), root) {
		return // a state may act on itself with nothing in between
	}
	for _, v := range own {
		j.inside[members[v]], j.blocked[members[v]], j.waiting[members[v]] = true, false, nil
	}
	j.search(start)
	for _, v := range own {
		j.inside[members[v]] = false
	}
}

// search continues a path at a node, and reports whether it led back to the start.
func (j *johnson) search(v int32) bool {
	j.blocked[v] = true
	closed := false
	for _, l := range j.out[v] {
		next := j.net.links[l].to
		if !j.active[l] || !j.inside[next] {
			continue
		}
		if j.visited++; j.visited > maxVisited || j.cut {
			j.cut = true
			return false
		}
		j.path = append(j.path, l)
		switch {
		case next == j.start:
			closed = true
			j.add()
		case !j.blocked[next]:
			closed = j.search(next) || closed
		}
		j.path = j.path[:len(j.path)-1]
	}
	if closed {
		j.unblock(v)
		return true
	}
	for _, l := range j.out[v] {
		if next := j.net.links[l].to; j.active[l] && j.inside[next] && !slices.Contains(j.waiting[next], v) {
			j.waiting[next] = append(j.waiting[next], v)
		}
	}
	return false
}

// unblock lets paths pass through a node again, and through those that waited for it.
func (j *johnson) unblock(v int32) {
	if !j.blocked[v] {
		return
	}
	j.blocked[v] = false
	waiting := j.waiting[v]
	j.waiting[v] = nil
	for _, w := range waiting {
		j.unblock(w)
	}
}

// add keeps the present path.
func (j *johnson) add() {
	j.links += len(j.path)
	if len(j.found) == maxLoops || j.links > maxElements {
		j.cut = true
		return
	}
	j.found = append(j.found, j.rotated(j.path))
}

// A strongest is a search for loops along the strongest links from each stock, at one time after
// the other: R. Eberlein and W. Schoenberg, "Finding the Loops that Matter", 2020. It is a
// heuristic: a path is followed on from a node only if its score is not below the best with which
// the search from the same stock has reached the node.
type strongest struct {
	*net
	start    int32
	best     []float64 // by node: the logarithm of the best score so far
	reached  []bool    // by node: best is known
	touched  []int32   // nodes that are reached
	on       []bool    // on the present path
	links    [][]int32 // by node: the active links out, strongest first
	log      []float64 // scores of the present row
	path     cycle
	row      []strongLoop // found in the present row
	known    map[string]int
	found    []strongLoop
	followed int
	limit    int // of followed, for the present start
}

// A strongLoop is a loop with the logarithm of its score relative to the strongest one of its
// partition: at the time where that is largest.
type strongLoop struct {
	cycle cycle
	log   float64
}

// findStrongest returns the loops along strongest paths, and at how many of the kept times it
// looked for them: as many as the bound allows, spread over the run.
func (n *net) findStrongest(ctx context.Context, progress func(float64)) (found []cycle, rows int, err error) {
	size := len(n.nodes)
	s := &strongest{net: n, best: make([]float64, size), reached: make([]bool, size), on: make([]bool, size),
		links: make([][]int32, size), log: make([]float64, len(n.links)), known: map[string]int{}}
	for _, row := range spread(len(n.scores.time)) {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		if s.followed >= maxFollowed {
			break
		}
		s.at(row)
		if rows++; progress != nil {
			progress(float64(rows) / float64(len(n.scores.time)))
		}
	}
	slices.SortFunc(s.found, func(a, b strongLoop) int {
		return cmp.Or(cmp.Compare(b.log, a.log), cmp.Compare(len(a.cycle), len(b.cycle)),
			slices.Compare(a.cycle, b.cycle))
	})
	for _, l := range s.found[:min(maxStrong, len(s.found))] {
		found = append(found, l.cycle)
	}
	return found, rows, nil
}

// spread returns the numbers below n in an order in which any first ones are spread over all: by
// their bits in reverse.
func spread(n int) []int {
	var out []int
	width := bits.Len(uint(max(0, n-1)))
	for i := range 1 << width {
		if k := int(bits.Reverse64(uint64(i)) >> (64 - width)); k < n {
			out = append(out, k)
		}
	}
	return out
}

// at searches from every stock with the scores of a row.
func (s *strongest) at(row int) {
	for i, x := range s.scores.row(row) {
		s.log[i] = math.Log(math.Abs(x)) // -Inf of 0
	}
	for v := range s.links {
		s.links[v] = s.links[v][:0]
		for _, l := range s.out[v] {
			if !math.IsInf(s.log[l], -1) {
				s.links[v] = append(s.links[v], l)
			}
		}
		slices.SortStableFunc(s.links[v], func(a, b int32) int { return cmp.Compare(s.log[b], s.log[a]) })
	}
	for v := range s.nodes {
		if s.holdsState(int32(v)) && len(s.links[v]) > 0 {
			s.start = int32(v)
			s.short()
			s.limit = s.followed + maxStart
			s.search(s.start, 0)
			for _, t := range s.touched {
				s.reached[t] = false
			}
			s.touched = s.touched[:0]
		}
	}
	s.keep()
}

// short adds the loops of up to three links. Where everything acts on everything the search goes deep
// first, and may reach its bound before it comes to them.
func (s *strongest) short() {
	for _, a := range s.links[s.start] {
		v := s.net.links[a].to
		s.close(cycle{a}, v)
		for _, b := range s.links[v] {
			if w := s.net.links[b].to; w != s.start && w != v {
				s.close(cycle{a, b}, w)
			}
		}
	}
}

// close adds the loop of a path that leads from the start to a node, if a link leads back.
func (s *strongest) close(path cycle, at int32) {
	for _, l := range s.links[at] {
		s.followed++
		if s.net.links[l].to == s.start {
			score := s.log[l]
			for _, d := range path {
				score += s.log[d]
			}
			s.row = append(s.row, strongLoop{append(slices.Clone(path), l), score})
		}
	}
}

// holdsState reports whether a search begins at a node: at a stock, and at the variable of a
// function that has stocks.
func (s *strongest) holdsState(v int32) bool {
	if s.nodes[v].variable.Kind == resolved.Stock {
		return true
	}
	return slices.ContainsFunc(s.out[v], func(l int32) bool {
		return s.net.links[l].state && s.nodes[s.net.links[l].to].variable.Kind != resolved.Stock
	})
}

// search follows the links of a node, the strongest first. Score is the logarithm of the path's.
func (s *strongest) search(v int32, score float64) {
	if s.reached[v] && score < s.best[v] {
		return
	}
	if !s.reached[v] {
		s.reached[v] = true
		s.touched = append(s.touched, v)
	}
	s.best[v] = score
	s.on[v] = true
	for _, l := range s.links[v] {
		if s.followed++; s.followed > s.limit {
			break
		}
		next := s.net.links[l].to
		s.path = append(s.path, l)
		switch {
		case next == s.start:
			s.row = append(s.row, strongLoop{slices.Clone(s.path), score + s.log[l]})
		case !s.on[next]:
			s.search(next, score+s.log[l])
		}
		s.path = s.path[:len(s.path)-1]
	}
	s.on[v] = false
}

// keep takes over the loops of a row that are not weak.
func (s *strongest) keep() {
	top := map[int32]float64{}
	of := func(l strongLoop) int32 { return s.partition[s.net.links[l.cycle[0]].from] }
	for _, l := range s.row {
		if log, known := top[of(l)]; !known || l.log > log {
			top[of(l)] = l.log
		}
	}
	for _, l := range s.row {
		log := l.log - top[of(l)]
		if log < weak || s.states(l.cycle) == 0 {
			continue
		}
		c := s.rotated(l.cycle)
		key := c.key()
		if i, known := s.known[key]; known {
			s.found[i].log = max(s.found[i].log, log)
			continue
		}
		s.known[key] = len(s.found)
		s.found = append(s.found, strongLoop{c, log})
	}
	s.row = s.row[:0]
}

// rotated returns a loop from its first node on.
func (n *net) rotated(c cycle) cycle {
	first := 0
	for i, l := range c {
		if n.links[l].from < n.links[c[first]].from {
			first = i
		}
	}
	return append(slices.Clone(c[first:]), c[:first]...)
}
