package output

import (
	"math"
	"strings"
	"testing"

	"weir/scenarios/words"
)

func TestNumberReadsWell(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{
		{0, "0"}, {1, "1"}, {2027.25, "2027.25"}, {0.125, "0.125"}, {-3.14159265, "-3.1416"}, {21837.4, "21,837"}, {-1234567, "-1,234,567"},
		{1.5e9, "1.5e+09"}, {1e-7, "1e-07"}, {math.NaN(), "NaN"}, {math.Inf(1), "+Inf"}, {999.99999, "1000"}, {-0x1p109, "na"},
	} {
		if got := words.Number(c.x); got != c.want {
			t.Errorf("words.Number(%v) = %q, want %q", c.x, got, c.want)
		}
	}
}

func TestFewNames(t *testing.T) {
	for n, want := range map[int]string{1: "a", 3: "a, b, c", 4: "a, b and 2 more"} {
		if got := words.Few([]string{"a", "b", "c", "d"}[:n], 2); got != want {
			t.Errorf("%d names: %q, want %q", n, got, want)
		}
	}
}

func TestSparkline(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		n      int
		want   string
	}{
		{"rising", []float64{0, 1, 2, 3, 4, 5, 6, 7}, 8, "▁▂▃▄▅▆▇█"},
		{"never changes", []float64{5, 5, 5}, 3, "───"},
		{"fewer values than characters", []float64{1, 0}, 10, "█▁"},
		{"ends are kept", []float64{0, 9, 9, 9, 9, 0}, 3, "▁█▁"},
		{"a hole is marked", []float64{0, math.NaN(), 1}, 3, "▁×█"},
	} {
		if got := Sparkline(c.values, c.n); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWrapKeepsToTheWidth(t *testing.T) {
	got := Wrap("half the step changes no variable by more than a little", 20)
	if want := "half the step\n  changes no\n  variable by more\n  than a little"; got != want {
		t.Errorf("wrap gave\n%s\nwant\n%s", got, want)
	}
}

func TestLoopsFoldWhatRepeats(t *testing.T) {
	for _, c := range []struct{ names, want string }{
		{"a b c", "a b c"},
		{"a b a b a b c", "(a → b) 3 times c"},
		{"c a b d a b d", "c (a → b → d) 2 times"},
		{"a", "a"},
	} {
		if got := strings.Join(repeats(strings.Fields(c.names)), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.names, got, c.want)
		}
	}
}
