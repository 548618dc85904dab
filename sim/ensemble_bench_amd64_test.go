//go:build unix

package sim_test

import (
	"slices"
	"syscall"
	"testing"
	"time"

	"weir/sim/internal/benchmodels"
	"weir/sim/internal/vector"
)

// BenchmarkTenThousand runs 10,000 members of each model as one ensemble, by all
// workers, with the processor's instructions and in plain Go in turn. It reports
// seconds and microseconds of processor time a member, and how many times the time of
// plain Go is that with the instructions, from the best rounds.
//
//	go test ./sim -run NONE -bench TenThousand -benchtime 5x
func BenchmarkTenThousand(b *testing.B) {
	if !vector.Available {
		b.Skip("this processor has no such instructions")
	}
	defer func() { vector.Available = true }()
	for _, m := range benchmodels.Models()[:2] {
		b.Run(m.Name, func(b *testing.B) {
			r := check(b, m.TOML, nil)
			var wall, used [2][]time.Duration
			for b.Loop() {
				for i := range used {
					vector.Available = i == 0
					before := processorTime()
					wall[i] = append(wall[i], timed(func() { runEnsemble(b, r, m, 10_000, 0) }))
					used[i] = append(used[i], processorTime()-before)
				}
			}
			b.ReportMetric(slices.Min(wall[0]).Seconds(), "s")
			b.ReportMetric(float64(slices.Min(used[0]).Nanoseconds())/1e7, "µs/member")
			b.ReportMetric(float64(slices.Min(used[1]).Nanoseconds())/1e7, "µs/member-in-Go")
			b.ReportMetric(float64(slices.Min(used[1]))/float64(slices.Min(used[0])), "×faster")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// processorTime is what this process has used.
func processorTime() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
