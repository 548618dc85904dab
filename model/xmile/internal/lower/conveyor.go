package lower

import (
	"strconv"
	"strings"

	"weir/model"
	"weir/model/equation"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// conveyorOdd are further attributes of a <conveyor>, none of which is supported.
var conveyorOdd = map[string]string{
	"discrete": "a discrete conveyor, which moves whole batches,", "fifo": "a conveyor whose contents never overtake each other (FIFO)", "spreadflow": "inflows that are spread over the conveyor",
}

// lowerConveyor makes a stock whose contents move along a conveyor.
// A conveyor without an outflow at its end gets one, into the outside, for its contents must
// leave when their transit time is over.
// Attributes that are not supported reject the variable, unless their value is the usual one.
func (im *Lowerer) lowerConveyor(v *source.Variable) {
	n := v.Conveyor
	for _, a := range n.Attrs {
		if what := conveyorOdd[strings.ToLower(a.Name[strings.IndexByte(a.Name, ':')+1:])]; what != "" &&
			!strings.EqualFold(a.Value.Value, "false") && !strings.EqualFold(a.Value.Value, "beginning") {
			im.Reject(v, a.Value.Span(im.Sources), "", "%s is not supported", what)
		}
	}
	if l := n.Kid("len"); l == nil || expr.Blank(l.Text().Value) {
		im.Report(model.MissingKey, n.Span(im.Sources), "", "%s: the conveyor has no <len>", v.Name)
		v.Left = true
		return
	}
	// The places of a conveyor move once in a step, so that stages within it have no meaning.
	if t := &im.Out.Time; t.Method != "euler" {
		im.Approximate(v, n.Span(im.Sources), "a model with a conveyor is run by Euler's method")
		t.Method = "euler"
	}
	c := &model.Conveyor{Transit: im.conveyorText(v, "len"), Capacity: im.conveyorText(v, "capacity"),
		InflowLimit: im.conveyorText(v, "in_limit"),
		Arrest:      im.conveyorText(v, "arrest"), Sample: im.conveyorText(v,
			"sample"), Exponential: strings.EqualFold(n.Value("exponential_leak"), "true"), Span: n.Span(im.Sources)}
	for _, f := range v.Leaks {
		c.Leak = append(c.Leak, f.Ours)
		im.zone(v, f, c)
	}
	parts, listed := im.startOf(v, c)
	if !listed {
		parts = im.parts(v, true)
	}
	out := im.stock(v, parts)
	// The contents of a conveyor are never negative as it is.
	out.NonNeg = false
	if v.Outlet == nil { // a conveyor needs a flow at its end
		end := im.NewVariable(v, im.Take(v.Ours+"_end", "_flow"), model.KindFlow)
		end.Units, end.About = "", ""
		out.Outflow = append(out.Outflow, end.Name)
		v.Out = append(v.Out, end)
	}
	out.Conveyor = c
	v.Note(model.Equivalent, "a conveyor of weir's own, with a place for each step of the way")
}

// zone reads where on the way a flow leaks. By the standard that is between two fractions
// of the conveyor's length; where these fall within a place, its middle decides.
// Zones that do not end between two places are approximated, within the share of one place.
// A flow that leaks on the whole way has no entry in c.Zone.
func (im *Lowerer) zone(v, f *source.Variable, c *model.Conveyor) {
	if n := f.Node.Kid("leak_integers"); n != nil && source.Flag(f.Node, "leak_integers", false) {
		im.Reject(v, n.Span(im.Sources), "let it leak fractions",
			"%s leaks whole numbers only, and the standard does not say from where on the way, which", f.Name)
	}
	zone := [2]float64{0, 1}
	var at scan.Text
	for i, key := range []string{"leak_start", "leak_end"} {
		a, given := f.Node.Attr(key)
		if !given {
			continue
		}
		x, err := strconv.ParseFloat(strings.TrimSpace(a.Value), 64)
		if at = a; err != nil || !(0 <= x && x <= 1) {
			im.Reject(v, a.Span(im.Sources), "0 is where things enter, 1 the end",
				"%s of %s is %q, which is no fraction of the way", key, f.Name, a.Value)
			return
		}
		zone[i] = x
	}
	switch {
	case zone == [2]float64{0, 1}:
		return
	case zone[0] >= zone[1]:
		im.Reject(v, at.Span(im.Sources), "", "%s leaks between %v and %v of the way, which is nowhere", f.Name,
			zone[0], zone[1])
		return
	}
	if c.Zone == nil {
		c.Zone = map[string][2]float64{}
	}
	c.Zone[f.Ours] = zone
	way, known := im.way(c)
	places := way / im.Out.Time.Step
	if !known || !source.Whole(places*zone[0]) || !source.Whole(places*zone[1]) {
		im.Approximate(v, at.Span(im.Sources),
			"the zone of %s does not end between two places of the way for sure; a place whose middle is in it belongs to it", f.Name)
	}
}

// way returns the transit time, in units of time, if it is a number that stays the same.
// A name does not count, even that of a constant, for a user may vary it.
func (im *Lowerer) way(c *model.Conveyor) (x float64, known bool) {
	x, err := strconv.ParseFloat(strings.TrimSpace(c.Transit.Text), 64)
	return x, err == nil && x > 0
}

// startOf reads an initial value that is a list: the amounts that leave in the first,
// second … unit of time. A list of another length than the transit time has no sure meaning.
// It fills in c.Start and returns the sum as the only part, with true. Other initial values give
// false and are read like those of any stock.
func (im *Lowerer) startOf(v *source.Variable, c *model.Conveyor) ([]equationPart, bool) {
	if v.Eqn == nil || len(v.Over) > 0 {
		return nil, false
	}
	list, mistakes := im.Parsed(v)
	if len(list) < 2 || mistakes != nil {
		return nil, false
	}
	sum := 0.0
	at := v.Eqn.Text().Span(im.Sources)
	for _, e := range list {
		n, ok := e.(*expr.Number)
		if !ok {
			im.Reject(v, at, "write numbers", "a conveyor that starts with a list of equations is not supported")
			return nil, false
		}
		c.Start, sum = append(c.Start, n.Value), sum+n.Value
	}
	if way, known := im.way(c); !known || float64(len(list)) != way {
		im.Reject(v, at, "write a number for each unit of time",
			"a conveyor that starts with %d numbers for a way of %s is not supported", len(list), c.Transit.Text)
		return nil, false
	}
	if len(v.Leaks) > 0 && !c.Exponential {
		im.Approximate(v, at, "what leaks of the contents to begin with is reckoned from what must have entered")
	}
	return []equationPart{{n: v.Eqn, tree: equation.NewNumber(im.at(v.Eqn), sum), literal: &sum}}, true
}

// conveyorText returns an equation of the conveyor; empty if there is none.
// No limit at all is empty too: that is the meaning of INF, except as a length.
func (im *Lowerer) conveyorText(v *source.Variable, name string) model.Text {
	n := v.Conveyor.Kid(name)
	if n == nil || expr.Blank(n.Text().Value) || name != "len" && strings.EqualFold(n.Text().Value, "INF") {
		return model.Text{}
	}
	p := im.part(v, n, nil, false)
	if name != "len" && im.unlimited(p.tree) {
		return model.Text{}
	}
	return im.Text(v, p.tree, n.Text().Span(im.Sources))
}
