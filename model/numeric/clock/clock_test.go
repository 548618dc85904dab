package clock

import (
	"math"
	"testing"
)

// In binary 0.3/0.1 is below 3 and 0.1+0.2 is above 0.3; a millionth is a difference.
func TestRoundingIsNoDifference(t *testing.T) {
	sum := 0.1
	sum += 0.2
	for _, c := range []struct {
		text      string
		got, want bool
	}{
		{"0.1 + 0.2 is at 0.3", Equal(sum, 0.3), true},
		{"0.1 + 0.2 is not after 0.3", NotAfter(sum, 0.3), true},
		{"0.3 is not before 0.1 + 0.2", NotBefore(0.3, sum), true},
		{"0.1 + 0.2 is between 0 and 0.3", Between(sum, 0, 0.3), true},
		{"2025.000001 is at 2025", Equal(2025.0000001, 2025), true},
		{"2025.00001 is at 2025", Equal(2025.00001, 2025), false},
		{"0.000001 is not after 0", NotAfter(1e-6, 0), false},
		{"infinity is at infinity", Equal(math.Inf(1), math.Inf(1)), true},
		{"NaN is at NaN", Equal(math.NaN(), math.NaN()), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.text, c.got)
		}
	}
}

func TestMultiple(t *testing.T) {
	for _, c := range []struct {
		a, b, n float64
		ok      bool
	}{
		{0.3, 0.1, 3, true},
		{100, 1. / 12, 1200, true},
		{0.25, 0.1, 3, false},
		{0, 0.1, 0, true},
		{1, 0, math.Inf(1), false},
		{0, 0, math.NaN(), false},
	} {
		n, ok := Multiple(c.a, c.b)
		if ok != c.ok || n != c.n && !math.IsNaN(c.n) {
			t.Errorf("%v / %v is %v times, whole: %v", c.a, c.b, n, ok)
		}
	}
}
