package sim_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/benchmodels"
)

// BenchmarkEnsembleAgainstHand runs each model with its first ten single constants
// varied, by one worker, and by hand once for each member, in turn, so that whatever
// else the machine does slows both. It reports microseconds a member of 800 steps, and
// how many times the hand's time that is, from the medians of all rounds.
//
//	go test ./sim -run NONE -bench EnsembleAgainstHand -benchtime 10x
func BenchmarkEnsembleAgainstHand(b *testing.B) {
	for _, m := range benchmodels.Models() {
		b.Run(m.Name, func(b *testing.B) {
			r := check(b, m.TOML, nil)
			members := map[string]int{"small": 4096, "medium": 512, "wide": 32}[m.Name]
			var engine, hand []time.Duration
			for b.Loop() {
				engine = append(engine, timed(func() { runEnsemble(b, r, m, members, 1) }))
				hand = append(hand, timed(func() {
					for range members {
						m.Hand()
					}
				}))
			}
			each := float64(median(engine).Nanoseconds()) / float64(members)
			b.ReportMetric(each/1000, "µs/member")
			b.ReportMetric(each/benchmodels.Steps/float64(equations(r)), "ns/step·equation")
			b.ReportMetric(float64(median(engine))/float64(median(hand)), "×hand")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkEnsembleWorkers compares one worker with two, by the fastest rounds, since
// two workers need both processors for themselves.
//
//	go test ./sim -run NONE -bench EnsembleWorkers -benchtime 20x
func BenchmarkEnsembleWorkers(b *testing.B) {
	for _, m := range benchmodels.Models() {
		b.Run(m.Name, func(b *testing.B) {
			r := check(b, m.TOML, nil)
			members := map[string]int{"small": 32768, "medium": 8192, "wide": 256}[m.Name]
			var one, two []time.Duration
			for b.Loop() {
				one = append(one, timed(func() { runEnsemble(b, r, m, members, 1) }))
				two = append(two, timed(func() { runEnsemble(b, r, m, members, 2) }))
			}
			b.ReportMetric(float64(slices.Min(one))/float64(slices.Min(two)), "×faster")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func runEnsemble(b *testing.B, r *resolved.Model, m benchmodels.Model, members, workers int) {
	p, err := sim.Compile(r)
	if err != nil {
		b.Fatal(err)
	}
	s := aroundValues(r, sim.EnsembleSettings{Runs: members, Workers: workers, Keep: m.Names[:2]})
	s.Vary = s.Vary[:min(10, len(s.Vary))]
	if _, err := p.Ensemble(context.Background(), s); err != nil {
		b.Fatal(err)
	}
}
