package vensim

import (
	"fmt"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// A reader reads the numbers and points of equations that name a file, and finds the elements
// that an equation is for. It changes nothing but the source of a variable and its grade.
type reader struct {
	*report.Report
	files *sheet.Files   // opened once each
	subs  *subscript.Set // for the shapes of arrays
}

// shapeOf returns the sizes of an equation's ranges; the elements among its subscripts
// have none.
func (f *reader) shapeOf(v *variable, i int, eq *syntax.Equation) []int {
	var out []int
	for k, s := range eq.Subs {
		if f.subs.Ranges[s.Key] != nil {
			out = append(out, len(v.boxes[i][k]))
		}
	}
	return out
}

// constants returns the numbers of GET DIRECT CONSTANTS, nil if a mistake is reported:
// the last range runs to the right and the one before it down, and with a star the other
// way round.
func (f *reader) constants(v *variable, i int, eq *syntax.Equation, c *syntax.Call) []float64 {
	get, ok := f.files.Get(v.name, c, 3)
	if !ok {
		return nil
	}
	from, ok := get.CellAt(get.Args[2])
	if !ok {
		f.ErrorAt(model.BadValue, c.Args[2].Pos(), "write for example 'B2'", "%s: %q is no cell", v.name, get.Args[2])
		return nil
	}
	v.cite(get)
	shape := f.shapeOf(v, i, eq)
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
			at := get.Sheet.At(from.Row+r, from.Column+k)
			if from.Across {
				at = get.Sheet.At(from.Row+k, from.Column+r)
			}
			if !at.IsNumber {
				f.notNumber(v, c, at)
			}
			out = append(out, at.Number)
		}
	}
	return out
}

// notNumber warns of a cell that holds no number and counts as 0.
func (f *reader) notNumber(v *variable, c *syntax.Call, at sheet.Cell) {
	cell := "an empty cell"
	if at.Text != "" {
		cell = fmt.Sprintf("a cell with %q in it", at.Text)
	}
	v.note(model.Approximated, cell+" counts as 0")
	f.WarnAt(model.BadValue, c.Span, "", "%s reads %s, which counts as 0", v.name, cell)
}

// series returns the points of GET XLS DATA or LOOKUPS, a list for each element in the
// equation's box, nil if a mistake is reported: the x run along a row or a column, and
// the values beside them, the elements one after the other across.
func (f *reader) series(v *variable, i int, eq *syntax.Equation, c *syntax.Call) [][]resolved.Point {
	get, ok := f.files.Get(v.name, c, 4)
	if !ok {
		return nil
	}
	from, ok := get.CellAt(get.Args[3])
	if !ok {
		f.ErrorAt(model.BadValue, c.Args[3].Pos(), "write for example 'B2'", "%s: %q is no cell", v.name, get.Args[3])
		return nil
	}
	row, column, ok := sheet.ParseCell(strings.TrimSpace(strings.TrimSuffix(get.Args[2], "*")))
	if named, isNamed := get.CellAt(get.Args[2]); isNamed {
		ok = true
		if row, column = named.Row, -1; named.LastRow > named.Row {
			row, column = -1, named.Column
		}
	}
	if !ok || (row < 0) == (column < 0) {
		f.ErrorAt(model.BadValue, c.Args[2].Pos(), "write the letter of a column or the number of a row",
			"%s: %q is no row or column", v.name, get.Args[2])
		return nil
	}
	v.cite(get)
	n := 1
	for _, k := range f.shapeOf(v, i, eq) {
		n *= k
	}
	width := get.Sheet.Width()
	out := make([][]resolved.Point, n)
	for k := range out {
		if row >= 0 {
			out[k] = sheet.PointsAlong(func(j int) (sheet.Cell, sheet.Cell, bool) {
				x, y := get.Sheet.At(row, from.Column+j), get.Sheet.At(from.Row+k, from.Column+j)
				return x, y, from.Column+j < width
			})
		} else {
			out[k] = sheet.PointsAlong(func(j int) (sheet.Cell, sheet.Cell, bool) {
				x, y := get.Sheet.At(from.Row+j, column), get.Sheet.At(from.Row+j, from.Column+k)
				return x, y, from.Row+j < len(get.Sheet.Rows)
			})
		}
	}
	return out
}
