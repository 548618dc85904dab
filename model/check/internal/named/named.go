// Package named finds the feedback loops that a model names in its [loop.x] tables.
package named

import (
	"fmt"
	"strings"

	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
	"weir/model/structure"
)

// Find finds the loop of each [loop.x] in a resolved model, and reports those that name none or
// several.
func Find(c *state.State, r *resolved.Model) {
	var g *structure.Graph
	seen := map[string]*document.NamedLoop{}
	for _, l := range c.Model.Loops {
		module := moduleOf(c.Model, l)
		names, ok := known(c, l, module != "")
		if !ok {
			continue
		}
		if g == nil {
			g = structure.Links(r, nil)
		}
		found := within(g, module).LoopsThrough(names)
		if len(found) != 1 {
			if module == "" {
				report(c, l, found)
			}
			continue
		}
		out := &resolved.NamedLoop{Name: l.Name, Label: l.Label}
		for _, n := range found[0] {
			out.Through = append(out.Through, n.Variable)
		}
		if first := seen[key(out)]; first != nil {
			c.Report(code.SameLoop, l.Span, "keep one of the two", "the loop %s is the loop %s", l.Name, first.Name)
			c.Relate(first.Span, first.Name+" is here")
			continue
		}
		seen[key(out)] = l
		r.Loops = append(r.Loops, out)
	}
}

// moduleOf returns the module in whose file a loop is named; "" for the model's own.
func moduleOf(m *document.Model, l *document.NamedLoop) string {
	for _, mod := range m.Modules {
		if strings.HasPrefix(l.Name, mod.Name+".") {
			return mod.Name
		}
	}
	return ""
}

// within returns the part of a graph inside a module, all of it for "". A loop that a module names is
// one of the module: through the rest of the model others may pass its variables. It is reported
// where the module's file is checked, and is left out here if the model binds a part of it.
func within(g *structure.Graph, module string) *structure.Graph {
	if module == "" {
		return g
	}
	inside := func(n *structure.Node) bool { return strings.HasPrefix(n.Name, module+".") }
	out := &structure.Graph{}
	for _, n := range g.Nodes {
		if inside(n) {
			out.Nodes = append(out.Nodes, n)
		}
	}
	for _, l := range g.Links {
		if inside(l.From) && inside(l.To) {
			out.Links = append(out.Links, l)
		}
	}
	return out
}

// key returns a text by which equal loops are equal: the names from the first one on.
func key(l *resolved.NamedLoop) string {
	first := 0
	for i, v := range l.Through {
		if v.Name < l.Through[first].Name {
			first = i
		}
	}
	var b strings.Builder
	for i := range l.Through {
		b.WriteString(l.Through[(first+i)%len(l.Through)].Name + " ")
	}
	return b.String()
}

// known returns the variables of a loop by their names in the model; ok is false, and a report made
// unless silent is set, if one is not declared or cannot be part of a loop.
func known(c *state.State, l *document.NamedLoop, silent bool) (names []string, ok bool) {
	if ok = len(l.Through) > 0; !ok && !silent {
		c.Report(code.NoSuchLoop, l.Span, "write the variables that it passes", "the loop %s passes nothing", l.Name)
	}
	for i, name := range l.Through {
		at := l.Span
		if i < len(l.Spans) {
			at = l.Spans[i]
		}
		v := c.Names[name]
		if v == nil {
			v = c.Names[equation.Canonical(name)]
		}
		switch {
		case silent && (v == nil || !loopable(v)):
			return nil, false
		case v == nil:
			all := c.VariableNames(func(*document.Variable) bool { return true })
			c.Report(code.UnknownName, at, diagnostic.DidYouMean(name, all), "%q is not declared", name)
			ok = false
			continue
		case !loopable(v):
			c.Report(code.NoSuchLoop, at, "name stocks, flows or auxiliaries",
				"%s is %s, on which nothing in the model acts, so that no loop passes it", name,
				document.WithArticle(v.Kind))
			ok = false
		}
		names = append(names, v.Name)
	}
	return names, ok
}

// loopable reports whether a variable can be part of a loop.
func loopable(v *document.Variable) bool {
	return v.Kind != document.KindConstant && v.Kind != document.KindDecision && v.Kind != document.KindData
}

// mostShown is how many of several loops a hint writes out.
const mostShown = 3

// words joins alternatives as in a sentence.
func words(list []string) string {
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " or " + list[last]
}

// report reports a loop that is none or several.
func report(c *state.State, l *document.NamedLoop, found [][]*structure.Node) {
	way := strings.Join(l.Through, " → ")
	if len(found) == 0 {
		hint := "name variables in the order in which one acts on the next; weir inspect --print=loops lists loops"
		c.Report(code.NoSuchLoop, l.Span, hint, "no feedback loop passes %s in this order", way)
		return
	}
	var ways []string
	for _, nodes := range found[:min(len(found), mostShown)] {
		var names []string
		for _, n := range nodes {
			names = append(names, fmt.Sprintf("%q", n.Name))
		}
		ways = append(ways, "["+strings.Join(names, ", ")+"]")
	}
	if len(found) > mostShown {
		ways = append(ways, "another one")
	}
	c.Report(code.SeveralLoops, l.Span, "write one of them out: through = "+words(ways),
		"several feedback loops pass %s", way)
}
