package report

import (
	"math"
	"strconv"
)

// A table is rows of cells under headers. The script makes it sortable.
type table struct {
	ID, Title string
	Label     string // for screen readers, where Title is empty
	Columns   []column
	Rows      []row
	Fixed     bool     // the order of rows matters: not sortable
	Notes     []string // how the columns are computed, printed under the table
}

// A column is a header. Number columns are set in tabular digits to the right.
type column struct {
	Name   string
	Number bool
}

// A row is the cells of one line; Class is "assumed" where a number is hatched.
type row struct {
	Class string
	Cells []cell
}

// A cell holds words, what they sort by, and how they were computed.
type cell struct {
	Text  string
	Under string   // a second, smaller line
	More  []string // further ones
	How   string   // title: the exact numbers
	Sort  string   // a number, or "" to sort by Text
	Key   string   // scenario colour
	Class string
}

// sorted is a sort key; numbers that are not finite sort last.
func sorted(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// Value is what the script sorts the cell by, if it is not what the title says exactly.
func (c cell) Value() string {
	if v, err := strconv.ParseFloat(c.Sort, 64); err == nil && c.How == "exactly "+exact(v) {
		return ""
	}
	return c.Sort
}

// Classes are those of the cell in a column.
func (c cell) Classes(number bool) string {
	if !number {
		return c.Class
	}
	return join("number", c.Class)
}

// under adds the smaller line.
func (c cell) under(text string) cell {
	c.Under = text
	return c
}

// dash is the cell of something that does not exist; how says why.
func dash(how string) cell { return cell{Text: "–", How: how, Sort: ""} }
