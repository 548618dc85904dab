package output

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"weir/scenarios/optimize"
	"weir/scenarios/words"
)

// An optimumFile is what weir optimize writes as JSON.
type optimumFile struct {
	Set       string             `json:"set"`
	Hash      string             `json:"set_hash"`
	Model     string             `json:"model_hash"`
	Outcome   string             `json:"outcome"`
	Criterion optimize.Criterion `json:"criterion"`
	From      float64            `json:"from"`
	Seed      uint64             `json:"seed"`
	Tried     int                `json:"candidates"`
	Runs      int                `json:"runs"`
	Searched  int                `json:"futures_of_the_search"`
	Futures   int                `json:"futures"`
	Whole     bool               `json:"every_combination"`
	Converged bool               `json:"converged"`
	Gain      float64            `json:"gain"` // by the criterion, better than no new decisions
	Low       float64            `json:"low"`
	High      float64            `json:"high"`
	Better    float64            `json:"share_of_futures_better"`
	Cost      *float64           `json:"cost,omitempty"`
	Levers    []leverJSON        `json:"decisions"`
	Limits    []limitLevelJSON   `json:"limits"`
	Frontier  []pointJSON        `json:"frontier"`
	Scenario  string             `json:"scenario"` // tables to paste into the set
}

// A leverJSON is a decision with its best value, and the ends between which no value is more than
// slightly worse.
type leverJSON struct {
	Name   string  `json:"name"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Best   float64 `json:"best"`
	From   float64 `json:"flat_from"`
	To     float64 `json:"flat_to"`
	NoGain bool    `json:"makes_no_difference"`
	AtEnd  bool    `json:"at_end_of_range"`
	Kept   bool    `json:"kept_by_a_limit"`
}

type limitLevelJSON struct {
	Outcome string  `json:"outcome"`
	AtLeast bool    `json:"at_least"`
	Level   float64 `json:"level"`
	At      float64 `json:"at"`
	Binds   bool    `json:"binds"`
}

// A pointJSON is a candidate on the frontier of gain and cost, in the futures of the search.
type pointJSON struct {
	Values []float64 `json:"values"`
	Gain   float64   `json:"mean_gain"`
	Cost   float64   `json:"cost"`
}

// WriteOptimum writes an optimization as table, toml (a scenario to paste) or json. A table has lines
// of columns characters.
func WriteOptimum(w io.Writer, r *optimize.Result, format string, columns int) error {
	switch format {
	case "toml":
		_, err := io.WriteString(w, r.Intervention())
		return err
	case "json":
		return encodeJSON(w, optimumJSON(r))
	}
	x := optimumText{w, r, columns}
	x.head()
	x.levers()
	x.limits()
	x.frontier()
	_, err := fmt.Fprintf(w, "\nAs a scenario of the set:\n\n%s", r.Intervention())
	return err
}

// optimumJSON returns the result as the file has it.
func optimumJSON(r *optimize.Result) optimumFile {
	out := optimumFile{Set: r.Set.Name, Hash: r.Set.Hash, Model: r.Set.Model.Hash, Outcome: r.Outcome.ID,
		Criterion: r.Question.Criterion,
		From:      *r.Question.From, Seed: r.Question.Seed, Tried: r.Tried, Runs: r.Runs, Searched: r.Searched, Futures: r.Futures, Whole: r.Whole,
		Converged: r.Converged, Gain: r.Worth, Low: r.Range[0], High: r.Range[1], Better: r.Better, Cost: r.Best.Cost,
		Limits: []limitLevelJSON{}, Frontier: []pointJSON{}, Scenario: r.Intervention()}
	for _, l := range r.Levers {
		out.Levers = append(out.Levers, leverJSON{l.Name, l.Low, l.High, l.Best, l.Flat[0], l.Flat[1], l.Whole,
			l.AtEnd, l.Kept})
	}
	for _, l := range r.Levels {
		out.Limits = append(out.Limits, limitLevelJSON{l.Outcome.ID, l.AtLeast, l.Level, l.At, l.Binds})
	}
	for _, c := range r.Frontier {
		out.Frontier = append(out.Frontier, pointJSON{c.Values, c.MeanGain(), *c.Cost})
	}
	return out
}

// An optimumText writes an optimization for people.
type optimumText struct {
	w       io.Writer
	r       *optimize.Result
	columns int
}

// line writes one line, wrapped to the width.
func (x optimumText) line(format string, args ...any) {
	fmt.Fprintln(x.w, Wrap(fmt.Sprintf(format, args...), x.columns))
}

// head writes the gain, how it was judged and how much was tried.
func (x optimumText) head() {
	r := x.r
	by := map[optimize.Criterion]string{optimize.Mean: "in the mean", optimize.Worst: "in the mean of the worst tenth",
		optimize.Regret: "by the least largest regret"}[r.Question.Criterion]
	unit := r.Outcome.Unit
	if r.Question.Criterion == optimize.Regret {
		x.line("%s: the largest regret is %s %s: no future is known in which other values tried do better by more.",
			r.Outcome.Label,
			words.Number(-r.Worth), unit)
	} else {
		x.line("%s: better by %s %s %s than with no new decisions.", r.Outcome.Label, words.Number(r.Worth), unit, by)
	}
	if r.Futures > 1 {
		x.line("In %s futures it gains %s to %s (10th to 90th percentile), and gains at all in %s of them.",
			words.Grouped(float64(r.Futures)),
			words.Number(r.Range[0]), words.Number(r.Range[1]), words.Percent(r.Better))
	}
	if r.Cost != nil {
		x.line("It costs %s more than no new decisions, the sum of %s (%s) from today on.",
			words.Number(*r.Best.Cost), r.Cost.Label, r.Cost.Unit)
	}
	how := "CMA-ES from several places, seed " + fmt.Sprint(r.Question.Seed)
	if r.Whole {
		how = "every combination of the steps"
	}
	x.line("%s tried in %s: %s; %s in all.", words.Count(r.Tried, "candidate"), words.Count(r.Searched, "future"),
		how, words.Count(r.Runs, "run"))
	if r.Over {
		x.line("In all futures these values pass the budget or a limit, which they keep in the futures of the search: give --futures more.")
	}
	if !r.Converged {
		x.line("Not converged: a value beside the best of the search was better by more than a hundredth. Give --evaluations more.")
	}
	fmt.Fprintln(x.w)
}

// levers writes a line for each decision.
func (x optimumText) levers() {
	name := 8
	for _, l := range x.r.Levers {
		name = max(name, len([]rune(l.Name)))
	}
	name = min(name, x.columns/3)
	fmt.Fprintf(x.w, "%-*s %10s   %s\n", name, "decision", "best", "no more than slightly worse")
	for _, l := range x.r.Levers {
		note := fmt.Sprintf("%s to %s", words.Number(l.Flat[0]), words.Number(l.Flat[1]))
		switch {
		case l.Whole:
			note = "flat: no value of its range makes a difference"
		case l.Kept:
			note += "; more is outside the budget or a limit"
		case l.AtEnd:
			note += "; at an end of its range"
		case l.Flat[0] == l.Flat[1]:
			note = "this value alone"
		}
		fmt.Fprintf(x.w, "%s %10s   %s\n", Fit(l.Name, name), words.Number(l.Best), note)
	}
}

// limits says which constraints bind.
func (x optimumText) limits() {
	r := x.r
	var binding []string
	kept := slices.ContainsFunc(r.Levers, func(l optimize.LeverResult) bool { return l.Kept })
	switch b := r.Question.Budget; {
	case b != nil && (kept || *r.Best.Cost > 0.99**b):
		binding = append(binding, "the budget")
	case kept:
		binding = append(binding, "a limit")
	}
	for _, l := range r.Levels {
		if l.Binds {
			binding = append(binding, l.Outcome.Label)
		}
	}
	for _, l := range r.Levers {
		if l.AtEnd {
			binding = append(binding, "the range of "+l.Name)
		}
	}
	if len(binding) > 0 {
		x.line("\nBinding: %s. More would be gained with more room there.", strings.Join(binding, ", "))
	} else {
		x.line("\nNothing binds: the best lies inside its bounds.")
	}
}

// frontier writes the candidates that are best for their cost, at most eight.
func (x optimumText) frontier() {
	f := x.r.Frontier
	const most = 8
	if len(f) < 2 {
		return
	}
	fmt.Fprintf(x.w, "\nBest for their cost (%s tried, in the futures of the search)\n", words.Count(len(f),
		"candidate"))
	fmt.Fprintf(x.w, "%12s %12s   %s\n", "cost", "mean gain", "values")
	var shown []*optimize.Candidate // at even distances in cost
	width := (*f[len(f)-1].Cost - *f[0].Cost) / (most - 1)
	for _, c := range f {
		if len(shown) == 0 || c == f[len(f)-1] || *c.Cost >= *shown[len(shown)-1].Cost+0.9*width {
			shown = append(shown, c)
		}
	}
	for _, c := range shown {
		var values []string
		for i, l := range x.r.Question.Levers {
			values = append(values, l.Name+" "+words.Number(c.Values[i]))
		}
		fmt.Fprintf(x.w, "%12s %12s   %s\n", words.Number(*c.Cost), words.Number(c.MeanGain()),
			strings.TrimRight(Fit(strings.Join(values, ", "), max(10, x.columns-29)), " "))
	}
}
