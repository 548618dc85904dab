package vensim

import (
	"slices"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// ACTIVE INITIAL sets another value of a variable while initial values are computed. Every
// variable that follows from such a variable gets a twin, which holds its value at that
// moment; initial values read the twins. A copy of an expression is made once for each
// twin, and names in it that have no twin stay as they are.

// initialArgument is the argument that is an initial value, by function.
var initialArgument = map[string]int{
	"integ": 1, "initial": 0, "reinitial": 0, "delay_fixed": 2, "smoothi": 2, "smooth3i": 2, "smooth_n": 2,
	"delay1i": 2, "delay3i": 2, "delay_n": 2, "sample_if_true": 2, "npv": 2,
}

// startsAtInput are the functions that begin with their input, and those that take the
// initial value as a third argument.
var startsAtInput = map[string]string{"smooth": "smoothi", "smooth3": "smooth3i", "delay1": "delay1i",
	"delay3": "delay3i"}

// A twinner makes twins.
type twinner struct {
	vars     *variables      // get the twins
	affected map[string]bool // keys of variables whose value at the start follows from an ACTIVE INITIAL
}

// twins writes out every ACTIVE INITIAL.
func twins(vars *variables) {
	t := &twinner{vars, map[string]bool{}}
	for _, v := range vars.order {
		for _, eq := range v.equations {
			if eq.Initial != nil {
				t.affected[v.key] = true
			}
		}
	}
	if len(t.affected) == 0 {
		return
	}
	t.spread()
	for _, v := range slices.Clone(vars.order) {
		for _, eq := range v.equations {
			eq.Expr = t.readers(eq.Expr)
		}
	}
	t.report()
}

// report says of every ACTIVE INITIAL whether an initial value reads its second argument.
func (t *twinner) report() {
	for _, v := range t.vars.order {
		if !slices.ContainsFunc(v.equations, func(eq *syntax.Equation) bool { return eq.Initial != nil }) {
			continue
		}
		if twin := t.vars.byKey[v.key+"\x00start"]; twin != nil {
			v.note(model.Equivalent,
				"initial values read "+twin.name+", which holds the second argument of ACTIVE INITIAL")
		} else {
			v.note(model.Equivalent, "the first argument of ACTIVE INITIAL: no initial value reads it")
		}
	}
}

// spread finds the variables that follow from affected ones at the same time.
func (t *twinner) spread() {
	users := map[string][]string{}
	for _, v := range t.vars.order {
		if v.kind != model.KindAux {
			continue
		}
		for _, eq := range v.equations {
			for _, name := range present(eq.Expr) {
				users[name] = append(users[name], v.key)
			}
		}
	}
	var open []string
	for _, v := range t.vars.order {
		if t.affected[v.key] {
			open = append(open, v.key)
		}
	}
	for len(open) > 0 {
		key := open[0]
		open = open[1:]
		for _, user := range users[key] {
			if !t.affected[user] {
				t.affected[user] = true
				open = append(open, user)
			}
		}
	}
}

// present returns the names that an expression reads at the present time.
func present(e syntax.Expr) []string {
	var out []string
	syntax.Walk(e, func(e syntax.Expr) bool {
		switch e := e.(type) {
		case *syntax.Ref:
			out = append(out, e.Key)
		case *syntax.Call:
			return e.Key != "initial" && e.Key != "reinitial" && e.Key != "delay_fixed"
		}
		return true
	})
	return out
}

// readers lets the initial values in an expression read the twins.
func (t *twinner) readers(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Unary:
		e.X = t.readers(e.X)
	case *syntax.Infix:
		e.X, e.Y = t.readers(e.X), t.readers(e.Y)
	case *syntax.Call:
		for i := range e.Args {
			e.Args[i] = t.readers(e.Args[i])
		}
		if i, ok := initialArgument[e.Key]; ok && i < len(e.Args) {
			e.Args[i] = t.atStart(e.Args[i])
		}
		if with := startsAtInput[e.Key]; with != "" && len(e.Args) == 2 && t.reads(e.Args[0]) {
			e.Key = with
			e.Args = append(e.Args, t.atStart(e.Args[0]))
		}
	}
	return e
}

// reads reports whether an expression follows from an affected variable at the present
// time.
func (t *twinner) reads(e syntax.Expr) bool {
	return slices.ContainsFunc(present(e), func(key string) bool { return t.affected[key] })
}

// atStart returns an expression with the twins of the variables that it reads.
func (t *twinner) atStart(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Ref:
		if t.affected[e.Key] {
			return &syntax.Ref{Span: e.Span, Name: e.Name, Key: t.twin(t.vars.byKey[e.Key]), Subs: e.Subs}
		}
	case *syntax.Unary:
		return &syntax.Unary{Span: e.Span, Op: e.Op, X: t.atStart(e.X)}
	case *syntax.Infix:
		return &syntax.Infix{Span: e.Span, Op: e.Op, OpSpan: e.OpSpan, X: t.atStart(e.X), Y: t.atStart(e.Y)}
	case *syntax.Call:
		out := *e
		out.Args = nil
		for _, a := range e.Args {
			out.Args = append(out.Args, t.atStart(a))
		}
		return &out
	}
	return e
}

// twin makes the twin of a variable, once, and returns its key.
func (t *twinner) twin(v *variable) string {
	key := v.key + "\x00start"
	if t.vars.byKey[key] != nil {
		return key
	}
	w := &variable{name: v.name + " at start", key: key, kind: model.KindAux, grade: model.Exact, derived: true}
	t.vars.add(w)
	for _, eq := range v.equations {
		own := *eq
		own.Name, own.Key, own.Derived, own.Initial = w.name, key, true, nil
		value := eq.Expr
		if eq.Initial != nil {
			value = eq.Initial
		}
		if value != nil {
			at := value.Pos()
			own.Expr = &syntax.Call{Span: at, Name: "INITIAL", Key: "initial", NameSpan: at,
				Args: []syntax.Expr{t.atStart(value)}}
		}
		w.equations = append(w.equations, &own)
	}
	return key
}
