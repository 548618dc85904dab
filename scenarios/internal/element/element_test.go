package element

import (
	"slices"
	"testing"

	"weir/model/resolved"
)

func TestSplit(t *testing.T) {
	for _, row := range []struct {
		text, name string
		elements   []string
		ok         bool
	}{
		{"seats", "seats", nil, true},
		{"Total Seats[charter, 9]", "total_seats", []string{"charter", "9"}, true},
		{"seats[charter", "seats", nil, false},
		{"seats[charter] x", "seats", nil, false},
	} {
		name, elements, ok := Split(row.text)
		if name != row.name || !slices.Equal(elements, row.elements) || ok != row.ok {
			t.Errorf("Split(%q) = %q, %q, %v", row.text, name, elements, ok)
		}
	}
}

func TestAll(t *testing.T) {
	over := []*resolved.Dimension{{Elements: []string{"slps", "charter"}}, {Elements: []string{"k", "1"}}}
	var got []string
	for _, e := range All(over) {
		got = append(got, Join("x", e))
	}
	want := []string{"x[slps,k]", "x[slps,1]", "x[charter,k]", "x[charter,1]"}
	if !slices.Equal(got, want) {
		t.Errorf("elements %q, want %q", got, want)
	}
	if scalar := All(nil); len(scalar) != 1 || Join("x", scalar[0]) != "x" {
		t.Errorf("elements of a scalar: %q", scalar)
	}
}

func TestFind(t *testing.T) {
	if i := Find([]string{"Special Education", "k"}, "special_education"); i != 0 {
		t.Errorf("found at %d", i)
	}
	if i := Find([]string{"k"}, "q"); i != -1 {
		t.Errorf("found at %d", i)
	}
}
