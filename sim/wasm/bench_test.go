package wasm_test

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"weir/sim"
	"weir/sim/internal/benchmodels"
)

// BenchmarkModule runs each model by the program, by hand, by its module in wazero and
// in V8, in turn, so that whatever else the machine does slows all. It reports the
// microseconds of a run by hand, how many times that the others take, each by its
// fastest round, and the module's size. A run includes its rows. Two is a run of the module for
// two runs, which takes half the time of both.
//
//	go test ./sim/wasm -run NONE -bench Module -benchtime 3s
func BenchmarkModule(b *testing.B) {
	for _, x := range benchmodels.Models() {
		b.Run(x.Name, func(b *testing.B) {
			p := compile(b, parse(b, x.TOML, nil))
			m := emit(b, p, sim.Settings{})
			i := start(b, m)
			path := filepath.Join(b.TempDir(), "module")
			write(b, path, m)
			var hand, program, wazero, v8, two []float64
			both := besides(b, p, sim.Settings{})
			pathOfTwo := filepath.Join(b.TempDir(), "two")
			write(b, pathOfTwo, both)
			for b.Loop() {
				hand = append(hand, micros(func() { x.Hand() }))
				program = append(program, micros(func() {
					if _, err := p.Run(context.Background(), sim.Settings{}); err != nil {
						b.Fatal(err)
					}
				}))
				wazero = append(wazero, micros(func() {
					i.call("init")
					i.call("run", uint64(m.Layout.Steps))
				}))
				if len(hand)%100 == 1 {
					b.StopTimer() // or a slow model would have one round only
					v8 = append(v8, inV8(b, path, max(40, int(2e5/hand[0]))))
					two = append(two, inV8(b, pathOfTwo, max(40, int(2e5/hand[0])))/2)
					b.StartTimer()
				}
			}
			b.ReportMetric(slices.Min(hand), "µs-hand")
			b.ReportMetric(slices.Min(program)/slices.Min(hand), "program/hand")
			b.ReportMetric(slices.Min(wazero)/slices.Min(hand), "wazero/hand")
			b.ReportMetric(slices.Min(v8)/slices.Min(hand), "v8/hand")
			b.ReportMetric(slices.Min(two)/slices.Min(hand), "v8-two/hand")
			b.ReportMetric(float64(len(m.Code)), "bytes")
			b.ReportMetric(float64(len(both.Code)), "bytes-two")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// inV8 is the fastest of some runs in V8, in microseconds.
func inV8(b *testing.B, path string, times int) float64 {
	fields := strings.Fields(inNode(b, times, []string{path})[0])
	x, err := strconv.ParseFloat(fields[len(fields)-1], 64)
	if err != nil {
		b.Fatal(err)
	}
	return x
}

func micros(f func()) float64 {
	begun := time.Now()
	f()
	return float64(time.Since(begun).Nanoseconds()) / 1000
}

// BenchmarkEmit is from a program to the bytes of its module.
func BenchmarkEmit(b *testing.B) {
	for _, x := range benchmodels.Models() {
		b.Run(x.Name, func(b *testing.B) {
			p := compile(b, parse(b, x.TOML, nil))
			for b.Loop() {
				emit(b, p, sim.Settings{})
			}
		})
	}
}
