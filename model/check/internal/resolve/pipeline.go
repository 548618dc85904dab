package resolve

import (
	"fmt"
	"math"

	"weir/model/check/internal/box"
	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// A pipeline is a delay whose time may change while the model runs. It is written out as its
// future output, one place per step: the first place comes out now. At every step everything
// moves on by one place, and the input is put as many places from the end as its time has
// steps. Pipelines differ in the effect of that on earlier contents. See Vensim's DELAY
// MATERIAL, DELAY INFORMATION and DELAY CONVEYOR.
type pipeline struct {
	*Scope
	e       *equation.Call
	row     *function.Row
	name    string
	bind    map[string]resolved.Expr
	free    []*resolved.Loop // that the arguments follow
	places  *resolved.Dimension
	limited bool          // to a way that a run may exceed
	steps   resolved.Expr // how many places from the end things are put, now
}

// pipeline writes out a call of such a delay. One whose time never changes is a fixed delay.
func (s *Scope) pipeline(e *equation.Call, row *function.Row, args []resolved.Expr) resolved.Expr {
	p := &pipeline{Scope: s, e: e, row: row, name: s.hiddenName(row.Name)}
	for i, a := range args {
		args[i] = s.settled(p.name+"."+row.Param(i).Name, a)
	}
	args = s.withDefaults(row, args)
	p.bind, p.free = bound(row, args), tree.FreeLoops(args...)
	s.guard(e, row, p.name, row.Recall.Delay, p.bind)
	if row.Pipe != function.Conveyor && s.neverChanges(p.bind[row.Recall.Delay]) {
		v := s.hiddenVariable(p.name, resolved.DelayState, p.free)
		v.Parts = s.hiddenParts(v, p.free, s.written(row.Recall.Initial, p.bind))
		v.Input = s.hiddenParts(v, p.free, s.written(row.Recall.Input, p.bind))
		v.Delay = s.hiddenParts(v, p.free, p.bind[row.Recall.Delay])
		return mention(v, p.free)
	}
	if !p.lay() {
		return tree.Nothing
	}
	switch row.Pipe {
	case function.Information:
		return p.information()
	case function.Conveyor:
		return p.conveyor()
	}
	return p.material()
}

// neverChanges reports whether an expression consists of numbers and constants. Decisions are not
// among them: they are there to be changed.
func (s *Scope) neverChanges(x resolved.Expr) bool {
	switch x := x.(type) {
	case *resolved.Const:
		return true
	case *resolved.Clock:
		return x.Kind >= resolved.StepSize
	case *resolved.Ref:
		if x.Var.Hidden && x.Var.Kind == resolved.Aux && len(x.Var.Parts) == 1 {
			return s.neverChanges(x.Var.Parts[0].Expr)
		}
		return x.Var.Kind == resolved.Constant
	case *resolved.Apply, *resolved.If:
		for _, a := range resolved.Children(x) {
			if !s.neverChanges(a) {
				return false
			}
		}
		return true
	}
	return false
}

// lay makes the places: enough for the longest delay that ends within the run, or for four
// times one that follows from constants, which a run may change; and twice that for runs with
// half the step. A delay of constants that is longer still makes the value NaN.
func (p *pipeline) lay() bool {
	t, way := p.Model.Time, p.bind[p.row.Recall.Delay]
	n := math.Ceil((t.Stop-t.Start)/t.Step) + 1
	if longest, known := p.longest(way); known {
		n = min(n, math.Ceil(4*max(longest/t.Step, 1))+1)
		p.limited = true
	}
	if n *= 2; !(n <= MaxPlaces) {
		p.mistake(code.TooManyElements, p.e.Span,
			"make the step longer, or use delay_fixed, whose time never changes",
			"%s of a time that changes would have more than %d places", p.row.Name, MaxPlaces)
		return false
	}
	p.places = &resolved.Dimension{Name: p.name + "#places", Ordered: true}
	for i := range int(n) {
		p.places.Elements = append(p.places.Elements, fmt.Sprint(i))
	}
	steps := tree.Apply(resolved.Floor,
		tree.Apply(resolved.Add, tree.Apply(resolved.Div, way, tree.StepSize()), tree.Number(0.5)))
	p.steps = p.hide(p.name+".steps", resolved.Aux, tree.Apply(resolved.Max, tree.Number(1), steps))
	return true
}

// longest returns the longest delay that follows from constants. It is in units of time, and not
// known if there are too many elements to look at.
func (p *pipeline) longest(way resolved.Expr) (longest float64, known bool) {
	if !p.neverChanges(way) {
		return 0, false
	}
	p.Effort = 0
	all := tree.AllIterations(tree.FreeLoops(way))
	for _, in := range all {
		x, ok := p.Constant(way, in)
		if !ok || len(all) == tree.MaxIterations {
			return 0, false
		}
		longest = max(longest, x)
	}
	return longest, true
}

// first returns the value that comes out now.
func (p *pipeline) first(v *resolved.Variable) resolved.Expr {
	out := p.at(v, resolved.Pos{})
	if !p.limited {
		return out
	}
	fits := tree.Apply(resolved.Le, p.steps, tree.Number(float64(len(p.places.Elements))))
	return &resolved.If{Cond: fits, Then: out, Else: tree.Number(math.NaN())}
}

// A spot is a place of the pipeline in an expression: its number, and its position.
type spot struct {
	number resolved.Expr
	at     resolved.Pos
}

// over returns the spot for the places of a loop. Shift is added to the position, not to the
// number.
func (p *pipeline) over(l *resolved.Loop, shift int) spot {
	at := make([]int, len(l.At))
	for i, k := range l.At {
		at[i] = k + shift
	}
	number := &resolved.Ref{Var: p.counting(p.places), At: []resolved.Pos{tree.Position(l, l.At)}}
	return spot{number, tree.Position(l, at)}
}

// line makes a delay state over the places: the contents of each at the start, and one step
// later, from the place behind it now. Nothing follows the last place. The last place is a part of
// its own, since a subscript cannot point beyond the end of a dimension. Count is told again, now
// that the variable has its places.
func (p *pipeline) line(name string, first func(resolved.Expr) resolved.Expr,
	later func(place, follows resolved.Expr) resolved.Expr) *resolved.Variable {
	v := p.hiddenVariable(p.name+"."+name, resolved.DelayState, p.free)
	v.Over = append(v.Over, p.places)
	p.Count(v)
	n := len(p.places.Elements)
	part := func(at []int, expr func(*resolved.Loop) resolved.Expr) *resolved.Part {
		l := &resolved.Loop{Dim: p.places, At: at}
		one := p.hiddenParts(v, p.free, expr(l))[0]
		one.Loops = append(one.Loops, l)
		return one
	}
	v.Parts = []*resolved.Part{part(box.Count(n),
		func(l *resolved.Loop) resolved.Expr { return first(p.over(l, 0).number) })}
	v.Input = []*resolved.Part{
		part(box.Count(n-1), func(l *resolved.Loop) resolved.Expr {
			here := p.over(l, 1)
			return later(here.number, p.at(v, here.at))
		}),
		part([]int{n - 1}, func(l *resolved.Loop) resolved.Expr { return later(p.over(l, 0).number, tree.Number(0)) }),
	}
	return v
}

// at returns the contents of a place.
func (p *pipeline) at(v *resolved.Variable, place resolved.Pos) resolved.Expr {
	r := mention(v, p.free).(*resolved.Ref)
	r.At = append(r.At, place)
	return r
}

// isFilled returns whether a place is within the present delay.
func (p *pipeline) isFilled(place resolved.Expr) resolved.Expr {
	return tree.Apply(resolved.Lt, place, p.steps)
}

// enters returns whether a place is the one where the input is put.
func (p *pipeline) enters(place resolved.Expr) resolved.Expr {
	return tree.Apply(resolved.Eq, place, tree.Apply(resolved.Sub, p.steps, tree.Number(1)))
}

// information comes out once: a value that overtakes earlier ones discards them, and until the
// next one comes out the last is held.
func (p *pipeline) information() resolved.Expr {
	input, initial := p.bind["input"], p.bind["initial"]
	v := p.line("line", func(resolved.Expr) resolved.Expr { return initial },
		func(place, follows resolved.Expr) resolved.Expr {
			last := tree.Apply(resolved.Sub, p.steps, tree.Number(1))
			return &resolved.If{Cond: tree.Apply(resolved.Ge, place, last), Then: input, Else: follows}
		})
	return p.first(v)
}

// material is conserved: an amount that catches up with earlier ones comes out together with
// them. Where nothing comes out, the value is the one given for that.
func (p *pipeline) material() resolved.Expr {
	input, initial, otherwise := p.bind["input"], p.bind["initial"], p.bind["otherwise"]
	v := p.line("line", func(place resolved.Expr) resolved.Expr {
		return &resolved.If{Cond: p.isFilled(place), Then: initial, Else: tree.Number(0)}
	}, func(place, follows resolved.Expr) resolved.Expr {
		return &resolved.If{Cond: p.enters(place), Then: tree.Apply(resolved.Add, follows, input), Else: follows}
	})
	if c, is := otherwise.(*resolved.Const); is && c.Value == 0 {
		return p.first(v)
	}
	there := p.line("there", p.isFilled, func(place, follows resolved.Expr) resolved.Expr {
		return &resolved.If{Cond: p.enters(place), Then: tree.Number(1), Else: follows}
	})
	return &resolved.If{Cond: p.at(there, resolved.Pos{}), Then: p.first(v), Else: otherwise}
}

// conveyor loses a fraction of everything on the way at every step, of the input too, but not
// of the output.
func (p *pipeline) conveyor() resolved.Expr {
	input, leak, initial := p.bind["input"], p.bind["leak"], p.bind["initial"]
	left := p.hide(p.name+".left", resolved.Aux,
		tree.Apply(resolved.Sub, tree.Number(1), tree.Apply(resolved.Mul, leak, tree.StepSize())))
	v := p.line("line", func(place resolved.Expr) resolved.Expr {
		return &resolved.If{Cond: p.isFilled(place), Then: initial, Else: tree.Number(0)}
	}, func(place, follows resolved.Expr) resolved.Expr {
		return tree.Apply(resolved.Mul, left,
			&resolved.If{Cond: p.enters(place), Then: tree.Apply(resolved.Add, follows, input), Else: follows})
	})
	return p.first(v)
}

// MaxPlaces bounds the places of a conveyor or pipeline.
const MaxPlaces = 20_000
