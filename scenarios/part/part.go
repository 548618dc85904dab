// Package part writes an ensemble in parts, on as many machines as there are, and puts parts
// together to the bytes that one run writes.
//
// The draws of a member depend on its number only, so that a part is made without the others. A
// part holds either every row of its members, as Parquet, or sketches of their quantiles, whose
// size does not grow with the members.
package part

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"weir/scenarios/ensemble"
	"weir/scenarios/output"
	"weir/scenarios/uncertainty"
	"weir/scenarios/words"
	"weir/sim"
)

// A Shard is part Index of Of equal parts, counted from 1.
type Shard struct{ Index, Of int }

// ParseShard reads "3/8". Instead of 3 there may be the name of an environment variable, which
// lookup knows, with a number from 0 to 7, as schedulers give it to a task. The error says how a
// shard is written.
func ParseShard(text string, lookup func(name string) (string, bool)) (Shard, error) {
	i, n, _ := strings.Cut(text, "/")
	index, err := strconv.Atoi(i)
	if value, ok := lookup(i); err != nil && ok {
		if index, err = strconv.Atoi(value); err != nil {
			return Shard{}, fmt.Errorf("%s is %q, and not a number from 0", i, value)
		}
		index++
	}
	of, err2 := strconv.Atoi(n)
	if err != nil || err2 != nil || index < 1 || index > of {
		return Shard{}, fmt.Errorf("%q is no part of a whole: 3/8 is the third of eight; instead of 3 there may be an environment variable with a number from 0", text)
	}
	return Shard{index, of}, nil
}

// String returns "3/8".
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }

// Members returns which of so many runs are the shard's. Shards differ in size by one at most.
func (s Shard) Members(runs int) ensemble.Members {
	at := func(i int) int { return int(int64(runs) * int64(i) / int64(s.Of)) }
	return ensemble.Members{First: at(s.Index - 1), End: at(s.Index)}
}

// A Head says which members of which ensemble a part holds. Parts with equal facts, settings,
// ranges and columns are of one ensemble.
type Head struct {
	Shard    Shard          `json:"shard"`
	Runs     int            `json:"runs"` // of the whole
	First    int            `json:"first"`
	Tally    ensemble.Tally `json:"tally"`    // of the members from First on that are there
	Settings string         `json:"settings"` // of the runs
	Ranges   string         `json:"ranges"`   // SHA-256 of the distributions that are drawn from
	Columns  []string       `json:"columns"`
	Affected []string       `json:"affected,omitempty"` // not those of another tool's model
	Start    float64        `json:"start"`              // of a run, in model time

	facts []output.Fact // of the model and its method, those of the shard left out
}

// Complete reports whether all members of the shard are there.
func (h *Head) Complete() bool {
	return h.Tally.Members == h.Shard.Members(h.Runs).End-h.First
}

// A Job is a part to be made.
type Job struct {
	Plan    *ensemble.Plan
	Shard   Shard
	Format  string // parquet or sketch
	Version string // of weir
}

// head returns the head of the part before any member ran.
func (j *Job) head() Head {
	p := j.Plan
	h := Head{Shard: j.Shard, Runs: p.Sampling.Runs, First: j.Shard.Members(p.Sampling.Runs).First,
		Tally: p.Tally(&ensemble.Outcome{}), Settings: settings(p.Settings), Ranges: ranges(p.Sampling),
		Columns: p.Head(), Affected: p.Affected, Start: p.Model.Time.Start}
	if j.Format == formatSketch {
		h.Columns = p.Names()
	}
	h.facts = common(output.EnsembleFacts(p, j.Version, 0))
	return h
}

// common returns the facts that parts share with the whole.
func common(facts []output.Fact) []output.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f output.Fact) bool {
		return f.Key == output.FactDone || f.Key == output.FactComplete
	})
}

// settings returns the settings of runs as text.
func settings(s sim.Settings) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(s.Set)) {
		out = append(out, name+"="+words.Exact(s.Set[name]))
	}
	for _, x := range []struct {
		name  string
		value *float64
	}{{"step", s.Step}, {"save", s.Save}, {"stop", s.Stop}} {
		if x.value != nil {
			out = append(out, "--"+x.name+" "+words.Exact(*x.value))
		}
	}
	if s.Method != "" {
		out = append(out, "--method "+s.Method)
	}
	return strings.Join(append(out, "--seed "+strconv.FormatUint(s.Seed, 10)), " ")
}

// ranges returns the hash of everything that members are drawn from.
func ranges(u uncertainty.Futures) string {
	h := sha256.New()
	for _, s := range u.Sources {
		fmt.Fprintf(h, "%q %s %v %v %v %d\n", s.Name, s.Distribution, s.Low, s.High, s.Value, s.Elements)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// differs returns how a part is of another ensemble than this one, or ""; the shards may differ.
func (h *Head) differs(other *Head) string {
	for i, f := range h.facts {
		if i >= len(other.facts) || other.facts[i].Key != f.Key {
			return "facts of another version of weir"
		}
		if got := other.facts[i].Value; got != f.Value {
			return fmt.Sprintf("%s %q, not %q", strings.ReplaceAll(strings.TrimPrefix(f.Key, "weir."), "_", " "), got, f.Value)
		}
	}
	switch {
	case h.Runs != other.Runs:
		return fmt.Sprintf("%d runs, not %d", other.Runs, h.Runs)
	case h.Shard.Of != other.Shard.Of:
		return fmt.Sprintf("%d shards, not %d", other.Shard.Of, h.Shard.Of)
	case h.Settings != other.Settings:
		return fmt.Sprintf("settings %s, not %s", other.Settings, h.Settings)
	case h.Ranges != other.Ranges || h.Tally.Drawn != other.Tally.Drawn:
		return "other ranges of the constants that are drawn"
	case !slices.Equal(h.Columns, other.Columns):
		return "other columns"
	}
	return ""
}

// output returns the facts of a file with so many members, by key.
func (h *Head) output(done int, complete bool) []output.Fact {
	return output.SortFacts(append(slices.Clone(h.facts),
		output.Fact{Key: output.FactDone, Value: strconv.Itoa(done)},
		output.Fact{Key: output.FactComplete, Value: strconv.FormatBool(complete)}))
}

// Formats of parts.
const (
	formatSketch  = "sketch"
	formatParquet = "parquet"
)

// Formats are those that a part may have.
var Formats = []string{formatParquet, formatSketch}
