package items

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"weir/scenarios/divide"
	"weir/scenarios/part"
	"weir/scenarios/words"
)

// A Whole has all parts of a divided command. It is the Divider that gives the command their rows.
type Whole struct {
	Task  Task
	head  Head
	parts []*Part // by shard, each once
}

var _ divide.Divider = (*Whole)(nil)

// Merge puts parts in order, whichever that of the arguments is. A part that is there twice with the
// same contents counts once. The error says which parts do not belong together, are there twice with
// other numbers, are incomplete or missing, and how to go on.
func Merge(parts []*Part) (*Whole, error) {
	if len(parts) == 0 {
		return nil, errors.New("there are no parts")
	}
	sorted := slices.Clone(parts)
	slices.SortStableFunc(sorted, func(a, b *Part) int { return cmp.Compare(a.Head.Shard.Index, b.Head.Shard.Index) })
	first := parts[0]
	w := &Whole{}
	for _, p := range sorted {
		if differs := first.Head.differs(&p.Head); differs != "" {
			return nil, fmt.Errorf("%s does not belong to %s: it has %s", p.Path, first.Path, differs)
		}
		if !p.Head.Complete() {
			return nil, fmt.Errorf("%s is incomplete, with %s; run its command again, which goes on from there", p.Path, p.Head.Progress())
		}
		if k := len(w.parts) - 1; k >= 0 && w.parts[k].Head.Shard == p.Head.Shard {
			if w.parts[k].Head.Sum != p.Head.Sum {
				return nil, fmt.Errorf("%s and %s are both shard %s, with other numbers: run that shard again, and leave both out",
					w.parts[k].Path, p.Path, p.Head.Shard)
			}
			continue
		}
		w.parts = append(w.parts, p)
	}
	var shards []part.Shard
	for _, p := range w.parts {
		shards = append(shards, p.Head.Shard)
	}
	w.head, w.Task = w.parts[0].Head, w.parts[0].Head.Task
	if err := part.Missing(w.Task.Command, shards); err != nil {
		return nil, err
	}
	return w, nil
}

// Check returns an error if a task that is about to take the rows is not that of the parts: the
// model, its data or the program have changed since.
func (w *Whole) Check(t Task) error {
	if differs := w.Task.differs(&t); differs != "" {
		return fmt.Errorf("the parts were made of something else than %s: that has %s", t.File, differs)
	}
	return nil
}

// Rows gives the rows of all parts.
func (w *Whole) Rows(ctx context.Context, work divide.Work, row divide.Row) error {
	if h := w.head; work.Items != h.Items || work.Unit != h.Unit || !slices.Equal(work.Columns, h.Columns) {
		return fmt.Errorf("the parts have %s, and the work has %d now; make them again", words.Count(h.Items, h.Unit), work.Items)
	}
	for _, p := range w.parts {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := p.rows(row); err != nil {
			return fmt.Errorf("%s: %w", p.Path, err)
		}
	}
	return nil
}
