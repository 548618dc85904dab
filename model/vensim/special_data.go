package vensim

import (
	"math"

	"weir/model"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/resolved"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/syntax"
)

// dataAt reads a data variable at another time.
func (l *lowering) dataAt(c *syntax.Call, _ *foreign.Row) equation.Expr { return l.tableAt("", c) }

// dataBetween reads a data variable at another time, by a mode: 0 on the line between
// its points, 1 the next point, -1 the one before.
func (l *lowering) dataBetween(c *syntax.Call, _ *foreign.Row) equation.Expr {
	mode, ok := l.constants.value(c.Args[2])
	switch {
	case !ok:
		l.fail(c.Args[2].Pos(), "write 0, 1 or -1",
			"the mode of GET DATA BETWEEN TIMES is not a number that is known before the run")
		return none(c.Span)
	case mode >= 1:
		l.v.note(model.Equivalent, "GET DATA BETWEEN TIMES looks forward from the step that a time is in")
		return l.tableAt("lookup_forward", c)
	case mode <= -1:
		l.v.note(model.Equivalent, "GET DATA BETWEEN TIMES looks backward from before the step that a time is in")
		return l.tableAt("lookup_backward", c)
	}
	return l.tableAt("", c)
}

// The times of data that are read forward from the step that a time is in, and backward
// from a little before it.
// Vensim reads data at steps: a time within a step counts as the beginning of the step. A
// millionth of a step is added against rounding.
var (
	fromStep   = equation.NewTemplate("start_time + floor(($1 - start_time) / dt + 0.000001) * dt")
	beforeStep = equation.NewTemplate("start_time + floor(($1 - start_time) / dt + 0.000001) * dt - dt / 100")
)

// tableAt reads the table that is the first argument at the second one, by a function of
// tables or on the line between its points.
func (l *lowering) tableAt(function string, c *syntax.Call) equation.Expr {
	r, v := l.vars.named(c.Args[0])
	if v == nil || v.kind != model.KindData && v.kind != model.KindLookup {
		l.failWith(model.UnknownName, c.Args[0].Pos(), "", "%s takes the name of a data variable", c.Name)
		return none(c.Span)
	}
	when := l.expr(c.Args[1])
	place, name := at(c.Span), at(c.NameSpan)
	switch function {
	case "lookup_forward":
		return equation.NewCall(place, name, function, l.ref(r), fromStep.Apply(place, name, when))
	case "lookup_backward":
		return equation.NewCall(place, name, function, l.ref(r), beforeStep.Apply(place, name, when))
	}
	return l.tableCall(c, r, v, when)
}

// tableCall returns a table at an argument.
func (l *lowering) tableCall(c *syntax.Call, r *syntax.Ref, v *variable, when equation.Expr) equation.Expr {
	return &equation.Call{
		Span: at(c.Span), Func: v.ours, FuncSpan: at(nameOf(r)), Index: l.index(v, r.Subs, r.Span),
		Args: []equation.Expr{when},
	}
}

// timeShift is a data variable as it is some time later: read at another time, not delayed.
func (l *lowering) timeShift(c *syntax.Call, _ *foreign.Row) equation.Expr {
	r, v := l.vars.named(c.Args[0])
	if v == nil || v.kind != model.KindData {
		l.fail(c.Args[0].Pos(), "", "TIME SHIFT takes the name of a data variable")
		return none(c.Span)
	}
	now := equation.NewName(at(c.NameSpan), "time")
	return l.tableCall(c, r, v, equation.NewBinary(equation.Add, at(c.NameSpan), now, l.expr(c.Args[1])))
}

// dataFacts are the functions that return one number of a data variable's points: of all,
// or of those between two times that are known before the run. Without points it is :NA:.
var dataFacts = map[string]func([]resolved.Point) float64{
	"get_data_first_time":   func(p []resolved.Point) float64 { return p[0].X },
	"get_data_last_time":    func(p []resolved.Point) float64 { return p[len(p)-1].X },
	"get_data_total_points": func(p []resolved.Point) float64 { return float64(len(p)) },
	"get_data_min":          func(p []resolved.Point) float64 { return combined(p, math.Min) },
	"get_data_max":          func(p []resolved.Point) float64 { return combined(p, math.Max) },
	"get_data_mean": func(p []resolved.Point) float64 {
		return combined(p, func(a, b float64) float64 { return a + b }) / float64(len(p))
	},
}

// combined returns the values of points joined by f, in their order; there is at least one.
func combined(points []resolved.Point, f func(a, b float64) float64) float64 {
	out := points[0].Y
	for _, p := range points[1:] {
		out = f(out, p.Y)
	}
	return out
}

// dataFact is a number that follows from a data variable's points, one for each of its
// elements. It is a constant of the model, for data do not change in a run. The times may be
// left out; with them only points from the first to the second one count.
func (l *lowering) dataFact(c *syntax.Call, _ *foreign.Row) equation.Expr {
	r, v := l.vars.named(c.Args[0])
	if v == nil || v.kind != model.KindData {
		l.fail(c.Args[0].Pos(), "", "%s takes the name of a data variable", c.Name)
		return none(c.Span)
	}
	from, to := math.Inf(-1), math.Inf(1)
	if len(c.Args) == 3 {
		var ok1, ok2 bool
		from, ok1 = l.constants.value(c.Args[1])
		if to, ok2 = l.constants.value(c.Args[2]); !ok1 || !ok2 {
			l.fail(c.Span, "write numbers or constants", "the times of %s are not known before the run", c.Name)
			return none(c.Span)
		}
	}
	if v.out == nil || v.out.Series == nil {
		l.variable(v)
	}
	if v.out.Series == nil || len(v.out.Series.Points) == 0 {
		l.fail(c.Args[0].Pos(), "", "%s has no data", v.name)
		return none(c.Span)
	}
	values := make([]float64, len(v.out.Series.Points))
	for i, points := range v.out.Series.Points {
		values[i] = factOf(dataFacts[c.Key], points, from, to)
		if c.Key == "get_data_total_points" && values[i] == syntax.NotAvailable {
			values[i] = 0
		}
	}
	return l.values(c, v, r, values)
}

// factOf returns a fact of the points between two times that hold a value.
func factOf(fact func([]resolved.Point) float64, points []resolved.Point, from, to float64) float64 {
	var inside []resolved.Point
	for _, p := range points {
		if p.X >= from && p.X <= to && p.Y != syntax.NotAvailable {
			inside = append(inside, p)
		}
	}
	if inside == nil {
		return syntax.NotAvailable
	}
	return fact(inside)
}

// values returns one number, or a mention of a constant that holds one for each element
// of a variable.
func (l *lowering) values(c *syntax.Call, v *variable, r *syntax.Ref, values []float64) equation.Expr {
	if v.size() == 1 && len(r.Subs) == 0 {
		return number(c.Span, values[0])
	}
	name := l.names.Free(naming.Variable(v.name+" "+c.Key), "")
	l.extra = append(l.extra, &model.Variable{
		Name: name, Kind: model.KindConstant, Over: v.out.Over, Value: values, Span: l.Place(c.Span),
	})
	return equation.NewName(at(c.NameSpan), name, l.index(v, r.Subs, c.NameSpan)...)
}
