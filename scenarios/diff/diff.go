// Package diff says what changed between two models: what is written in them, which
// feedback loops they have, and what comes out of them.
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
}

// A Difference is what changed from Before to After.
type Difference struct {
	Before, After string
	Tables        []Table // added and changed ones in the order of After, then those removed
	Gained, Lost  []Loop
	Results       Results
}

// Same reports whether nothing changed.
func (d *Difference) Same() bool {
	return len(d.Tables)+len(d.Gained)+len(d.Lost)+len(d.Results.Changed) == 0
}

// A Change says what happened to a table.
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
	Keys        []Key  // what differs; of an added or removed table: all it holds
}

// A Key is a line of a table before and after; "" where it is not there.
type Key struct{ Name, Before, After string }

// A Loop is a feedback loop that only one of the models has.
type Loop struct {
	Names    []string
	Polarity model.Polarity
}

// Compare finds what changed from a to b. Each is run once with its own settings; if
// a run stops early, the rows up to then are compared.
func Compare(ctx context.Context, a, b Side) (*Difference, error) {
	d := &Difference{Before: a.Name, After: b.Name, Tables: tables(entries(a.Model), entries(b.Model))}
	before, after := loops(a.Resolved), loops(b.Resolved)
	d.Gained, d.Lost = without(after, before), without(before, after)
	old, err := run(ctx, a)
	if err != nil {
		return nil, err
	}
	now, err := run(ctx, b)
	if err != nil {
		return nil, err
	}
	d.Results = results(a, old, now)
	return d, nil
}

func run(ctx context.Context, s Side) (*sim.Result, error) {
	p, err := sim.Compile(s.Resolved)
	if err != nil {
		return nil, err
	}
	return p.Run(ctx, sim.Settings{})
}

func loops(r *resolved.Model) []Loop {
	var out []Loop
	for _, l := range model.Structure(r).Loops {
		out = append(out, Loop{l.Names(), l.Polarity})
	}
	return out
}

// without are the loops of a that are not in b; a loop whose polarity changed is not
// the same loop.
func without(a, b []Loop) []Loop {
	have := map[string]bool{}
	for _, l := range b {
		have[l.key()] = true
	}
	return slices.DeleteFunc(slices.Clone(a), func(l Loop) bool { return have[l.key()] })
}

func (l Loop) key() string { return string(l.Polarity) + " " + strings.Join(l.Names, " ") }
