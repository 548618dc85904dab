package vensim

import (
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/syntax"
)

// A variable is all equations of one name.
type variable struct {
	name, key string
	ours      string
	equations []*syntax.Equation
	kind      model.Kind
	over      []*dimension
	out       *model.Variable
	flow      bool // the inflow or outflow of a stock
	in, away  bool // used as an inflow, an outflow
	grade     model.Grade
	how       []string
	derived   bool
	group     string // of the file
	after     string // of one that a macro makes: what calls it
	game      bool   // GAME(…): players decide it
	broken    bool
	boxes     [][][]string // of each equation: the elements at each place
}

// at is where the variable is defined first.
func (v *variable) at() syntax.Span { return v.equations[0].NameSpan }

// note lowers the grade of a variable's import and says why.
func (v *variable) note(grade model.Grade, how string) {
	if worse(grade, v.grade) {
		v.grade = grade
	}
	if how != "" && !slices.Contains(v.how, how) {
		v.how = append(v.how, how)
	}
}

var badness = map[model.Grade]int{"": 0, model.Exact: 0, model.Equivalent: 1, model.Approximated: 2, model.Unsupported: 3}

func worse(a, b model.Grade) bool { return badness[a] > badness[b] }

// clockNames are the control variables.
var clockNames = map[string]string{"initial_time": "start_time", "final_time": "stop_time", "time_step": "dt", "time": "time"}

// clockName is what stands for a control variable, "" for others, and for a FINAL TIME
// that is a variable of its own.
func (im *importer) clockName(key string) string {
	switch {
	case key == "final_time" && im.endsItself:
		return ""
	case key == "saveper" && !im.readsSave:
		return "save"
	}
	return clockNames[key]
}

// drawn is our name of a variable in a drawing, by its folded name; "" if there is none.
func (im *importer) drawn(key string) string {
	if key == "time" {
		return "time"
	}
	ours := im.clockName(key)
	if v := im.vars[key]; v != nil && ours == "" {
		ours = v.ours
	}
	return ours
}

// addExogenous makes data variables of names that no equation defines, but the data
// files that the user named.
func (im *importer) addExogenous() {
	im.ReadSeries()
	if len(im.Series) == 0 {
		return
	}
	known := map[string]bool{}
	for name := range im.Series {
		base, _, _ := strings.Cut(name, "[")
		known[base] = true
	}
	for _, eq := range im.equations {
		known[eq.Key] = false
	}
	for _, eq := range slices.Clone(im.equations) {
		syntax.Walk(eq.Expr, func(e syntax.Expr) bool {
			r, ok := e.(*syntax.Ref)
			if !ok || !known[r.Key] || im.Ranges[r.Key] != nil || im.Elements[r.Key] != nil || clockNames[r.Key] != "" {
				return true
			}
			known[r.Key] = false
			subs := slices.Clone(r.Subs)
			for i := range subs {
				subs[i].Bang = false
			}
			im.equations = append(im.equations, &syntax.Equation{Statement: &syntax.Statement{}, Kind: syntax.EqData, Name: r.Name, Key: r.Key, NameSpan: r.Span, Subs: subs, Derived: true})
			return true
		})
	}
}

// collectVariables groups equations by name.
func (im *importer) collectVariables() {
	im.addExogenous()
	for _, eq := range im.equations {
		if eq.Kind == syntax.EqText {
			im.Row(eq.Name, "", model.Unsupported, "a text variable; no number depends on it", eq.NameSpan)
			continue
		}
		if im.Ranges[eq.Key] != nil || im.Elements[eq.Key] != nil {
			im.ErrorAt(model.DuplicateName, eq.NameSpan, "", "%s is a variable and also a subscript", eq.Name)
			continue
		}
		v := im.vars[eq.Key]
		if v == nil {
			v = &variable{name: eq.Name, key: eq.Key, grade: model.Exact, derived: eq.Derived, group: eq.Group, after: eq.After}
			im.vars[eq.Key] = v
			im.order = append(im.order, v)
		}
		v.equations = append(v.equations, eq)
		v.broken = v.broken || eq.Broken
	}
	for _, v := range im.order {
		// an empty equation beside others only carries units and a comment
		v.equations = without(v.equations, func(eq *syntax.Equation) bool { return eq.Kind == syntax.EqData && eq.Expr == nil && eq.Between == "" })
		v.equations = without(v.equations, isUnwritten)
		if n := len(v.equations); n > 1 && isUnwritten(v.equations[0]) && len(v.equations[0].Subs) == 0 {
			v.equations = v.equations[n-1:]
		}
	}
	im.order = besideOwners(im.order)
}

// without are equations without those of a kind, unless all are of it.
func without(equations []*syntax.Equation, is func(*syntax.Equation) bool) []*syntax.Equation {
	if kept := slices.DeleteFunc(slices.Clone(equations), is); len(kept) > 0 {
		return kept
	}
	return equations
}

// besideOwners puts the variables that macros make behind those that call them.
func besideOwners(order []*variable) []*variable {
	made := map[string][]*variable{}
	for _, v := range order {
		if v.after != "" {
			made[v.after] = append(made[v.after], v)
		}
	}
	out := make([]*variable, 0, len(order))
	for _, v := range order {
		if v.after == "" {
			out = append(append(out, v), made[v.key]...)
			delete(made, v.key)
		}
	}
	for _, v := range order { // of callers that are none
		if _, left := made[v.after]; left {
			out = append(out, v)
		}
	}
	return out
}

// classify finds out what each variable is.
func (im *importer) classify() {
	for i := 0; i < len(im.order); i++ {
		v := im.order[i]
		if im.clockName(v.key) != "" {
			continue
		}
		kinds := map[model.Kind]bool{}
		for _, eq := range v.equations {
			im.unwrap(v, eq)
			kinds[kindOf(eq)] = true
		}
		switch {
		case len(kinds) == 1:
			v.kind = kindOf(v.equations[0])
		case len(kinds) == 2 && kinds[model.KindConstant] && kinds[model.KindAux]:
			v.kind = model.KindAux
		default:
			im.separate(v)
		}
		switch {
		case v.game && v.kind == model.KindConstant:
			v.kind = model.KindDecision
			v.note(model.Equivalent, "GAME(…) of a number is a decision")
		case v.game:
			v.note(model.Equivalent, "GAME(…) is the expression in it")
		}
	}
}

// unwrap takes off what stands around an expression and only says what it is for.
func (im *importer) unwrap(v *variable, eq *syntax.Equation) {
	for {
		c, ok := eq.Expr.(*syntax.Call)
		if !ok {
			return
		}
		switch {
		case c.Key == "game" && len(c.Args) == 1:
			eq.Expr = c.Args[0]
			v.game = true
		case c.Key == "active_initial" && len(c.Args) == 2:
			eq.Expr, eq.Initial = c.Args[0], c.Args[1]
		default:
			return
		}
	}
}

// kindOf is what one equation makes of a variable.
func kindOf(eq *syntax.Equation) model.Kind {
	switch eq.Kind {
	case syntax.EqNumbers:
		return model.KindConstant
	case syntax.EqLookup:
		return model.KindLookup
	}
	if c, ok := eq.Expr.(*syntax.Call); ok {
		switch {
		case c.Key == "integ":
			return model.KindStock
		case sheet.Reads(c.Key, "data"):
			return model.KindData
		case sheet.Reads(c.Key, "constants"):
			return model.KindConstant
		case sheet.Reads(c.Key, "lookups"):
			return model.KindLookup
		}
	}
	if _, ok := syntax.Literal(eq.Expr); ok && eq.Initial == nil && syntax.IsWritten(eq.Expr) {
		return model.KindConstant
	}
	if eq.Expr == nil {
		return model.KindData
	}
	return model.KindAux
}

// readSave finds out whether an equation reads SAVEPER.
func (im *importer) readSave() {
	for _, v := range im.order {
		for _, eq := range v.equations {
			syntax.Walk(eq.Expr, func(e syntax.Expr) bool {
				r, ok := e.(*syntax.Ref)
				im.readsSave = im.readsSave || ok && r.Key == "saveper"
				return !im.readsSave
			})
		}
	}
}

// separate gives each kind of equation of a mixed variable a variable of its own,
// which the mixed one repeats.
func (im *importer) separate(v *variable) {
	v.kind = model.KindAux
	for i, eq := range v.equations {
		kind := kindOf(eq)
		if kind == model.KindAux || kind == model.KindConstant && eq.Kind != syntax.EqNumbers {
			continue
		}
		if kind == model.KindLookup {
			im.ErrorAt(model.NotSupported, eq.NameSpan, "", "%s is a lookup for some elements and a value for others", v.name)
			v.broken = true
			return
		}
		own := *eq
		own.Name, own.Key = eq.Name+" "+string(kind), v.key+"\x00"+string(kind)
		own.Derived = true
		w := im.vars[own.Key]
		if w == nil {
			w = &variable{name: own.Name, key: own.Key, kind: kind, grade: model.Exact, derived: true}
			im.vars[own.Key] = w
			im.order = append(im.order, w)
		}
		w.equations = append(w.equations, &own)
		repeat := *eq
		repeat.Kind, repeat.Numbers, repeat.Between = syntax.EqValue, nil, ""
		repeat.Expr = &syntax.Ref{Span: eq.NameSpan, Name: own.Name, Key: own.Key, Subs: eq.Subs}
		v.equations[i] = &repeat
	}
	v.note(model.Equivalent, "its elements are of different kinds; those are variables of their own")
}

// nearest suggests another name of the file for one in the equation that is lowered.
func (l *lowering) nearest(key string) string {
	var keys []string
	for _, v := range l.order {
		if !v.derived && v != l.v {
			keys = append(keys, v.key)
		}
	}
	if near := l.vars[diagnostic.Nearest(key, keys)]; near != nil {
		return "did you mean " + near.name + "?"
	}
	return ""
}
