package xmile

import (
	"math"
	"strconv"
	"strings"

	"weir/model"
)

// endOf says which of a conveyor's outflows is what comes out at its end: the first
// that does not leak. All others leak, whether they say so or not (XMILE 1.0, 3.7.2).
func (k *linker) endOf(v *variable, out []*variable) {
	for _, f := range out {
		switch {
		case f.leak:
		case v.belt == nil:
			v.belt, f.end = f, true
		case f.eqn == nil && len(f.elements) == 0:
			k.reject(v, v.n.span(k.file), "give the one that leaks <leak/> and the share that it takes", "a conveyor with two flows at its end, %s and %s", v.belt.name, f.name)
			return
		default:
			f.leak = true
			v.note(model.Equivalent, "%s, the outflow after %s, leaks on the way", f.name, v.belt.name)
		}
	}
}

// conveyorOdd are what else may stand in a <conveyor>.
var conveyorOdd = map[string]string{
	"discrete": "a discrete conveyor, which moves whole batches,", "fifo": "a conveyor whose contents never overtake each other (FIFO)", "spreadflow": "inflows that are spread over the belt",
}

// lowerConveyor is a stock whose contents move along a belt.
func (im *lowerer) lowerConveyor(v *variable) {
	n := v.conveyor
	for _, a := range n.attrs {
		if what := conveyorOdd[strings.ToLower(a.name[strings.IndexByte(a.name, ':')+1:])]; what != "" && !strings.EqualFold(a.value.s, "false") && !strings.EqualFold(a.value.s, "beginning") {
			im.reject(v, a.value.span(im.file), "", "%s is not supported", what)
		}
	}
	if l := n.kid("len"); l == nil || blank(l.text().s) {
		im.report(model.MissingKey, n.span(im.file), "", "%s: the conveyor has no <len>", v.name)
		v.left = true
		return
	}
	if t := &im.m.Time; t.Method != "euler" {
		im.approximate(v, n.span(im.file), "a model with a conveyor is run by Euler's method")
		t.Method = "euler"
	}
	c := &model.Conveyor{Transit: im.beltText(v, "len"), Capacity: im.beltText(v, "capacity"), InflowLimit: im.beltText(v, "in_limit"),
		Arrest: im.beltText(v, "arrest"), Sample: im.beltText(v, "sample"), Exponential: strings.EqualFold(n.value("exponential_leak"), "true"), Span: n.span(im.file)}
	for _, f := range v.leaks {
		c.Leak = append(c.Leak, f.ours)
		im.zone(v, f, c)
	}
	parts, listed := im.startOf(v, c)
	if !listed {
		parts = im.parts(v, true)
	}
	out := im.stock(v, parts)
	out.NonNeg = false
	if v.belt == nil { // what comes out goes nowhere
		end := im.newVariable(v, im.take(v.ours+"_end", "_flow"), model.KindFlow)
		end.Units, end.About = "", ""
		out.Outflow = append(out.Outflow, end.Name)
		v.out = append(v.out, end)
	}
	out.Conveyor = c
	v.note(model.Equivalent, "a conveyor of weir's own, with a place for each step of the way")
}

// zone reads where on the way a flow leaks. By the standard that is between two fractions
// of the conveyor's length; where these fall within a place, its middle decides.
func (im *lowerer) zone(v, f *variable, c *model.Conveyor) {
	if n := f.n.kid("leak_integers"); n != nil && flag(f.n, "leak_integers", false) {
		im.reject(v, n.span(im.file), "let it leak fractions", "%s leaks whole numbers only, and the standard does not say from where on the way, which", f.name)
	}
	zone := [2]float64{0, 1}
	var at text
	for i, key := range []string{"leak_start", "leak_end"} {
		a, given := f.n.attr(key)
		if !given {
			continue
		}
		x, err := strconv.ParseFloat(strings.TrimSpace(a.s), 64)
		if at = a; err != nil || !(0 <= x && x <= 1) {
			im.reject(v, a.span(im.file), "0 is where things enter, 1 the end", "%s of %s is %q, which is no fraction of the way", key, f.name, a.s)
			return
		}
		zone[i] = x
	}
	switch {
	case zone == [2]float64{0, 1}:
		return
	case zone[0] >= zone[1]:
		im.reject(v, at.span(im.file), "", "%s leaks between %v and %v of the way, which is nowhere", f.name, zone[0], zone[1])
		return
	}
	if c.Zone == nil {
		c.Zone = map[string][2]float64{}
	}
	c.Zone[f.ours] = zone
	places := im.way(c) / im.m.Time.Step
	if !whole(places*zone[0]) || !whole(places*zone[1]) {
		im.approximate(v, at.span(im.file), "the zone of %s does not end between two places of the way for sure; a place whose middle is in it belongs to it", f.name)
	}
}

// way is a transit time that is a number and stays so, else no number.
func (im *lowerer) way(c *model.Conveyor) float64 {
	x, err := strconv.ParseFloat(strings.TrimSpace(c.Transit.Text), 64)
	if err != nil || !(x > 0) {
		return math.NaN()
	}
	return x
}

// startOf reads an initial value that is a list: what comes out in the first, second …
// unit of time. Only a list of that length is what it seems for sure.
func (im *lowerer) startOf(v *variable, c *model.Conveyor) ([]equationPart, bool) {
	if v.eqn == nil || len(v.over) > 0 {
		return nil, false
	}
	list, mistakes := parseEquation(v.eqn.text().s)
	if len(list) < 2 || mistakes != nil {
		return nil, false
	}
	sum := 0.0
	at := v.eqn.text().span(im.file)
	for _, e := range list {
		n, ok := e.(*numberExpr)
		if !ok {
			im.reject(v, at, "write numbers", "a conveyor that starts with a list of equations is not supported")
			return nil, false
		}
		c.Start, sum = append(c.Start, n.value), sum+n.value
	}
	if float64(len(list)) != im.way(c) {
		im.reject(v, at, "write a number for each unit of time", "a conveyor that starts with %d numbers for a way of %s is not supported", len(list), c.Transit.Text)
		return nil, false
	}
	if len(v.leaks) > 0 && !c.Exponential {
		im.approximate(v, at, "what leaks of the contents to begin with is reckoned from what must have entered")
	}
	return []equationPart{{n: v.eqn, text: words(number(sum), v.eqn.text().start), literal: &sum}}, true
}

// beltText is an equation of the conveyor; empty if there is none.
func (im *lowerer) beltText(v *variable, name string) model.Text {
	n := v.conveyor.kid(name)
	if n == nil || blank(n.text().s) || name != "len" && strings.EqualFold(n.text().s, "INF") {
		return model.Text{}
	}
	p := im.part(v, n, nil, false)
	return p.text.text(n.text().span(im.file))
}
