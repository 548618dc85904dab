package fuse_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weir/sim/wasm/internal/fuse"
	"weir/sim/wasm/internal/lower"
)

// What computes the numbers of a run gives the same bits on every processor.
func TestNoProductMayFuse(t *testing.T) {
	packages, err := lower.Load("weir/model/numeric/maths", "weir/model/numeric/normal", "weir/model/numeric/arrays", "weir/model/resolved", "weir/sim/maths", "weir/sim", "weir/sim/sampling",
		"weir/sim/wasm", "weir/sim/wasm/internal/driver")
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range fuse.Find(packages) {
		t.Errorf("%s: this product may be fused with a sum; write float64(x*y)", at)
	}
}

// Every line of the examples that says so is found, and no other.
func TestFind(t *testing.T) {
	packages, err := lower.Load("weir/sim/wasm/internal/fuse/testdata/examples")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "examples", "examples.go")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var want []int
	for i, line := range strings.Split(string(text), "\n") {
		if strings.Contains(line, "// FUSES") {
			want = append(want, i+1)
		}
	}
	var got []int
	for _, at := range fuse.Find(packages) {
		parts := strings.Split(at, ":")
		n := 0
		for _, d := range parts[len(parts)-2] {
			n = 10*n + int(d-'0')
		}
		got = append(got, n)
	}
	slices.Sort(got)
	got = slices.Compact(got)
	if !slices.Equal(got, want) {
		t.Errorf("found lines %v, want %v", got, want)
	}
}
