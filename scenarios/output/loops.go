package output

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"weir/model"
	"weir/model/structure"
	"weir/scenarios/explain/loops"
	"weir/scenarios/prose"
	"weir/scenarios/words"
)

// Loops are the loops of a run with the facts that a reader of them needs.
type Loops struct {
	Model   *model.Model
	Outcome string // asked about; "" for all
	Result  *loops.Result
	Version string // of weir, for the files
	All     bool   // list every loop, not only those that explain most
}

// mostListed is how many loops a group lists in a file, and mostShown in a table, which has no more
// than mostGroups groups.
const mostListed, mostShown, mostGroups = 50, 8, 4

// Write writes the loops as table, csv or json; a table has lines of columns characters.
func (l *Loops) Write(w io.Writer, format string, columns int) error {
	switch format {
	case "csv":
		return l.writeCSV(w)
	case "json":
		return l.writeJSON(w)
	}
	b := bufio.NewWriter(w)
	l.writeTable(b, columns)
	return b.Flush()
}

// listed returns the loops of a group that a file or table has.
func (l *Loops) listed(g *loops.Group, most int) []*loops.Loop {
	if l.All {
		return g.Loops
	}
	return g.Loops[:min(most, len(g.Loops))]
}

// voice returns the names and dates of the model.
func (l *Loops) voice() loops.Voice {
	names := prose.NewNames(l.Model, nil)
	calendar := prose.CalendarOf(l.Model.Time.Unit, l.Model.Time.Start)
	return loops.Voice{Label: func(name string) string { return names.Inside(names.Of(name)) }, Date: calendar.Date}
}

// writeTable writes for each group its loops, its phases and sentences. Small groups behind the
// first one are counted only, unless all is asked for.
func (l *Loops) writeTable(w io.Writer, columns int) {
	r := l.Result
	if l.Model.Name != "" {
		fmt.Fprintln(w, l.Model.Name)
	}
	fmt.Fprintf(w, "%s to %s by %s %s, euler\n", words.Number(r.From), words.Number(r.To), words.Number(r.Step),
		l.Model.Time.Unit)
	left := 0
	for i, g := range r.Groups {
		if i > 0 && !l.All && (len(g.Stocks) <= 1 && len(g.Loops) <= 2 || i >= mostGroups) {
			left++
			continue
		}
		l.writeGroup(w, g, columns)
	}
	fmt.Fprintln(w)
	if left > 0 {
		fmt.Fprintf(w, "%s of loops more, on their own stocks; --all shows them\n", words.Count(left, "small group"))
	}
	for _, line := range l.Remarks() {
		fmt.Fprintln(w, Wrap(line, columns))
	}
}

// writeGroup writes one group: a line of figures for each loop, and its way below.
func (l *Loops) writeGroup(w io.Writer, g *loops.Group, columns int) {
	head := words.Count(len(g.Loops), "loop")
	if len(g.Stocks) > 0 {
		head += " through " + words.Few(g.Stocks, 6)
	}
	if g.Copies > 1 {
		head += fmt.Sprintf("; each of %d groups of elements has its own", g.Copies)
	}
	fmt.Fprintf(w, "\n%s\n\n share  loop              over time\n", Wrap(head, columns))
	shown := l.listed(g, mostShown)
	from, to := l.rows()
	for _, x := range shown {
		relative := l.Result.Relative(x)[from:to]
		line := fmt.Sprintf("%6s  %-4s %-12s %s", wholePercent(x.Share), x.ID, kindOf(x),
			sparkShare(relative, 24))
		if x.Label != "" {
			line += "  " + x.Label
		}
		fmt.Fprintln(w, strings.TrimRight(Fit(line, min(columns, utf8.RuneCountInString(line))), " "))
		fmt.Fprintf(w, "        %s\n", Hanging(way(x), 8, columns))
	}
	if n := len(g.Loops) - len(shown); n > 0 {
		rest := 0.0
		for _, x := range g.Loops[len(shown):] {
			rest += x.Share
		}
		fmt.Fprintf(w, "%6s  %s more\n", wholePercent(rest), words.Count(n, "loop"))
	}
	fmt.Fprintln(w)
	for _, s := range g.Sentences(l.voice()) {
		fmt.Fprintln(w, Wrap(s, columns))
	}
}

// wholePercent writes a share without decimals, as loops are ranked.
func wholePercent(share float64) string {
	if share < 0.005 {
		return "< 1 %"
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}

// longWay is how many variables of a loop a table lists; of a longer one it lists the states.
const longWay = 12

// way returns the variables of a loop as a chain that comes back to its start.
func way(x *loops.Loop) string {
	names := x.Variables
	if len(names) > longWay && len(x.States) > 1 {
		names = x.States
	}
	names = names[:min(len(names), longWay)]
	text := strings.Join(append(slices.Clone(names), names[0]), " → ")
	if n := len(x.Variables) - len(names); n > 0 {
		text += fmt.Sprintf(", by %d more", n)
	}
	if len(x.Across) > 0 {
		text += ", across " + words.List(x.Across)
	}
	return text
}

// kindOf returns the polarity of a loop as one word.
func kindOf(x *loops.Loop) string {
	if x.Polarity == structure.NotKnown {
		return "changing"
	}
	return string(x.Polarity)
}

// sparkShare returns a chart of relative scores in n characters, in which a full bar is all of the
// behaviour.
func sparkShare(relative []float64, n int) string {
	levels := []rune(" ▁▂▃▄▅▆▇█")
	n = min(n, len(relative))
	var b strings.Builder
	for i := range n {
		part := relative[i*len(relative)/n : (i+1)*len(relative)/n]
		sum := 0.0
		for _, x := range part {
			sum += max(x, -x)
		}
		b.WriteRune(levels[min(8, int(sum/float64(len(part))*8+0.5))])
	}
	return b.String()
}

// rows returns the rows of the time asked about, half-open.
func (l *Loops) rows() (from, to int) {
	r := l.Result
	from, _ = slices.BinarySearch(r.Time, r.From-r.Step/2)
	to, _ = slices.BinarySearch(r.Time, r.To-r.Step/2)
	return from, to
}

// Remarks returns the sentences that a reader of the scores needs: how the loops were found, and
// how far the run by Euler's method is from the model's own.
func (l *Loops) Remarks() []string {
	var out []string
	r := l.Result
	switch {
	case len(r.Groups) == 0 && l.Outcome != "":
		out = append(out, "no loop that moves acts on "+l.Outcome)
	case len(r.Groups) == 0 && r.Search.Stocks > 1:
		out = append(out, fmt.Sprintf("no loop through %d stocks moves in this run", r.Search.Stocks))
	case len(r.Groups) == 0:
		out = append(out, "no loop moves in this run; --set NAME=VALUE may move one that is at rest")
	case r.Search.All && r.Search.Merged:
		out = append(out, "all loops were found; those that pass the same stocks in the same order are one")
	case r.Search.All:
		out = append(out, "all loops were found")
	default:
		out = append(out, fmt.Sprintf("a heuristic: the model has too many loops to score all; these are the loops "+
			"along the strongest paths at %d of %d times, and their shares are of those found",
			r.Search.Times, r.Search.Of))
	}
	if r.Search.Stocks > 1 && len(r.Groups) > 0 {
		out = append(out, fmt.Sprintf("shares are of the loops through at least %d stocks", r.Search.Stocks))
	}
	if r.Search.Whole && len(r.Groups) > 0 {
		out = append(out, "an array counts as one variable; --elements tells its elements apart")
	}
	if len(r.Silent) > 0 {
		var names []string
		for _, l := range r.Silent {
			names = append(names, cmp.Or(l.Label, l.Name))
		}
		out = append(out, "named in the model, but not acting here: "+words.Few(names, 8))
	}
	if d := r.Departure; d != nil && d.Stock != "" {
		out = append(out, fmt.Sprintf("scores are of a run with euler; its stocks depart from those of %s by at most "+
			"%s, in %s", r.Method, words.Percent(d.Relative), d.Stock))
	}
	if r.Search.Every > 1 {
		out = append(out, fmt.Sprintf("the run is long: every %d. step is scored", r.Search.Every))
	}
	if r.NonFinite != nil {
		out = append(out, fmt.Sprintf("the run ends at %s: %s is %s; the loops are those before it",
			words.Number(r.NonFinite.Time), r.NonFinite.Variable, words.Number(r.NonFinite.Value)))
	}
	return out
}

// writeCSV writes the relative scores over time: a column for the time and one a loop, by its ID.
func (l *Loops) writeCSV(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("time")
	var columns [][]float64
	for _, g := range l.Result.Groups {
		for _, x := range l.listed(g, mostListed) {
			b.WriteString("," + x.ID)
			columns = append(columns, l.Result.Relative(x))
		}
	}
	b.WriteByte('\n')
	from, to := l.rows()
	for row := from; row < to; row++ {
		b.WriteString(words.Exact(l.Result.Time[row]))
		for _, c := range columns {
			b.WriteString("," + strconv.FormatFloat(c[row], 'g', 6, 64))
		}
		b.WriteByte('\n')
	}
	return b.Flush()
}

// A loopJSON is a loops.Loop in JSON.
type loopJSON struct {
	ID string `json:"id"` // R1, B1 or U1, as in the table
	// of its [loop.x]
	Name  string `json:"name,omitempty"`
	Label string `json:"label,omitempty"`
	// reinforcing, balancing or changing
	Polarity string `json:"polarity"`
	// of the behaviour of its group over the time asked about, 0 to 1
	Share float64 `json:"share"`
	// names of the model, in the order in which one acts on the next, the last on the first
	Variables []string `json:"variables"`
	// those of them that keep a state
	States []string `json:"states"`
	// of arrays told apart: the elements of the first variable, the dimensions that it crosses, and
	// for how many loops of elements it stands
	Elements []string `json:"elements,omitempty"`
	Across   []string `json:"across,omitempty"`
	Count    int      `json:"element_loops"`
	// -1 to 1 at each time of the object's time, negative where the loop balances
	Relative []float64 `json:"relative"`
}

// A phaseJSON is a loops.Phase in JSON.
type phaseJSON struct {
	From  float64   `json:"from"`
	To    float64   `json:"to"`
	Loops []string  `json:"loops"` // IDs, that which explains most first
	Parts []float64 `json:"parts"` // their mean relative scores, -1 to 1
	Share float64   `json:"share"` // that they explain together, 0 to 1
	Rest  bool      `json:"rest,omitempty"`
}

// A groupJSON is a loops.Group in JSON. Its loops are the first mostListed of loop_count, unless all
// are asked for.
type groupJSON struct {
	Stocks    []string    `json:"stocks"`
	Copies    int         `json:"copies"`
	LoopCount int         `json:"loop_count"`
	Loops     []loopJSON  `json:"loops"`
	Phases    []phaseJSON `json:"phases"`
	Sentences []string    `json:"sentences"`
}

// A loopsFile is what weir explain MODEL writes as JSON.
type loopsFile struct {
	Model    string      `json:"model"`
	Hash     string      `json:"hash"`
	Version  string      `json:"weir"`
	Outcome  string      `json:"outcome,omitempty"`
	From     float64     `json:"from"`
	To       float64     `json:"to"`
	Step     float64     `json:"step"`
	Method   string      `json:"method"` // the model's own; scores are of a run with euler
	Euler    *float64    `json:"euler_relative_difference,omitempty"`
	All      bool        `json:"all_loops_found"`
	Merged   bool        `json:"merged_by_stocks"`
	Whole    bool        `json:"arrays_as_wholes"`
	Searched int         `json:"times_searched,omitempty"`
	Remarks  []string    `json:"remarks"`
	Groups   []groupJSON `json:"groups"`
	Time     []float64   `json:"time"`
}

// writeJSON writes the loops as one object.
func (l *Loops) writeJSON(w io.Writer) error {
	r := l.Result
	out := loopsFile{Model: l.Model.Name, Hash: l.Model.Hash, Version: l.Version, Outcome: l.Outcome, From: r.From,
		To:   r.To,
		Step: r.Step, Method: r.Method, All: r.Search.All, Merged: r.Search.Merged, Whole: r.Search.Whole, Searched: r.Search.Times, Remarks: l.Remarks(),
		Groups: []groupJSON{}, Time: r.Time}
	if r.Departure != nil {
		out.Euler = &r.Departure.Relative
	}
	for _, g := range r.Groups {
		out.Groups = append(out.Groups, l.groupJSON(g))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

// groupJSON returns a group in JSON.
func (l *Loops) groupJSON(g *loops.Group) groupJSON {
	out := groupJSON{Stocks: append([]string{}, g.Stocks...), Copies: g.Copies, LoopCount: len(g.Loops),
		Phases: []phaseJSON{}, Sentences: append([]string{}, g.Sentences(l.voice())...)}
	for _, x := range l.listed(g, mostListed) {
		out.Loops = append(out.Loops, loopJSON{
			ID: x.ID, Name: x.Name, Label: x.Label, Polarity: kindOf(x), Share: x.Share, Variables: x.Variables,
			States: x.States, Elements: x.Elements, Across: x.Across, Count: x.Count, Relative: l.Result.Relative(x),
		})
	}
	for _, p := range g.Phases {
		ids := []string{}
		for _, x := range p.Loops {
			ids = append(ids, x.ID)
		}
		out.Phases = append(out.Phases, phaseJSON{p.From, p.To, ids, append([]float64{}, p.Parts...), p.Share, p.Rest})
	}
	return out
}
