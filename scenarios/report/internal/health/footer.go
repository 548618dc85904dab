package health

import (
	"cmp"
	"math"

	"weir/model/method"
	"weir/scenarios/prose"
)

// Footer returns the record of the run: files, hashes, dates, method and version. The time
// of writing is not in it, so the same comparison makes the same page.
func (b *Teller) Footer() [][2]string {
	set := b.C.Set
	rows := [][2]string{
		{"Model", prose.Join(set.Model.Name,
			"("+prose.BaseName(set.Model.File)+", SHA-256 "+Short(set.Model.Hash)+")")},
		{"Scenario set", prose.Join(set.Name, "("+prose.BaseName(set.File)+", SHA-256 "+Short(set.Hash)+")")},
		{"Time", b.Cal.Date(set.Model.Time.Start) + " to " + b.Cal.Date(b.C.Horizon) + "; today is " +
			b.Cal.Date(b.C.Today)},
		{"Method", methodWords(b.C.Baseline.Result.Method) + ", step " + stepWords(b.C.Baseline.Result.Step, b.Cal)},
		{"Made with", prose.Join("weir", b.C.Version)},
	}
	return rows
}

// Credit returns the footer in a line, for pictures that leave the page.
func (b *Teller) Credit() string {
	set := b.C.Set
	return "Model: " + set.Model.Name + " (" + Short(set.Model.Hash) + "). Scenarios: " + set.Name + " (" + Short(set.Hash) +
		"). " + prose.Join("Made with weir", b.C.Version) + "."
}

// Short returns the beginning of a hash, enough to compare by eye; the page carries the
// files themselves.
func Short(hash string) string {
	if len(hash) > 16 {
		return hash[:16]
	}
	return cmp.Or(hash, "unknown")
}

// stepWords returns a step as a fraction of a time unit: "1/8 year".
func stepWords(step float64, c prose.Calendar) string {
	if n := math.Round(1 / step); step < 1 && math.Abs(n*step-1) < 1e-9 {
		return "1/" + prose.Decimals(n) + " " + c.Unit
	}
	return c.Span(step)
}

// methodWords returns the name of a method as the page writes it.
func methodWords(name string) string {
	if m := method.Find(name); m != nil {
		return m.Title
	}
	return name
}
