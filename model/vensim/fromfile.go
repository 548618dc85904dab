package vensim

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/syntax"
)

// A cellRange is a place in a sheet, counted from 0; last is first for a single cell.
type cellRange struct {
	row, column         int
	lastRow, lastColumn int
	across              bool // written with a star: the other way round
}

// fileCall are the arguments of GET XLS DATA and its like, all of them text.
type fileCall struct {
	call  *syntax.Call
	sheet *sheet
	book  *workbook
	args  []string
}

// fileArguments opens the file that a call names.
func (im *importer) fileArguments(name string, c *syntax.Call, least int) (*fileCall, bool) {
	f := &fileCall{call: c}
	for _, a := range c.Args {
		switch a := a.(type) {
		case *syntax.Str:
			f.args = append(f.args, a.Text)
		case *syntax.Num:
			f.args = append(f.args, plain(a.Value))
		case *syntax.Ref:
			f.args = append(f.args, a.Name)
		default:
			f.args = append(f.args, "")
		}
	}
	if len(f.args) < least {
		im.errorAt(model.ArgumentCount, c.Span, "", "%s: %s takes %d arguments, not %d", name, c.Name, least, len(c.Args))
		return nil, false
	}
	var err error
	if f.sheet, f.book, err = im.open(strings.TrimSpace(f.args[0]), f.args[1]); err != nil {
		im.errorAt(model.Unreadable, c.Args[0].Pos(), "", "%s: %v", name, err)
		return nil, false
	}
	return f, true
}

// cite names the place in a file that a variable's numbers come from as its source.
func (f *fileCall) cite(v *variable) {
	if v.out == nil || v.out.Source != "" {
		return
	}
	v.out.Source = strings.TrimSpace(f.args[0])
	if isSpreadsheet(v.out.Source) {
		v.out.Source += ", sheet " + f.args[1]
	}
	v.out.Source += ", from " + strings.ReplaceAll(strings.TrimSuffix(f.args[len(f.args)-1], "*"), "$", "")
}

// cellAt reads B2, b2*, $B$2 or the name of a place.
func (f *fileCall) cellAt(text string) (cellRange, bool) {
	text, star := strings.CutSuffix(strings.TrimSpace(text), "*")
	r, ok := parseCells(text)
	if !ok {
		if place, named := f.book.names[syntax.Fold(text)]; named {
			if i := strings.LastIndexByte(place, '!'); i >= 0 {
				place = place[i+1:]
			}
			r, ok = parseCells(place)
		}
	}
	r.across = star
	return r, ok
}

// parseCells reads B2 or B2:C9.
func parseCells(text string) (cellRange, bool) {
	first, last, isRange := strings.Cut(strings.ReplaceAll(text, "$", ""), ":")
	row, column, ok := parseCell(first)
	r := cellRange{row: row, column: column, lastRow: row, lastColumn: column}
	if ok && isRange {
		r.lastRow, r.lastColumn, ok = parseCell(last)
	}
	return r, ok && r.row >= 0 && r.column >= 0 && r.lastRow >= 0 && r.lastColumn >= 0
}

// parseCell reads B2; the row is -1 of B alone, the column -1 of 2 alone.
func parseCell(text string) (row, column int, ok bool) {
	letters := strings.TrimRight(text, "0123456789")
	if len(letters) > 3 || text == "" {
		return 0, 0, false
	}
	for _, c := range strings.ToUpper(letters) {
		if c < 'A' || c > 'Z' {
			return 0, 0, false
		}
		column = column*26 + int(c-'A') + 1
	}
	if digits := text[len(letters):]; digits != "" {
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > 1<<20 {
			return 0, 0, false
		}
		row = n
	}
	return row - 1, column - 1, true
}

// shapeOf are the sizes of an equation's ranges, the elements among its subscripts left out.
func (im *importer) shapeOf(v *variable, i int, eq *syntax.Equation) []int {
	var out []int
	for k, s := range eq.Subs {
		if im.ranges[s.Key] != nil {
			out = append(out, len(v.boxes[i][k]))
		}
	}
	return out
}

// constantsFromFile reads GET DIRECT CONSTANTS: the last range runs to the right and the
// one before it down, and with a star the other way round.
func (im *importer) constantsFromFile(v *variable, i int, eq *syntax.Equation, c *syntax.Call) []float64 {
	f, ok := im.fileArguments(v.name, c, 3)
	if !ok {
		return nil
	}
	from, ok := f.cellAt(f.args[2])
	if !ok {
		im.errorAt(model.BadValue, c.Args[2].Pos(), "write for example 'B2'", "%s: %q is no cell", v.name, f.args[2])
		return nil
	}
	f.cite(v)
	shape := im.shapeOf(v, i, eq)
	columns, rows := 1, 1
	if n := len(shape); n > 0 {
		columns = shape[n-1]
	}
	if n := len(shape); n > 1 {
		rows = boxSize(v.boxes[i]) / columns
	}
	var out []float64
	for r := range rows {
		for k := range columns {
			at := f.sheet.at(from.row+r, from.column+k)
			if from.across {
				at = f.sheet.at(from.row+k, from.column+r)
			}
			if !at.is {
				im.notNumber(v, c, at)
			}
			out = append(out, at.number)
		}
	}
	return out
}

// notNumber warns of a cell that holds no number and counts as 0.
func (im *importer) notNumber(v *variable, c *syntax.Call, at cell) {
	what := "an empty cell"
	if at.text != "" {
		what = fmt.Sprintf("a cell with %q in it", at.text)
	}
	v.note(model.Approximated, what+" counts as 0")
	im.warnAt(model.BadValue, c.Span, "", "%s reads %s, which counts as 0", v.name, what)
}

// subscriptsFromFile reads GET DIRECT SUBSCRIPT: from a cell to another one, or along
// a row or column up to the first empty cell.
func (im *importer) subscriptsFromFile(eq *syntax.Equation) []string {
	c, ok := eq.Expr.(*syntax.Call)
	if !ok || !isFile(c.Key, "subscript") {
		im.errorAt(model.NotSupported, eq.Expr.Pos(), "the nearest supported function is GET DIRECT SUBSCRIPT", "the range %s is given by something that is not supported", eq.Name)
		return nil
	}
	f, ok := im.fileArguments(eq.Name, c, 5)
	if !ok {
		return nil
	}
	from, ok := f.cellAt(f.args[2])
	if !ok {
		im.errorAt(model.BadValue, c.Args[2].Pos(), "write for example 'A2'", "%s: %q is no cell", eq.Name, f.args[2])
		return nil
	}
	row, column, ok := parseCell(strings.TrimSpace(f.args[3]))
	if named, isNamed := f.cellAt(f.args[3]); isNamed {
		row, column, ok = named.lastRow, named.lastColumn, true
	}
	if !ok {
		im.errorAt(model.BadValue, c.Args[3].Pos(), "write the last cell, or the column or row alone", "%s: %q is no cell", eq.Name, f.args[3])
		return nil
	}
	open := row < 0 || column < 0
	if row < 0 {
		row = len(f.sheet.rows) - 1
	}
	if column < 0 {
		column = f.sheet.width() - 1
	}
	var out []string
	for r := from.row; r <= row && len(out) < maxElements; r++ {
		for k := from.column; k <= column && len(out) < maxElements; k++ {
			at := f.sheet.at(r, k)
			if at.text == "" && at.is {
				at.text = plain(at.number)
			}
			if at.text == "" {
				if open {
					return out
				}
				continue
			}
			out = append(out, f.args[4]+at.text)
		}
	}
	return out
}

// seriesFromFile reads GET XLS DATA or LOOKUPS: the x along a row or a column, and the
// values beside them, the elements one after the other across.
func (im *importer) seriesFromFile(v *variable, i int, eq *syntax.Equation, c *syntax.Call) [][]resolved.Point {
	f, ok := im.fileArguments(v.name, c, 4)
	if !ok {
		return nil
	}
	from, ok := f.cellAt(f.args[3])
	if !ok {
		im.errorAt(model.BadValue, c.Args[3].Pos(), "write for example 'B2'", "%s: %q is no cell", v.name, f.args[3])
		return nil
	}
	row, column, ok := parseCell(strings.TrimSpace(strings.TrimSuffix(f.args[2], "*")))
	if named, isNamed := f.cellAt(f.args[2]); isNamed {
		ok = true
		if row, column = named.row, -1; named.lastRow > named.row {
			row, column = -1, named.column
		}
	}
	if !ok || (row < 0) == (column < 0) {
		im.errorAt(model.BadValue, c.Args[2].Pos(), "write the letter of a column or the number of a row", "%s: %q is no row or column", v.name, f.args[2])
		return nil
	}
	f.cite(v)
	n := 1
	for _, k := range im.shapeOf(v, i, eq) {
		n *= k
	}
	out := make([][]resolved.Point, n)
	for k := range out {
		if row >= 0 {
			out[k] = pointsAlong(func(j int) (cell, cell, bool) {
				return f.sheet.at(row, from.column+j), f.sheet.at(from.row+k, from.column+j), from.column+j < f.sheet.width()
			})
		} else {
			out[k] = pointsAlong(func(j int) (cell, cell, bool) {
				return f.sheet.at(from.row+j, column), f.sheet.at(from.row+j, from.column+k), from.row+j < len(f.sheet.rows)
			})
		}
	}
	return out
}

// pointsAlong collects the pairs of which both are numbers, in order.
func pointsAlong(pair func(int) (x, y cell, ok bool)) []resolved.Point {
	var out []resolved.Point
	for j := 0; ; j++ {
		x, y, ok := pair(j)
		if !ok {
			return orderly(out)
		}
		if x.is && y.is {
			out = append(out, resolved.Point{X: x.number, Y: y.number})
		}
	}
}

// orderly sorts points, and keeps the last of those at one x.
func orderly(points []resolved.Point) []resolved.Point {
	if !slices.IsSortedFunc(points, func(a, b resolved.Point) int { return cmp.Compare(a.X, b.X) }) {
		slices.SortStableFunc(points, func(a, b resolved.Point) int { return cmp.Compare(a.X, b.X) })
	}
	var out []resolved.Point
	for _, p := range points {
		switch n := len(out); {
		case math.IsNaN(p.X) || math.IsNaN(p.Y):
		case n > 0 && out[n-1].X == p.X:
			out[n-1] = p
		default:
			out = append(out, p)
		}
	}
	return out
}

// lookupFromFile gives a lookup the points of GET XLS LOOKUPS.
func (im *importer) lookupFromFile(v *variable, i int, eq *syntax.Equation) {
	c, ok := eq.Expr.(*syntax.Call)
	if !ok || !isFile(c.Key, "lookups") {
		im.errorAt(model.BadPoints, eq.NameSpan, "", "the lookup %s has no points", v.name)
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
			im.warnAt(model.BadPoints, c.Span, "", "the lookup %s has no points in the file for an element: it gives 0", v.name)
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
		words = append(words, im.elements[k].ours)
	}
	return strings.Join(words, ", ")
}
