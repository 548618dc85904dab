package resolve

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"weir/model/check/internal/box"
	"weir/model/check/internal/tree"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// expand writes out a function with a text of its own, a state or a draw. Its hidden variables
// belong to the equation's variable.
func (s *Scope) expand(e *equation.Call, row *function.Row) resolved.Expr {
	args := s.arguments(e, row)
	if slices.Contains(args, tree.Nothing) {
		return tree.Nothing
	}
	switch row.Kind {
	case function.DelayState:
		return s.memory(e, row, s.withDefaults(row, args))
	case function.Initial:
		return s.hide(s.hiddenName(row.Name), resolved.Initial, args[0])
	case function.Pipeline:
		return s.pipeline(e, row, args)
	case function.Draw:
		return s.draw(row, s.withDefaults(row, args))
	}
	return s.defined(e, row, args)
}

// written resolves a text of the function table. It sees its own names and the table's, not the
// model's.
func (s *Scope) written(text string, bind map[string]resolved.Expr) resolved.Expr {
	inner := *s
	inner.bind = bind
	return inner.Expr(s.tableText(text))
}

// tableText parses a text of the function table, once. A mistake in such a text is one of the
// program's own, and panics.
func (r *Resolver) tableText(text string) equation.Expr {
	tree, ok := r.trees[text]
	if !ok {
		var mistakes []equation.Error
		if tree, mistakes = equation.Parse(text); len(mistakes) > 0 {
			panic(fmt.Sprintf("model: the function table has %q: %s", text, mistakes[0].Message))
		}
		r.trees[text] = tree
	}
	return tree
}

// bound returns a row's arguments by their parameters' names.
func bound(row *function.Row, args []resolved.Expr) map[string]resolved.Expr {
	bind := map[string]resolved.Expr{}
	for i, a := range args {
		bind[row.Param(i).Name] = a
	}
	return bind
}

// hiddenName returns the name of a call: the variable, the function, and the number of the call
// of it in the variable's equations. The second smooth in the equations of births is
// births#smooth.2. Every call of it counts, so the name must be kept if it is needed again.
func (s *Scope) hiddenName(function string) string {
	if s.calls[s.Owner] == nil {
		s.calls[s.Owner] = counter{}
	}
	s.calls[s.Owner][function]++
	return fmt.Sprintf("%s#%s.%d", s.Owner.Name, function, s.calls[s.Owner][function])
}

// defined writes out a function that is equations over its parameters, with states or without.
func (s *Scope) defined(e *equation.Call, row *function.Row, args []resolved.Expr) resolved.Expr {
	order := 0
	if i := row.OrderParam(); i >= 0 {
		order = int(args[i].(*resolved.Const).Value)
	}
	x := row.Expand(order)
	if len(x.States) == 0 {
		return s.grown(s.written(x.Value, bound(row, s.withDefaults(row, s.shared(row, args)))))
	}
	name := s.hiddenName(row.Name)
	for i, a := range args {
		args[i] = s.settled(name+"."+row.Param(i).Name, a)
	}
	args = s.withDefaults(row, args)
	bind := bound(row, args)
	s.guard(e, row, name, x.StageTime, bind)
	free := tree.FreeLoops(args...)
	if slices.ContainsFunc(x.States, func(st function.State) bool { return function.Draws(s.tableText(st.Net)) }) {
		free = s.everyLoop(args)
	}
	stocks := s.states(name, x.States, bind, free)
	for i := len(e.Args); i < len(row.Params); i++ {
		if row.Params[i].Default == row.Params[0].Name {
			s.StartsAtInput[stocks[0]] = row
		}
	}
	return s.written(x.Value, bind)
}

// shared settles the arguments that a row's text repeats. In a branch of an if they stay where
// they are, since the condition may guard them.
func (s *Scope) shared(row *function.Row, args []resolved.Expr) []resolved.Expr {
	if s.conditional {
		return args
	}
	name := ""
	for i, a := range args {
		if isSimple(a) || s.uses(row.Define, row.Param(i).Name) < 2 {
			continue
		}
		if name == "" {
			name = s.hiddenName(row.Name)
		}
		args[i] = s.settled(name+"."+row.Param(i).Name, a)
	}
	return args
}

// uses returns how often a text of the function table mentions a name.
func (s *Scope) uses(text, name string) int {
	n := 0
	equation.Walk(s.tableText(text), func(e equation.Expr) bool {
		if e, ok := e.(*equation.Name); ok && e.Name == name {
			n++
		}
		return true
	})
	return n
}

// settled returns an argument that is cheap to repeat: a number, or a variable of its own.
func (s *Scope) settled(name string, x resolved.Expr) resolved.Expr {
	if isSimple(x) {
		return x
	}
	return s.hide(name, resolved.Aux, x)
}

// isSimple reports whether an expression is cheap to repeat.
func isSimple(x resolved.Expr) bool {
	switch x.(type) {
	case *resolved.Const, *resolved.Clock, *resolved.Ref:
		return true
	}
	return false
}

// states makes the stocks and delay states behind a call, each stock with its net flow, and
// binds their names. States are declared first, then get their initial values, which see the
// arguments only, and then their nets, which see all states.
func (s *Scope) states(name string, states []function.State, bind map[string]resolved.Expr,
	free []*resolved.Loop) []*resolved.Variable {
	made := make([]*resolved.Variable, len(states))
	for i, state := range states {
		kind := resolved.Stock
		if state.Kept {
			kind = resolved.DelayState
		}
		made[i] = s.hiddenVariable(name+"."+state.Name, kind, free)
	}
	for i, state := range states {
		made[i].Parts = s.hiddenParts(made[i], free, s.written(state.Initial, bind))
	}
	for i, state := range states {
		bind[state.Name] = mention(made[i], free)
	}
	for i, state := range states {
		net := s.written(state.Net, bind)
		if state.Kept {
			made[i].Input = s.hiddenParts(made[i], free, net)
			if state.Delay != "" {
				made[i].Delay = s.hiddenParts(made[i], free, s.written(state.Delay, bind))
			}
			continue
		}
		flow := s.hiddenVariable(name+"."+state.Name+".net", resolved.Flow, free)
		flow.Parts = s.hiddenParts(flow, free, net)
		made[i].Inflows = []*resolved.Variable{flow}
	}
	return made
}

// memory makes a value that changes at step boundaries only. The result mentions the hidden
// variable. Its first value is that of the row's Initial, its next ones those of Input, after Delay
// if there is one.
func (s *Scope) memory(e *equation.Call, row *function.Row, args []resolved.Expr) resolved.Expr {
	bind := bound(row, args)
	free := tree.FreeLoops(args...)
	name := s.hiddenName(row.Name)
	v := s.hiddenVariable(name, resolved.DelayState, free)
	v.Parts = s.hiddenParts(v, free, s.written(row.Recall.Initial, bind))
	v.Input = s.hiddenParts(v, free, s.written(row.Recall.Input, bind))
	if row.Recall.Delay != "" {
		v.Delay = s.hiddenParts(v, free, s.written(row.Recall.Delay, bind))
		s.guard(e, row, name, row.Recall.Delay, bind)
	}
	return mention(v, free)
}

// draw makes a random number: one for every element of the equation and of the reduction around
// it, whether or not the arguments differ. A value that is held is as many as it was.
func (s *Scope) draw(row *function.Row, args []resolved.Expr) resolved.Expr {
	free := s.everyLoop(args)
	if row.Dist == resolved.Held {
		free = tree.FreeLoops(args...)
	}
	name := s.hiddenName(row.Name)
	v := s.hiddenVariable(name, resolved.Aux, free)
	v.Parts = s.hiddenParts(v, free, &resolved.Draw{Dist: row.Dist, Args: args, Key: keyOf(name), Loops: free})
	return mention(v, free)
}

// everyLoop returns the loops of the equation, of the reduction around, and those that
// arguments follow.
func (s *Scope) everyLoop(args []resolved.Expr) []*resolved.Loop {
	var free []*resolved.Loop
	axes := s.axes
	if s.red != nil {
		axes = slices.Concat(axes, s.red.axes)
	}
	for _, a := range axes {
		if len(a.loop.At) > 1 {
			free = append(free, a.loop)
		}
	}
	for _, l := range tree.FreeLoops(args...) {
		if !slices.Contains(free, l) {
			free = append(free, l)
		}
	}
	return free
}

// keyOf returns the key of a draw: the 64-bit FNV-1a hash of its hidden name. The key follows from
// the name alone, so that a draw keeps its numbers when other equations are added to the model.
func keyOf(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return h.Sum64()
}

// hide makes a hidden variable of an expression and returns a reference to it. The variable is over
// the free loops of the expression, and the reference reads it in the same iterations.
func (s *Scope) hide(name string, kind resolved.Kind, x resolved.Expr) resolved.Expr {
	if x == tree.Nothing {
		return tree.Nothing
	}
	free := tree.FreeLoops(x)
	v := s.hiddenVariable(name, kind, free)
	v.Parts = s.hiddenParts(v, free, x)
	return mention(v, free)
}

// hiddenVariable declares a variable of the equation's owner. Its dimensions are the loops that
// the call follows, restricted to their elements. The owner is always a declared variable, also
// where a hidden one asks.
func (s *Scope) hiddenVariable(name string, kind resolved.Kind, free []*resolved.Loop) *resolved.Variable {
	owner := s.Owner
	if owner.Hidden {
		owner = owner.Owner
	}
	v := &resolved.Variable{Name: name, Label: name, Kind: kind, Hidden: true, Owner: owner, Span: owner.Span}
	for _, l := range free {
		v.Over = append(v.Over, s.restricted(l))
	}
	s.Count(v)
	s.Hidden = append(s.Hidden, v)
	return v
}

// hiddenParts returns the one equation of a hidden variable: an expression of the call that
// follows loops of the variable's own.
func (s *Scope) hiddenParts(v *resolved.Variable, free []*resolved.Loop, x resolved.Expr) []*resolved.Part {
	p := &resolved.Part{Span: s.Text.Span, Text: s.Text.Text}
	w := tree.Swaps{}
	for i, l := range free {
		own := &resolved.Loop{Dim: v.Over[i], At: box.Count(len(l.At))}
		p.Loops = append(p.Loops, own)
		w[l] = tree.Swap{Loop: own, At: own.At}
	}
	p.Expr = w.In(x)
	return []*resolved.Part{p}
}

// mention returns a reference to a hidden variable as the call's equation sees it.
func mention(v *resolved.Variable, free []*resolved.Loop) resolved.Expr {
	ref := &resolved.Ref{Var: v}
	for _, l := range free {
		ref.At = append(ref.At, resolved.Pos{Loop: l, Map: box.Count(len(l.At))})
	}
	return ref
}

// restricted returns the dimension of just the elements of a loop: the loop's own, a declared
// subrange, or one made for the purpose. Dimensions made here are kept by their elements, so that
// the same restriction gives the same pointer every time.
func (r *Resolver) restricted(l *resolved.Loop) *resolved.Dimension {
	if len(l.At) == len(l.Dim.Elements) {
		return l.Dim
	}
	var elements []string
	for _, at := range l.At {
		elements = append(elements, l.Dim.Elements[at])
	}
	for _, d := range r.Model.Dimensions {
		if sub := r.Domains[d.Name]; sub != nil && sub.Of != nil && sub.Of.Out == l.Dim &&
			slices.Equal(sub.Out.Elements, elements) {
			return sub.Out
		}
	}
	key := l.Dim.Name + "#" + strings.Join(elements, ",")
	if r.ranges[key] == nil {
		r.ranges[key] = &resolved.Dimension{Name: fmt.Sprintf("%s#%d", l.Dim.Name, len(r.ranges)+1),
			Elements: elements, Ordered: l.Dim.Ordered, Of: l.Dim}
	}
	return r.ranges[key]
}
