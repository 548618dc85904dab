package variable

import (
	"fmt"
	"slices"
	"strings"

	"weir/model/structure"
	"weir/sim"
)

// trees makes the trees of causes and uses, and the strips.
func (x *teller) trees(g *structure.Graph, depth int) {
	into, from := map[*structure.Node][]*structure.Link{}, map[*structure.Node][]*structure.Link{}
	for _, l := range g.Links {
		into[l.To] = append(into[l.To], l)
		from[l.From] = append(from[l.From], l)
	}
	own := g.Node(x.v.Name)
	if own == nil {
		return // a lookup that is only called
	}
	cause := grower{own: own, links: into, end: func(l *structure.Link) *structure.Node { return l.From }}
	use := grower{own: own, links: from, end: func(l *structure.Link) *structure.Node { return l.To }}
	x.out.Causes, x.out.Uses = cause.grow(own, depth), use.grow(own, depth)
	if x.out.NoRun == "" {
		x.strips(into[own])
	}
}

// A grower makes one tree. A variable has its branches once, where it comes first at the least
// depth.
type grower struct {
	own   *structure.Node
	links map[*structure.Node][]*structure.Link
	end   func(*structure.Link) *structure.Node
	known map[*structure.Node]bool
}

// grow returns the branches of a node, level by level, so that the shortest way is shown.
func (g *grower) grow(root *structure.Node, depth int) []*Branch {
	type place struct {
		node *structure.Node
		to   *[]*Branch
		more *int
	}
	var out []*Branch
	var cut int // of the root, which nothing prints: a depth is at least 1
	g.known = map[*structure.Node]bool{root: true}
	level := []place{{root, &out, &cut}}
	for d := 0; len(level) > 0; d++ {
		var next []place
		for _, p := range level {
			if d >= depth {
				*p.more = len(g.links[p.node])
				continue
			}
			for _, l := range g.links[p.node] {
				n := g.end(l)
				b := &Branch{Name: n.Name, Kind: string(n.Kind), Sign: l.Sign.String(), Delayed: l.Delayed, Initial: l.Initial,
					Own: n == g.own, Known: g.known[n] && n != g.own}
				*p.to = append(*p.to, b)
				if !g.known[n] {
					g.known[n] = true
					next = append(next, place{n, &b.Branches, &b.More})
				}
			}
		}
		level = next
	}
	return out
}

// strips takes the courses of the variable and of its causes, in the order of the tree. A cause that
// acts on the start only has no course to compare.
func (x *teller) strips(causes []*structure.Link) {
	x.out.Time = slices.Clone(x.result.Time)
	add := func(name, sign, unit string) {
		if s, ok := x.strip(name); ok {
			s.Sign, s.Unit = sign, unit
			x.out.Strips = append(x.out.Strips, s)
		}
	}
	add(x.v.Name, "", x.v.Units)
	for _, l := range causes {
		if !l.Initial {
			add(l.From.Name, l.Sign.String(), l.From.Unit)
		}
	}
}

// strip returns the course of a variable: of the element asked for if it has that, else the mean over
// its elements.
func (x *teller) strip(name string) (Strip, bool) {
	if x.out.Element != "" {
		if got := x.result.Series(name + "[" + x.out.Element + "]"); got != nil {
			return Strip{Name: name + "[" + x.out.Element + "]", Values: got}, true
		}
	}
	var sum []float64
	n := 0
	for i, c := range x.result.Columns {
		if c.Variable != name {
			continue
		}
		if sum == nil {
			sum = make([]float64, len(x.result.Time))
		}
		n++
		for row := range sum {
			sum[row] += x.result.Row(row)[i]
		}
	}
	if n > 1 {
		for row := range sum {
			sum[row] /= float64(n)
		}
		return Strip{Name: name, Mean: n, Values: sum}, true
	}
	return Strip{Name: name, Values: sum}, n == 1
}

// checkElement returns an error if the element asked for is not one of the variable.
func (x *teller) checkElement() error {
	if x.out.Element == "" || x.result == nil || x.result.Series(x.v.Name+"["+x.out.Element+"]") != nil {
		return nil
	}
	if len(x.v.Over) == 0 {
		return fmt.Errorf("%s is a single number, so %s[%s] names nothing", x.v.Name, x.v.Name, x.out.Element)
	}
	return fmt.Errorf("%s has no element %s: it is over %s%s", x.v.Name, x.out.Element, strings.Join(x.v.Over, ", "),
		firstElements(x.result, x.v.Name))
}

// firstElements returns some elements of a variable, in parentheses.
func firstElements(r *sim.Result, name string) string {
	var list []string
	for _, c := range r.Columns {
		if c.Variable == name && len(list) < 3 {
			list = append(list, strings.Join(c.Elements, ","))
		}
	}
	if list == nil {
		return ""
	}
	return " (" + strings.Join(list, "; ") + " …)"
}
