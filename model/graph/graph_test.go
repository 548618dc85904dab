package graph

import (
	"slices"
	"testing"
)

// 0 → 1 → 2 → 0 is a component that leads to 3; 3 and 4 have no cycle; 5 has an edge to itself.
var edges = [][]int{{1}, {2, 3}, {0}, {4}, nil, {5}}

func next(n int) []int { return edges[n] }

func TestComponents(t *testing.T) {
	got := Components([]int{0, 5}, len(edges), next)
	want := [][]int{{4}, {3}, {0, 1, 2}, {5}}
	for _, c := range got {
		slices.Sort(c)
	}
	if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A chain of two million nodes needs no stack of the language.
func TestLongChain(t *testing.T) {
	const n = 2_000_000
	chain := make([]int, n)
	for i := range chain {
		chain[i] = i
	}
	got := Components([]int{0}, n, func(i int) []int { return chain[min(i+1, n):min(i+2, n)] })
	if len(got) != n || got[0][0] != n-1 {
		t.Errorf("%d components, the first is %v", len(got), got[0])
	}
}

func TestShortestCycle(t *testing.T) {
	within := map[int]bool{0: true, 1: true, 2: true}
	if got := ShortestCycle(1, within, next); !slices.Equal(got, []int{1, 2, 0}) {
		t.Errorf("got %v", got)
	}
	if got := ShortestCycle(5, map[int]bool{5: true}, next); !slices.Equal(got, []int{5}) {
		t.Errorf("an edge to itself gives %v", got)
	}
	if got := ShortestCycle(3, within, next); got != nil {
		t.Errorf("a node without a cycle gives %v", got)
	}
}
