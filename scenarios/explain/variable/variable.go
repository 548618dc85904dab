// Package variable tells of one variable of a model: its equation as it is written, its causes and
// uses as trees, its loops with their shares, and its course beside those of its causes.
package variable

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/structure"
	"weir/scenarios/explain/loops"
	"weir/sim"
)

// A Report is about one variable. As JSON an empty list is absent.
type Report struct {
	Name    string   `json:"name"`
	Element string   `json:"element,omitempty"` // asked for, as a,b
	Kind    string   `json:"kind"`
	Label   string   `json:"label,omitempty"`
	About   string   `json:"about,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Over    []string `json:"over,omitempty"`
	// Equations are as the modeler wrote them; of a stock that of its start.
	Equations []Equation  `json:"equations,omitempty"`
	Inflows   []string    `json:"inflows,omitempty"`
	Outflows  []string    `json:"outflows,omitempty"`
	Values    []float64   `json:"values,omitempty"` // of a constant or decision
	Range     *[2]float64 `json:"range,omitempty"`
	Evidence  string      `json:"evidence,omitempty"`
	Source    string      `json:"source,omitempty"`
	Owner     string      `json:"owner,omitempty"`

	Causes []*Branch `json:"causes,omitempty"`
	Uses   []*Branch `json:"uses,omitempty"`
	Loops  []Loop    `json:"loops,omitempty"`
	// LoopsKnown says which of the loops are here, or why there are none.
	LoopsKnown string `json:"loops_known,omitempty"`

	// Time has the saved times, and Strips the courses of the variable and its direct causes;
	// none if the model cannot be run, and then NoRun says why.
	Time   []float64 `json:"time,omitempty"`
	Strips []Strip   `json:"strips,omitempty"`
	NoRun  string    `json:"no_run,omitempty"`
}

// An Equation is a piece of text in the model's file.
type Equation struct {
	Key  string `json:"key,omitempty"` // the elements that it is for; "" for all
	Text string `json:"text"`
	File string `json:"file"`
	Line int    `json:"line"`
	// Original is the line of the file where that is another tool's; "" if Text is what the
	// file has.
	Original string `json:"original,omitempty"`
}

// A Branch is a variable in a tree of causes or uses, with its link to the one that it hangs on.
type Branch struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Sign    string `json:"sign"`              // +, - or ?
	Delayed bool   `json:"delayed,omitempty"` // through a delay or smooth
	Initial bool   `json:"initial,omitempty"` // on an initial value only
	Known   bool   `json:"known,omitempty"`   // it is in the tree already, where it has its own branches
	Own     bool   `json:"own,omitempty"`     // it is the variable itself: a loop closes
	// Branches are its own causes or uses, and More how many the depth cut off.
	Branches []*Branch `json:"branches,omitempty"`
	More     int       `json:"more,omitempty"`
}

// A Loop is a feedback loop through the variable.
type Loop struct {
	ID        string   `json:"id,omitempty"`
	Name      string   `json:"name,omitempty"`
	Polarity  string   `json:"polarity"`
	Share     float64  `json:"share"` // of the behavior of its group over the run
	Variables []string `json:"variables"`
}

// A Strip is the course of a variable.
type Strip struct {
	Name   string    `json:"name"` // of an element of an array, as name[a,b]
	Sign   string    `json:"sign,omitempty"`
	Unit   string    `json:"unit,omitempty"`
	Mean   int       `json:"mean_of,omitempty"` // of how many elements it is the mean; 0 for a number by itself
	Values []float64 `json:"values"`
}

// Of tells of a variable, "x" or "x[a,b]", of a checked model, with trees of a depth. The error says
// that there is none, and which is meant; or it is the context's.
func Of(ctx context.Context, m *model.Model, r *resolved.Model, name string, depth int) (*Report, error) {
	bare, element, _ := strings.Cut(strings.TrimSuffix(name, "]"), "[")
	bare = m.OurName(strings.TrimSpace(bare))
	at := slices.IndexFunc(m.Variables, func(v *model.Variable) bool { return strings.EqualFold(v.Name, bare) })
	if at < 0 {
		return nil, unknown(m, bare)
	}
	x := teller{m: m, v: m.Variables[at], out: &Report{Element: element}}
	x.declared()
	x.equations()
	graph, err := x.run(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := x.checkElement(); err != nil {
		return nil, err
	}
	x.trees(graph, depth)
	return x.out, x.loops(ctx, r, graph)
}

// unknown returns the error about a name.
func unknown(m *model.Model, name string) error {
	var names []string
	for _, v := range m.Variables {
		names = append(names, v.Name)
	}
	if near := diagnostic.Nearest(name, names); near != "" {
		return fmt.Errorf("there is no variable %q: did you mean %s?", name, near)
	}
	return fmt.Errorf("there is no variable %q: weir inspect MODEL --print=units lists all", name)
}

// A teller fills a report.
type teller struct {
	m      *model.Model
	v      *model.Variable
	out    *Report
	result *sim.Result // of the model as it is, nil if it cannot be run
}

// declared takes over what the variable's table says.
func (x *teller) declared() {
	v, o := x.v, x.out
	o.Name, o.Kind, o.Label, o.About, o.Unit, o.Over = v.Name, string(v.Kind), v.Label, v.About, v.Units, v.Over
	o.Inflows, o.Outflows, o.Range, o.Evidence, o.Source, o.Owner = v.Inflow, v.Outflow, v.Range, v.Evidence, v.Source, v.Owner
	if v.Kind == model.KindConstant || v.Kind == model.KindDecision {
		o.Values = v.Value
	}
}

// equations finds the texts of the equations in their files. A variable without any, as a constant, has
// the place of its table.
func (x *teller) equations() {
	add := func(key string, t model.Text) {
		if t.Text == "" {
			return
		}
		e := Equation{Key: key, Text: t.Text, File: t.Span.File}
		if text, known := x.m.Files[t.Span.File]; known {
			e.Line, _ = diagnostic.Position(text, t.Span.Start)
			if x.m.Imported != nil {
				e.Original = lineAt(text, t.Span.Start)
			}
		}
		x.out.Equations = append(x.out.Equations, e)
	}
	add("", x.v.Equation)
	add("", x.v.Input)
	for _, a := range x.v.At {
		add(a.Key, a.Text)
	}
	if len(x.out.Equations) == 0 { // the place of its table
		if text, known := x.m.Files[x.v.Span.File]; known {
			line, _ := diagnostic.Position(text, x.v.Span.Start)
			x.out.Equations = append(x.out.Equations, Equation{File: x.v.Span.File, Line: line})
		}
	}
}

// lineAt returns the line of a text around a place.
func lineAt(text []byte, at int) string {
	at = min(at, len(text))
	from := 1 + strings.LastIndexByte(string(text[:at]), '\n')
	line, _, _ := strings.Cut(string(text[from:]), "\n")
	return strings.TrimSpace(line)
}

// run runs the model, and returns the links as they work in the run.
func (x *teller) run(ctx context.Context, r *resolved.Model) (*structure.Graph, error) {
	p, err := sim.Compile(r)
	if err == nil {
		x.result, err = p.Run(ctx, sim.Settings{})
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		x.out.NoRun = err.Error()
	case x.result.NonFinite != nil:
		x.out.NoRun = fmt.Sprintf("the run ends at %g: %s is not finite", x.result.NonFinite.Time,
			x.result.NonFinite.Variable)
	}
	return structure.Links(r, x.seen()), nil
}

// loops finds the feedback loops through the variable.
func (x *teller) loops(ctx context.Context, r *resolved.Model, g *structure.Graph) error {
	if !inCycle(g, x.v.Name) {
		x.out.LoopsKnown = "it is in no feedback loop"
		return nil
	}
	found, err := loops.Of(ctx, r, loops.Options{})
	if err != nil {
		x.out.LoopsKnown = "its loops could not be scored: " + err.Error()
		return ctx.Err()
	}
	if !found.Search.All {
		x.out.LoopsKnown = "of very many loops, those along the strongest paths were found"
	}
	for _, group := range found.Groups {
		for _, l := range group.Loops {
			if slices.Contains(l.Variables, x.v.Name) {
				x.out.Loops = append(x.out.Loops, Loop{l.ID, l.Name, string(l.Polarity), l.Share, l.Variables})
			}
		}
	}
	if len(x.out.Loops) == 0 {
		x.still(r)
	}
	slices.SortStableFunc(x.out.Loops, func(a, b Loop) int { return cmp.Compare(b.Share, a.Share) })
	return nil
}

// still lists the loops of a variable in which nothing moves during the run.
func (x *teller) still(r *resolved.Model) {
	x.out.LoopsKnown = "in none of its loops does anything move in this run"
	for _, l := range structure.Of(r, x.seen()).Loops {
		names := l.Names()
		if slices.Contains(names, x.v.Name) {
			x.out.Loops = append(x.out.Loops, Loop{Polarity: string(l.Polarity), Variables: names})
		}
	}
}

// seen returns where the values of the run lie, nil if there is none to its end.
func (x *teller) seen() structure.Seen {
	if x.out.NoRun != "" {
		return nil
	}
	return x.result.Span
}

// inCycle reports whether a variable acts on itself, through links that work during the run. It takes
// time linear in the links, so that the loops of a model are searched only where there are some.
func inCycle(g *structure.Graph, name string) bool {
	seen := map[*structure.Node]bool{}
	next := map[*structure.Node][]*structure.Node{}
	for _, l := range g.Links {
		if !l.Initial {
			next[l.From] = append(next[l.From], l.To)
		}
	}
	list := slices.Clone(next[g.Node(name)])
	for len(list) > 0 {
		n := list[len(list)-1]
		list = list[:len(list)-1]
		if n.Name == name {
			return true
		}
		if !seen[n] {
			seen[n] = true
			list = append(list, next[n]...)
		}
	}
	return false
}
