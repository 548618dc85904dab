package random

import (
	"fmt"
	"strings"
)

// belt is a conveyor of its own, whose contents and outflow other equations may use.
// It takes from inputs only, so that nothing that uses it closes a circle.
func (g *generator) belt() {
	if !strings.Contains(g.head[0], "euler") || !g.maybe(4, "conveyor") {
		return
	}
	over := g.over()
	s := &scope{generator: g, over: over, visible: append(append([]*variable(nil), g.inputs_...), g.data...),
		safe: true, depth: 1}
	stock := &variable{name: "b0", kind: "stock", over: over, safe: true}
	out := &variable{name: "b1", kind: "flow", over: over, safe: true}
	in := &variable{name: "b2", kind: "flow", over: over}
	leak := &variable{name: "b3", kind: "flow", over: over}
	outflow, belt := "\"b1\"", fmt.Sprintf("[stock.b0.conveyor]\ntransit = \"%v + abs(sin(time))\"\n", 2.3*g.step)
	if g.maybe(2, "leak") {
		outflow, belt = "\"b3\", \"b1\"", belt+"leak = [\"b3\"]\n"
		g.tables = append(g.tables, leak.header()+"equation = \"abs(sin("+s.expression()+"))\"\n")
		if g.maybe(2, "exponential") {
			belt += "exponential = true\n"
		}
		if g.maybe(2, "zone") {
			belt += "zone = { b3 = [0.3, 0.9] }\n"
		}
	}
	if g.maybe(3, "sample") {
		belt += "sample = \"(" + s.expression() + ") > 0\"\n"
	}
	if g.maybe(3, "start") {
		belt += "start = [3, 0, 1.5]\n"
	}
	if g.maybe(2, "capacity") {
		belt += "capacity = \"abs(" + s.expression() + ")\"\n"
	}
	if g.maybe(3, "arrest") {
		belt += "arrest = \"(" + s.expression() + ") > 1\"\n"
	}
	g.tables = append(g.tables,
		stock.header()+"initial = \"abs("+s.expression()+")\"\ninflow = [\"b2\"]\noutflow = ["+outflow+"]\n"+belt,
		out.header(),
		in.header()+"equation = \"max(-5, min(5, "+s.expression()+"))\"\n")
	g.data = append(g.data, stock, out)
}
