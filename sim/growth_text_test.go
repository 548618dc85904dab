package sim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"weir/model"
)

// A generated is a kind of generated model: its text with n variables, and its file's kind.
type generated struct {
	name, kind string
	text       func(n int) string
}

const yearly = "name = \"Growing\"\n[time]\nstart = 0\nstop = 2\nstep = 1\nunit = \"year\"\n"

// auxiliaries is a TOML model of n auxiliaries with these equations.
func auxiliaries(n int, equation func(i int) string) string {
	var b strings.Builder
	b.WriteString(yearly)
	for i := range n {
		fmt.Fprintf(&b, "[aux.v%d]\nequation = %q\n", i, equation(i))
	}
	return b.String()
}

// vensimChain is a .mdl model of n variables of which each reads the one before; the first is
// first, and FINAL TIME is final.
func vensimChain(n int, first, final string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{UTF-8}\nv0 = %s ~ Dmnl ~|\n", first)
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "v%d =\n\tv%d + v%d / 2\n\t~\tDmnl\n\t~\tFollows.\n\t|\n\n", i, i-1, i-1)
	}
	fmt.Fprintf(&b, "INITIAL TIME = 0 ~~|\nFINAL TIME = %s ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n", final)
	return b.String()
}

// growings are chains, diamonds (of which twice as many ways lead through each level), dense
// graphs and rings, as files of each kind.
var growings = []generated{
	{"chain", "toml", func(n int) string {
		return auxiliaries(n, func(i int) string { return []string{"time", fmt.Sprintf("v%d + 1", i-1)}[min(i, 1)] })
	}},
	{"diamonds", "toml", func(n int) string {
		return auxiliaries(n, func(i int) string { return []string{"time", fmt.Sprintf("v%d + v%d", i-1, i-1)}[min(i, 1)] })
	}},
	{"dense", "toml", func(n int) string {
		return auxiliaries(n, func(i int) string {
			sum := "time"
			for k := max(0, i-30); k < i; k++ {
				sum += fmt.Sprintf(" + v%d", k)
			}
			return sum
		})
	}},
	{"ring", "toml", func(n int) string {
		var b strings.Builder
		b.WriteString(yearly)
		for i := range n {
			fmt.Fprintf(&b, "[stock.s%d]\ninitial = 1\ninflow = [\"f%d\"]\n[flow.f%d]\nequation = \"s%d - s%d\"\n", i, i, i, (i+1)%n, i)
		}
		return b.String()
	}},
	{"mistakes", "toml", func(n int) string {
		var b strings.Builder
		b.WriteString(yearly + "[aux]\n")
		for i := range n {
			fmt.Fprintf(&b, "v%d = { equation = \"missing_%d\" }, ", i, i)
		}
		return strings.ReplaceAll(b.String(), "}, ", "}\n")
	}},
	{"chain", "mdl", func(n int) string { return vensimChain(n, "Time", "2") }},
	{"constants", "mdl", func(n int) string {
		return vensimChain(n, "1", fmt.Sprintf("IF THEN ELSE(v%d > 0, 2, 3)", n-1))
	}},
	{"chain", "xmile", func(n int) string {
		var b strings.Builder
		b.WriteString(`<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><header><vendor>v</vendor>` +
			`<product>p</product></header><sim_specs method="Euler"><start>0</start><stop>2</stop><dt>1</dt></sim_specs><model><variables>`)
		for i := range n {
			equation := "TIME"
			if i > 0 {
				equation = fmt.Sprintf("v%d + v%d / 2", i-1, i-1)
			}
			fmt.Fprintf(&b, "<aux name=\"v%d\">\n<eqn>%s</eqn>\n<units>1</units>\n</aux>\n", i, equation)
		}
		return b.String() + "</variables></model></xmile>"
	}},
}

// checked reads and checks a text, and reports whether it is without mistakes. Units count as
// warnings, for generated equations add what they find.
func checked(kind, text string) bool {
	m, list := readers[kind](text)
	if m == nil {
		return false
	}
	_, more := model.Check(m)
	return !list.HasErrors() && !model.UnitsAsWarnings(more).HasErrors()
}

// Twice the model takes twice the work. Allocations stand for the work, as they are the same
// on every machine; see BenchmarkReading for times.
func TestWorkGrowsWithTheText(t *testing.T) {
	for _, g := range growings {
		work := func(n int) float64 {
			text := g.text(n)
			if sound := checked(g.kind, text); sound == (g.name == "mistakes") {
				t.Fatalf("%s, %s of %d: sound is %v", g.name, g.kind, n, sound)
			}
			return testing.AllocsPerRun(1, func() { checked(g.kind, text) })
		}
		// Of work a + b·n the second 800 variables take twice that of the 400 before them, whatever the
		// constant is. Maps and slices that grow by doubling allow for a little more.
		first, second, third := work(400), work(800), work(1600)
		if ratio := (third - second) / (second - first); ratio > 2.1 {
			t.Errorf("%s, %s: twice the further variables take %.2f times the allocations", g.name, g.kind, ratio)
		}
	}
}

// Two to the power of 60 ways lead through a diamond of 60 levels: each is not walked.
func TestDiamondOfSixtyLevels(t *testing.T) {
	text := growings[1].text(60)
	if !checked("toml", text) {
		t.Fatal("the model has mistakes")
	}
	if n := testing.AllocsPerRun(1, func() { checked("toml", text) }); n > 20_000 {
		t.Errorf("%v allocations for 60 equations of one line", n)
	}
}

// BenchmarkReading says how the time of reading and checking grows with the lines of the
// file: rows as in BenchmarkGrowth. The largest files have 100,000 lines or more.
//
//	go test ./sim -run NONE -bench Reading -benchtime 3x
func BenchmarkReading(b *testing.B) {
	for _, g := range growings {
		sizes := []int{1000, 4000, 16_000}
		b.Run(g.name+"-"+g.kind, func(b *testing.B) {
			times, bytes := make([][]time.Duration, len(sizes)), make([]uint64, len(sizes))
			lines := make([]int, len(sizes))
			var texts []string
			for i, n := range sizes {
				texts = append(texts, g.text(n))
				lines[i] = strings.Count(texts[i], "\n")
			}
			for b.Loop() {
				for i, text := range texts {
					before := allocated()
					times[i] = append(times[i], timed(func() { checked(g.kind, text) }))
					bytes[i] = allocated() - before
				}
			}
			b.Log(growthTable("lines", lines, times, bytes))
			b.ReportMetric(0, "ns/op")
		})
	}
}
