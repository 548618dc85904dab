package random

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/model/method"
)

var forGood = math.Inf(1)

const (
	dataFile = "data.csv"
	dataText = "when,what\n0,1\n1,3\n2.5,2\n4,-1\n"
)

// clock chooses the method and the step; 0.1 and thirds are no binary fractions.
func (g *generator) clock() {
	g.step = []float64{1, 0.25, 0.1, 0.125, 0.2, 0.5}[g.choose(6, "step")]
	g.start = []float64{0, 2025, 0.5, -3}[g.choose(4, "start")]
	steps := 2 + g.choose(30, "steps")
	every := []int{1, 2, 5}[g.choose(3, "save")]
	steps += (every - steps%every) % every
	g.stop = g.start + float64(steps)*g.step
	fixed := method.Fixed()
	method := fixed[g.choose(len(fixed), "method")]
	g.head = append(g.head, fmt.Sprintf("name = \"Random\"\n\n[time]\nstart = %v\nstop = %v\nstep = %v\nsave = %v\nunit = \"year\"\nmethod = %q\n",
		g.start, g.stop, g.step, g.step*float64(every), method))
}

// dimensions are up to two, the first one ordered, with a subrange.
func (g *generator) dimensions() {
	for i := range g.choose(3, "dimensions") {
		d := &dimension{name: []string{"da", "db"}[i]}
		for j := range 1 + g.choose(4, "elements") {
			d.elements = append(d.elements, fmt.Sprintf("%c%d", 'a'+i, j+1))
		}
		g.dims = append(g.dims, d)
		text := fmt.Sprintf("[dimension.%s]\nelements = [%s]\n", d.name, quoted(d.elements))
		if i == 0 {
			text += "ordered = true\n"
		}
		g.tables = append(g.tables, text)
	}
	if len(g.dims) > 0 && len(g.dims[0].elements) > 2 {
		g.subrange(g.dims[0])
	}
}

// subrange adds a dimension of two adjacent elements of another.
func (g *generator) subrange(of *dimension) {
	first := g.choose(2, "first of subrange")
	d := &dimension{name: "part", elements: of.elements[first : first+2], of: of}
	g.dims = append(g.dims, d)
	g.tables = append(g.tables, fmt.Sprintf("[dimension.part]\nof = %q\nelements = [%s]\n", of.name,
		quoted(d.elements)))
}

// quoted returns words as the elements of a TOML array.
func quoted(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fmt.Sprintf("%q", w)
	}
	return strings.Join(out, ", ")
}

// over chooses the dimensions of a variable: none, one or two different ones.
func (g *generator) over() []*dimension {
	var over []*dimension
	for _, d := range g.dims {
		if g.maybe(2, "over "+d.name) && !slices.ContainsFunc(over, d.related) {
			over = append(over, d)
		}
	}
	return over
}

// related says whether two dimensions share elements.
func (d *dimension) related(e *dimension) bool {
	return d == e || d.of == e || e.of == d
}

// inputs are constants, decisions, lookups and data.
func (g *generator) inputs() {
	for i := range g.choose(4, "constants") {
		v := &variable{name: fmt.Sprintf("c%d", i), over: g.over(), safe: true,
			kind: []string{"constant", "decision"}[g.choose(2, "kind of input")]}
		g.inputs_ = append(g.inputs_, v)
		g.tables = append(g.tables, v.header()+"value = "+g.values(v.over)+"\n")
	}
	for i := range g.choose(3, "lookups") {
		v := &variable{name: fmt.Sprintf("l%d", i), kind: "lookup", over: g.over(), safe: true}
		g.lookups = append(g.lookups, v)
		g.tables = append(g.tables, g.lookup(v))
	}
	if g.maybe(3, "data") {
		v := &variable{name: "d0", kind: "data", safe: true}
		g.data = append(g.data, v)
		g.tables = append(g.tables, v.header()+"file = \""+dataFile+"\"\ntime = \"when\"\nvalue = \"what\"\nbeyond = \"extend\"\n")
	}
}

// header returns the first lines of a variable's table.
func (v *variable) header() string {
	text := fmt.Sprintf("[%s.%s]\n", v.kind, v.name)
	if len(v.over) == 0 {
		return text
	}
	names := make([]string, len(v.over))
	for i, d := range v.over {
		names[i] = d.name
	}
	return text + "over = [" + quoted(names) + "]\n"
}

// values returns one number for all elements, or a nested list.
func (g *generator) values(over []*dimension) string {
	if len(over) == 0 {
		return strings.Trim(g.number(), "()")
	}
	items := make([]string, len(over[0].elements))
	for i := range items {
		items[i] = g.values(over[1:])
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// lookup has points of its own for every element.
func (g *generator) lookup(v *variable) string {
	text := v.header()
	text += []string{"", "beyond = \"extend\"\n", "", "beyond = \"extend\"\n", "", "beyond = \"hold\"\n",
		"beyond = \"error\"\n", "between = \"previous\"\n", "between = \"next\"\n", "between = \"exact\"\n", "beyond = \"na\"\n"}[g.choose(11, "beyond")]
	if len(v.over) == 0 {
		return text + "points = " + g.points() + "\n"
	}
	text += fmt.Sprintf("[lookup.%s.at]\n", v.name)
	for _, key := range keys(v.over) {
		text += fmt.Sprintf("%q = %s\n", key, g.points())
	}
	return text
}

// keys name every element, as element keys do.
func keys(over []*dimension) []string {
	all := []string{""}
	for i, d := range over {
		var longer []string
		for _, before := range all {
			for _, e := range d.elements {
				if i > 0 {
					e = before + ", " + e
				}
				longer = append(longer, e)
			}
		}
		all = longer
	}
	return all
}

// points returns the points of a lookup in rising order, now and then with a jump.
func (g *generator) points() string {
	x := -1.0
	var points []string
	for range 1 + g.choose(5, "points") {
		points = append(points, fmt.Sprintf("[%v, %s]", x, strings.Trim(g.number(), "()")))
		x += []float64{1, 0.5, 0.3, 4}[g.choose(4, "next x")]
	}
	return "[" + strings.Join(points, ", ") + "]"
}

// declare chooses names and dimensions of variables with equations, and ties flows to
// stocks: a flow leaves at most one stock and enters at most one.
func (g *generator) declare() {
	for i := range 1 + g.choose(4, "stocks") {
		s := &variable{name: fmt.Sprintf("s%d", i), kind: "stock", over: g.over(), safe: true}
		s.limited = g.maybe(3, "non-negative")
		g.stocks = append(g.stocks, s)
	}
	for i := range 1 + g.choose(7, "rates") {
		v := &variable{name: fmt.Sprintf("v%d", i), kind: "aux", over: g.over(), safe: g.maybe(4, "safe")}
		if g.maybe(2, "flow") {
			v.kind = "flow"
			g.connect(v)
		}
		g.rates = append(g.rates, v)
	}
	for i, s := range g.stocks {
		if len(s.inflow)+len(s.outflow) == 0 {
			v := &variable{name: fmt.Sprintf("f%d", i), kind: "flow", over: s.over}
			s.inflow = append(s.inflow, v)
			g.rates = append(g.rates, v)
		}
	}
}

// connect makes a flow leave one stock and enter another, or one of both.
func (g *generator) connect(flow *variable) {
	into := g.choose(len(g.stocks)+1, "into") - 1
	from := g.choose(len(g.stocks)+1, "out of") - 1
	switch {
	case into >= 0:
		flow.over = g.stocks[into].over
	case from >= 0:
		flow.over = g.stocks[from].over
	default:
		into = 0
		flow.over = g.stocks[0].over
	}
	if into >= 0 {
		g.stocks[into].inflow = append(g.stocks[into].inflow, flow)
	}
	if from >= 0 && from != into && slices.Equal(g.stocks[from].over, flow.over) {
		s := g.stocks[from]
		s.outflow = append(s.outflow, flow)
		if s.limited {
			flow.limited, flow.safe = true, false
		}
	}
}
