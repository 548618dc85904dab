// Package divide lets work that consists of many items, none of which needs another, be done in
// parts and in other places. An analysis says which items it has and how some of them are done;
// a Divider decides who does them, and the analysis goes on with their numbers wherever they were
// made.
package divide

import (
	"context"
	"errors"
)

// A Row takes a row of numbers of an item, one for each column. It keeps no reference to them. Rows
// come item after item, and those of an item in the order in which they were made.
type Row func(item int, numbers []float64) error

// Work is items that are done alike.
type Work struct {
	Items   int      // at least 1; an item is known by its number, from 0
	Unit    string   // an item in words: point
	Columns []string // of the rows of an item, at least one
	// Block is how many items are best done together, 0 for one: a part that is stopped keeps the
	// blocks that it has finished.
	Block int
	// Do does the items from first up to end and gives row the rows of each. The numbers of an item
	// depend on its number alone, and each item has at least one row.
	Do func(ctx context.Context, first, end int, row Row) error
	// Try, if not nil, does a little of the work, and returns which share of all that is, and how many
	// rows all of it has at most. It is for work of which a single item takes long.
	Try func() (share, rows float64, err error)
}

// A Divider has the items of some work done. It gives row the rows of all of them, in order, or
// returns ErrElsewhere if others do the rest.
type Divider interface {
	Rows(ctx context.Context, w Work, row Row) error
}

// ErrElsewhere is the error of work of which only a part was to be done here, and is done. Whoever
// asked for the part is the only one who sees it.
var ErrElsewhere = errors.New("the rest of the work is done elsewhere")

// Rows gives row the rows of all items. Without a divider every item is done here and now. The
// error is that of the work, of row, of the context, or ErrElsewhere.
func Rows(ctx context.Context, d Divider, w Work, row Row) error {
	if d == nil {
		return w.Do(ctx, 0, w.Items, row)
	}
	return d.Rows(ctx, w, row)
}
