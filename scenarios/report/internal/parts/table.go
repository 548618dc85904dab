package parts

import (
	"math"
	"strconv"

	"weir/scenarios/prose"
)

// A Table is rows of cells under headers. The script makes it sortable.
type Table struct {
	ID, Title string
	Label     string // for screen readers, where Title is empty
	Columns   []Column
	Rows      []Row
	Fixed     bool     // the order of rows matters: not sortable
	Notes     []string // how the columns are computed, printed under the table
}

// A Column is a header. Number columns are set in tabular digits to the right.
type Column struct {
	Name   string
	Number bool
}

// A Row is the cells of one line. Its class is "assumed" if nobody has measured the number.
type Row struct {
	Class string
	Cells []Cell
}

// A Cell holds words, their sort key, and a description of their computation.
type Cell struct {
	Text  string
	Under string   // a second, smaller line
	More  []string // further ones
	How   string   // title: the exact numbers
	Sort  string   // a number, or "" to sort by Text
	Key   string   // scenario colour
	Class string
}

// SortKey returns a sort key for v; a number that is not finite has none and sorts last.
func SortKey(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// Value returns the sort key for the page, "" if the script can read it from the title.
func (c Cell) Value() string {
	if v, err := strconv.ParseFloat(c.Sort, 64); err == nil && c.How == "exactly "+prose.Exact(v) {
		return ""
	}
	return c.Sort
}

// Classes returns the classes of the cell, in a column of numbers or of words.
func (c Cell) Classes(number bool) string {
	if !number {
		return c.Class
	}
	return prose.Join("number", c.Class)
}

// WithUnder returns the cell with a smaller second line.
func (c Cell) WithUnder(text string) Cell {
	c.Under = text
	return c
}

// Dash returns the cell for a thing that does not exist; how gives the reason.
func Dash(how string) Cell { return Cell{Text: "–", How: how, Sort: ""} }

// Number returns the header of a column of numbers.
func Number(name string) Column { return Column{Name: name, Number: true} }
