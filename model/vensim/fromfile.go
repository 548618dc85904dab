package vensim

import (
	"fmt"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// shapeOf are the sizes of an equation's ranges, the elements among its subscripts left out.
func (im *importer) shapeOf(v *variable, i int, eq *syntax.Equation) []int {
	var out []int
	for k, s := range eq.Subs {
		if im.Ranges[s.Key] != nil {
			out = append(out, len(v.boxes[i][k]))
		}
	}
	return out
}

// constantsFromFile reads GET DIRECT CONSTANTS: the last range runs to the right and the
// one before it down, and with a star the other way round.
func (im *importer) constantsFromFile(v *variable, i int, eq *syntax.Equation, c *syntax.Call) []float64 {
	f, ok := im.Get(v.name, c, 3)
	if !ok {
		return nil
	}
	from, ok := f.CellAt(f.Args[2])
	if !ok {
		im.ErrorAt(model.BadValue, c.Args[2].Pos(), "write for example 'B2'", "%s: %q is no cell", v.name, f.Args[2])
		return nil
	}
	v.cite(f)
	shape := im.shapeOf(v, i, eq)
	columns, rows := 1, 1
	if n := len(shape); n > 0 {
		columns = shape[n-1]
	}
	if n := len(shape); n > 1 {
		rows = subscript.Size(v.boxes[i]) / columns
	}
	var out []float64
	for r := range rows {
		for k := range columns {
			at := f.Sheet.At(from.Row+r, from.Column+k)
			if from.Across {
				at = f.Sheet.At(from.Row+k, from.Column+r)
			}
			if !at.IsNumber {
				im.notNumber(v, c, at)
			}
			out = append(out, at.Number)
		}
	}
	return out
}

// notNumber warns of a cell that holds no number and counts as 0.
func (im *importer) notNumber(v *variable, c *syntax.Call, at sheet.Cell) {
	what := "an empty cell"
	if at.Text != "" {
		what = fmt.Sprintf("a cell with %q in it", at.Text)
	}
	v.note(model.Approximated, what+" counts as 0")
	im.WarnAt(model.BadValue, c.Span, "", "%s reads %s, which counts as 0", v.name, what)
}

// seriesFromFile reads GET XLS DATA or LOOKUPS: the x along a row or a column, and the
// values beside them, the elements one after the other across.
func (im *importer) seriesFromFile(v *variable, i int, eq *syntax.Equation, c *syntax.Call) [][]resolved.Point {
	f, ok := im.Get(v.name, c, 4)
	if !ok {
		return nil
	}
	from, ok := f.CellAt(f.Args[3])
	if !ok {
		im.ErrorAt(model.BadValue, c.Args[3].Pos(), "write for example 'B2'", "%s: %q is no cell", v.name, f.Args[3])
		return nil
	}
	row, column, ok := sheet.ParseCell(strings.TrimSpace(strings.TrimSuffix(f.Args[2], "*")))
	if named, isNamed := f.CellAt(f.Args[2]); isNamed {
		ok = true
		if row, column = named.Row, -1; named.LastRow > named.Row {
			row, column = -1, named.Column
		}
	}
	if !ok || (row < 0) == (column < 0) {
		im.ErrorAt(model.BadValue, c.Args[2].Pos(), "write the letter of a column or the number of a row", "%s: %q is no row or column", v.name, f.Args[2])
		return nil
	}
	v.cite(f)
	n := 1
	for _, k := range im.shapeOf(v, i, eq) {
		n *= k
	}
	out := make([][]resolved.Point, n)
	for k := range out {
		if row >= 0 {
			out[k] = sheet.PointsAlong(func(j int) (sheet.Cell, sheet.Cell, bool) {
				return f.Sheet.At(row, from.Column+j), f.Sheet.At(from.Row+k, from.Column+j), from.Column+j < f.Sheet.Width()
			})
		} else {
			out[k] = sheet.PointsAlong(func(j int) (sheet.Cell, sheet.Cell, bool) {
				return f.Sheet.At(from.Row+j, column), f.Sheet.At(from.Row+j, from.Column+k), from.Row+j < len(f.Sheet.Rows)
			})
		}
	}
	return out
}

// lookupFromFile gives a lookup the points of GET XLS LOOKUPS.
func (im *importer) lookupFromFile(v *variable, i int, eq *syntax.Equation) {
	c, ok := eq.Expr.(*syntax.Call)
	if !ok || !sheet.Reads(c.Key, "lookups") {
		im.ErrorAt(model.BadPoints, eq.NameSpan, "", "the lookup %s has no points", v.name)
		v.broken = true
		return
	}
	lists := im.seriesFromFile(v, i, eq, c)
	if lists == nil {
		v.broken = true
		return
	}
	im.eachList(v, i, lists, func(keys []string, points []resolved.Point) {
		if len(points) == 0 {
			im.WarnAt(model.BadPoints, c.Span, "", "the lookup %s has no points in the file for an element: it gives 0", v.name)
			v.note(model.Approximated, "a lookup without points gives 0")
			points = []resolved.Point{{}}
		}
		key := v.elementKey(im, keys)
		im.putTable(v, key, points, eq)
	})
}

// eachList calls f for every element of an equation with its list.
func (im *importer) eachList(v *variable, i int, lists [][]resolved.Point, f func(keys []string, points []resolved.Point)) {
	places := im.placesOf(v, i)
	for _, b := range im.coverage(v, i, true) {
		im.eachElement(v, b, func(keys []string, _ int) {
			at := 0
			for p, k := range keys {
				at = at*len(v.boxes[i][p]) + places[p][k]
			}
			f(keys, lists[at])
		})
	}
}

// elementKey names an element as the keys of a model do, "" for the only one.
func (v *variable) elementKey(im *importer, keys []string) string {
	if v.size() == 1 {
		return ""
	}
	var words []string
	for _, k := range keys {
		words = append(words, im.Elements[k].Ours)
	}
	return strings.Join(words, ", ")
}

// cite names the place in a file that a variable's numbers come from as its source.
func (v *variable) cite(f *sheet.Get) {
	if v.out != nil && v.out.Source == "" {
		v.out.Source = f.Source()
	}
}
