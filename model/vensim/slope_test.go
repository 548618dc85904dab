package vensim

import (
	"fmt"
	"strings"
	"testing"

	"weir/model"
)

// A shape is a family of models whose reading time must grow in proportion to n.
type shape struct {
	name string
	of   func(n int) string
	n    int // of the smaller model that TestReadingIsLinear times
}

// shapes are chains, diamonds and dense graphs of each thing that can be nested. Each of
// them took a time that grew faster than the file, up to doubling with every line.
var shapes = []shape{
	{"a diamond of constants before FINAL TIME", func(n int) string {
		return each(n, "c0 = 1 ~~|", func(k int) string { return fmt.Sprintf("c%d = c%d / 2 + c%d / 2 ~~|", k, k-1, k-1) }) +
			clockOf("0", fmt.Sprintf("4 * c%d", n-1), "1", "1")
	}, 800},
	{"a diamond that ends in Time before an order", func(n int) string {
		return each(n, "a0 = Time ~~|", func(k int) string { return fmt.Sprintf("a%d = a%d / 2 + a%d / 2 ~~|", k, k-1, k-1) }) +
			fmt.Sprintf("out = DELAY N(Time, a%d + 9, 0, 3) ~~|", n-1) + clockText
	}, 800},
	{"a chain of macros", func(n int) string {
		return each(n, ":MACRO: M0(x)\nM0 = x + 1 ~~|\n:END OF MACRO:", func(k int) string {
			return fmt.Sprintf(":MACRO: M%d(x)\nM%d = M%d(x) + 1 ~~|\n:END OF MACRO:", k, k, k-1)
		}) + fmt.Sprintf("y = M%d(2) ~~|", n-1) + clockText
	}, 800},
	{"units of nested macros", func(n int) string {
		return each(n, ":MACRO: M0(x)\nM0 = x + 1 ~ x*x*x*x*x ~|\n:END OF MACRO:", func(k int) string {
			return fmt.Sprintf(":MACRO: M%d(x)\nq = x + 1 ~ x*x*x*x*x ~|\nM%d = M%d(q) + 0 ~ x*x*x*x*x ~|\n:END OF MACRO:", k, k, k-1)
		}) + fmt.Sprintf("z = 1 ~ Year ~|\ny = M%d(z) ~~|", n-1) + clockText
	}, 400},
	{"ranges that share elements in a ring", func(n int) string {
		return fmt.Sprintf("All: (e1-e%d) ~~|\n", n) + each(n, "R0: e1, e2 ~~|", func(k int) string {
			return fmt.Sprintf("R%d: e%d, e%d ~~|", k, k, k%n+1)
		}) + "x[All] = Time ~~|" + clockText
	}, 500},
	{"exceptions that other equations cover", func(n int) string {
		var holes, own []string
		for k := range n {
			holes = append(holes, fmt.Sprintf("[e%d]", k+1))
			own = append(own, fmt.Sprintf("x[e%d] = %d * Time ~~|\n", k+1, k))
		}
		return fmt.Sprintf("All: (e1-e%d) ~~|\nx[All] :EXCEPT: %s = Time ~~|\n", n+2, strings.Join(holes, ", ")) + strings.Join(own, "") + clockText
	}, 120},
	{"variables of one name in weir", func(n int) string {
		return each(n, "x = 1 ~~|", func(k int) string {
			return fmt.Sprintf("\"x%s\" = Time ~~|", strings.Repeat("!", k%400)+strings.Repeat("?", k/400))
		}) +
			clockText
	}, 1000},
}

// each joins the lines of n things.
func each(n int, first string, next func(k int) string) string {
	lines := []string{first}
	for k := 1; k < n; k++ {
		lines = append(lines, next(k))
	}
	return strings.Join(lines, "\n") + "\n"
}

// Every shape is read at a size at which a search that is worse than linear would not end; the
// benchmark shows the slope.
func TestLargeShapesAreRead(t *testing.T) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			text := []byte("{UTF-8}\n" + s.of(4*s.n))
			if m, list := Parse("model.mdl", text, nil, model.ImportOptions{}); list.HasErrors() {
				t.Fatal(rendered(list, m)[:200])
			}
		})
	}
}

// The time for a line stays the same, whatever the length of the model.
func BenchmarkSlope(b *testing.B) {
	for _, s := range shapes {
		for _, n := range []int{s.n, 2 * s.n, 4 * s.n} {
			text := []byte("{UTF-8}\n" + s.of(n))
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(s.name, " ", "-"), n), func(b *testing.B) {
				for b.Loop() {
					if m, list := Parse("model.mdl", text, nil, model.ImportOptions{}); list.HasErrors() {
						b.Fatal(rendered(list, m)[:200])
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/line")
			})
		}
	}
}

// Macros that call macros twice double at each level: the count is known before any call
// is written out.
func TestDoublingMacros(t *testing.T) {
	text := each(40, ":MACRO: M0(x)\nM0 = x + 1 ~~|\n:END OF MACRO:", func(k int) string {
		return fmt.Sprintf(":MACRO: M%d(x)\nM%d = M%d(x) + M%d(x) ~~|\n:END OF MACRO:", k, k, k-1, k-1)
	})
	_, list := parse(t, text+"y = M39(2) ~~|")
	if len(list) != 1 || !strings.Contains(list[0].Message, "the macros make more than 200000 equations") {
		t.Errorf("got %v", list)
	}
}
