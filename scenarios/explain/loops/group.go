package loops

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/structure"
)

// A total is the sum of the magnitudes of all loop scores of a partition at one time, as
// sum * exp(log), where log is the largest logarithm among them.
type total struct{ log, sum float64 }

// add adds a score by its logarithm.
func (t *total) add(log float64) {
	if t.sum == 0 || log > t.log {
		t.sum *= math.Exp(t.log - log)
		t.log = log
		t.sum++
		return
	}
	t.sum += math.Exp(log - t.log)
}

// share returns which part of the total a score is; 0 of nothing.
func (t *total) share(log float64) float64 {
	if t.sum == 0 {
		return 0
	}
	return math.Exp(log-t.log) / t.sum
}

// score returns a loop's score at a row: the logarithm of its magnitude, and its sign, which is 0
// of a loop at rest.
func (r *Result) score(c cycle, row int) (log float64, sign int8) {
	values := r.net.scores.row(row)
	product := 1.0
	for _, l := range c {
		product *= values[l]
	}
	if size := math.Abs(product); size > 1e-280 && size < 1e280 {
		return math.Log(size), int8(math.Copysign(1, product))
	}
	return longProduct(c, values)
}

// longProduct is score where the product may overflow or vanish on the way: its exponents are added
// apart.
func longProduct(c cycle, values []float64) (log float64, sign int8) {
	product, exponent := 1.0, 0
	for _, l := range c {
		fraction, e := math.Frexp(values[l])
		product *= fraction
		if exponent += e; product == 0 {
			return 0, 0
		}
	}
	return math.Log(math.Abs(product)) + float64(exponent)*math.Ln2, int8(math.Copysign(1, product))
}

// partition returns the partition of a loop.
func (r *Result) partition(c cycle) int32 { return r.net.partition[r.net.links[c[0]].from] }

// addUp computes the totals.
func (r *Result) addUp() {
	for _, p := range r.net.partition {
		r.parts = max(r.parts, int(p)+1)
	}
	r.total = make([]total, r.parts*len(r.Time))
	for row := range r.Time {
		for _, c := range r.cycles {
			if log, sign := r.score(c, row); sign != 0 {
				r.total[row*r.parts+int(r.partition(c))].add(log)
			}
		}
	}
}

// relative returns the relative score of an element loop at a row, with its sign.
func (r *Result) relative(c cycle, row int) float64 {
	log, sign := r.score(c, row)
	if sign == 0 {
		return 0
	}
	return float64(sign) * r.total[row*r.parts+int(r.partition(c))].share(log)
}

// Relative returns the relative score of a loop at every time: its share of the loops of its group,
// negative where it balances. The caller owns it.
func (r *Result) Relative(l *Loop) []float64 {
	out := make([]float64, len(r.Time))
	for row := range out {
		if moving := l.group.Moving[row]; moving > 0 {
			for _, c := range l.cycles {
				out[row] += r.relative(r.cycles[c], row) / float64(moving)
			}
		}
	}
	return out
}

// Scores returns the loop score itself at every time, of several element loops their sum. It may be
// as large as a float64 can be where a stock's net flow turns. The caller owns it.
func (r *Result) Scores(l *Loop) []float64 {
	out := make([]float64, len(r.Time))
	for row := range out {
		for _, c := range l.cycles {
			log, sign := r.score(r.cycles[c], row)
			if sign != 0 {
				out[row] += float64(sign) * math.Exp(min(log, 700))
			}
		}
	}
	return out
}

// Link returns the scores of the link between two variables or elements, as x[a,b], at every time;
// ok is false if neither has such a link that is part of feedback. The caller owns them.
func (r *Result) Link(from, to string) (scores []float64, ok bool) {
	full := cmp.Or(r.net.full, r.net)
	for i, l := range full.links {
		if full.nodes[l.from].name != from || full.nodes[l.to].name != to {
			continue
		}
		scores = make([]float64, len(r.Time))
		for row := range scores {
			scores[row] = full.scores.row(row)[i]
		}
		return scores, true
	}
	return nil, false
}

// outcomeOf returns the variable that an outcome names; nil for "".
func outcomeOf(r *resolved.Model, name string) (*resolved.Variable, error) {
	base, _, _ := strings.Cut(strings.TrimSpace(name), "[")
	if base = strings.TrimSpace(base); base == "" {
		return nil, nil
	}
	if v := declared(r, base); v != nil {
		return v, nil
	}
	var names []string
	for _, v := range r.Variables {
		if !v.Hidden {
			names = append(names, v.Name)
		}
	}
	hint := ""
	if near := diagnostic.Nearest(base, names); near != "" {
		hint = ": did you mean " + near + "?"
	}
	return nil, fmt.Errorf("the model has no variable %q%s", base, hint)
}

// declared returns the declared variable of a name in any case, or nil.
func declared(r *resolved.Model, name string) *resolved.Variable {
	for _, v := range r.Variables {
		if !v.Hidden && strings.EqualFold(v.Name, name) {
			return v
		}
	}
	return nil
}

// window takes over the time asked about.
func (r *Result) window(m *resolved.Model, o Options) error {
	r.From, r.To = m.Time.Start, m.Time.Stop
	if o.Settings.Stop != nil {
		r.To = *o.Settings.Stop
	}
	start, stop := r.From, r.To
	if o.From != nil {
		r.From = *o.From
	}
	if o.To != nil {
		r.To = *o.To
	}
	if !(r.From < r.To && r.From >= start && r.To <= stop) {
		return fmt.Errorf("there is no time from %v to %v in a run from %v to %v", r.From, r.To, start, stop)
	}
	return nil
}

// rows returns the rows of the time asked about, half-open: those of the steps within it.
func (r *Result) rows() (from, to int) {
	slack := r.Step / 2
	from, _ = slices.BinarySearch(r.Time, r.From-slack)
	to, _ = slices.BinarySearch(r.Time, r.To-slack)
	return from, max(from, to)
}

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
		g.parts = append(g.parts, int32(p))
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
	r.choose(outcome)
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
	shares, peaks, polarities := r.weigh(of)
	known := map[string]*Loop{}
	best := map[*Loop]float64{}
	for i, c := range r.cycles {
		g := of[r.partition(c)]
		passed := r.passed(c)
		variables := r.names(passed)
		key := fmt.Sprint(r.partitionKey(g), polarities[i], variables)
		l := known[key]
		if l == nil {
			l = &Loop{Variables: variables, Polarity: polarities[i], group: g}
			known[key] = l
			g.Loops = append(g.Loops, l)
		}
		l.cycles = append(l.cycles, int32(i))
		l.Count++
		l.Share += shares[i]
		l.Elements = append(l.Elements, r.elementsOf(c, variables[0])...)
		if shares[i] > best[l] || len(l.States) == 0 {
			best[l] = shares[i]
			l.States = r.statesOf(c, variables)
			l.shown = r.shown(passed, peaks[i])
			l.Across = r.crossed(c)
		}
	}
	for _, g := range r.Groups {
		for _, l := range g.Loops {
			if r.net.full != nil {
				l.Variables = l.shown
			}
			slices.Sort(l.Elements)
			l.Elements = slices.Compact(l.Elements)
		}
		tellApart(g)
	}
}

// crossed returns the dimensions of which an element loop passes more than one element, sorted.
func (r *Result) crossed(c cycle) []string {
	seen := map[string]int{} // the element of a dimension, -1 if there are more
	for _, l := range c {
		p := r.net.nodes[r.net.links[l].from]
		element := p.element
		for i := len(p.variable.Over) - 1; i >= 0; i-- {
			d := p.variable.Over[i]
			at := element % len(d.Elements)
			element /= len(d.Elements)
			if first, known := seen[d.Name]; known && first != at {
				at = -1
			}
			seen[d.Name] = at
		}
	}
	var out []string
	for name, at := range seen {
		if at < 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// tellApart leaves in Across only the dimensions that no loop with the same states and another
// polarity crosses, if there is such a loop.
func tellApart(g *Group) {
	twins := map[string][]*Loop{}
	for _, l := range g.Loops {
		key := strings.Join(l.States, " ")
		twins[key] = append(twins[key], l)
	}
	across := map[*Loop][]string{}
	for _, list := range twins {
		for _, l := range list {
			for _, d := range l.Across {
				if len(list) > 1 && !slices.ContainsFunc(list, func(o *Loop) bool {
					return o.Polarity != l.Polarity && slices.Contains(o.Across, d)
				}) {
					across[l] = append(across[l], d)
				}
			}
		}
	}
	for _, l := range g.Loops {
		l.Across = across[l]
	}
}

// statesOf returns those of a loop's variables that keep a state.
func (r *Result) statesOf(c cycle, variables []string) []string {
	if r.net.full != nil {
		return variables
	}
	state := map[string]bool{}
	for _, l := range c {
		if link := r.net.links[l]; link.state {
			state[r.net.nodes[link.to].variable.Name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(variables), func(name string) bool { return !state[name] })
}

// shown returns the variables of the strongest way around a loop of states at a row, each once; nil
// in a full net.
func (r *Result) shown(c cycle, row int) []string {
	full := r.net.full
	if full == nil {
		return nil
	}
	var out []string
	for _, i := range c {
		l := r.net.links[i]
		for _, v := range full.way(full.find(r.net.nodes[l.from].name), full.find(r.net.nodes[l.to].name), r.order, row) {
			if name := full.nodes[v].variable.Name; !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// partitionKey tells the groups apart.
func (r *Result) partitionKey(g *Group) int32 { return g.parts[0] }

// confident is the part of a loop's scores over the run that must have one sign for the loop to
// have that polarity: a loop that is reinforcing but for a moment is called so.
const confident = 0.995

// weigh returns the share of each element loop over the time asked about, the row at which it
// explains most, and its polarity over the whole run.
func (r *Result) weigh(of []*Group) (shares []float64, peaks []int, polarities []structure.Polarity) {
	shares, peaks = make([]float64, len(r.cycles)), make([]int, len(r.cycles))
	up, down := make([]float64, len(r.cycles)), make([]float64, len(r.cycles))
	top := make([]float64, len(r.cycles))
	from, to := r.rows()
	for row := range r.Time {
		for i, c := range r.cycles {
			x := r.relative(c, row)
			up[i], down[i] = up[i]+max(x, 0), down[i]+max(-x, 0)
			if math.Abs(x) > top[i] {
				top[i], peaks[i] = math.Abs(x), row
			}
			if moving := of[r.partition(c)].Moving[row]; row >= from && row < to && moving > 0 {
				shares[i] += math.Abs(x) / float64(moving)
			}
		}
	}
	polarities = make([]structure.Polarity, len(r.cycles))
	for i, c := range r.cycles {
		if n := of[r.partition(c)].movingRows(from, to); n > 0 {
			shares[i] /= float64(n)
		}
		switch sum := up[i] + down[i]; {
		case sum > 0 && up[i] >= confident*sum:
			polarities[i] = structure.Reinforcing
		case sum > 0 && down[i] >= confident*sum:
			polarities[i] = structure.Balancing
		default:
			polarities[i] = structure.NotKnown
		}
	}
	return shares, peaks, polarities
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

// passed returns the links of an element loop as a reader sees it, from a stock on: those that lead
// from one variable to the next. A loop that comes back to a variable at another element, as
// through the grades of a school, is cut short there: of the ways to do so the one that keeps the
// most variables, and of those the first by name.
func (r *Result) passed(c cycle) cycle {
	var best cycle
	for i := range c {
		if i > 0 && len(best) == len(c) {
			break
		}
		cut := r.fromState(r.withoutReturns(append(slices.Clone(c[i:]), c[:i]...)))
		if len(cut) > len(best) || len(cut) == len(best) && slices.Compare(r.names(cut), r.names(best)) < 0 {
			best = cut
		}
	}
	return best
}

// names returns the variables from which the links of a loop lead.
func (r *Result) names(c cycle) []string {
	out := make([]string, len(c))
	for i, l := range c {
		out[i] = r.net.nodes[r.net.links[l].from].variable.Name
	}
	return out
}

// withoutReturns cuts the stretches between two visits of one variable out of a loop.
func (r *Result) withoutReturns(c cycle) cycle {
	at := map[string]int{}
	var out cycle
	names := r.names(c)
	for i, name := range names {
		if k, seen := at[name]; seen {
			for _, gone := range r.names(out[k:]) {
				delete(at, gone)
			}
			out = out[:k]
		}
		at[name] = len(out)
		out = append(out, c[i])
	}
	return out
}

// fromState rotates a loop so that it begins with its first stock by name; without a stock with its
// first variable.
func (r *Result) fromState(c cycle) cycle {
	stock := func(l int32) bool { return r.net.nodes[r.net.links[l].from].variable.Kind == resolved.Stock }
	first, names := 0, r.names(c)
	for i := range c {
		if stock(c[i]) && !stock(c[first]) || stock(c[i]) == stock(c[first]) && names[i] < names[first] {
			first = i
		}
	}
	return append(slices.Clone(c[first:]), c[:first]...)
}

// elementsOf returns the elements at which a loop passes a variable.
func (r *Result) elementsOf(c cycle, variable string) []string {
	var out []string
	for _, l := range c {
		if p := r.net.nodes[r.net.links[l].from]; p.variable.Name == variable && len(p.variable.Over) > 0 {
			out = append(out, strings.TrimSuffix(p.name[len(variable)+1:], "]"))
		}
	}
	return out
}

// choose keeps the groups that act on the outcome and orders them: its own first, then the larger.
func (r *Result) choose(outcome *resolved.Variable) {
	own := func(g *Group) bool {
		if outcome == nil {
			return false
		}
		_, is := slices.BinarySearch(g.variables, outcome.Name)
		return is
	}
	if outcome != nil {
		acts := r.upstream(outcome)
		r.Groups = slices.DeleteFunc(r.Groups, func(g *Group) bool { return !acts[g.variables[0]] })
	}
	rank := func(g *Group) int {
		if own(g) {
			return 0
		}
		return 1
	}
	slices.SortFunc(r.Groups, func(a, b *Group) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(len(b.Stocks), len(a.Stocks)),
			cmp.Compare(len(b.Loops), len(a.Loops)), slices.Compare(a.Stocks, b.Stocks),
			slices.Compare(a.Loops[0].Variables, b.Loops[0].Variables))
	})
}

// upstream returns the names of the variables that act on one, itself among them.
func (r *Result) upstream(v *resolved.Variable) map[string]bool {
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
	letter := map[structure.Polarity]string{structure.Reinforcing: "R", structure.Balancing: "B", structure.NotKnown: "U"}
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
