package sim_test

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"weir/sim"
)

// chain is a model of so many stocks in a row, with a step of 1 for so many steps.
func chain(stocks, steps int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name = \"Chain\"\n[time]\nstart = 0\nstop = %d\nstep = 1\nsave = %d\nunit = \"day\"\n[constant.stay]\nvalue = 20\n", steps, steps)
	for i := range stocks {
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = 100\noutflow = [\"f%d\"]\n", i, i)
		if i > 0 {
			fmt.Fprintf(&b, "inflow = [\"f%d\"]\n", i-1)
		}
		fmt.Fprintf(&b, "[flow.f%d]\nequation = \"s%d / stay\"\n", i, i)
	}
	return b.String()
}

// against is a chain of stocks each of which flows at a rate that the next one in the file
// sets, so that what the last one depends on reaches the first against the order of the
// file.
func against(stocks int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name = \"Against\"\n[time]\nstart = 0\nstop = 2\nstep = 1\nunit = \"day\"\n[constant.stay]\nvalue = 20\n")
	for i := range stocks {
		rate := "stay"
		if i < stocks-1 {
			rate = fmt.Sprintf("stay + s%d", i+1)
		}
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = 100\noutflow = [\"f%d\"]\n[flow.f%d]\nequation = \"s%d / (%s)\"\n", i, i, i, i, rate)
	}
	return b.String()
}

// diamonds is a row of auxiliaries of which each reads the two before: two to the power of
// their number ways lead from the first to the last.
func diamonds(levels int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "name = \"Diamonds\"\n[time]\nstart = 0\nstop = 2\nstep = 1\nunit = \"day\"\n[constant.stay]\nvalue = 20\n")
	fmt.Fprintf(&b, "[stock.s9]\ninitial = 100\noutflow = [\"f\"]\n[flow.f]\nequation = \"s9 / a%d\"\n", levels-1)
	for i := range levels {
		equation := "stay"
		if i > 1 {
			equation = fmt.Sprintf("0.5 * a%d + 0.5 * a%d", i-1, i-2)
		}
		fmt.Fprintf(&b, "[aux.a%d]\nequation = \"%s\"\n", i, equation)
	}
	return b.String()
}

// dense is stocks of which each flows at a rate that all others set, n*n arrows in all.
func dense(n int) string {
	var b, all strings.Builder
	fmt.Fprintf(&b, "name = \"Dense\"\n[time]\nstart = 0\nstop = 2\nstep = 1\nunit = \"day\"\n[constant.stay]\nvalue = 20\n")
	for i := range n {
		fmt.Fprintf(&all, " + s%d", i)
	}
	for i := range n {
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = 100\noutflow = [\"f%d\"]\n[flow.f%d]\nequation = \"s%d / (stay%s)\"\n", i, i, i, i, all.String())
	}
	return b.String()
}

// BenchmarkGrowth says how time and memory grow with stocks (from text to numbers),
// with steps and with members (of a compiled model, one worker): the fastest of the
// rounds, what a round allocates, and the slope from the row before on scales of
// logarithms, which is 1 where twice as much takes twice as long.
//
//	go test ./sim -run NONE -bench Growth -benchtime 5x
func BenchmarkGrowth(b *testing.B) {
	for _, axis := range []struct {
		name  string
		sizes []int
		work  func(b *testing.B, size int) func()
	}{
		{"stocks", []int{10, 100, 1000, 10_000}, func(b *testing.B, n int) func() {
			text := chain(n, 200)
			return func() { grown(b, compiled(b, text), 0) }
		}},
		{"against", []int{10, 100, 1000, 10_000}, func(b *testing.B, n int) func() {
			text := against(n)
			return func() { grown(b, compiled(b, text), 40) }
		}},
		{"diamonds", []int{10, 100, 1000, 10_000}, func(b *testing.B, n int) func() {
			text := diamonds(n)
			return func() { grown(b, compiled(b, text), 40) }
		}},
		{"dense", []int{10, 20, 40, 80, 160}, func(b *testing.B, n int) func() {
			text := dense(n)
			return func() { grown(b, compiled(b, text), 40) }
		}},
		{"steps", []int{100, 1000, 10_000, 100_000}, func(b *testing.B, n int) func() {
			p := compiled(b, chain(50, n))
			return func() { grown(b, p, 0) }
		}},
		{"members", []int{100, 1000, 10_000, 100_000}, func(b *testing.B, n int) func() {
			p := compiled(b, chain(50, 50))
			return func() { grown(b, p, n) }
		}},
	} {
		b.Run(axis.name, func(b *testing.B) {
			times, bytes := make([][]time.Duration, len(axis.sizes)), make([]uint64, len(axis.sizes))
			var work []func()
			for _, size := range axis.sizes {
				work = append(work, axis.work(b, size))
			}
			for b.Loop() {
				for i, f := range work {
					before := allocated()
					times[i] = append(times[i], timed(f))
					bytes[i] = allocated() - before
				}
			}
			b.Log(growthTable(axis.name, axis.sizes, times, bytes))
			b.ReportMetric(0, "ns/op")
		})
	}
}

func compiled(b *testing.B, text string) *sim.Program {
	p, err := sim.Compile(check(b, text, nil))
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// grown runs a program once, or as so many members.
func grown(b *testing.B, p *sim.Program, members int) {
	var err error
	if members == 0 {
		_, err = p.Run(context.Background(), sim.Settings{})
	} else {
		s := sim.EnsembleSettings{Runs: members, Workers: 1, Keep: []string{"s9"}, Vary: []string{"stay"},
			Values: func(member int, to []float64) { to[0] = 10 + float64(member%20) }}
		_, err = p.Ensemble(context.Background(), s)
	}
	if err != nil {
		b.Fatal(err)
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// growthTable has a row a size.
func growthTable(name string, sizes []int, times [][]time.Duration, bytes []uint64) string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n%10s %12s %12s %8s\n", name, "ms", "MB", "slope")
	last := 0.0
	for i, size := range sizes {
		ms := float64(slices.Min(times[i]).Nanoseconds()) / 1e6
		slope := ""
		if i > 0 {
			slope = fmt.Sprintf("%.2f", math.Log(ms/last)/math.Log(float64(size)/float64(sizes[i-1])))
		}
		fmt.Fprintf(&out, "%10d %12.3f %12.2f %8s\n", size, ms, float64(bytes[i])/1e6, slope)
		last = ms
	}
	return out.String()
}
