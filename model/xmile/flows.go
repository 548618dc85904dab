package xmile

import (
	"maps"
	"slices"

	"weir/model"
)

// flows connects stocks and flows. A flow that fills two stocks, or drains two, is
// written out once more, as each of ours fills and drains at most one.
func (im *importer) flows() { im.flowsOfSpace(im.vars) }

func (im *importer) flowsOfSpace(vars []*variable) {
	for _, v := range vars {
		if v.kind != model.KindStock || v.source != nil {
			continue
		}
		in, out := im.flowsOf(v, "inflow"), im.flowsOf(v, "outflow")
		in, out = throughout(v, in, out)
		for _, f := range in {
			v.inflow = append(v.inflow, im.use(v, f, &f.usesIn))
		}
		if v.conveyor != nil {
			im.endOf(v, out)
		}
		for _, f := range out {
			if f.leak {
				v.leaks = append(v.leaks, f.ours)
			}
			f.limited = f.limited || v.nonNeg && v.conveyor == nil
			v.outflow = append(v.outflow, im.use(v, f, &f.usesOut))
		}
	}
}

// throughout leaves out what flows in and out again, which changes nothing.
func throughout(v *variable, in, out []*variable) (i, o []*variable) {
	enters := map[*variable]bool{}
	for _, f := range in {
		enters[f] = true
	}
	both := map[*variable]bool{}
	for _, f := range out {
		if enters[f] {
			both[f] = true
			v.note(model.Equivalent, "%s flows in and out and changes nothing", f.name)
		}
	}
	is := func(f *variable) bool { return both[f] }
	return slices.DeleteFunc(in, is), slices.DeleteFunc(out, is)
}

// flowsOf are the flows that a stock names, in order.
func (im *importer) flowsOf(v *variable, key string) []*variable {
	var out []*variable
	seen := map[*variable]bool{}
	for _, n := range v.n.all(key) {
		t := n.text()
		f := v.sp.find([]string{canonical(trimQuotes(t.s))}, im.top)
		if f == nil {
			f = v.sp.find(splitPath(t.s), im.top)
		}
		if f == nil {
			hint := ""
			if near := im.nearest(canonical(t.s), func() []string { return slices.Sorted(maps.Keys(v.sp.vars)) }); near != "" {
				hint = "did you mean " + near + "?"
			}
			im.report(model.UnknownFlow, t.span(im.file), hint, "%s: the %s %q is not in the model", v.name, key, t.s)
			continue
		}
		if seen[f] {
			im.warn(Repaired, t.span(im.file), "", "%s names %s twice", v.name, f.name)
			continue
		}
		seen[f] = true
		out = append(out, f)
	}
	return out
}

func trimQuotes(s string) string {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// use is the name under which a stock has a flow.
func (im *importer) use(stock, f *variable, uses *int) string {
	*uses++
	if f.kind == model.KindFlow && f.source == nil && *uses == 1 && len(f.over) == len(stock.over) {
		return f.ours
	}
	if f.kind == model.KindAux && f.source == nil && *uses == 1 && f.table == "" {
		f.kind = model.KindFlow
		f.note(model.Equivalent, "named as a flow of %s, so it is one", stock.name)
		return f.ours
	}
	name := im.take(f.ours+"_of_"+stock.ours, "_flow")
	copied := im.newVariable(f, name, model.KindFlow)
	copied.Over = nil
	for _, d := range stock.over {
		copied.Over = append(copied.Over, d.ours)
	}
	copied.Equation = words(f.ours, stock.n.start).text(stock.n.span(im.file))
	copied.About = ""
	stock.note(model.Equivalent, "%s is written once more as its flow", f.name)
	stock.copies = append(stock.copies, copied)
	return name
}
