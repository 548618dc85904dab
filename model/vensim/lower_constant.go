package vensim

import (
	"slices"

	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/syntax"
)

// constant fills in the numbers of a constant, row by row, or one if all are equal. Elements
// without a number are undefined.
// The result has one number, or v.size() of them, the last dimension fastest.
func (lo *lowerer) constant(v *variable) {
	size := v.size()
	values := make([]float64, size)
	for i := range values {
		values[i] = syntax.NotAvailable
	}
	// :NA: may be written as a value, so the numbers alone do not tell which elements have none.
	set := make([]bool, size)
	for i := range v.equations {
		lo.read.numbersOf(v, i, func(element int, x float64) { values[element], set[element] = x, true })
	}
	if slices.Contains(set, false) && !v.broken {
		lo.leaveUndefined(v, set, "elements without a value are :NA:")
	}
	if !slices.ContainsFunc(values, func(x float64) bool { return x != values[0] }) {
		values = values[:1]
	}
	v.out.Value = values
	v.out.Range = lo.units.rangeOf(v)
}

// lookup fills in the points of a lookup.
func (lo *lowerer) lookup(v *variable) {
	for i, eq := range v.equations {
		l := lo.lowering(v, eq)
		if eq.Table == nil {
			lo.lookupFromFile(v, i, eq)
			continue
		}
		if len(eq.Table.Points) == 0 {
			l.failWith(model.BadPoints, eq.NameSpan, "", "the lookup has no points")
			return
		}
		points := cleaned(v, eq.Table.Points)
		for _, p := range l.allPieces(nil, i) {
			lo.putTable(v, p.key(), points, eq)
		}
	}
}

// putTable fills in the points of the elements of a key.
// An empty key stands for the whole variable. Elements that share an equation share the slice of
// points.
func (lo *lowerer) putTable(v *variable, key string, points []resolved.Point, eq *syntax.Equation) {
	if key == "" {
		v.out.Points = points
		return
	}
	if v.out.Tables == nil {
		v.out.Tables = map[string][]resolved.Point{}
	}
	v.out.Tables[key] = points
	v.out.At = append(v.out.At, model.ElementText{Key: key, KeySpan: lo.Place(eq.NameSpan)})
}

// lookupFromFile fills in the points of a lookup that are those of GET XLS LOOKUPS.
// i is the place of eq among the equations of v. An element that has no points in the file is a
// lookup that gives 0, with a warning; an expression of another kind breaks v.
func (lo *lowerer) lookupFromFile(v *variable, i int, eq *syntax.Equation) {
	c, ok := eq.Expr.(*syntax.Call)
	if !ok || !sheet.Reads(c.Key, "lookups") {
		lo.ErrorAt(model.BadPoints, eq.NameSpan, "", "the lookup %s has no points", v.name)
		v.broken = true
		return
	}
	lists := lo.read.series(v, i, eq, c)
	if lists == nil {
		v.broken = true
		return
	}
	number := v.numbering(i)
	boxes, _ := lo.read.coverage(v, i, true)
	for _, b := range boxes {
		v.eachElement(b, func(keys []string, _ int) {
			points := lists[number(keys)]
			if len(points) == 0 {
				lo.WarnAt(model.BadPoints, c.Span, "",
					"the lookup %s has no points in the file for an element: it gives 0", v.name)
				v.note(model.Approximated, "a lookup without points gives 0")
				points = []resolved.Point{{}}
			}
			lo.putTable(v, v.elementKey(lo.subs.Elements, keys), points, eq)
		})
	}
}

// withLookup makes a lookup with an input of a variable that is WITH LOOKUP alone, and
// reports whether it is.
// It refuses an array whose elements need texts of their own, exceptions, and flows, which are to
// stay flows. These get a lookup beside the variable instead.
func (lo *lowerer) withLookup(v *variable) bool {
	if len(v.equations) != 1 || len(v.equations[0].Except) > 0 || v.flow {
		return false
	}
	eq := v.equations[0]
	c, ok := eq.Expr.(*syntax.Call)
	if !ok || c.Key != "with_lookup" || len(c.Args) != 2 {
		return false
	}
	t, ok := c.Args[1].(*syntax.Table)
	if !ok || len(t.Points) == 0 {
		return false
	}
	l := lo.lowering(v, eq)
	pieces := l.pieces(c.Args[0], v.boxes[0])
	if len(pieces) != 1 || pieces[0].key() != "" {
		return false
	}
	v.out.Kind = model.KindLookup
	v.out.Input = l.text(c.Args[0], pieces[0])
	v.out.Points = cleaned(v, t.Points)
	return true
}

// cleaned returns points in order, each once; Vensim takes them as they are.
// Points of one x keep their order, for they make a jump; only points that are equal in both parts
// are left out. The slice that is given stays as it is.
func cleaned(v *variable, points []resolved.Point) []resolved.Point {
	byX := func(a, b resolved.Point) int {
		switch {
		case a.X < b.X:
			return -1
		case a.X > b.X:
			return 1
		}
		return 0 // NaN too, which stays at its place
	}
	out := slices.Clone(points)
	if !slices.IsSortedFunc(out, byX) {
		v.note(model.Equivalent, "the points of its lookup are put in order")
		slices.SortStableFunc(out, byX)
	}
	return slices.CompactFunc(out, func(a, b resolved.Point) bool { return a == b })
}
