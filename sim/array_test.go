package sim

import (
	"fmt"
	"math"
	"testing"

	"weir/model/resolved"
)

// A cube is a model with an array over three dimensions whose numbers tell their place,
// 100i + 10j + k, and two over one.
type cube struct {
	*builder
	a, b, c   *resolved.Dimension
	row, page *resolved.Variable // over b, a
	moving    *resolved.Variable // over a, b, c; a decision, so that nothing is hoisted
}

func newCube(t *testing.T) *cube {
	t.Helper()
	x := &cube{builder: newModel(0, 1, 1), a: dimension("a", "a0", "a1", "a2"), b: dimension("b", "b0", "b1"), c: dimension("c", "c0", "c1", "c2", "c3")}
	x.moving = x.add("moving", resolved.Decision, x.a, x.b, x.c)
	for i := range 3 {
		for j := range 2 {
			for k := range 4 {
				one := []*resolved.Loop{{Dim: x.a, At: []int{i}}, {Dim: x.b, At: []int{j}}, {Dim: x.c, At: []int{k}}}
				x.moving.Parts = append(x.moving.Parts, part(x.moving, num(bigAt(i, j, k)), one...))
			}
		}
	}
	x.row, x.page = x.values("row", x.b, 5, 7), x.values("page", x.a, 2, 3, 4)
	return x
}

func bigAt(i, j, k int) float64 { return float64(100*i + 10*j + k) }

// expect compares an array with a formula for its elements.
func expect(t *testing.T, r *Result, v *resolved.Variable, want func(at []int) float64) {
	t.Helper()
	for e := range v.Size() {
		at := make([]int, len(v.Over))
		for k, n := len(v.Over)-1, e; k >= 0; k-- {
			at[k] = n % len(v.Over[k].Elements)
			n /= len(v.Over[k].Elements)
		}
		name := elementName(v.Name, v.Over, e)
		if got := r.Series(name)[1]; got != want(at) {
			t.Errorf("%s is %v, want %v", name, got, want(at))
		}
	}
}

// Operands over fewer dimensions are the same along the others, wherever those stand.
func TestBroadcast(t *testing.T) {
	x := newCube(t)
	l := loops(x.a, x.b, x.c)
	v := x.add("v", resolved.Aux, x.a, x.b, x.c)
	x.set(v, add(mul(ref(x.moving, l...), ref(x.row, l[1])), ref(x.page, l[0])), l...)
	expect(t, x.run(t, Settings{}), v, func(at []int) float64 {
		return bigAt(at[0], at[1], at[2])*[]float64{5, 7}[at[1]] + []float64{2, 3, 4}[at[0]]
	})
}

// Any order of dimensions may be read in any other.
func TestTransposed(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		x := newCube(t)
		dims := []*resolved.Dimension{x.a, x.b, x.c}
		v := x.add("v", resolved.Aux, dims[order[0]], dims[order[1]], dims[order[2]])
		l := loops(v.Over...)
		place := make([]*resolved.Loop, 3) // by dimension
		for i, o := range order {
			place[o] = l[i]
		}
		x.set(v, add(ref(x.moving, place...), num(1)), l...)
		expect(t, x.run(t, Settings{}), v, func(at []int) float64 {
			var p [3]int
			for i, o := range order {
				p[o] = at[i]
			}
			return bigAt(p[0], p[1], p[2]) + 1
		})
	}
}

// Positions may be shifted, backward, repeated or in no order at all, on both sides of
// an equation.
func TestMappedPositions(t *testing.T) {
	for _, m := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 1, 1, 1}, {2, 0, 3, 1}, {0, 0, 1, 1}} {
		x := newCube(t)
		l := loops(x.b, x.c)
		read := &resolved.Ref{Var: x.moving, At: []resolved.Pos{{Fixed: 2}, {Loop: l[0], Map: []int{1, 0}}, {Loop: l[1], Map: m}}}
		v := x.add("v", resolved.Aux, x.b, x.c)
		x.set(v, mul(read, num(2)), l...)
		w := x.add("w", resolved.Aux, x.c)
		for _, at := range [][]int{{3, 0}, {2, 1}} {
			some := &resolved.Loop{Dim: x.c, At: at}
			x.set(w, add(ref(v, &resolved.Loop{Dim: x.b, At: []int{0}}, some), num(1)), some)
		}
		r := x.run(t, Settings{})
		want := func(j, k int) float64 { return 2 * bigAt(2, 1-j, m[k]) }
		expect(t, r, v, func(at []int) float64 { return want(at[0], at[1]) })
		expect(t, r, w, func(at []int) float64 { return want(0, at[0]) + 1 })
	}
}

// Every reduction over every set of dimensions, of a plain array and of an expression,
// has the bits of adding up one by one.
func TestReductions(t *testing.T) {
	for _, op := range []resolved.Op{resolved.Sum, resolved.Prod, resolved.Min, resolved.Max} {
		for set := 1; set < 8; set++ {
			t.Run(fmt.Sprint(ops[op].name, set), func(t *testing.T) { testReduction(t, op, set) })
		}
	}
}

func testReduction(t *testing.T, op resolved.Op, set int) {
	x := newCube(t)
	all := loops(x.a, x.b, x.c)
	var own, around []*resolved.Loop
	var over []*resolved.Dimension
	for k, l := range all {
		if set&(1<<k) != 0 {
			own = append(own, l)
		} else {
			around, over = append(around, l), append(over, l.Dim)
		}
	}
	plain := x.add("plain", resolved.Aux, over...)
	x.set(plain, &resolved.Reduce{Op: op, Loops: own, X: ref(x.moving, all...)}, around...)
	scaled := x.add("scaled", resolved.Aux, over...)
	inner := div(add(ref(x.moving, all...), num(0.1)), ref(x.row, all[1]))
	x.set(scaled, sub(&resolved.Reduce{Op: op, Loops: own, X: inner}, num(1)), around...)
	r := x.run(t, Settings{})
	for _, v := range []*resolved.Variable{plain, scaled} {
		expect(t, r, v, func(at []int) float64 {
			value := reductions[op].identity
			var p [3]int
			for i := range size(own) {
				setTurns(&p, all, around, at)
				setTurns(&p, all, own, iterationOf(own, i))
				e := bigAt(p[0], p[1], p[2])
				if v == scaled {
					e = (e + 0.1) / []float64{5, 7}[p[1]]
				}
				value = reductions[op].step.Of(value, e)
			}
			if v == scaled {
				value--
			}
			return value
		})
	}
}

// setTurns notes the turns of some of the loops.
func setTurns(p *[3]int, all, some []*resolved.Loop, turn []int) {
	for i, l := range some {
		for k := range all {
			if all[k] == l {
				p[k] = turn[i]
			}
		}
	}
}

// A reduction inside a reduction, and one of what does not depend on its loop.
func TestNestedReduction(t *testing.T) {
	x := newCube(t)
	l := loops(x.a, x.b, x.c)
	v := x.add("v", resolved.Aux, x.a)
	highest := &resolved.Reduce{Op: resolved.Max, Loops: l[2:], X: ref(x.moving, l...)}
	x.set(v, &resolved.Reduce{Op: resolved.Sum, Loops: l[1:2], X: mul(highest, ref(x.row, l[1]))}, l[0])
	w := x.add("w", resolved.Aux)
	x.set(w, &resolved.Reduce{Op: resolved.Sum, Loops: l[:2], X: ref(x.row, l[1])})
	r := x.run(t, Settings{})
	expect(t, r, v, func(at []int) float64 { return bigAt(at[0], 0, 3)*5 + bigAt(at[0], 1, 3)*7 })
	expect(t, r, w, func([]int) float64 { return 36 })
}

// The branch that is not taken does not show, element by element.
func TestBranchesOfArrays(t *testing.T) {
	x := newCube(t)
	l := loops(x.a, x.b, x.c)
	v := x.add("v", resolved.Aux, x.a, x.b, x.c)
	big := ref(x.moving, l...)
	x.set(v, &resolved.If{Cond: apply(resolved.Gt, big, num(0)), Then: div(num(1), big), Else: num(-1)}, l...)
	expect(t, x.run(t, Settings{}), v, func(at []int) float64 {
		if e := bigAt(at[0], at[1], at[2]); e > 0 {
			return 1 / e
		}
		return -1
	})
}

// Every operation gives the same alone and in each loop of its own.
func TestArraysAgreeWithScalars(t *testing.T) {
	odd := []float64{-2.5, 0, 0.5, 3, math.Copysign(0, -1), 0.9, 7}
	d := dimension("d", "a", "b", "c", "d", "e", "f", "g")
	for o := resolved.Add; o < resolved.Sum; o++ {
		for walking := range 1 << o.Arity() {
			b := newModel(0, 1, 1)
			x := b.values("x", d, odd...)
			x.Kind = resolved.Decision
			l := loops(d)
			v := b.add("v", resolved.Aux, d)
			args, want := make([]resolved.Expr, o.Arity()), make([]float64, o.Arity())
			for k := range args {
				args[k] = at(x, 2+k)
				if walking&(1<<k) != 0 {
					args[k] = ref(x, l...)
				}
			}
			b.set(v, apply(o, args...), l...)
			p := b.compile(t)
			r, err := p.begin(t.Context(), Settings{}, 1)
			if err != nil {
				t.Fatal(err)
			}
			r.evaluate()
			for i := range odd {
				for k := range want {
					want[k] = odd[2+k]
					if walking&(1<<k) != 0 {
						want[k] = odd[i]
					}
				}
				got := r.v[p.slot[v.ID]+i]
				if w := o.Of(want...); math.Float64bits(got) != math.Float64bits(w) && got == got {
					t.Errorf("%s of %v is %v, want %v", ops[o].name, want, got, w)
				}
			}
		}
	}
}

// A quotient by a power of 2 is the product with its inverse, also where it is subnormal
// or too large; other numbers have no exact inverse.
func TestQuotientsByPowersOfTwo(t *testing.T) {
	numbers := []float64{0, math.Copysign(0, -1), 1, -3, 1. / 3, 5e-324, 0x1.8p-1060, 0x1.fffffffffffffp-1000, 0x1p-1022, math.MaxFloat64, -1e300, math.Inf(1), math.NaN()}
	v := append(make([]float64, 2+len(numbers)), numbers...)
	d, a := v[2:][:len(numbers)], 2+len(numbers)
	k := &arrayCode{n: len(numbers), rows: 1}
	inverses := 0
	for _, size := range []float64{1, -1, 1.5, 1 / 3., math.Inf(1), math.NaN(), 0} {
		for e := -1074; e <= 1023; e++ {
			b := math.Ldexp(size, e)
			if exactInverse(b) != 0 {
				inverses++
			}
			v[0], v[1] = b, -2
			for _, c := range []struct {
				loop func([]float64, *arrayCode, [operands]int)
				b    int // place of the second argument; the divisor is at 0
				want func(x float64) float64
			}{{divRowsA, 0, func(x float64) float64 { return x / b }}, {subDivRowsA, 1, func(x float64) float64 { return (x + 2) / b }},
				{mulDivRowsA, 1, func(x float64) float64 { return x * -2 / b }}} {
				c.loop(v, k, [operands]int{2, a, c.b, 0})
				for i, x := range numbers {
					if w := c.want(x); math.Float64bits(d[i]) != math.Float64bits(w) && w == w {
						t.Fatalf("%v by %v is %v, want %v", x, b, d[i], w)
					}
				}
			}
		}
	}
	if want := 2 * 2045; inverses != want {
		t.Errorf("%d numbers have an exact inverse, want %d", inverses, want)
	}
}

// Arrays stay loops: code does not grow with them.
func TestArraysStayLoops(t *testing.T) {
	instructions := func(n int) int {
		d := dimension("d")
		for i := range n {
			d.Elements = append(d.Elements, fmt.Sprint("e", i))
		}
		b := newModel(0, 1, 1)
		y := b.stock("y", num(1), d)
		l := loops(d)
		f := b.add("f", resolved.Flow, d)
		b.set(f, add(mul(ref(y, l...), num(0.5)), &resolved.Reduce{Op: resolved.Sum, Loops: l, X: ref(y, l...)}), l...)
		y.Outflows = []*resolved.Variable{f}
		p := b.compile(t)
		return len(p.code[phaseFlows])
	}
	if few, many := instructions(3), instructions(3000); few != many {
		t.Errorf("%d instructions for 3 elements, %d for 3000", few, many)
	}
}
