package xmile

import (
	"maps"
	"slices"
	"strings"

	"weir/model"
)

// flows connects stocks and flows. A flow that fills two stocks, or drains two, is
// written out once more, as each of ours fills and drains at most one.
func (k *linker) flows() { k.flowsOfSpace(k.vars) }

func (k *linker) flowsOfSpace(vars []*variable) {
	for _, v := range vars {
		if v.kind != model.KindStock || v.source != nil {
			continue
		}
		in, out := k.flowsOf(v, "inflow"), k.flowsOf(v, "outflow")
		in, out = throughout(v, in, out)
		for _, f := range in {
			k.spread(v, f)
			if m := f.n.kid("multiplier"); m != nil && !blank(m.text().s) {
				v.inflow = append(v.inflow, k.convert(v, f))
				continue
			}
			v.inflow = append(v.inflow, k.use(v, f, &f.usesIn))
		}
		if v.conveyor != nil {
			k.endOf(v, out)
		}
		for _, f := range k.byNeed(v, out) {
			if batchKind(v) != "" {
				f.batch = v.name
			}
			if f.leak {
				v.leaks = append(v.leaks, f)
			}
			f.limited = f.limited || v.nonNeg && v.conveyor == nil
			v.outflow = append(v.outflow, k.use(v, f, &f.usesOut))
			if v.nonNeg && v.conveyor == nil && sums(f, v) {
				k.approximate(v, f.n.span(k.file), "%s, the sum of an array, is held back when the stock runs empty, but its elements elsewhere are not", f.name)
			}
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
func (k *linker) flowsOf(v *variable, key string) []*variable {
	var out []*variable
	seen := map[*variable]bool{}
	for _, n := range v.n.all(key) {
		t := n.text()
		f := v.sp.find([]string{canonical(trimQuotes(t.s))}, k.top)
		if f == nil {
			f = v.sp.find(splitPath(t.s), k.top)
		}
		if f == nil {
			hint := ""
			if near := k.nearest(canonical(t.s), func() []string { return slices.Sorted(maps.Keys(v.sp.vars)) }); near != "" {
				hint = "did you mean " + near + "?"
			}
			k.report(model.UnknownFlow, t.span(k.file), hint, "%s: the %s %q is not in the model", v.name, key, t.s)
			continue
		}
		if seen[f] {
			k.warn(Repaired, t.span(k.file), "", "%s names %s twice", v.name, f.name)
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
func (k *linker) use(stock, f *variable, uses *int) string {
	*uses++
	if f.kind == model.KindFlow && f.source == nil && *uses == 1 && slices.Equal(f.over, stock.over) {
		return f.ours
	}
	if f.kind == model.KindAux && f.source == nil && *uses == 1 && f.table == "" {
		f.kind = model.KindFlow
		f.note(model.Equivalent, "named as a flow of %s, so it is one", stock.name)
		return f.ours
	}
	name := k.take(f.ours+"_of_"+stock.ours, "_flow")
	copied := k.newVariable(f, name, model.KindFlow)
	copied.Over = nil
	for _, d := range stock.over {
		copied.Over = append(copied.Over, d.ours)
	}
	text, how := f.ours, "%s is written once more as its flow"
	if sums(f, stock) {
		text, how = "sum("+f.ours+f.summedTo(stock)+")", "%s flows with the sum of its elements"
	}
	copied.Equation = words(text, stock.n.start).text(stock.n.span(k.file))
	copied.About = ""
	stock.note(model.Equivalent, how, f.name)
	stock.copies = append(stock.copies, copied)
	return name
}

// A conversion is a flow that fills a stock with another amount than it takes elsewhere:
// its multiplier times as much (XMILE 1.0, 4.3).
type conversion struct {
	flow *variable
	out  *model.Variable
}

// convert is the name under which a stock is filled by a flow with a multiplier.
func (k *linker) convert(stock, f *variable) string {
	out := k.newVariable(f, k.take(f.ours+"_into_"+stock.ours, "_flow"), model.KindFlow)
	out.Over, out.Units, out.About = nil, "", ""
	for _, d := range stock.over {
		out.Over = append(out.Over, d.ours)
	}
	stock.note(model.Equivalent, "what %s brings is written as a flow of its own, with the multiplier", f.name)
	stock.copies = append(stock.copies, out)
	stock.conversions = append(stock.conversions, conversion{f, out})
	return out.Name
}

// fill gives it its equation, once equations can be read.
func (c conversion) fill(im *lowerer, stock *variable) {
	n := c.flow.n.kid("multiplier")
	by := im.part(c.flow, n, nil, false)
	what := c.flow.ours
	if sums(c.flow, stock) {
		what = "sum(" + what + c.flow.summedTo(stock) + ")"
	}
	c.out.Equation = compose("$1 * ($2)", n.start, words(what, n.start), by.text).text(n.text().span(im.file))
}

// sums reports whether a flow has dimensions that its stock has not: all of its
// elements flow then.
func sums(f, stock *variable) bool {
	return slices.ContainsFunc(f.over, func(d *dimension) bool { return stock.own(d) == nil })
}

// own is the dimension of a variable that is, or has the elements of, another one.
func (v *variable) own(d *dimension) *dimension {
	for _, o := range v.over {
		if o == d || o.root() == d.root() {
			return o
		}
	}
	return nil
}

// summedTo are the subscripts of a flow where it is added up for a stock.
func (f *variable) summedTo(stock *variable) string {
	var list []subscript
	for _, d := range f.over {
		if own := stock.own(d); own != nil {
			list = append(list, subscript{text: own.ours})
		} else {
			list = append(list, subscript{text: "*"})
		}
	}
	return brackets(list)
}

// spread refuses what enters a conveyor elsewhere than at its beginning.
func (k *linker) spread(v, f *variable) {
	if v.conveyor == nil {
		return
	}
	for _, a := range f.n.attrs {
		if how := strings.ToLower(a.value.s); strings.HasSuffix(strings.ToLower(a.name), "spreadflow") && how != "" && how != "none" && how != "beginning" {
			k.reject(v, a.value.span(k.file), "let it enter at the beginning", "%s is spread over the belt (%s), which is not supported", f.name, a.value.s)
		}
	}
}
