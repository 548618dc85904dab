package declare

import (
	"fmt"
	"slices"

	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
)

// collectFlows connects stocks and flows: every stock has a flow, and every flow is the inflow
// of at most one stock and the outflow of at most one.
// A flow that no stock has is reported only if all lists of flows are right: it may be meant by one
// that is not.
func (c *declarer) collectFlows() {
	before := len(c.List)
	f := flowUse{State: c.State, in: map[string]*document.Variable{}, out: map[string]*document.Variable{}}
	for _, v := range c.Model.Variables {
		if v.Kind == document.KindStock {
			f.stock(v)
		}
	}
	if len(c.List) > before {
		return
	}
	for _, v := range c.Model.Variables {
		if v.Kind == document.KindFlow && f.in[v.Name] == nil && f.out[v.Name] == nil && !c.Bad[v] && v.Module == "" {
			c.Report(code.UnusedFlow, v.Span,
				fmt.Sprintf("make it [aux.%s], or name it in a stock's inflow or outflow", v.Name),
				"the flow %s fills and drains no stock", v)
		}
	}
}

// flowUse remembers which stock each flow fills and which it drains.
type flowUse struct {
	*state.State
	// stocks by the name of their flow
	in, out map[string]*document.Variable
}

// stock notes the flows of a stock.
func (f flowUse) stock(s *document.Variable) {
	if len(s.Inflow)+len(s.Outflow) == 0 && !f.Bad[s] {
		f.Bad[s] = true
		f.Report(code.StockWithoutFlows, s.Span,
			fmt.Sprintf("make it [constant.%s], or add inflow or outflow", state.LastPart(s.Name)),
			"the stock %s has no flows, so it never changes", s)
	}
	for _, name := range s.Inflow {
		f.use(s, name, "inflow", f.in)
	}
	for _, name := range s.Outflow {
		if slices.Contains(s.Inflow, name) {
			f.Bad[s] = true
			f.Report(code.FlowUsedTwice, s.SpanOf("outflow"),
				"a flow leads from one stock to another, or from or to outside",
				"%s flows into %s and out of it", state.Name(name), s)
			continue
		}
		f.use(s, name, "outflow", f.out)
	}
}

// use notes that a stock names a flow. Users has the stock of each flow for the key, and gets this
// one if the name is right. Later passes skip a stock with a mistake here, since its balance is not
// known.
func (f flowUse) use(s *document.Variable, name, key string, users map[string]*document.Variable) {
	v := f.Names[name]
	if v == nil && f.Unread(name) {
		f.Bad[s] = true
		return
	}
	if v == nil || v.Kind != document.KindFlow {
		f.Bad[s] = true
		f.Report(code.UnknownFlow, s.SpanOf(key), f.suggestFlow(name, v), "%s of %s: %s", key, s,
			f.notAFlow(name, v))
		return
	}
	if users[name] == s {
		f.Bad[s] = true
		f.Report(code.FlowUsedTwice, s.SpanOf(key), "name it once", "%s is named twice in the %s of %s",
			state.Name(name),
			key, s)
		return
	}
	if other := users[name]; other != nil {
		f.Bad[s] = true
		f.Report(code.FlowUsedTwice, s.SpanOf(key), "give each stock a flow of its own",
			"%s is the %s of both %s and %s", state.Name(name), key, other, s)
		f.Relate(other.SpanOf(key), "first used here")
		return
	}
	users[name] = s
	if !slices.Equal(v.Over, s.Over) && !f.Bad[v] && !f.Bad[s] {
		f.Bad[s], f.Bad[v] = true, true
		f.Report(code.FlowDimensions, s.SpanOf(key),
			"a flow has the dimensions of its stock, in the same order", "%s is %s, but its %s %s is %s",
			s, document.OverWords(s.Over), key, state.Name(name), document.OverWords(v.Over))
		f.Relate(v.Span, f.Shown(name)+" is declared here")
	}
}

// notAFlow returns why a name in a list of flows is wrong.
func (f flowUse) notAFlow(name string, v *document.Variable) string {
	if v == nil {
		return fmt.Sprintf("%q is not declared", name)
	}
	return fmt.Sprintf("%s is not a flow but %s", f.Shown(name), document.WithArticle(v.Kind))
}

// suggestFlow returns a hint for a name in a list of flows that is no flow.
func (f flowUse) suggestFlow(name string, v *document.Variable) string {
	if v != nil {
		return fmt.Sprintf("make it [flow.%s]", state.LastPart(name))
	}
	flows := f.VariableNames(func(v *document.Variable) bool { return v.Kind == document.KindFlow })
	if near := diagnostic.Nearest(name, flows); near != "" {
		return "did you mean " + near + "?"
	}
	if tree, _ := equation.Parse(name); tree != nil {
		if _, single := tree.(*equation.Name); !single {
			return `flows are listed by name: ["hiring", "transfer"], each with a table of its own; outflows go into outflow`
		}
	}
	return fmt.Sprintf("declare it: [flow.%s] equation = \"…\"", state.LastPart(name))
}
