package explain

import (
	"cmp"
	"math"
	"slices"

	"weir/scenarios"
	"weir/scenarios/explain/channel"
	"weir/scenarios/internal/statistic"
)

// A middle reads the runs of one subject in all explained futures, and says what holds in the
// middle of them.
type middle struct {
	w        *work
	outcome  *scenarios.Outcome
	futures  []int // places of those that count
	counted  int   // how many; 0 for the central run
	excluded int
	weight   []float64 // of each future that counts
	time     []float64
	kept     map[int][]float64 // by task: measure less that of the base, by future
	courses  map[int][]float64 // by task: course less that of the base, in the middle
	full     int
}

// middle returns nil if no future counts.
func (x *subject) middle(w *work) *middle {
	m := &middle{w: w, outcome: x.outcome, full: x.full, kept: map[int][]float64{}, courses: map[int][]float64{}}
	all := slices.Concat([]int{base, x.full}, x.decisions.tasks, x.passing.tasks)
	for f := range w.futures {
		if slices.ContainsFunc(all, func(t int) bool { _, y := w.outcome(x.outcome, t, f); return y-y != 0 }) {
			m.excluded++
			continue
		}
		m.futures = append(m.futures, f)
	}
	if len(m.futures) == 0 {
		return nil
	}
	if w.futures[0] >= 0 {
		m.counted = len(m.futures)
	}
	m.time, _ = w.c.Course(x.outcome, w.results.series(x.outcome.Variable, base, m.futures[0]))
	m.weigh(x.verdict.Difference)
	return m
}

// weigh gives futures the weights with which a number beside each future's difference is read,
// at the difference of the middle, on the straight line of least squares through them. The
// weights add up to 1, and the weighted differences to the middle itself.
func (m *middle) weigh(difference float64) {
	d := m.values(m.full)
	n := float64(len(d))
	mean, spread := statistic.Mean(d), 0.0
	for _, x := range d {
		spread += float64((x - mean) * (x - mean))
	}
	m.weight = make([]float64, len(d))
	for i, x := range d {
		m.weight[i] = 1 / n
		if m.counted > 1 && spread > 0 && difference-difference == 0 {
			m.weight[i] += (difference - mean) * (x - mean) / spread
		}
	}
}

// values returns a task's measure less that of the base, by future.
func (m *middle) values(task int) []float64 {
	if known := m.kept[task]; known != nil {
		return known
	}
	out := make([]float64, len(m.futures))
	for i, f := range m.futures {
		_, y := m.w.outcome(m.outcome, task, f)
		_, y0 := m.w.outcome(m.outcome, base, f)
		out[i] = y - y0
	}
	m.kept[task] = out
	return out
}

// course returns a task's course less that of the base, in the middle.
func (m *middle) course(task int) []float64 {
	if known := m.courses[task]; known != nil {
		return known
	}
	out := make([]float64, len(m.time))
	for i, f := range m.futures {
		y, _ := m.w.outcome(m.outcome, task, f)
		y0, _ := m.w.outcome(m.outcome, base, f)
		for k := range out {
			out[k] += float64(m.weight[i] * (y[k] - y0[k]))
		}
	}
	m.courses[task] = out
	return out
}

// at returns the number of the middle.
func (m *middle) at(values []float64) float64 {
	sum := 0.0
	for i, x := range values {
		sum += float64(m.weight[i] * x)
	}
	return sum
}

// split plays a game and returns the parts, the largest first. Parts have their names already.
func (m *middle) split(g game, parts []scenarios.Part) scenarios.Split {
	if g.plan == nil {
		return scenarios.Split{}
	}
	s := scenarios.Split{Orders: len(g.plan.Orders)}
	byFuture := make([][]float64, len(parts))
	table := make([]float64, len(g.tasks))
	for i := range m.futures {
		for k, t := range g.tasks {
			table[k] = m.values(t)[i]
		}
		for p, x := range g.plan.Parts(table) {
			byFuture[p] = append(byFuture[p], x)
		}
	}
	over := m.over(g, len(parts))
	for k, t := range g.tasks {
		table[k] = m.at(m.values(t))
	}
	errs := g.plan.Errors(table)
	for p := range parts {
		m.fill(&parts[p], byFuture[p])
		parts[p].Over = over[p]
		if errs != nil {
			parts[p].Error = &errs[p]
		}
	}
	if t := g.tasks[g.plan.Place(0)]; t != base {
		rest := scenarios.Part{ID: "direct", Label: "directly"}
		m.fill(&rest, m.values(t))
		rest.Over = m.course(t)
		s.Rest = &rest
	}
	slices.SortStableFunc(parts, func(a, b scenarios.Part) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Amount), math.Abs(a.Amount)), cmp.Compare(a.ID, b.ID))
	})
	s.Parts = parts
	return s
}

// over returns the parts at each time.
func (m *middle) over(g game, n int) [][]float64 {
	out := make([][]float64, n)
	table := make([]float64, len(g.tasks))
	for row := range m.time {
		for k, t := range g.tasks {
			table[k] = m.course(t)[row]
		}
		for p, x := range g.plan.Parts(table) {
			out[p] = append(out[p], x)
		}
	}
	return out
}

// fill gives a part its numbers.
func (m *middle) fill(p *scenarios.Part, values []float64) {
	p.Amount = m.at(values)
	p.Range, p.Agree = m.spread(values)
	p.Clear = p.Agree >= scenarios.AgreeShare
}

// spread returns the 10th and the 90th percentile of an amount by future, and the share of
// futures that have the sign of the middle. Both ends are the middle without futures.
func (m *middle) spread(values []float64) (r [2]float64, agree float64) {
	amount := m.at(values)
	if m.counted == 0 {
		return [2]float64{amount, amount}, 1
	}
	nothing := negligible * m.size()
	sign := func(x float64) int {
		switch {
		case math.Abs(x) <= nothing:
			return 0
		case x < 0:
			return -1
		}
		return 1
	}
	same := 0.0
	for _, x := range values {
		if sign(x) == sign(amount) {
			same++
		}
	}
	r[0], _, r[1] = statistic.Tenths(slices.Clone(values))
	return [2]float64{min(r[0], amount), max(r[1], amount)}, same / float64(len(values))
}

// negligible is the share of the base's measure below which an amount has no sign: the
// rounding of two runs.
const negligible = 1e-12

// size returns the largest magnitude of the measure with no new decisions.
func (m *middle) size() float64 {
	size := 0.0
	for _, f := range m.futures {
		_, y := m.w.outcome(m.outcome, base, f)
		size = max(size, math.Abs(y))
	}
	return size
}

// synergies returns what pairs of players do beyond the sum of the two alone, the largest
// first. There are none of a sample, which has not all pairs.
func (m *middle) synergies(g game, players []player) []scenarios.Pair {
	if g.plan == nil || g.plan.Orders != nil || len(players) > mostPaired {
		return nil
	}
	var list []scenarios.Pair
	value := func(mask uint64) []float64 { return m.values(g.tasks[g.plan.Place(mask)]) }
	for b := range players {
		for a := range b {
			both, first, second := value(1<<a|1<<b), value(1<<a), value(1<<b)
			beyond := make([]float64, len(both))
			for i := range beyond {
				beyond[i] = both[i] - first[i] - second[i]
			}
			p := scenarios.Pair{A: players[a].id, B: players[b].id, Amount: m.at(beyond)}
			agree := 0.0
			p.Range, agree = m.spread(beyond)
			p.Clear = agree >= scenarios.AgreeShare
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b scenarios.Pair) int {
		return cmp.Compare(math.Abs(b.Amount), math.Abs(a.Amount))
	})
	return list
}

// mostPaired is the largest number of players whose pairs are listed: 66 of them.
const mostPaired = 12

// moves says how a channel differs in the scenario at the end, if it is one number, and in which
// direction, if all of its numbers go in one at all times: then only may words say why.
func (m *middle) moves(c channel.Channel, p *scenarios.Part) {
	up, down := false, false
	for _, v := range c.Variables {
		for _, name := range columns(v) {
			over, level := m.moved(name)
			d := over[len(over)-1]
			for _, x := range over {
				up, down = up || x > 0, down || x < 0
			}
			if len(c.Variables) == 1 && len(v.Over) == 0 {
				p.Moves = &scenarios.Move{Baseline: level, Difference: d, Unit: v.Unit}
			}
		}
	}
	switch {
	case up && !down:
		p.Way, p.Why = "higher", c.Higher
	case down && !up:
		p.Way, p.Why = "lower", c.Lower
	}
}

// moved returns a column's differences over the outcome's window, and its base value at the
// end, in the middle.
func (m *middle) moved(column string) (over []float64, level float64) {
	first, last := m.time[0], m.time[len(m.time)-1]
	all, base0 := make([]float64, len(m.w.c.Time)), make([]float64, len(m.w.c.Time))
	for i, f := range m.futures {
		at := m.w.seen[f]
		y, y0 := m.w.moves.series(column, m.full, at), m.w.moves.series(column, base, at)
		for row := range all {
			all[row] += float64(m.weight[i] * (y[row] - y0[row]))
			base0[row] += float64(m.weight[i] * y0[row])
		}
	}
	for row, t := range m.w.c.Time {
		if t >= first && t <= last {
			over, level = append(over, all[row]), base0[row]
		}
	}
	return over, level
}
