// Command scaling measures weir run --shard by one, two and four processes on this machine, and
// reckons from the figures how long, large and dear 10^9 runs are. It prints both as Markdown. Times are
// of this machine, so it wants one that does nothing else.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"weir/scenarios/words"
)

// shards is into how many parts the runs are divided that are measured.
const shards = 4

// whole is how many runs the reckoning is for.
const whole = 1_000_000_000

// workloads are the models that are measured: a small one and a city. A part of either takes some
// seconds of a processor, so that its start is little beside it.
var workloads = []workload{
	{name: "family confidence", model: "examples/family-confidence/model.toml", runs: 80_000},
	{name: "St. Louis", model: "examples/st-louis/model.toml", runs: 4_000},
}

func main() {
	price := flag.Float64("price", 0.05, "of a processor for an hour, in dollars")
	part := flag.Float64("part", 1, "this part of the runs, to see whether it works")
	program := flag.String("weir", "", "the program; it is built if none is named")
	flag.Parse()
	for i := range workloads {
		workloads[i].runs = max(shards, int(float64(workloads[i].runs)**part))
	}
	folder, err := os.MkdirTemp("", "scaling")
	if err == nil {
		defer os.RemoveAll(folder)
		err = measure(folder, *program, *price)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "scaling:", err)
		os.Exit(1)
	}
}

// measure prints the tables of all workloads.
func measure(folder, program string, price float64) error {
	if program == "" {
		program = filepath.Join(folder, "weir")
		if out, err := exec.Command("go", "build", "-o", program, "./cmd/weir").CombinedOutput(); err != nil {
			return fmt.Errorf("%w\n%s", err, out)
		}
	}
	fmt.Printf("Measured with `make scaling`: %s/%s, %d processors, %s. A process has one thread (`GOMAXPROCS=1`).\n"+
		"Runs are in %d parts, as many at a time as there are processes.\n",
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), shards)
	var all []figures
	for _, w := range workloads {
		for _, format := range []string{"sketch", "parquet"} {
			f, err := w.measure(program, folder, format)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			all = append(all, f)
		}
	}
	scalingTable(all)
	costTable(all)
	estimate(all, price)
	return nil
}

// scalingTable prints how the time falls with the processes. With more processes than processors it
// cannot fall further; the processor time shows how much they hinder each other.
func scalingTable(all []figures) {
	fmt.Print("\n| Model | Parts | Runs | Processes | Time | Times as fast | Processor time |\n|---|---|---|---|---|---|---|\n")
	for _, f := range all {
		for i, p := range f.by {
			fmt.Printf("| %s | %s | %s | %d | %.2f s | %.2f | %.2f s |\n", f.name, f.format, words.Grouped(float64(f.runs)), p.processes,
				p.wall, f.by[0].wall/f.by[i].wall, p.processor)
		}
	}
}

// costTable prints the time and the bytes of a run. Microseconds are of one processor, the start of a
// part taken off; the part of 10^9 shows that a run costs the same however many there are.
func costTable(all []figures) {
	fmt.Print("\n| Model | Parts | A run | One of 10^9 | Start of a part | In the file | Merge | Memory of a part, of the merge |\n" +
		"|---|---|---|---|---|---|---|---|\n")
	for _, f := range all {
		bytes := fmt.Sprintf("%.0f bytes a run", f.bytes/float64(f.runs))
		merge := fmt.Sprintf("%.1f µs a run", 1e6*f.merge/float64(f.runs))
		if f.format == "sketch" {
			bytes, merge = size(f.bytes/shards)+" a part", fmt.Sprintf("%.0f ms a part", 1e3*f.merge/shards)
		}
		fmt.Printf("| %s | %s | %.0f µs | %.0f µs | %.0f ms | %s | %s | %s, %s |\n", f.name, f.format,
			f.micro(), f.farMicro(), 1e3*f.start, bytes, merge, size(f.memory), size(f.mergeMemory))
	}
}

// estimate prints how much 10^9 runs are, in parts of about an hour each: times and bytes in proportion
// to those measured. Sketches do not grow with the runs of a part, so there they go with the parts.
func estimate(all []figures, price float64) {
	const processors = 100
	fmt.Printf("\n10^9 runs, reckoned from one of 10^9, in parts of at most an hour of one processor. The price of that hour, "+
		"%.2f dollars, is an assumption (`-price`).\n\n", price)
	fmt.Printf("| Model | Parts | Processor hours | With %d processors | Dollars | Files of the parts | Merge, one processor |\n"+
		"|---|---|---|---|---|---|---|\n", processors)
	for _, f := range all {
		hours := whole * f.farMicro() / 1e6 / 3600
		parts := max(1, float64(int(hours+1)))
		bytes, merge := whole*f.bytes/float64(f.runs), whole*f.merge/float64(f.runs)
		if f.format == "sketch" {
			bytes, merge = parts*f.bytes/shards, parts*f.merge/shards
		}
		fmt.Printf("| %s | %s %s | %s | %s | %s | %s | %s |\n", f.name, words.Grouped(parts), f.format, words.Grouped(hours),
			duration(hours/processors), words.Grouped(hours*price), size(bytes), duration(merge/3600))
	}
}

// size returns bytes as TB, GB, MB or kB.
func size(bytes float64) string {
	for _, unit := range []struct {
		name string
		of   float64
	}{{"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}} {
		if bytes >= 2*unit.of {
			return words.Grouped(bytes/unit.of) + " " + unit.name
		}
	}
	return words.Grouped(bytes/1e3) + " kB"
}

// duration returns hours as hours, minutes or seconds.
func duration(hours float64) string {
	switch {
	case hours >= 2:
		return fmt.Sprintf("%.1f hours", hours)
	case hours >= 2./60:
		return fmt.Sprintf("%.0f minutes", hours*60)
	}
	return fmt.Sprintf("%.1f s", hours*3600)
}
