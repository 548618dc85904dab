package sim

import (
	"testing"

	"weir/model/resolved"
)

// A builder writes resolved models for tests. Equations are added in the order of
// evaluation.
type builder struct {
	resolved.Model
}

func newModel(start, stop, step float64) *builder {
	return &builder{resolved.Model{Name: "test", Time: resolved.Time{Start: start, Stop: stop, Step: step, Save: step, Unit: "year", Method: "euler"}}}
}

func dimension(name string, elements ...string) *resolved.Dimension {
	return &resolved.Dimension{Name: name, Elements: elements, Ordered: true}
}

func (b *builder) add(name string, kind resolved.Kind, over ...*resolved.Dimension) *resolved.Variable {
	v := &resolved.Variable{ID: len(b.Variables), Name: name, Label: name, Kind: kind, Over: over}
	b.Variables = append(b.Variables, v)
	return v
}

// loops over all elements of the dimensions.
func loops(over ...*resolved.Dimension) []*resolved.Loop {
	var list []*resolved.Loop
	for _, d := range over {
		l := &resolved.Loop{Dim: d}
		for i := range d.Elements {
			l.At = append(l.At, i)
		}
		list = append(list, l)
	}
	return list
}

// part gives v an equation over loops; all elements if there are none.
func part(v *resolved.Variable, e resolved.Expr, over ...*resolved.Loop) *resolved.Part {
	if over == nil {
		over = loops(v.Over...)
	}
	return &resolved.Part{Loops: over, Expr: e}
}

func (b *builder) constant(name string, x float64, over ...*resolved.Dimension) *resolved.Variable {
	v := b.add(name, resolved.Constant, over...)
	v.Parts = []*resolved.Part{part(v, num(x))}
	return v
}

// values gives a constant over one dimension a number for each element.
func (b *builder) values(name string, d *resolved.Dimension, x ...float64) *resolved.Variable {
	v := b.add(name, resolved.Constant, d)
	for i := range x {
		v.Parts = append(v.Parts, part(v, num(x[i]), &resolved.Loop{Dim: d, At: []int{i}}))
	}
	return v
}

func (b *builder) decision(name string, x float64, over ...*resolved.Dimension) *resolved.Variable {
	v := b.constant(name, x, over...)
	v.Kind = resolved.Decision
	return v
}

func (b *builder) stock(name string, initial resolved.Expr, over ...*resolved.Dimension) *resolved.Variable {
	v := b.add(name, resolved.Stock, over...)
	v.Parts = []*resolved.Part{part(v, initial)}
	b.Init = append(b.Init, resolved.Assign{Var: v, Part: v.Parts[0]})
	return v
}

func (b *builder) aux(name string, e resolved.Expr, over ...*resolved.Dimension) *resolved.Variable {
	v := b.add(name, resolved.Aux, over...)
	b.set(v, e, loops(over...)...)
	return v
}

func (b *builder) flow(name string, e resolved.Expr, over ...*resolved.Dimension) *resolved.Variable {
	v := b.aux(name, e, over...)
	v.Kind = resolved.Flow
	return v
}

// set gives v an equation over loops, to be evaluated next.
func (b *builder) set(v *resolved.Variable, e resolved.Expr, over ...*resolved.Loop) {
	p := &resolved.Part{Loops: over, Expr: e}
	v.Parts = append(v.Parts, p)
	b.Flows = append(b.Flows, resolved.Assign{Var: v, Part: p})
}

func (b *builder) memory(name string, input, delay, first resolved.Expr) *resolved.Variable {
	v := b.add(name, resolved.DelayState)
	v.Parts = []*resolved.Part{part(v, first)}
	v.Input = []*resolved.Part{part(v, input)}
	if delay != nil {
		v.Delay = []*resolved.Part{part(v, delay)}
	}
	b.Init = append(b.Init, resolved.Assign{Var: v, Part: v.Parts[0]})
	return v
}

func (b *builder) table(name string, beyond resolved.Beyond, xy ...float64) *resolved.Table {
	t := &resolved.Table{ID: len(b.Tables), Name: name, Points: make([][]resolved.Point, 1), Beyond: beyond}
	for i := 0; i < len(xy); i += 2 {
		t.Points[0] = append(t.Points[0], resolved.Point{X: xy[i], Y: xy[i+1]})
	}
	b.Tables = append(b.Tables, t)
	return t
}

func num(x float64) resolved.Expr { return &resolved.Const{Value: x} }

// ref reads a variable by its own dimensions, with the given loops in their order.
func ref(v *resolved.Variable, over ...*resolved.Loop) resolved.Expr {
	r := &resolved.Ref{Var: v}
	for i := range v.Over {
		r.At = append(r.At, resolved.Pos{Loop: over[i], Map: over[i].At})
	}
	return r
}

// at reads one element.
func at(v *resolved.Variable, positions ...int) resolved.Expr {
	r := &resolved.Ref{Var: v}
	for _, p := range positions {
		r.At = append(r.At, resolved.Pos{Fixed: p})
	}
	return r
}

func apply(op resolved.Op, args ...resolved.Expr) resolved.Expr {
	return &resolved.Apply{Op: op, Args: args}
}

func sub(a, b resolved.Expr) resolved.Expr { return apply(resolved.Sub, a, b) }
func mul(a, b resolved.Expr) resolved.Expr { return apply(resolved.Mul, a, b) }
func div(a, b resolved.Expr) resolved.Expr { return apply(resolved.Div, a, b) }
func neg(a resolved.Expr) resolved.Expr    { return apply(resolved.Neg, a) }
func add(a, b resolved.Expr) resolved.Expr { return apply(resolved.Add, a, b) }

func now() resolved.Expr      { return &resolved.Clock{Kind: resolved.Now} }
func stepTime() resolved.Expr { return &resolved.Clock{Kind: resolved.StepStart} }
func dt() resolved.Expr       { return &resolved.Clock{Kind: resolved.StepSize} }

// compile makes a program; run runs it to the end.
func (b *builder) compile(t *testing.T, varying ...string) *Program {
	t.Helper()
	p, err := Compile(&b.Model, varying...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t *testing.T, p *Program, s Settings) *Result {
	t.Helper()
	r, err := p.Run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (b *builder) run(t *testing.T, s Settings) *Result {
	t.Helper()
	return run(t, b.compile(t), s)
}
