// Package twin puts a base run and copies of it with other decisions into one model, so that
// a copy can read a variable of the base run in place of its own.
//
// A channel is held by making its readers in a copy read the base's variable. Both are states
// of one run: they have the same step, stage and time, so a reader sees the very bits of
// the base run under every integration method, without a recorded series and without
// interpolation. The engines need nothing new, and the reference evaluator is an oracle for
// it as for any other model.
package twin

import (
	"fmt"
	"slices"
	"strings"

	"weir/model/resolved"
)

// A Plan says what is put into one model.
type Plan struct {
	Model     *resolved.Model
	Decisions []Decision           // that differ between base and copies
	Holds     []Hold               // that copies may be told to make
	Keep      []*resolved.Variable // whose values are wanted; see Copy
	Copies    int
}

// A Decision has variants, numbered from 1, beside its value in the base.
type Decision struct {
	Variable *resolved.Variable
	Variants int
}

// A Hold makes readers in a copy see the values of the base. Hidden variables count as part of
// their owners. A variable of Of that reads another one of Of sees the copy's own value, so
// that what is held goes on by itself.
type Hold struct {
	Of []*resolved.Variable // declared
	In []*resolved.Variable // declared; nil: all readers
}

// Names of the constants and decisions that steer a copy, counted from 1, and of its columns.
// A number sign cannot be in a name of a model file.

// Variant returns the name of a variant of a decision, whose value Settings.Changes give.
func Variant(decision string, n int) string { return suffixed(decision, fmt.Sprintf("#variant%d", n)) }

// Which returns the name of the constant that chooses a copy's variant of a decision; at 0 the
// copy has the base's.
func Which(decision string, copy int) string { return fmt.Sprintf("%s#which%d", decision, copy) }

// Held returns the name of the constant that, if it is not 0, makes hold i (from 0) in a copy.
func Held(i, copy int) string { return fmt.Sprintf("#hold%d.%d", i, copy) }

// Copy returns the name in a copy of a column, "x" or "x[a,b]"; copy 0 is the base. A variable
// on which no decision of the plan acts has one name only, which Model.Name gives.
func Copy(column string, copy int) string {
	if copy == 0 {
		return column
	}
	return suffixed(column, fmt.Sprintf("#copy%d", copy))
}

// suffixed puts a suffix behind the variable of a column.
func suffixed(column, suffix string) string {
	name, elements, found := strings.Cut(column, "[")
	if !found {
		return name + suffix
	}
	return name + suffix + "[" + elements
}

// A maker makes the model of a plan.
type maker struct {
	plan     Plan
	out      *resolved.Model
	affected map[*resolved.Variable]bool   // a changed decision acts on it
	needed   []map[*resolved.Variable]bool // by copy; 0 is the base with all that copies share
	clones   []map[*resolved.Variable]*resolved.Variable
	parts    []map[*resolved.Part]*resolved.Part
	variants map[*resolved.Variable][]*resolved.Variable
	which    []map[*resolved.Variable]*resolved.Variable // by copy
	holds    [][]*resolved.Variable                      // by copy and hold
	holding  map[*resolved.Variable][]int                // by declared variable: the holds that it is in
}

// Make returns the model. It shares loops, dimensions and tables with the plan's model, and
// neither of them may change. Limits and guards are left out: they count and refuse, and the
// plan's model has been run with them.
func Make(p Plan) *resolved.Model {
	m := &maker{plan: p, out: &resolved.Model{
		Name: p.Model.Name, Time: p.Model.Time, Tables: p.Model.Tables, Dimensions: p.Model.Dimensions,
	}, holding: map[*resolved.Variable][]int{}, variants: map[*resolved.Variable][]*resolved.Variable{}}
	for i, h := range p.Holds {
		for _, v := range h.Of {
			m.holding[v] = append(m.holding[v], i)
		}
	}
	m.spread()
	m.choose()
	m.steer()
	m.declare()
	for c := range p.Copies + 1 {
		m.fill(c)
	}
	return m.out
}

// spread finds the variables on which a changed decision acts.
func (m *maker) spread() {
	readers := map[*resolved.Variable][]*resolved.Variable{}
	for _, v := range m.plan.Model.Variables {
		for _, u := range Inputs(v) {
			readers[u] = append(readers[u], v)
		}
	}
	m.affected = map[*resolved.Variable]bool{}
	var queue []*resolved.Variable
	for _, d := range m.plan.Decisions {
		queue = append(queue, d.Variable)
	}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		for _, r := range readers[v] {
			if !m.affected[r] {
				m.affected[r] = true
				queue = append(queue, r)
			}
		}
	}
}

// choose finds the variables that each copy and the base need for what is kept.
func (m *maker) choose() {
	m.needed = make([]map[*resolved.Variable]bool, m.plan.Copies+1)
	for c := range m.needed {
		m.needed[c] = map[*resolved.Variable]bool{}
	}
	for _, v := range m.plan.Keep {
		for c := range m.needed {
			m.need(v, c)
		}
	}
}

// need marks a variable in a copy with all that it is computed from.
func (m *maker) need(v *resolved.Variable, copy int) {
	if !m.affected[v] {
		copy = 0
	}
	if m.needed[copy][v] {
		return
	}
	m.needed[copy][v] = true
	for _, u := range Inputs(v) {
		m.need(u, copy)
		if copy > 0 && len(m.holdsOf(u, v)) > 0 {
			m.need(u, 0)
		}
	}
}

// steer declares the variants of decisions and the constants that choose.
func (m *maker) steer() {
	m.which = make([]map[*resolved.Variable]*resolved.Variable, m.plan.Copies+1)
	m.holds = make([][]*resolved.Variable, m.plan.Copies+1)
	for _, d := range m.plan.Decisions {
		for n := range d.Variants {
			v := *d.Variable
			v.Name, v.Kind = Variant(v.Name, n+1), resolved.Decision
			m.variants[d.Variable] = append(m.variants[d.Variable], m.add(&v))
		}
	}
	for c := 1; c <= m.plan.Copies; c++ {
		m.which[c] = map[*resolved.Variable]*resolved.Variable{}
		for _, d := range m.plan.Decisions {
			m.which[c][d.Variable] = m.constant(Which(d.Variable.Name, c))
		}
		for i := range m.plan.Holds {
			m.holds[c] = append(m.holds[c], m.constant(Held(i, c)))
		}
	}
}

// constant declares a constant of value 0.
func (m *maker) constant(name string) *resolved.Variable {
	return m.add(&resolved.Variable{Name: name, Label: name, Kind: resolved.Constant, Unit: "1",
		Parts: []*resolved.Part{{Expr: &resolved.Const{}}}})
}

// add gives a variable its place.
func (m *maker) add(v *resolved.Variable) *resolved.Variable {
	v.ID = len(m.out.Variables)
	m.out.Variables = append(m.out.Variables, v)
	return v
}

// declare makes the variables of base and copies, without their equations.
func (m *maker) declare() {
	m.clones = make([]map[*resolved.Variable]*resolved.Variable, m.plan.Copies+1)
	m.parts = make([]map[*resolved.Part]*resolved.Part, m.plan.Copies+1)
	for c := range m.clones {
		m.clones[c] = map[*resolved.Variable]*resolved.Variable{}
		m.parts[c] = map[*resolved.Part]*resolved.Part{}
		for _, v := range m.plan.Model.Variables {
			if m.has(v, c) {
				x := *v
				x.Name = Copy(v.Name, c)
				m.clones[c][v] = m.add(&x)
			}
		}
	}
	for c, clones := range m.clones {
		for _, v := range m.plan.Model.Variables {
			if x := clones[v]; x != nil && x.Owner != nil {
				// The owner may not be needed; then the original serves for its name.
				if own := m.clones[m.home(x.Owner, c)][x.Owner]; own != nil {
					x.Owner = own
				}
			}
		}
	}
}

// has reports whether a variable is declared in a copy. Base and copies share constants, and
// the data and equations that no changed decision moves.
func (m *maker) has(v *resolved.Variable, copy int) bool {
	if copy == 0 && (v.Kind == resolved.Constant || v.Kind == resolved.Decision) {
		return true // settings may name it
	}
	return m.needed[copy][v]
}

// home returns the copy in which a variable of a copy is: the base if all share it.
func (m *maker) home(v *resolved.Variable, copy int) int {
	if m.affected[v] {
		return copy
	}
	return 0
}

// fill gives the variables of a copy their equations, in the order of the plan's model. Those
// of the base come first, so that copies may read them.
func (m *maker) fill(copy int) {
	for _, v := range m.plan.Model.Variables {
		x := m.clones[copy][v]
		if x == nil {
			continue
		}
		x.Parts, x.Input, x.Delay = m.all(v, v.Parts, copy), m.all(v, v.Input, copy), m.all(v, v.Delay, copy)
	}
	for _, a := range m.plan.Model.Init {
		if x := m.clones[copy][a.Var]; x != nil {
			m.out.Init = append(m.out.Init, resolved.Assign{Var: x, Part: m.part(a.Var, a.Part, copy)})
		}
	}
	for _, a := range m.plan.Model.Flows {
		if x := m.clones[copy][a.Var]; x != nil {
			m.out.Flows = append(m.out.Flows, resolved.Assign{Var: x, Part: m.part(a.Var, a.Part, copy)})
		}
	}
	for _, v := range m.plan.Model.Variables {
		if x := m.clones[copy][v]; x != nil {
			x.Inflows, x.Outflows = m.flows(v, v.Inflows, copy), m.flows(v, v.Outflows, copy)
		}
	}
}

// all returns equations as a copy has them.
func (m *maker) all(v *resolved.Variable, parts []*resolved.Part, copy int) []*resolved.Part {
	if parts == nil {
		return nil
	}
	out := make([]*resolved.Part, len(parts))
	for i, p := range parts {
		out[i] = m.part(v, p, copy)
	}
	return out
}

// part returns an equation of v as a copy has it. One part gives one result, since an order of
// evaluation names parts of variables.
func (m *maker) part(v *resolved.Variable, p *resolved.Part, copy int) *resolved.Part {
	if known := m.parts[copy][p]; known != nil {
		return known
	}
	x := *p
	x.Expr = resolved.Rewrite(p.Expr, func(r *resolved.Ref) resolved.Expr { return m.read(v, r, copy) })
	m.parts[copy][p] = &x
	return &x
}

// read returns what an equation of v reads in a copy where the plan's model has r.
func (m *maker) read(v *resolved.Variable, r *resolved.Ref, copy int) resolved.Expr {
	at := func(x *resolved.Variable) *resolved.Ref { return &resolved.Ref{Var: x, At: r.At} }
	own := resolved.Expr(at(m.clones[m.home(r.Var, copy)][r.Var]))
	if copy == 0 {
		return own
	}
	for n, variant := range m.variants[r.Var] {
		chosen := &resolved.Apply{Op: resolved.Eq,
			Args: []resolved.Expr{&resolved.Ref{Var: m.which[copy][r.Var]}, &resolved.Const{Value: float64(n + 1)}}}
		own = &resolved.If{Cond: chosen, Then: at(variant), Else: own}
	}
	if !m.affected[r.Var] {
		return own
	}
	for _, i := range m.holdsOf(r.Var, v) {
		own = &resolved.If{Cond: &resolved.Ref{Var: m.holds[copy][i]}, Then: at(m.clones[0][r.Var]), Else: own}
	}
	return own
}

// holdsOf returns the holds under which v sees the base's value of u.
func (m *maker) holdsOf(u, v *resolved.Variable) []int {
	from, to := owner(u), owner(v)
	if from == to || !m.affected[u] {
		return nil
	}
	var list []int
	for _, i := range m.holding[from] {
		h := m.plan.Holds[i]
		if !slices.Contains(h.Of, to) && (h.In == nil || slices.Contains(h.In, to)) {
			list = append(list, i)
		}
	}
	return list
}

// flows returns the flows of a stock as a copy has them. A stock reads its flows, so one that
// may be held gets a variable of its own with what the stock sees.
func (m *maker) flows(stock *resolved.Variable, list []*resolved.Variable, copy int) []*resolved.Variable {
	var out []*resolved.Variable
	for _, f := range list {
		own := m.clones[m.home(f, copy)][f]
		if copy > 0 && len(m.holdsOf(f, stock)) > 0 {
			own = m.seen(stock, f, copy)
		}
		out = append(out, own)
	}
	return out
}

// seen adds the variable that a stock sees in place of a flow.
func (m *maker) seen(stock, f *resolved.Variable, copy int) *resolved.Variable {
	x := &resolved.Variable{Name: Copy(f.Name, copy) + "#into#" + stock.Name, Label: f.Label, Unit: f.Unit,
		Kind: resolved.Flow, Hidden: true, Owner: m.clones[copy][f], Over: f.Over, Span: f.Span}
	part := &resolved.Part{Span: f.Span}
	ref := &resolved.Ref{Var: f}
	for _, d := range f.Over {
		l := &resolved.Loop{Dim: d, At: make([]int, len(d.Elements))}
		for i := range l.At {
			l.At[i] = i
		}
		part.Loops = append(part.Loops, l)
		ref.At = append(ref.At, resolved.Pos{Loop: l, Map: l.At})
	}
	part.Expr = m.read(stock, ref, copy)
	x.Parts = []*resolved.Part{part}
	m.out.Flows = append(m.out.Flows, resolved.Assign{Var: m.add(x), Part: part})
	return x
}

// owner returns the declared variable that a variable belongs to.
func owner(v *resolved.Variable) *resolved.Variable {
	if v.Hidden && v.Owner != nil {
		return v.Owner
	}
	return v
}
