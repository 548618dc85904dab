package plan

import (
	"slices"
	"testing"
)

// A counted sample is its own member numbers.
type counted int

func (c counted) Size() int                       { return int(c) }
func (c counted) Vary() []string                  { return []string{"x"} }
func (c counted) Values(member int, to []float64) { to[0] = float64(member) }
func (c counted) World(member int) int            { return member }
func (c counted) Shapes(member int) []int         { return []int{member} }
func (c counted) Number(member int) int           { return member }

// Four of ten members are the middles of four equal shares: 1.25, 3.75, 6.25, 8.75.
func TestEvenly(t *testing.T) {
	s := Evenly(counted(10), 4)
	var got []int
	to := make([]float64, 1)
	for m := range s.Size() {
		s.Values(m, to)
		if n := s.Number(m); s.World(m) != n || s.Shapes(m)[0] != n || to[0] != float64(n) {
			t.Errorf("member %d is several", m)
		}
		got = append(got, s.Number(m))
	}
	if !slices.Equal(got, []int{1, 3, 6, 8}) {
		t.Errorf("%v", got)
	}
	if all := Evenly(counted(3), 3); all != Sample(counted(3)) || Evenly(counted(3), 9) != all {
		t.Error("all members are not the sample itself")
	}
}
