// Package walk makes the model as a place to walk in: its modules, and each variable with its
// equation in words, its evidence, its causes and its effects, and the loops that pass it.
package walk

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"weir/model"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/reading"
	"weir/scenarios/report/internal/wire"
)

// maxLoops bounds the loops that are carried: the shortest come first.
const maxLoops = 400

// Of returns the places of a comparison's model. columns are those of the module that computes
// every variable, in its order.
func Of(r *reading.Reading, columns []string) *wire.Walk {
	w := &walker{Reading: r, at: map[string]int{}}
	out := &wire.Walk{Modules: []wire.Module{}, Loops: []wire.WalkLoop{}, Scored: []wire.RunLoops{}, LeftOut: r.C.Structure.LeftOut()}
	for _, n := range r.C.Structure.Nodes {
		if v := r.C.Set.Model.Variable(n.Name); v != nil {
			w.at[n.Name] = len(w.list)
			w.list = append(w.list, w.place(n, v))
		}
	}
	w.links()
	w.columns(columns)
	if out.Scored = w.scored(); len(out.Scored) == 0 {
		out.Loops = w.loops()
	}
	out.Places = w.list
	for _, m := range r.C.Set.Model.Modules {
		out.Modules = append(out.Modules, wire.Module{Name: m.Name, Label: cmp.Or(m.Label, m.Name), About: m.About})
	}
	return out
}

// A walker collects the places.
type walker struct {
	*reading.Reading
	list []wire.Place
	at   map[string]int // of a variable among the places, by name
}

// place returns a variable without its links.
func (w *walker) place(n *model.Node, v *model.Variable) wire.Place {
	p := wire.Place{Name: v.Name, Label: w.Names.Of(v.Name), Module: v.Module, Kind: string(n.Kind), About: v.About,
		Unit: prose.UnitWords(cmp.Or(v.Units, n.Unit), w.Plurals), Equation: equation(v), Words: w.inWords(v),
		Evidence: prose.GradeOf(v).Words, Source: w.Names.Source(v.Source), Owner: v.Owner,
		Acts: []wire.Act{}, Columns: []int{}, Elements: []string{}, Loops: []int{}}
	if n.Kind != model.NodeConstant && n.Kind != model.NodeData {
		p.Evidence = ""
	}
	return p
}

// equation returns the equation of a variable as the model writes it. A stock has two lines, how
// it changes and where it starts; an array one more for each element with an equation of its own.
func equation(v *model.Variable) string {
	parts := []string{}
	if len(v.Inflow) > 0 || len(v.Outflow) > 0 {
		flows := strings.Join(v.Inflow, " + ")
		if len(v.Outflow) > 0 {
			flows = strings.TrimSpace(flows + " - " + strings.Join(v.Outflow, " - "))
		}
		parts = append(parts, "change = "+flows, "start = "+v.Equation.Text)
	} else if v.Equation.Text != "" {
		parts = append(parts, v.Equation.Text)
	}
	for _, e := range v.At {
		if e.Text.Text != "" {
			parts = append(parts, "["+e.Key+"] "+e.Text.Text)
		}
	}
	return strings.Join(parts, "\n")
}

// identifier finds the names in an equation, and the names of functions with their bracket.
var identifier = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_.]*\s*\(?`) })

// operators are written as in a textbook.
var operators = strings.NewReplacer(" * ", " × ", "*", " × ", " - ", " − ")

// places finds the elements that an equation reads, "[district, *]".
var places = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[[^\]]*\]`) })

// spokenPlaces returns elements in words: nothing for all of an array.
func spokenPlaces(found string) string {
	inside := strings.Trim(found, "[]")
	if strings.Trim(inside, "*, ") == "" {
		return ""
	}
	return " (" + strings.NewReplacer("!", "", "*", "all").Replace(inside) + ")"
}

// inWords returns the equation with the labels of variables in place of their names.
func (w *walker) inWords(v *model.Variable) string {
	text := places().ReplaceAllStringFunc(equation(v), spokenPlaces)
	replaced := identifier().ReplaceAllStringFunc(text, func(found string) string {
		name := strings.TrimRight(found, " (")
		rest := found[len(name):]
		// A module's own name hides that of the model around it.
		if strings.HasSuffix(found, "(") {
			return found // a function, or a lookup that is read
		}
		for _, full := range []string{v.Scope + "." + name, v.Module + "." + name, name} {
			if w.C.Set.Model.Variable(full) != nil {
				return "“" + w.Names.Of(full) + "”" + rest
			}
		}
		return found
	})
	if replaced == text {
		return ""
	}
	return operators.Replace(replaced)
}

// links adds what acts on what, with signs. A link of which only the start depends is said to be
// one.
func (w *walker) links() {
	for _, l := range w.C.Structure.Links {
		from, known := w.at[l.From.Name]
		to, also := w.at[l.To.Name]
		if known && also {
			w.list[from].Acts = append(w.list[from].Acts,
				wire.Act{On: to, Sign: l.Sign.String(), Delayed: l.Delayed, Initial: l.Initial, Material: l.Material})
		}
	}
}

// columns gives the variables their columns: one, or one for each element. Columns of hidden
// variables, which an expansion added, belong to no place and are left out.
func (w *walker) columns(columns []string) {
	for i, c := range columns {
		name, elements, _ := strings.Cut(strings.TrimSuffix(c, "]"), "[")
		at, known := w.at[name]
		if !known {
			continue
		}
		p := &w.list[at]
		p.Columns = append(p.Columns, i)
		if elements != "" {
			// A label may have brackets of its own.
			words := strings.TrimPrefix(w.Names.Of(c), w.Names.Of(name)+" (")
			p.Elements = append(p.Elements, strings.TrimSuffix(words, ")"))
		}
	}
}

// loops returns the loops and tells each variable which of them pass it. A loop that passes a
// variable at two elements names it twice, and counts once for it.
func (w *walker) loops() []wire.WalkLoop {
	out := []wire.WalkLoop{}
	for _, l := range w.C.Structure.Loops[:min(maxLoops, len(w.C.Structure.Loops))] {
		x := wire.WalkLoop{Polarity: string(l.Polarity), Places: []int{}}
		for _, name := range l.Names() {
			at, known := w.at[name]
			if !known {
				continue
			}
			x.Places = append(x.Places, at)
			if p := &w.list[at]; !slices.Contains(p.Loops, len(out)) {
				p.Loops = append(p.Loops, len(out))
			}
		}
		out = append(out, x)
	}
	return out
}
