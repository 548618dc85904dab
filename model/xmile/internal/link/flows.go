package link

import (
	"maps"
	"slices"
	"strings"

	"weir/model"
	"weir/model/equation"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// Flows connects stocks and flows. A flow that fills two stocks, or drains two, is
// written out once more, as each of ours fills and drains at most one.
func (k *Linker) Flows() { k.FlowsOfSpace(k.Vars) }

// FlowsOfSpace connects the stocks among some variables with their flows: those of a whole
// model, or of one use of a macro.
func (k *Linker) FlowsOfSpace(vars []*source.Variable) {
	for _, v := range vars {
		if v.Kind != model.KindStock || v.Source != nil {
			continue
		}
		// The order of inflows does not matter; that of outflows is their priority where the
		// stock cannot be negative.
		in, out := k.flowsOf(v, "inflow"), k.flowsOf(v, "outflow")
		in, out = throughout(v, in, out)
		for _, f := range in {
			k.spread(v, f)
			if m := f.Node.Kid("multiplier"); m != nil && !expr.Blank(m.Text().Value) {
				v.Inflow = append(v.Inflow, k.converted(v, f))
				continue
			}
			v.Inflow = append(v.Inflow, k.use(v, f, &f.UsesIn))
		}
		if v.Conveyor != nil {
			k.endOf(v, out)
		}
		for _, f := range k.byNeed(v, out) {
			if source.BatchKind(v) != "" {
				f.Batch = v.Name
			}
			if f.Leak {
				v.Leaks = append(v.Leaks, f)
			}
			// A limited flow differs while initial values are computed: its stock is not there yet.
			f.Limited = f.Limited || v.NonNeg && v.Conveyor == nil
			v.Outflow = append(v.Outflow, k.use(v, f, &f.UsesOut))
			if v.NonNeg && v.Conveyor == nil && source.Sums(f, v) {
				k.Approximate(v, f.Node.Span(k.Sources),
					"%s, the sum of an array, is held back when the stock runs empty, but its elements elsewhere are not", f.Name)
			}
		}
	}
}

// throughout leaves out flows that are both inflow and outflow of a stock, which change
// nothing.
// It changes the given slices in place and notes each such flow.
func throughout(v *source.Variable, in, out []*source.Variable) (i, o []*source.Variable) {
	enters := map[*source.Variable]bool{}
	for _, f := range in {
		enters[f] = true
	}
	both := map[*source.Variable]bool{}
	for _, f := range out {
		if enters[f] {
			both[f] = true
			v.Note(model.Equivalent, "%s flows in and out and changes nothing", f.Name)
		}
	}
	is := func(f *source.Variable) bool { return both[f] }
	return slices.DeleteFunc(in, is), slices.DeleteFunc(out, is)
}

// flowsOf returns the flows that a stock names, in order.
// A name that is not in the model is reported with the nearest one; a flow that is named twice
// counts once.
func (k *Linker) flowsOf(v *source.Variable, key string) []*source.Variable {
	var out []*source.Variable
	seen := map[*source.Variable]bool{}
	for _, n := range v.Node.All(key) {
		t := n.Text()
		f := k.flowNamed(v, t.Value)
		if f == nil {
			hint := ""
			if near := k.Nearest(naming.Canonical(t.Value),
				func() []string { return slices.Sorted(maps.Keys(v.Space.Vars)) }); near != "" {
				hint = "did you mean " + near + "?"
			}
			k.Report(model.UnknownFlow, t.Span(k.Sources), hint, "%s: the %s %q is not in the model", v.Name, key,
				t.Value)
			continue
		}
		if seen[f] {
			k.Warn(scan.Repaired, t.Span(k.Sources), "", "%s names %s twice", v.Name, f.Name)
			continue
		}
		seen[f] = true
		out = append(out, f)
	}
	return out
}

// flowNamed returns the variable that a stock names as a flow, or nil.
// A name with a dot may be one name or a path, and is tried in this order.
func (k *Linker) flowNamed(v *source.Variable, name string) *source.Variable {
	if f := v.Space.Find([]string{naming.Canonical(naming.TrimQuotes(name))}, k.Top); f != nil {
		return f
	}
	return v.Space.Find(naming.SplitPath(name), k.Top)
}

// flowsNamed returns the variables that a stock names as flows, without a report of names
// that are not in the model.
func (k *Linker) flowsNamed(v *source.Variable, key string) []*source.Variable {
	var out []*source.Variable
	for _, n := range v.Node.All(key) {
		if f := k.flowNamed(v, n.Text().Value); f != nil {
			out = append(out, f)
		}
	}
	return out
}

// use returns the name under which a stock has a flow.
// The first use of a flow over the dimensions of its stock is the flow itself; any other is a
// copy of it, with the same value.
// uses counts the stocks that have the flow on the same side, this one included.
func (k *Linker) use(stock, f *source.Variable, uses *int) string {
	*uses++
	if f.Kind == model.KindFlow && f.Source == nil && *uses == 1 && slices.Equal(f.Over, stock.Over) {
		return f.Ours
	}
	// Translators write the rate of a stock as an auxiliary.
	if f.Kind == model.KindAux && f.Source == nil && *uses == 1 && f.Table == "" {
		f.Kind = model.KindFlow
		f.Note(model.Equivalent, "named as a flow of %s, so it is one", stock.Name)
		return f.Ours
	}
	name := k.Take(f.Ours+"_of_"+stock.Ours, "_flow")
	copied := k.NewVariable(f, name, model.KindFlow)
	copied.Over = nil
	for _, d := range stock.Over {
		copied.Over = append(copied.Over, d.Ours)
	}
	how := "%s is written once more as its flow"
	if source.Sums(f, stock) {
		how = "%s flows with the sum of its elements"
	}
	if *uses > 1 {
		k.shared(stock, f, uses)
	}
	at := stock.Node.Span(k.Sources)
	copied.Equation = k.Text(stock, f.Into(stock, equation.Span{Start: at.Start, End: at.Start + 1}), at)
	copied.About = ""
	stock.Note(model.Equivalent, how, f.Name)
	stock.Copies = append(stock.Copies, copied)
	return name
}

// shared warns of a flow that two stocks have as an outflow, or as an inflow: each of them
// loses or gains all of it, so that what flows is counted twice.
func (k *Linker) shared(stock, f *source.Variable, uses *int) {
	side, verb := "out of", "loses"
	if uses == &f.UsesIn {
		side, verb = "into", "gains"
	}
	k.Warn(scan.SharedFlow, stock.Node.Span(k.Sources), "write a flow for each stock, with the share that is its own",
		"%s flows %s %s and %s another stock: each %s all of it, as if there were two flows", f.Name, side, stock.Name, side,
		verb)
}

// converted returns the name under which a stock is filled by a flow with a multiplier.
// The equation of the copy is made later from stock.Conversions, when all names are known.
func (k *Linker) converted(stock, f *source.Variable) string {
	out := k.NewVariable(f, k.Take(f.Ours+"_into_"+stock.Ours, "_flow"), model.KindFlow)
	out.Over, out.Units, out.About = nil, "", ""
	for _, d := range stock.Over {
		out.Over = append(out.Over, d.Ours)
	}
	stock.Note(model.Equivalent, "what %s brings is written as a flow of its own, with the multiplier", f.Name)
	stock.Copies = append(stock.Copies, out)
	stock.Conversions = append(stock.Conversions, source.Conversion{Flow: f, Out: out})
	return out.Name
}

// spread refuses inflows that enter a conveyor elsewhere than at its beginning.
func (k *Linker) spread(v, f *source.Variable) {
	if v.Conveyor == nil {
		return
	}
	for _, a := range f.Node.Attrs {
		if how := strings.ToLower(a.Value.Value); strings.HasSuffix(strings.ToLower(a.Name), "spreadflow") &&
			how != "" && how != "none" && how != "beginning" {
			k.Reject(v, a.Value.Span(k.Sources), "let it enter at the beginning",
				"%s is spread over the conveyor (%s), which is not supported", f.Name, a.Value.Value)
		}
	}
}
