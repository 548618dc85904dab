package sim

import (
	"testing"

	"weir/model/resolved"
)

// What does not depend on a varied constant has one number for all members, although
// values in passing take each other's slots.
func TestLanesShareWhatMembersShare(t *testing.T) {
	b := newModel(0, 2, 1)
	c := b.constant("c", 2)
	k := b.constant("k", 3)
	own := b.stock("own", num(1))
	all := b.stock("all", num(1))
	term := func(x *resolved.Variable) resolved.Expr {
		y := apply(resolved.Exp, neg(mul(ref(x), now())))
		return apply(resolved.Sqrt, add(y, apply(resolved.Abs, ref(x))))
	}
	first := b.flow("first", mul(term(c), ref(own)))
	second := b.flow("second", mul(term(k), ref(all)))
	third := b.aux("third", add(term(c), ref(second)))
	own.Inflows, all.Inflows = []*resolved.Variable{first}, []*resolved.Variable{second}
	p := b.compile(t)
	lp := newLaneProgram(t.Context(), p, 4, []int{p.slot[c.ID]})
	for _, x := range []struct {
		v    *resolved.Variable
		want bool
	}{{c, true}, {k, false}, {own, true}, {all, false}, {first, true}, {second, false}, {third, true}} {
		if lp.varies[p.slot[x.v.ID]] != x.want {
			t.Errorf("%s varies: %v, want %v", x.v.Name, !x.want, x.want)
		}
	}
	if len(lp.same.netFlows) != 1 || len(lp.differ.netFlows) != 1 {
		t.Errorf("%d stocks are shared and %d vary, want 1 and 1", len(lp.same.netFlows), len(lp.differ.netFlows))
	}
}

// Between saved rows only what moves stocks is computed.
func TestLanesComputeLessBetweenRows(t *testing.T) {
	b := newModel(0, 4, 1)
	c := b.constant("c", 0.5)
	s := b.stock("s", num(1))
	in := b.flow("in", mul(ref(c), ref(s)))
	b.aux("seen", apply(resolved.Exp, apply(resolved.Sqrt, ref(in))))
	s.Inflows = []*resolved.Variable{in}
	p := b.compile(t)
	needed := neededBetween(p, false)
	count := 0
	for i, in := range p.code[phaseFlows] {
		if needed[i] {
			count++
		}
		if o := in.op; needed[i] && (o == op(resolved.Exp) || o == op(resolved.Sqrt)) {
			t.Errorf("%s is computed though only a saved row shows it", ops[o].name)
		}
	}
	if count != 1 {
		t.Errorf("%d instructions matter, want the one of the flow", count)
	}
}
