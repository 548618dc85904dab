package advice

import (
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/resolved"
	"weir/model/table"
)

// lookup notes shapes of a table that are more often a slip than meant. Those of another tool's
// model are left alone: a flat table there is often a switch that somebody turned off.
func (a *adviser) lookup(v *document.Variable) {
	if v.Kind != document.KindLookup || len(v.Points) == 0 || a.Model.Imported != nil {
		return
	}
	at, turns, last := v.SpanOf("points"), 0, 0.0
	flat := true
	for i := 1; i < len(v.Points); i++ {
		step := v.Points[i].Y - v.Points[i-1].Y
		flat = flat && step == 0
		if step*last < 0 {
			turns++
		}
		if step != 0 {
			last = step
		}
	}
	if flat {
		a.advise(code.FlatLookup, diagnostic.Note, at, "give it points with other y, or make it a constant",
			"%s is %v whatever its input is", v, v.Points[0].Y)
	}
	if turns > 1 && strings.Contains(v.Name, "effect") {
		a.advise(code.TurningLookup, diagnostic.Note, at,
			"an effect has one direction, or one best point: look for a slip in y",
			"%s changes its direction %d times", v, turns)
	}
}

// missesOne reports an effect that nearly passes through (1, 1): a multiplier of 1 at the normal
// input makes the rest of the model right at the normal point (Sterman, Business Dynamics, 2000,
// section 14.1).
func (a *adviser) missesOne(v *document.Variable) {
	if v.Kind != document.KindLookup || !strings.Contains(v.Name, "effect") || len(v.Points) < 2 {
		return
	}
	first, last := v.Points[0], v.Points[len(v.Points)-1]
	y := table.At(v.Points, 1, resolved.Hold)
	differences := table.At(v.Points, 0, resolved.Hold) == 1 // an effect of a difference, normally 0
	if first.X >= 1 || last.X <= 1 || differences || y == 1 || y < 0.8 || y > 1.25 {
		return
	}
	a.advise(code.MissesOne, diagnostic.Note, v.SpanOf("points"),
		"add the point [1, 1] if 1 is the normal input", "%s gives %.4g at 1, not 1", v, y)
}

// driving returns the tables that some flow reads, through auxiliaries or not. Recorded data that
// drive nothing are there for comparison.
func (a *adviser) driving() map[*resolved.Table]bool {
	tables, seen := map[*resolved.Table]bool{}, map[*resolved.Variable]bool{}
	var visit func(e resolved.Expr)
	follow := func(v *resolved.Variable) {
		if !seen[v] {
			seen[v] = true
			for _, p := range slices.Concat(v.Parts, v.Input) {
				visit(p.Expr)
			}
		}
	}
	visit = func(e resolved.Expr) {
		switch e := e.(type) {
		case *resolved.Ref:
			if e.Var.Kind != resolved.Stock {
				follow(e.Var)
			}
		case *resolved.Lookup:
			_, now := e.X.(*resolved.Clock) // a series called with a date of its own is a table
			tables[e.Table] = tables[e.Table] || now
		}
		for _, x := range resolved.Children(e) {
			visit(x)
		}
	}
	for _, v := range a.Resolved.Variables {
		if v.Kind == resolved.Flow {
			follow(v)
		}
	}
	return tables
}

// series notes recorded data that drive the model and end before the run does, or begin after it:
// the last value then goes on for ever, without a word. A key beyond says that this is meant.
func (a *adviser) series(table *resolved.Table) {
	v := a.Names[table.Name]
	if v == nil || v.Kind != document.KindData || v.Beyond != "" || a.Model.Imported != nil || v.Module != "" {
		return
	}
	first, last := table.Points[0][0].X, 0.0
	for i, points := range table.Points {
		if end := points[len(points)-1].X; i == 0 || end < last {
			last = end // of the element that ends first
		}
		first = max(first, points[0].X)
	}
	if t := a.Resolved.Time; last < t.Stop-t.Step || first > t.Start+t.Step {
		a.advise(code.DataEnds, diagnostic.Note, v.Span, `add rows, or write beyond = "hold" if the nearest value is meant`,
			"%s has values from %v to %v, and the run goes from %v to %v: flows read the nearest one outside", v,
			first, last, t.Start, t.Stop)
	}
}
