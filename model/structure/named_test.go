package structure_test

import (
	"slices"
	"strings"
	"testing"

	"weir/model/structure"
)

// linked returns a graph of links such as "a b", "b a".
func linked(links ...string) *structure.Graph {
	g := &structure.Graph{}
	node := func(name string) *structure.Node {
		if n := g.Node(name); n != nil {
			return n
		}
		n := &structure.Node{Name: name}
		g.Nodes = append(g.Nodes, n)
		return n
	}
	for _, l := range links {
		from, to, _ := strings.Cut(l, " ")
		g.Links = append(g.Links, &structure.Link{From: node(from), To: node(to)})
	}
	return g
}

func TestLoopsThrough(t *testing.T) {
	g := linked("a b", "b c", "c a", "b a", "c d", "d a", "a e")
	for _, x := range []struct {
		through string
		want    []string
	}{
		{"a c", []string{"a b c", "a b c d"}},
		{"d", []string{"d a b c"}},
		{"a b", []string{"a b"}}, // a loop as it stands, though longer ones pass both
		{"b", []string{"b a", "b c a", "b c d a"}},
		{"c b", []string{"c a b", "c d a b"}}, // of two, each comes after the other
		{"a b c", []string{"a b c"}},
		{"e", nil},
		{"a a", nil},
		{"x", nil},
		{"", nil},
	} {
		var got []string
		for _, nodes := range g.LoopsThrough(strings.Fields(x.through)) {
			var names []string
			for _, n := range nodes {
				names = append(names, n.Name)
			}
			got = append(got, strings.Join(names, " "))
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("through %q: %q, want %q", x.through, got, x.want)
		}
	}
}

// In a graph where everything acts on everything the search ends, with loops to choose from.
func TestLoopsThroughDenseGraph(t *testing.T) {
	var links []string
	for _, a := range "abcdefghijklmno" {
		for _, b := range "abcdefghijklmno" {
			if a != b {
				links = append(links, string(a)+" "+string(b))
			}
		}
	}
	if n := len(linked(links...).LoopsThrough([]string{"a"})); n != 6 {
		t.Errorf("%d loops, want 6", n)
	}
}
