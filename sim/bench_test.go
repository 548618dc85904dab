package sim_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/benchmodels"
)

// The models of the benchmarks written by hand give the engine's numbers, so that
// the two are worth comparing.
func TestBenchmarkModelsByHand(t *testing.T) {
	for _, m := range benchmodels.Models() {
		t.Run(m.Name, func(t *testing.T) {
			got := run(t, m.TOML, sim.Settings{})
			if got.NonFinite != nil {
				t.Fatalf("a number is not finite: %+v", *got.NonFinite)
			}
			want := m.Hand()
			if len(got.Time) != len(want) {
				t.Fatalf("%d rows, by hand %d", len(got.Time), len(want))
			}
			for j, name := range m.Names {
				series := got.Series(name)
				if series == nil {
					t.Fatalf("the result has no %s", name)
				}
				for i, row := range want {
					if math.Abs(series[i]-row[j]) > 1e-9*math.Abs(row[j]) {
						t.Fatalf("%s at %v is %v, by hand %v", name, got.Time[i], series[i], row[j])
					}
				}
			}
		})
	}
}

// BenchmarkAgainstHand runs each model by the engine and by hand, in turn, so that
// whatever else the machine does slows both. It reports nanoseconds a step and
// element equation of the engine, and how many times the hand's time it takes, both
// from the medians of all rounds. A run includes its rows.
//
//	go test ./sim -run NONE -bench AgainstHand -benchtime 5s
func BenchmarkAgainstHand(b *testing.B) {
	for _, m := range benchmodels.Models() {
		b.Run(m.Name, func(b *testing.B) {
			r := check(b, m.TOML, nil)
			p, err := sim.Compile(r)
			if err != nil {
				b.Fatal(err)
			}
			var engine, hand []time.Duration
			for b.Loop() {
				engine = append(engine, timed(func() {
					if _, err := p.Run(context.Background(), sim.Settings{}); err != nil {
						b.Fatal(err)
					}
				}))
				hand = append(hand, timed(func() { m.Hand() }))
			}
			nanoseconds := float64(median(engine).Nanoseconds())
			b.ReportMetric(nanoseconds/benchmodels.Steps/float64(equations(r)), "ns/step·equation")
			b.ReportMetric(nanoseconds/float64(median(hand).Nanoseconds()), "×hand")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkCompile is from text to a program that is ready to run.
func BenchmarkCompile(b *testing.B) {
	for _, m := range benchmodels.Models() {
		b.Run(m.Name, func(b *testing.B) {
			for b.Loop() {
				if _, err := sim.Compile(check(b, m.TOML, nil)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func timed(f func()) time.Duration {
	begin := time.Now()
	f()
	return time.Since(begin)
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

// equations counts the element equations of one evaluation: of flows and auxiliaries,
// those among them that expansion added.
func equations(r *resolved.Model) int {
	n := 0
	for _, a := range r.Flows {
		size := 1
		for _, l := range a.Part.Loops {
			size *= len(l.At)
		}
		n += size
	}
	return n
}
