package part

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"weir/internal/outfile"
	"weir/scenarios/ensemble"
	"weir/scenarios/output"
	"weir/scenarios/words"
)

// A Whole is an ensemble of which all parts are there.
type Whole struct {
	head    Head
	parts   []*Part // by shard
	version string
}

// Merge puts parts in order, whichever that of the arguments is. A part that is there twice with the
// same bytes counts once. The error says which parts do not belong together, are there twice with
// other bytes, incomplete or missing, and what to do.
func Merge(parts []*Part) (*Whole, error) {
	if len(parts) == 0 {
		return nil, errors.New("there are no parts")
	}
	sorted := slices.Clone(parts)
	slices.SortStableFunc(sorted, func(a, b *Part) int { return cmp.Compare(a.Head.Shard.Index, b.Head.Shard.Index) })
	first := parts[0]
	h := first.Head
	h.Shard, h.First, h.Tally = Shard{1, 1}, 0, ensemble.Tally{Drawn: h.Tally.Drawn}
	var once []*Part
	var shards []Shard
	for _, p := range sorted {
		differs := first.Head.differs(&p.Head)
		if differs == "" && p.format != first.format {
			differs = "a " + p.format + " file"
		}
		switch {
		case differs != "":
			return nil, fmt.Errorf("%s does not belong to %s: it has %s", p.Path, first.Path, differs)
		case !p.Head.Complete():
			return nil, fmt.Errorf("%s is incomplete: %d of the %d runs of shard %s; run its command again, which goes on from there",
				p.Path, p.Head.Tally.Members, p.Head.Shard.Members(h.Runs).End-p.Head.First, p.Head.Shard)
		}
		if k := len(once) - 1; k >= 0 && shards[k] == p.Head.Shard {
			switch same, err := sameBytes(once[k], p); {
			case err != nil:
				return nil, fmt.Errorf("cannot read %s: %w", p.Path, outfile.Cause(err))
			case !same:
				return nil, fmt.Errorf("%s and %s are both shard %s, with other bytes: leave one of them out, or run that shard again",
					once[k].Path, p.Path, p.Head.Shard)
			}
			continue
		}
		once, shards = append(once, p), append(shards, p.Head.Shard)
		h.Tally.Add(p.Head.Tally)
	}
	if err := Missing("run", shards); err != nil {
		return nil, err
	}
	w := &Whole{head: h, parts: once}
	for _, f := range h.facts {
		if f.Key == "weir.version" {
			w.version = f.Value
		}
	}
	return w, nil
}

// sameBytes reports whether two parts are the same file, byte for byte.
func sameBytes(a, b *Part) (bool, error) {
	if a.file == nil || b.file == nil || a.file.Size() != b.file.Size() {
		return false, nil
	}
	const some = 1 << 16
	one, two := make([]byte, some), make([]byte, some)
	for at := int64(0); at < a.file.Size(); at += some {
		n, err := a.file.ReadAt(one, at)
		if err != nil && err != io.EOF {
			return false, err
		}
		m, err := b.file.ReadAt(two, at)
		if err != nil && err != io.EOF {
			return false, err
		}
		if !bytes.Equal(one[:n], two[:m]) {
			return false, nil
		}
	}
	return true, nil
}

// Missing returns an error that names the shards of a command that are not there; nil if all are. There
// is at least one, in order, none twice.
func Missing(command string, shards []Shard) error {
	of := shards[0].Of
	missing := of - len(shards)
	if missing == 0 {
		return nil
	}
	const most = 8
	var some []string // of so many as a damaged part may claim
	k := 0
	for i := 1; i <= of && len(some) < min(missing, most+1); i++ {
		if k < len(shards) && shards[k].Index == i {
			k++
			continue
		}
		some = append(some, Shard{i, of}.String())
	}
	list := strings.Join(some, ", ")
	if missing > most+1 {
		list = fmt.Sprintf("%s and %d more", strings.Join(some[:most], ", "), missing-most)
	}
	return fmt.Errorf("of %d shards %s missing: %s; run weir %s … --shard %s with the flags of the others", of,
		words.Verb(missing, "one is", words.Number(float64(missing))+" are"), list, command, some[0])
}

// Sketches reports whether the parts hold sketches; otherwise they hold every row.
func (w *Whole) Sketches() bool { return w.parts[0].format == formatSketch }

// Remarks returns the sentences that a reader of the numbers needs.
func (w *Whole) Remarks() []string { return w.head.Tally.Remarks() }

// Write writes the whole, of rows as csv or parquet, of sketches as sketch: the bytes that one run
// would have written.
func (w *Whole) Write(to io.Writer, format string) error {
	if format == formatSketch {
		all, err := w.all()
		if err != nil {
			return err
		}
		return writeSketchFile(to, &w.head, all)
	}
	out := output.NewMemberWriter(to, w.head.Columns, w.head.Affected, format, w.version)
	for _, p := range w.parts {
		if err := p.rows(out.Row); err != nil {
			return err
		}
	}
	return out.Close(w.head.output(w.head.Runs, true), "")
}

// all returns the sketches of all members.
func (w *Whole) all() (*ensemble.Sketches, error) {
	var sum Sum
	for _, p := range w.parts {
		if err := sum.Add(p); err != nil {
			return nil, err
		}
	}
	return sum.sketches, nil
}

// WriteTable writes the quantiles of sketches in lines of at most columns characters.
func (w *Whole) WriteTable(to io.Writer, columns int) error {
	all, err := w.all()
	if err != nil {
		return err
	}
	q := all.Quantiles(ensemble.Outcome{Members: w.head.Tally.Members, Failed: w.head.Tally.Failed})
	fact := map[string]string{}
	for _, f := range w.head.facts {
		fact[f.Key] = f.Value
	}
	h := output.QuantileHead{Model: fact["weir.model"], TimeUnit: fact["weir.time_unit"], Start: w.head.Start,
		Method: fact["weir.method"], Sampling: fact["weir.sampling"], Drawn: w.head.Tally.Drawn}
	if _, err := fmt.Sscan(fact["weir.step"], &h.Step); err != nil {
		return errCut
	}
	if _, err := fmt.Sscan(fact["weir.seed"], &h.Seed); err != nil {
		return errCut
	}
	output.WriteQuantiles(to, h, q, q.Remarks(w.head.Tally), columns)
	return nil
}
