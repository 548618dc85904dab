package loops

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/model/resolved"
	"weir/model/structure"
)

// group makes the groups with their loops by variables.
func (r *Result) group(m *resolved.Model, outcome *resolved.Variable) {
	byKey := map[string]*Group{}
	of := make([]*Group, r.parts)
	members := make([][]int32, r.parts)
	for i, c := range r.cycles {
		members[r.partition(c)] = append(members[r.partition(c)], int32(i))
	}
	for p, list := range members {
		if len(list) == 0 {
			continue
		}
		key := r.variablesOf(int32(p))
		g := byKey[key]
		if g == nil {
			g = &Group{Moving: make([]int, len(r.Time)), variables: strings.Fields(key)}
			byKey[key] = g
			r.Groups = append(r.Groups, g)
		}
		g.Copies++
		of[p] = g
		for row := range r.Time {
			if r.total[row*r.parts+p].sum > 0 {
				g.Moving[row]++
			}
		}
	}
	r.addLoops(of)
	for _, g := range r.Groups {
		g.Stocks = r.stocksOf(g)
	}
	r.Groups = chosen(r.Groups, outcome)
	r.number()
	r.name(m)
	for _, g := range r.Groups {
		g.Phases = r.phases(g)
	}
}

// stocksOf returns the names of the stocks that the loops of a group pass, sorted.
func (r *Result) stocksOf(g *Group) []string {
	var out []string
	for _, l := range g.Loops {
		for _, c := range l.cycles {
			for _, d := range r.cycles[c] {
				if v := r.net.nodes[r.net.links[d].to].variable; v.Kind == resolved.Stock {
					out = append(out, v.Name)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// variablesOf returns the variables of a partition as one text, sorted. Those of a net of states are
// all that lie between its states.
func (r *Result) variablesOf(p int32) string {
	full, of := r.net, p
	if r.net.full != nil {
		full = r.net.full
		state := slices.Index(r.net.partition, p)
		of = full.partition[full.find(r.net.nodes[state].name)]
	}
	var names []string
	for i, q := range full.partition {
		if q == of {
			names = append(names, full.nodes[i].variable.Name)
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}

// addLoops gathers element loops by the variables that they pass and by polarity, and computes
// their shares.
func (r *Result) addLoops(of []*Group) {
	w := r.weigh(of)
	type key struct {
		group     *Group
		polarity  structure.Polarity
		variables string
	}
	known := map[key]*Loop{}
	best := map[*Loop]int{} // the element loop with the largest share
	for i, c := range r.cycles {
		variables := r.names(r.passed(c))
		k := key{of[r.partition(c)], w.polarity[i], strings.Join(variables, " ")}
		l := known[k]
		if l == nil {
			l = &Loop{Variables: variables, Polarity: k.polarity, group: k.group}
			known[k], best[l] = l, i
			k.group.Loops = append(k.group.Loops, l)
		}
		l.cycles = append(l.cycles, int32(i))
		l.Count++
		l.Share += w.share[i]
		l.Elements = append(l.Elements, r.elementsOf(c, variables[0])...)
		if w.share[i] > w.share[best[l]] {
			best[l] = i
		}
	}
	for _, g := range r.Groups {
		for _, l := range g.Loops {
			slices.Sort(l.Elements)
			l.Elements = slices.Compact(l.Elements)
			r.describe(l, r.cycles[best[l]], w.peak[best[l]])
		}
		tellApart(g)
	}
}

// describe fills in the facts about a loop that are those of its strongest element loop, whose peak
// is at a row.
func (r *Result) describe(l *Loop, c cycle, peak int) {
	passed := r.passed(c)
	l.States, l.Across = r.statesOf(c, l.Variables), r.crossed(c)
	if r.net.full != nil {
		l.Variables = r.shown(passed, peak)
	}
}

// confident is the part of a loop's scores over the run that must have one sign for the loop to
// have that polarity: a loop that is reinforcing but for a moment is called so.
const confident = 0.995

// A weight has the facts about each element loop that decide how it is grouped and ranked.
type weight struct {
	share    []float64 // over the time asked about
	peak     []int     // the row at which it explains most, in the whole run
	polarity []structure.Polarity
}

// weigh goes through the relative scores of all element loops once. Rows are outside and loops inside,
// so that the scores of a row stay in the processor's cache.
func (r *Result) weigh(of []*Group) weight {
	n := len(r.cycles)
	w := weight{make([]float64, n), make([]int, n), make([]structure.Polarity, n)}
	up, down, top := make([]float64, n), make([]float64, n), make([]float64, n)
	from, to := r.rows()
	for row := range r.Time {
		for i, c := range r.cycles {
			x := r.relative(c, row)
			up[i], down[i] = up[i]+max(x, 0), down[i]+max(-x, 0)
			if math.Abs(x) > top[i] {
				top[i], w.peak[i] = math.Abs(x), row
			}
			if moving := of[r.partition(c)].Moving[row]; row >= from && row < to && moving > 0 {
				w.share[i] += math.Abs(x) / float64(moving)
			}
		}
	}
	for i, c := range r.cycles {
		if rows := of[r.partition(c)].movingRows(from, to); rows > 0 {
			w.share[i] /= float64(rows)
		}
		w.polarity[i] = polarity(up[i], down[i])
	}
	return w
}

// polarity returns the polarity of a loop by the sums of its positive and its negative scores.
func polarity(up, down float64) structure.Polarity {
	switch sum := up + down; {
	case sum > 0 && up >= confident*sum:
		return structure.Reinforcing
	case sum > 0 && down >= confident*sum:
		return structure.Balancing
	}
	return structure.NotKnown
}

// movingRows returns at how many rows a group moves.
func (g *Group) movingRows(from, to int) int {
	n := 0
	for _, m := range g.Moving[from:to] {
		if m > 0 {
			n++
		}
	}
	return n
}

// chosen returns the groups that act on an outcome, all if it is nil, in order: its own first, then
// the larger. The list is changed.
func chosen(groups []*Group, outcome *resolved.Variable) []*Group {
	own := func(g *Group) bool {
		if outcome == nil {
			return false
		}
		_, is := slices.BinarySearch(g.variables, outcome.Name)
		return is
	}
	if outcome != nil {
		acts := upstream(outcome)
		groups = slices.DeleteFunc(groups, func(g *Group) bool { return !acts[g.variables[0]] })
	}
	slices.SortFunc(groups, func(a, b *Group) int {
		if own(a) != own(b) {
			return map[bool]int{true: -1, false: 1}[own(a)]
		}
		return cmp.Or(cmp.Compare(len(b.Stocks), len(a.Stocks)), cmp.Compare(len(b.Loops), len(a.Loops)),
			slices.Compare(a.Stocks, b.Stocks), slices.Compare(a.Loops[0].Variables, b.Loops[0].Variables))
	})
	return groups
}

// upstream returns the names of the variables that act on one, itself among them.
func upstream(v *resolved.Variable) map[string]bool {
	seen := map[*resolved.Variable]bool{v: true}
	out := map[string]bool{}
	for queue := []*resolved.Variable{v}; len(queue) > 0; queue = queue[1:] {
		out[queue[0].Name] = true
		for _, x := range causes(queue[0]) {
			if !seen[x] {
				seen[x] = true
				queue = append(queue, x)
			}
		}
	}
	return out
}

// number ranks the loops of each group and gives them their IDs. Shares that round to the same per
// cent count as equal; of equal ones that which passes more variables comes first, so that a stock
// with its own outflow does not lead by symmetry alone.
func (r *Result) number() {
	count := map[structure.Polarity]int{}
	letter := map[structure.Polarity]string{
		structure.Reinforcing: "R", structure.Balancing: "B", structure.NotKnown: "U",
	}
	for _, g := range r.Groups {
		slices.SortFunc(g.Loops, func(a, b *Loop) int {
			return cmp.Or(cmp.Compare(math.Round(100*b.Share), math.Round(100*a.Share)),
				cmp.Compare(len(b.Variables), len(a.Variables)),
				cmp.Compare(math.Round(1e9*b.Share), math.Round(1e9*a.Share)),
				slices.Compare(a.Variables, b.Variables), cmp.Compare(a.Polarity, b.Polarity))
		})
		for _, l := range g.Loops {
			count[l.Polarity]++
			l.ID = fmt.Sprint(letter[l.Polarity], count[l.Polarity])
		}
	}
}
