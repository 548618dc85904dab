package explain

import (
	"cmp"
	"fmt"
	"slices"

	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/explain/channel"
	"weir/scenarios/explain/shapley"
	"weir/scenarios/internal/element"
	"weir/scenarios/words"
	"weir/sim"
	"weir/sim/twin"
)

// A subject is one scenario and one outcome to be explained.
type subject struct {
	c        *scenarios.Comparison
	scenario *scenarios.Scenario
	outcome  *scenarios.Outcome
	verdict  scenarios.Verdict
	players  []player
	channels []channel.Channel
	how      string            // the channels were found
	linked   bool              // some path leads from a changed decision to the outcome
	still    []channel.Channel // that the scenario does not move

	full      int // the task with all changes
	decisions game
	passing   game // of channels: a coalition is those that are not held
	loops     []circle
}

// A player is one thing that a scenario does.
type player struct {
	id, label string
	variables []string
	changes   []change
}

// A change has its place among those of the scenario, in the order in which they apply.
type change struct {
	at int
	sim.Change
}

// A game is coalitions and their runs.
type game struct {
	plan  *shapley.Plan
	tasks []int // by coalition
}

// newSubject finds players and channels.
func newSubject(c *scenarios.Comparison, web *channel.Web, s *scenarios.Scenario, out *scenarios.Outcome,
	o Options) *subject {
	x := &subject{c: c, scenario: s, outcome: out}
	for _, v := range c.Verdicts {
		if v.Scenario == s && v.Outcome == out {
			x.verdict = v
		}
	}
	x.play(o.ByChange)
	from := x.changedDecisions()
	name, _, _ := element.Split(out.Variable)
	to := element.Variable(c.Set.Resolved, name)
	switch x.linked = len(web.Between(from, to)) > 0; {
	case !x.linked:
		x.how = "no path leads from the decisions to it"
		return x
	case x.verdict.Difference-x.verdict.Difference != 0:
		x.linked, x.how = false, brokeDown
		return x
	}
	x.pass(web, from, to)
	x.circle(web.From(from, to), web.Between(from, to), o.Loops)
	return x
}

// pass finds the channels: those that the model names, or else others.
func (x *subject) pass(web *channel.Web, from []*resolved.Variable, to *resolved.Variable) {
	var aside, own []string
	x.channels, aside, own = web.Named(x.c.Set.Resolved, from, to)
	x.how = "named in the model"
	if len(x.channels) == 0 {
		x.channels, x.how = web.Find(from, to)
	}
	if len(aside) > 0 {
		x.how += "; on no path from these decisions to it: " + words.List(aside)
	}
	if len(own) > 0 {
		x.how += "; the outcome itself, so no channel of it: " + words.List(own)
	}
}

// play lists the players: interventions, or their single changes.
func (x *subject) play(byChange bool) {
	at := 0
	for _, i := range x.scenario.Interventions {
		p := player{id: i.ID, label: i.Label}
		for _, c := range i.Changes {
			if byChange {
				p = player{id: i.ID + " " + c.Variable, label: i.Label + ": " + x.label(c.Variable)}
			}
			p.variables = append(p.variables, c.Variable)
			p.changes = append(p.changes, change{at, scenarios.Dated(c)})
			if at++; byChange {
				x.players = append(x.players, p)
			}
		}
		if !byChange && len(p.changes) > 0 {
			x.players = append(x.players, p)
		}
	}
	// A sample of orders must not depend on the order of the file.
	slices.SortStableFunc(x.players, func(a, b player) int { return cmp.Compare(a.id, b.id) })
}

// label returns the label of a decision or one of its elements.
func (x *subject) label(variable string) string {
	name, elements, _ := element.Split(variable)
	return element.Join(element.Variable(x.c.Set.Resolved, name).Label, elements)
}

// changedDecisions returns the decisions that the scenario changes, in the model's order.
func (x *subject) changedDecisions() []*resolved.Variable {
	var list []*resolved.Variable
	for _, v := range x.c.Set.Resolved.Variables {
		for _, p := range x.players {
			for _, name := range p.variables {
				if bare, _, _ := element.Split(name); !v.Hidden && bare == v.Name && !slices.Contains(list, v) {
					list = append(list, v)
				}
			}
		}
	}
	return list
}

// variablesOf returns the variables of channels in their order.
func variablesOf(list []channel.Channel) []*resolved.Variable {
	var out []*resolved.Variable
	for _, c := range list {
		out = append(out, c.Variables...)
	}
	return out
}

// begin asks for the run of the whole scenario, and returns the variables of which it must
// have the values.
func (x *subject) begin(w *work) []string {
	if !x.linked {
		return nil
	}
	x.full = w.task(x.changes(uint64(1)<<len(x.players)-1), nil)
	if x.full != base && !slices.Contains(w.whole, x.full) {
		w.whole = append(w.whole, x.full)
	}
	var names []string
	for _, v := range variablesOf(x.channels) {
		names = append(names, v.Name)
	}
	return names
}

// ask tells the work which other runs are needed. A channel that the scenario does not move, in
// any future, carries nothing and is left out.
func (x *subject) ask(w *work) {
	if !x.linked {
		return
	}
	x.channels = slices.DeleteFunc(x.channels, func(c channel.Channel) bool {
		still := !slices.ContainsFunc(c.Variables, func(v *resolved.Variable) bool { return w.moved(v, x.full) })
		if still {
			x.still = append(x.still, c)
		}
		return still
	})
	everything := uint64(1)<<len(x.players) - 1
	x.decisions = newGame(len(x.players), w.o, func(mask uint64) int { return w.task(x.changes(mask), nil) })
	holds := make([]int, len(x.channels))
	for i, c := range x.channels {
		holds[i] = w.hold(twin.Hold{Of: c.Variables})
	}
	x.passing = newGame(len(x.channels), w.o, func(mask uint64) int {
		var held []int
		for i, h := range holds {
			if mask>>i&1 == 0 {
				held = append(held, h)
			}
		}
		return w.task(x.changes(everything), held)
	})
	for i := range x.loops {
		l := &x.loops[i]
		h := w.hold(twin.Hold{Of: l.variables[l.cut : l.cut+1], In: l.variables[l.next() : l.next()+1]})
		l.task = w.task(x.changes(everything), []int{h})
		w.cuts = append(w.cuts, l.task)
	}
}

// newGame lists the runs of so many players. There are none if there are too many players.
func newGame(n int, o Options, task func(mask uint64) int) game {
	if n > shapley.MaxPlayers {
		return game{}
	}
	g := game{}
	if n <= o.Exact {
		g.plan = shapley.Exact(n)
	} else {
		g.plan = shapley.Sampled(n, o.Orders, seed)
	}
	for _, mask := range g.plan.Coalitions {
		g.tasks = append(g.tasks, task(mask))
	}
	return g
}

// changes returns those of some players, in the scenario's order.
func (x *subject) changes(mask uint64) []sim.Change {
	var list []change
	for i, p := range x.players {
		if mask>>i&1 != 0 {
			list = append(list, p.changes...)
		}
	}
	slices.SortFunc(list, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	out := make([]sim.Change, len(list))
	for i, c := range list {
		out[i] = c.Change
	}
	return out
}

// explain makes the explanation from finished runs.
func (x *subject) explain(w *work) *scenarios.Explanation {
	v := &x.verdict
	e := &scenarios.Explanation{Scenario: x.scenario, Outcome: x.outcome, Difference: v.Difference, Range: v.Range}
	e.Channels.How = x.how
	var m *middle
	switch {
	case !x.linked && x.how == brokeDown:
		e.Difference, e.Range = 0, [2]float64{}
		return e
	case !x.linked:
		return e
	}
	if m = x.middle(w); m == nil {
		e.Channels.How = brokeDown
		return e
	}
	e.Futures, e.Excluded = m.counted, m.excluded
	e.Difference = m.at(m.values(x.full))
	if e.Futures == 0 {
		e.Range = [2]float64{e.Difference, e.Difference}
	}
	e.Time = m.time
	e.Decisions = m.split(x.decisions, x.named())
	e.Decisions.How = x.decisions.how()
	e.Decisions.Synergies = m.synergies(x.decisions, x.players)
	var through []scenarios.Part
	for _, c := range x.channels {
		p := scenarios.Part{ID: c.ID, Label: c.Label}
		for _, v := range c.Variables {
			p.Variables = append(p.Variables, v.Name)
		}
		m.moves(c, &p)
		through = append(through, p)
	}
	how := e.Channels.How
	e.Channels = m.split(x.passing, through)
	e.Channels.How = how + "; " + x.passing.how()
	if len(x.still) > 0 {
		e.Channels.How += "; not moved by this scenario: " + labels(x.still)
	}
	e.Loops = x.gains(m)
	return e
}

// how says how a game was played.
func (g game) how() string {
	switch {
	case g.plan == nil:
		return fmt.Sprintf("not computed for more than %d", shapley.MaxPlayers)
	case len(g.plan.Orders) > 0:
		return fmt.Sprintf("estimated from %d orders", len(g.plan.Orders))
	}
	return "exact, from all combinations"
}

// labels returns the labels of channels as in a sentence.
func labels(list []channel.Channel) string {
	var out []string
	for _, c := range list {
		out = append(out, c.Label)
	}
	return words.List(out)
}

// brokeDown is why there are no parts of a run that met a number that is not finite.
const brokeDown = "its run broke down"

// named returns the players as parts without numbers.
func (x *subject) named() []scenarios.Part {
	var list []scenarios.Part
	for _, p := range x.players {
		list = append(list, scenarios.Part{ID: p.id, Label: p.label, Variables: p.variables})
	}
	return list
}

// columns returns the columns of a variable.
func columns(v *resolved.Variable) []string {
	if len(v.Over) == 0 {
		return []string{v.Name}
	}
	var names []string
	for _, e := range element.All(v.Over) {
		names = append(names, element.Join(v.Name, e))
	}
	return names
}
