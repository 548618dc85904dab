package subscript

import (
	"strconv"
	"strings"

	"weir/model"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/syntax"
)

// subscriptsFromFile returns the elements of GET DIRECT SUBSCRIPT: from a cell to another one,
// or along a row or column up to the first empty cell.
// The arguments are the file, the sheet, the first cell, the last one, and a text that is put
// before every name. The last cell may be a column or a row alone: 'A2','A' goes down column A, and
// 'A2','2' along row 2. The result is nil after a mistake, which is reported.
func (c *Set) subscriptsFromFile(eq *syntax.Equation) []string {
	k, ok := eq.Expr.(*syntax.Call)
	if !ok || !sheet.Reads(k.Key, "subscript") {
		c.ErrorAt(model.NotSupported, eq.Expr.Pos(), "the nearest supported function is GET DIRECT SUBSCRIPT",
			"the range %s is given by something that is not supported", eq.Name)
		return nil
	}
	f, ok := c.files.Get(eq.Name, k, 5)
	if !ok {
		return nil
	}
	from, ok := f.CellAt(f.Args[2])
	if !ok {
		c.ErrorAt(model.BadValue, k.Args[2].Pos(), "write for example 'A2'", "%s: %q is no cell", eq.Name, f.Args[2])
		return nil
	}
	row, column, ok := sheet.ParseCell(strings.TrimSpace(f.Args[3]))
	if named, isNamed := f.CellAt(f.Args[3]); isNamed {
		row, column, ok = named.LastRow, named.LastColumn, true
	}
	if !ok {
		c.ErrorAt(model.BadValue, k.Args[3].Pos(), "write the last cell, or the column or row alone",
			"%s: %q is no cell", eq.Name, f.Args[3])
		return nil
	}
	// ParseCell gives -1 for the part that is not written; the sheet's own end stands for it.
	open := row < 0 || column < 0
	if row < 0 {
		row = len(f.Sheet.Rows) - 1
	}
	if column < 0 {
		column = f.Sheet.Width() - 1
	}
	var out []string
	for r := from.Row; r <= row && len(out) < MaxElements; r++ {
		for k := from.Column; k <= column && len(out) < MaxElements; k++ {
			at := f.Sheet.At(r, k)
			// Years and other numbers are names of elements too.
			if at.Text == "" && at.IsNumber {
				at.Text = strconv.FormatFloat(at.Number, 'g', -1, 64)
			}
			if at.Text == "" {
				if open {
					return out
				}
				continue
			}
			out = append(out, f.Args[4]+at.Text)
		}
	}
	return out
}
