package optimize

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/scenarios"
	"weir/scenarios/internal/statistic"
)

// A Result is what an optimization found.
type Result struct {
	Set       *scenarios.Set
	Outcome   *scenarios.Outcome
	Cost      *scenarios.Outcome // nil without one
	Question  Question           // with all that it left open
	Best      *Candidate         // run in all futures of the set
	Range     [2]float64         // of its gain, the 10th and 90th percentile over futures
	Better    float64            // share of the futures in which it gains
	Worth     float64            // by the criterion, in all futures
	Levels    []LimitLevel       // of the limits
	Levers    []LeverResult
	Frontier  []*Candidate // of those tried, best for their cost, the cheapest first; nil without a cost
	Futures   int          // of the set in which Best ran
	Searched  int          // futures of the search
	Tried     int          // candidates
	Runs      int          // of the model
	Whole     bool         // every point of the levers' steps was tried
	Over      bool         // in all futures, Best passes the budget or a limit that it kept in those of the search
	Converged bool         // further populations found nothing that is more than slightly better
}

// A LimitLevel is where an outcome with a limit stands at the best values.
type LimitLevel struct {
	Limit
	At    float64
	Binds bool // at most a hundredth from the limit
}

// A LeverResult says how sure the best value of a lever is.
type LeverResult struct {
	Lever
	Best float64
	// Flat are the ends of the values, the others at their best, between which no value is more than
	// slightly worse: a hundredth of the gain, or SlightShare of the outcome if that is more.
	Flat  [2]float64
	Whole bool // that is the whole range: the lever makes no difference
	AtEnd bool // the best value is an end of its range, so a wider range may have a better one
	Kept  bool // the best value is an end of its range because the budget or a limit keeps it there
}

// scan is how many values of a lever are tried for its flatness.
const scan = 9

// ErrNothing is the error of limits that no candidate keeps.
var ErrNothing = errors.New("no candidate keeps the budget and the limits")

// Run answers a question about a set. The error says what is wrong with the question, that nothing
// keeps its limits (ErrNothing, with the nearest candidate), or is the context's.
func Run(ctx context.Context, set *scenarios.Set, q Question, o scenarios.Options) (*Result, error) {
	outcome, cost, err := q.prepare(set)
	if err != nil {
		return nil, err
	}
	program, err := set.Compile()
	if err != nil {
		return nil, err
	}
	j, err := newJudge(ctx, set, &q, outcome, cost, program, q.Futures, o.Workers)
	if err != nil {
		return nil, err
	}
	s := &search{judge: j, ctx: ctx, place: map[string]int{}, show: o.Part(0, 0.9).Progress}
	r := &Result{Set: set, Outcome: outcome, Cost: cost, Question: q, Searched: len(j.members)}
	if r.Whole, err = s.grid(); err == nil && !r.Whole {
		if err = s.evolve(); err == nil {
			err = s.polish()
		}
	}
	if err != nil {
		return nil, err
	}
	best := s.leader()
	if best.Broken {
		return nil, errors.New("every candidate breaks down in some future: narrow the ranges")
	}
	if best.over > 0 {
		return nil, s.nothing(best)
	}
	r.Tried = len(s.tried)
	if err := s.sureness(r, best); err != nil {
		return nil, err
	}
	r.Runs = j.runs
	return r, r.confirm(ctx, s, o)
}

// leader returns the best candidate that was tried; of equals the cheapest, then that of the lowest
// values.
func (s *search) leader() *Candidate {
	return slices.MinFunc(s.tried, func(a, b *Candidate) int {
		order := cmp.Compare(s.worse(a), s.worse(b))
		if order == 0 && a.Cost != nil && b.Cost != nil {
			order = cmp.Compare(*a.Cost, *b.Cost)
		}
		return cmp.Or(order, slices.Compare(a.Values, b.Values))
	})
}

// nothing returns the error of limits that the nearest candidate passes, with where it stands.
func (s *search) nothing(c *Candidate) error {
	text := ""
	if b := s.question.Budget; b != nil && *c.Cost > *b {
		text += fmt.Sprintf("; it costs %.4g, over the budget of %.4g", *c.Cost, *b)
	}
	for _, l := range s.question.Limits {
		if s.passed(c, l) > 0 {
			text += fmt.Sprintf("; %s is %.4g, and should be %s %.4g", l.Outcome.ID,
				mean(c.means[slices.Index(s.outcomes, l.Outcome)]), map[bool]string{true: "at least",
					false: "at most"}[l.AtLeast], l.Level)
		}
	}
	where := ""
	for i, l := range s.question.Levers {
		where += fmt.Sprintf(" %s=%.4g", l.Name, c.Values[i])
	}
	return fmt.Errorf("%w: the nearest of %d has%s%s", ErrNothing, len(s.tried), where, text)
}

// sureness fills in how flat each lever is around the best, and moves to a better value that it finds.
func (s *search) sureness(r *Result, best *Candidate) error {
	var scans [][]*Candidate
	for i := range s.question.Levers {
		var xs [][]float64
		for k := range scan {
			u := make([]float64, len(best.Values))
			for n, m := range s.question.Levers {
				u[n] = (best.Values[n] - m.Low) / (m.High - m.Low)
			}
			u[i] = float64(k) / (scan - 1)
			x := s.point(u)
			for n := range x {
				if n != i {
					x[n] = best.Values[n]
				}
			}
			xs = append(xs, x)
		}
		found, err := s.try(xs)
		if err != nil {
			return err
		}
		scans = append(scans, found)
	}
	leader := s.leader()
	top := s.worse(leader)
	_, level, _ := statistic.Tenths(slices.Clone(s.none[0]))
	slight := math.Max(0.01*math.Abs(top), scenarios.SlightShare*math.Abs(level))
	for i, l := range s.question.Levers {
		x := LeverResult{Lever: l, Best: leader.Values[i], Flat: [2]float64{leader.Values[i], leader.Values[i]}}
		good := func(c *Candidate) bool { return s.worse(c) <= s.worse(best)+slight }
		for _, c := range scans[i] { // values beside each other that are good enough
			if v := c.Values[i]; good(c) && between(scans[i], i, best.Values[i], v, good) {
				x.Flat[0], x.Flat[1] = math.Min(x.Flat[0], v), math.Max(x.Flat[1], v)
			}
		}
		x.Whole = x.Flat[0] == l.Low && x.Flat[1] == l.High
		width := l.High - l.Low
		if low, high := x.Best-l.Low < 0.005*width, l.High-x.Best < 0.005*width; !x.Whole && (low || high) {
			row := slices.Clone(scans[i])
			if high {
				slices.Reverse(row)
			}
			next := slices.IndexFunc(row, func(c *Candidate) bool { return c.Values[i] != x.Best })
			x.Kept = next >= 0 && row[next].over > 0
			x.AtEnd = !x.Kept
		}
		r.Levers = append(r.Levers, x)
	}
	r.Converged = r.Whole || s.worse(best)-top <= slight
	r.Best = leader
	return nil
}

// between reports whether all values of a scan from one to another are good.
func between(list []*Candidate, lever int, from, to float64, good func(*Candidate) bool) bool {
	for _, c := range list {
		v := c.Values[lever]
		if v >= math.Min(from, to) && v <= math.Max(from, to) && !good(c) {
			return false
		}
	}
	return true
}

// confirm runs the best values in all futures of the set, and finds the frontier of those tried.
func (r *Result) confirm(ctx context.Context, s *search, o scenarios.Options) error {
	if r.Cost != nil {
		r.Frontier = s.frontier()
	}
	all := s.judge
	if u := r.Set.Uncertainty; u != nil && r.Searched < u.Runs {
		program, err := r.Set.Compile()
		if err != nil {
			return err
		}
		if all, err = newJudge(ctx, r.Set, &r.Question, r.Outcome, r.Cost, program, 0, o.Workers); err != nil {
			return err
		}
		found, err := all.judge(ctx, [][]float64{r.Best.Values})
		if err != nil {
			return err
		}
		if found[0].Broken {
			return errors.New("the best values break down in a future that the search did not have: give --futures more")
		}
		r.Best = found[0]
	}
	r.Futures, r.Over = len(all.members), r.Best.over > 0
	low, _, high := statistic.Tenths(slices.Clone(r.Best.Gain))
	r.Range = [2]float64{low, high}
	for _, g := range r.Best.Gain {
		if g > 0 {
			r.Better += 1 / float64(len(r.Best.Gain))
		}
	}
	by := r.Question.Criterion
	if by == Regret { // against what was tried, in the futures of the search
		r.Worth = -s.worse(s.known(r.Best.Values))
	} else {
		r.Worth = worth(r.Best, by, nil)
	}
	for _, l := range r.Question.Limits {
		at := mean(r.Best.means[slices.Index(all.outcomes, l.Outcome)])
		r.Levels = append(r.Levels, LimitLevel{l, at, math.Abs(at-l.Level) <= 0.01*math.Abs(l.Level)})
	}
	return nil
}

// frontier returns the candidates within all limits that none beats in both worth and cost.
func (s *search) frontier() []*Candidate {
	var list []*Candidate
	for _, c := range s.tried {
		if !c.Broken && c.over == 0 {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b *Candidate) int {
		return cmp.Or(cmp.Compare(*a.Cost, *b.Cost), cmp.Compare(s.worse(a), s.worse(b)))
	})
	var out []*Candidate
	for _, c := range list {
		if len(out) == 0 || s.worse(c) < s.worse(out[len(out)-1]) {
			out = append(out, c)
		}
	}
	return out
}

// Intervention returns the values as tables that a scenario set takes.
func (r *Result) Intervention() string {
	text := "[intervention.best]\nlabel = \"Best values\"\n"
	for i, l := range r.Question.Levers {
		name := l.Name
		if strings.ContainsFunc(name,
			func(c rune) bool { return !(c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z') }) {
			name = fmt.Sprintf("%q", name)
		}
		text += fmt.Sprintf("[intervention.best.change.%s]\nto = %v\nstart = %v\n", name, r.Best.Values[i],
			*r.Question.From)
	}
	return text + "\n[scenario.best]\nlabel = \"Best values\"\ninterventions = [\"best\"]\n"
}
