// Package diff reports the changes between two models: in their text, in their feedback
// loops and in their results.
package diff

import (
	"context"
	"slices"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/sim"
)

// A Side is one of the two models. Resolved is the checked form of Model.
type Side struct {
	Name     string // as a reader calls it: a file, or a file at a revision
	Model    *model.Model
	Resolved *resolved.Model
	Set      []byte // the text of the scenario set whose model it is; nil: the model alone
}

// A Difference holds the changes from Before to After.
type Difference struct {
	Before, After string
	Tables        []Table  // added and changed ones in the order of After, then those removed; those of sets first
	Unchanged     []string // the paths of tables that are as they were
	Structure     Structure
	Results       Results
}

// Same reports whether nothing changed. Notes do not count.
func (d *Difference) Same() bool {
	s := d.Structure
	return len(d.Tables)+len(s.Gained)+len(s.Lost)+len(s.Turned)+len(s.LinksGained)+len(s.LinksLost)+len(d.Results.Changed) == 0
}

// A Change is the fate of a table.
type Change string

// The changes. A renamed table has the same content under another name.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
	Renamed Change = "renamed"
)

// A Table is a table of the model file that is not as it was: [stock.students].
type Table struct {
	Path, Label string
	Change      Change
	From        string // of a renamed one: the path before
	Keys        []Key  // those that differ; of an added or removed table: all
	Same        []Key  // of a changed one: those that do not
}

// A Key is a line of a table before and after; "" where it is not there.
type Key struct{ Name, Before, After string }

// Compare returns the changes from a to b. Each is run once with its own settings; if
// a run stops early, the rows up to then are compared. The error is one of compiling or running a
// model, or that of ctx. Sides are only read.
func Compare(ctx context.Context, a, b Side) (*Difference, error) {
	d := &Difference{Before: a.Name, After: b.Name}
	if a.Set != nil || b.Set != nil {
		d.Tables, d.Unchanged = tables(setEntries(a.Set), setEntries(b.Set))
	}
	after := entries(b.Model)
	// Renamed tables are found first, so that an equation with a new name in it does not count as
	// changed.
	n, before := rename(entries(a.Model), after)
	changed, same := tables(before, after)
	d.Tables, d.Unchanged = append(d.Tables, changed...), append(d.Unchanged, same...)
	old, err := run(ctx, a)
	if err != nil {
		return nil, err
	}
	now, err := run(ctx, b)
	if err != nil {
		return nil, err
	}
	d.Structure = structure(a.Resolved, b.Resolved, old, now, n)
	d.Results = results(a, old, now, n)
	d.Results.Notes = append(d.Results.Notes, slices.Concat(a.partial(), b.partial())...)
	if a.Set != nil || b.Set != nil {
		d.Results.Notes = append(d.Results.Notes,
			"The results are those of the models with no new decisions; weir compare runs the scenarios.")
	}
	return d, nil
}

// partial says which numbers of another tool's model are not those of the original.
func (s Side) partial() []string {
	if s.Model.Imported == nil {
		return nil
	}
	affected := model.Affected(s.Model.Imported, s.Resolved)
	if len(affected) == 0 {
		return nil
	}
	return []string{"Parts of " + s.Name + " are not supported; these numbers are not those of the original: " +
		strings.Join(affected, ", ") + "."}
}

// run runs one side with its own settings.
func run(ctx context.Context, s Side) (*sim.Result, error) {
	p, err := sim.Compile(s.Resolved)
	if err != nil {
		return nil, err
	}
	return p.Run(ctx, sim.Settings{})
}
