// Package loops finds the feedback loops that make a model's behaviour, at each time of one run:
// the method "Loops that matter" of Schoenberg, Davidsen and Eberlein (System Dynamics Review
// 36(2), 2020, 158-190) with the flow scores of Schoenberg, Hayward and Eberlein (39(2), 2023,
// 140-151).
//
//	result, err := loops.Of(ctx, resolved, loops.Options{Outcome: "students"})
//	for _, l := range result.Groups[0].Loops { … l.ID, l.Variables, l.Share, result.Relative(l) … }
//
// # From a run to the loops
//
// The model runs by Euler's method at its own step. For each step and each link x → z the equation
// of z is computed once more with x as it is now and everything else as it was a step ago: the
// change that x alone makes, divided by the change of z, is the link's score. A link from a flow to
// its stock has the change of the flow divided by the change of the net flow. The score of a loop
// is the product around it, and its relative score is its share of the sum of all magnitudes in its
// group: the loops that share stocks, directly or through others. All of this is per element of an
// array; a reader sees loops by variables, see Loop.
//
//	web     links between elements, hidden variables too       web.go, formula.go
//	score   their scores, one row a step                       score.go
//	net     hidden variables folded into links                 net.go
//	find    all loops, those of states, or strongest paths     find.go, states.go
//	group   element loops by variables; shares, names, phases  total.go, path.go, group.go, phase.go
package loops

import (
	"cmp"
	"context"
	"math"
	"slices"

	"weir/model/resolved"
	"weir/model/structure"
	"weir/sim"
)

// Options say what is asked of a run. The zero value asks for all of it.
type Options struct {
	// Outcome is a variable, or an element of one as x[a,b]: only groups of loops that act on
	// it are in the result, its own group first. "" asks for all groups.
	Outcome string
	// From and To bound the time that shares and phases are about; nil is the end of the run.
	From, To *float64
	// Settings of the run; its method is not used.
	Settings sim.Settings
	Search   Method
	// Elements scores the loops of single elements of arrays. Otherwise an array counts as one
	// variable, whose change is that of its elements together.
	Elements bool
	// Stocks leaves out loops that pass fewer states than this: with 2 the adjustment of each
	// stock to itself. Shares are then of the loops that are left. 0 and 1 leave out none.
	Stocks int
	// Progress, if not nil, is called from the calling goroutine with the share of a search along
	// strongest paths that is done, 0 to 1. Other work takes no time that a reader waits for.
	Progress func(done float64)
}

// A Method is a way to find loops.
type Method uint8

// The methods. Separate lists all loops; if there are too many it does as States does, which merges
// those that pass the same states in the same order, and searches among those along strongest paths
// if there are too many of them, too. Auto is Separate for up to MostSeparate loops, and States for
// more: a reader can use no more, and among many there are pairs that cancel each other at all
// times. Strongest searches all loops along strongest paths.
const (
	Auto Method = iota
	Separate
	States
	Strongest
)

// MostSeparate is how many loops Auto lists apart.
const MostSeparate = 40

// A Result is the loops of one run. It never changes.
type Result struct {
	// Time has the times of all scores, in the model's time unit: a score at Time[i] is about
	// the step that begins there.
	Time []float64
	// From and To bound the time asked about.
	From, To float64
	Step     float64 // of the run, in time units
	// Method is the model's own method, and Departure how far the run by Euler's method, which
	// the scores are of, departs from it; nil if the model's own is Euler's.
	Method    string
	Departure *Departure
	// NonFinite is where the run ended early, nil if it did not; scores end before it.
	NonFinite *sim.NonFinite
	Groups    []*Group
	// Silent are the loops that the model names and that never act in this run, or not on the
	// outcome.
	Silent []*resolved.NamedLoop
	Search Search

	model    *resolved.Model
	elements *net // with a node for each element
	net      *net // that of the loops
	cycles   []cycle
	total    []total   // by partition and row
	parts    int       // partitions
	order    [][]int32 // of the full net's nodes, see orderWithin; only beside a net of states
}

// A Search says how the loops were found.
type Search struct {
	// Elements is the number of loops found between elements of arrays; as many as there are
	// loops by variables in a model without arrays.
	Elements int
	// All reports that every loop that ever had a score was found. Otherwise they are those
	// along the strongest paths at Times of the Of scored times: a heuristic.
	All       bool
	Times, Of int
	// Stocks is the fewest states that a loop passes, as asked for.
	Stocks int
	// Whole reports that arrays count as one variable each.
	Whole bool
	// Merged reports that loops that pass the same stocks, or functions with stocks, in the same
	// order count as one, whose score is their sum.
	Merged bool
	// Every is how many steps lie between two scored times; 1 unless the run is too long to
	// keep them all.
	Every int
	// WaysCut reports that a function has so many ways through it that some were left out.
	WaysCut bool
}

// A Group is the loops that share stocks, directly or through other loops. Where an array has such
// a group for each of several elements, which do not act on each other, they are one Group, and its
// relative scores are means over those that move.
type Group struct {
	Stocks []string // names of the stocks in its loops, sorted; may be empty for delays
	Copies int      // how many groups of elements it stands for, 1 or more
	Loops  []*Loop  // the one that explains most first
	Phases []Phase
	// Moving has the number of copies that change at each time; 0 is at rest.
	Moving []int

	variables []string // that are in feedback with its stocks, sorted
}

// A Loop is a feedback loop by variables. It stands for all loops of elements that pass the same
// variables with the same polarity: those that play one role.
type Loop struct {
	// ID is R1, R2 … of reinforcing, B1 … of balancing loops, and U1 … of those that change
	// their polarity during the run, numbered by what they explain.
	ID    string
	Name  string // of its [loop.x] in the model, "" if it has none
	Label string // of that, "" if there is none
	// Variables are the names of the declared variables that it passes, in order, from a stock
	// on. Where it passes through several elements of one array, each variable is named once.
	Variables []string
	// States are those of Variables that keep a state: stocks, and variables whose function does.
	// Of a loop that stands for others, see Search.Merged, all of them pass these, and Variables
	// are the way of the strongest where it is strongest.
	States []string
	// Elements are the elements at which it passes its first variable, sorted; nil without
	// arrays.
	Elements []string
	Polarity structure.Polarity
	Count    int // loops of elements
	// Across are the dimensions of which it passes more than one element, sorted, and that tell it
	// from a loop with the same states and another polarity: one within a sector reinforces, say,
	// where one that leads across sectors balances. Nil for most loops.
	Across []string
	// Share is the part of the behaviour of its group that it explains over the time asked
	// about: the mean of its relative score's magnitude over the times at which the group
	// moves. Those of all loops of a group add up to 1.
	Share float64

	group  *Group
	cycles []int32 // positions of its element loops in Result.cycles
}

// Group returns the group of a loop.
func (l *Loop) Group() *Group { return l.group }

// Of runs a model and returns its loops. The error is that of the run, the context's, or one about
// an outcome or time that the model does not have. A model without loops has a result without
// groups.
func Of(ctx context.Context, r *resolved.Model, o Options) (*Result, error) {
	p, err := sim.Compile(r)
	if err != nil {
		return nil, err
	}
	outcome, err := outcomeOf(r, o.Outcome)
	if err != nil {
		return nil, err
	}
	w, err := newWeb(r, p)
	if err != nil {
		return nil, err
	}
	s, run, err := w.score(ctx, o.Settings)
	if err != nil {
		return nil, err
	}
	out := &Result{model: r, Time: s.time, Step: run.Step, NonFinite: run.NonFinite}
	if err := out.window(r, o, run); err != nil {
		return nil, err
	}
	if err := out.compareMethods(ctx, p, o.Settings, r, run); err != nil {
		return nil, err
	}
	out.net = newNet(w, s)
	out.elements = out.net
	if !o.Elements && out.net.hasArrays() {
		out.net = out.net.whole(s)
		out.Search.Whole = true
	}
	if err := out.find(ctx, o); err != nil {
		return nil, err
	}
	if !out.Search.All {
		out.addNamed(r)
	}
	out.cycles = slices.DeleteFunc(out.cycles, func(c cycle) bool { return out.net.states(c) < o.Stocks })
	out.Search.Every, out.Search.Stocks = s.every, o.Stocks
	out.addUp()
	out.group(r, outcome)
	return out, nil
}

// find finds the loops.
func (r *Result) find(ctx context.Context, o Options) error {
	r.Search.WaysCut = r.net.cut
	r.Search.Of = len(r.Time)
	if o.Search == Auto || o.Search == Separate {
		r.cycles, r.Search.All = r.net.findAll(r.net.active())
	}
	merge := !r.Search.All && o.Search != Strongest || o.Search == Auto && !o.Elements && len(r.cycles) > MostSeparate
	if merge {
		r.merge()
	}
	if !r.Search.All {
		var err error
		if r.cycles, r.Search.Times, err = r.net.findStrongest(ctx, o.Progress); err != nil {
			return err
		}
	}
	r.Search.Elements = len(r.cycles)
	return nil
}

// merge goes over to the loops of states, unless their net would be too large.
func (r *Result) merge() {
	states := r.net.statesOnly()
	if states == nil {
		return
	}
	r.order = r.net.orderWithin()
	r.net, r.Search.Merged = states, true
	r.cycles, r.Search.All = r.net.findAll(r.net.active())
}

// A Departure is how far a run by Euler's method departs from one by the model's own.
type Departure struct {
	Stock    string  // in which it is largest, as x[a,b]; "" if there is none
	Relative float64 // to the largest magnitude of that stock
}

// compareMethods states how far the run departs from one by the model's own method. Flows and
// auxiliaries are left out: those near 0 depart by much that means nothing.
func (r *Result) compareMethods(ctx context.Context, p *sim.Program, s sim.Settings, m *resolved.Model,
	euler *sim.Result) error {
	r.Method = cmp.Or(s.Method, m.Time.Method)
	if r.Method == euler.Method {
		return nil
	}
	own, err := p.Run(ctx, s)
	if err != nil {
		return err
	}
	r.Departure = &Departure{}
	by := sim.Compare(own, euler).ByColumn
	for k, c := range own.Columns {
		low, high, ok := own.Span(c.Name())
		size := max(math.Abs(low), math.Abs(high))
		if v := declared(m, c.Variable); ok && size > 0 && v != nil && v.Kind == resolved.Stock &&
			by[k]/size > r.Departure.Relative {
			*r.Departure = Departure{c.Name(), by[k] / size}
		}
	}
	return nil
}
