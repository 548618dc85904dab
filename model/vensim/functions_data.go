package vensim

import (
	"math"

	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/syntax"
)

// dataFacts are the functions that give one number of a data variable's points: of all,
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

func combined(points []resolved.Point, f func(a, b float64) float64) float64 {
	out := points[0].Y
	for _, p := range points[1:] {
		out = f(out, p.Y)
	}
	return out
}

// dataFact writes what is known of a data variable's points, a number for each of its
// elements.
func (l *lowering) dataFact(c *syntax.Call) {
	r, ok := c.Args[0].(*syntax.Ref)
	v := (*variable)(nil)
	if ok {
		v = l.vars[r.Key]
	}
	if v == nil || v.kind != model.KindData {
		l.fail(c.Args[0].Pos(), "", "%s takes the name of a data variable", c.Name)
		return
	}
	from, to := math.Inf(-1), math.Inf(1)
	if len(c.Args) == 3 {
		var ok1, ok2 bool
		from, ok1 = l.constant(c.Args[1])
		if to, ok2 = l.constant(c.Args[2]); !ok1 || !ok2 {
			l.fail(c.Span, "write numbers or constants", "the times of %s are not known before the run", c.Name)
			return
		}
	}
	if v.out == nil || v.out.Series == nil {
		l.lowerVariable(v)
	}
	if v.out.Series == nil || len(v.out.Series.Points) == 0 {
		l.fail(c.Args[0].Pos(), "", "%s has no data", v.name)
		return
	}
	values := make([]float64, len(v.out.Series.Points))
	for i, points := range v.out.Series.Points {
		values[i] = factOf(dataFacts[c.Key], points, from, to)
		if c.Key == "get_data_total_points" && values[i] == syntax.NotAvailable {
			values[i] = 0
		}
	}
	l.putValues(c, v, r, values)
}

// factOf is a fact of the points between two times that hold a value.
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

// putValues writes one number, or a mention of a constant that holds one for each
// element of a variable.
func (l *lowering) putValues(c *syntax.Call, v *variable, r *syntax.Ref, values []float64) {
	if v.size() == 1 && len(r.Subs) == 0 {
		l.w.put(numberText(values[0]), c.Span)
		return
	}
	name := l.names.Free(naming.Snake(v.name+" "+c.Key), "")
	l.extra = append(l.extra, &model.Variable{Name: name, Kind: model.KindConstant, Over: v.out.Over, Value: values, Span: l.importer.Place(c.Span)})
	l.w.put(name, c.NameSpan)
	l.subs(v, r.Subs, c.NameSpan)
}

// timeShift is a data variable as it is some time later.
func (l *lowering) timeShift(c *syntax.Call) {
	r, ok := c.Args[0].(*syntax.Ref)
	if !ok || l.vars[r.Key] == nil || l.vars[r.Key].kind != model.KindData {
		l.fail(c.Args[0].Pos(), "", "TIME SHIFT takes the name of a data variable")
		return
	}
	l.ref(r)
	l.w.put("(time + ", c.NameSpan)
	l.expr(c.Args[1], ofMultiply)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}
