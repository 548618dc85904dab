package sheet

import (
	"cmp"
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
	Row, Column         int  // of the first cell
	LastRow, LastColumn int  // of the last one
	Across              bool // written with a star: the other way round
}

// A Get is the opened file of a call of GET XLS DATA and its like, with the call's arguments as
// text.
type Get struct {
	call  *syntax.Call // for the places of mistakes
	Sheet *sheet       // the one that the second argument names
	book  *workbook    // that holds the sheet
	Args  []string     // as text, numbers too
}

// Get opens the file that a call of at least so many arguments names, for the variable of
// that name. A mistake is reported; ok is false then. An argument may be the name of a
// text variable.
func (in *Files) Get(name string, c *syntax.Call, least int) (get *Get, ok bool) {
	f := &Get{call: c}
	for _, a := range c.Args {
		switch a := a.(type) {
		case *syntax.Str:
			f.Args = append(f.Args, a.Text)
		case *syntax.Num:
			f.Args = append(f.Args, strconv.FormatFloat(a.Value, 'g', -1, 64))
		case *syntax.Ref:
			f.Args = append(f.Args, cmp.Or(in.texts[a.Key], a.Name))
		default:
			f.Args = append(f.Args, "")
		}
	}
	if len(f.Args) < least {
		in.ErrorAt(model.ArgumentCount, c.Span, "", "%s: %s takes %d arguments, not %d", name, c.Name, least,
			len(c.Args))
		return nil, false
	}
	var err error
	if f.Sheet, f.book, err = in.open(strings.TrimSpace(f.Args[0]), f.Args[1]); err != nil {
		in.unreadable(name, c.Args[0].Pos(), err)
		return nil, false
	}
	return f, true
}

// CellAt reads B2, b2*, $B$2 or the name of a place.
// The name of a place counts for any sheet: the part before its ! is left out.
func (f *Get) CellAt(text string) (cellRange, bool) {
	text, star := strings.CutSuffix(strings.TrimSpace(text), "*")
	r, ok := parseCells(text)
	if !ok {
		if place, named := f.book.names[syntax.Key(text)]; named {
			if i := strings.LastIndexByte(place, '!'); i >= 0 {
				place = place[i+1:]
			}
			r, ok = parseCells(place)
		}
	}
	r.Across = star
	return r, ok
}

// parseCells reads B2 or B2:C9.
func parseCells(text string) (cellRange, bool) {
	first, last, isRange := strings.Cut(strings.ReplaceAll(text, "$", ""), ":")
	row, column, ok := ParseCell(first)
	r := cellRange{Row: row, Column: column, LastRow: row, LastColumn: column}
	if ok && isRange {
		r.LastRow, r.LastColumn, ok = ParseCell(last)
	}
	return r, ok && r.Row >= 0 && r.Column >= 0 && r.LastRow >= 0 && r.LastColumn >= 0
}

// ParseCell reads B2; the row is -1 of B alone, the column -1 of 2 alone.
// Both count from 0, so that B2 is 1, 1. Letters of either case do; more than three are no column.
func ParseCell(text string) (row, column int, ok bool) {
	letters := strings.TrimRight(text, "0123456789")
	if len(letters) > 3 || text == "" {
		return 0, 0, false
	}
	for _, c := range strings.ToUpper(letters) {
		if c < 'A' || c > 'Z' {
			return 0, 0, false
		}
		// Columns count in base 26 without a zero: Z is 26, and AA is 27.
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

// Source names the place in the file that a variable's numbers come from.
// The text is for the import report: "data.xlsx, sheet Sales, from B2".
func (f *Get) Source() string {
	out := strings.TrimSpace(f.Args[0])
	if isSpreadsheet(out) {
		out += ", sheet " + f.Args[1]
	}
	return out + ", from " + strings.ReplaceAll(strings.TrimSuffix(f.Args[len(f.Args)-1], "*"), "$", "")
}

// PointsAlong collects the pairs of which both are numbers, in order.
// It calls pair with 0, 1, 2 and so on until ok is false. Pairs with an empty cell are left out.
func PointsAlong(pair func(int) (x, y Cell, ok bool)) []resolved.Point {
	var out []resolved.Point
	for j := 0; ; j++ {
		x, y, ok := pair(j)
		if !ok {
			return orderly(out)
		}
		if x.IsNumber && y.IsNumber {
			out = append(out, resolved.Point{X: x.Number, Y: y.Number})
		}
	}
}

// orderly returns points in the order of x, the last of those at one x, and none of which a
// part is NaN. It may sort the points in place.
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

// Reads reports whether a function is one of those that read a file: GET XLS DATA,
// GET DIRECT DATA and the like.
// The second argument is the plural of the thing read, and the singular counts too: "lookups" is
// that of GET_XLS_LOOKUPS and of GET_XLS_LOOKUP.
func Reads(key, what string) bool {
	for _, by := range []string{"xls", "direct", "vdf", "123", "odbc"} {
		if key == "get_"+by+"_"+what || key == "get_"+by+"_"+strings.TrimSuffix(what, "s") {
			return true
		}
	}
	return false
}
