package model_test

import (
	"fmt"
	"strings"
	"testing"

	"weir/model"
)

// BenchmarkCheck checks models of some size: many variables, and few that are large
// arrays whose elements depend on each other.
func BenchmarkCheck(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"variables=6000", manyVariables(2000)},
		{"variables=12000", manyVariables(4000)},
		{"schools=100", promotion(100)},
		{"schools=400", promotion(400)},
	} {
		b.Run(c.name, func(b *testing.B) {
			m, list := model.Parse("model.toml", []byte(c.text), nil)
			if list.HasErrors() {
				b.Fatal(messages(list))
			}
			for b.Loop() {
				if r, list := model.Check(m); r == nil {
					b.Fatal(messages(list))
				}
			}
		})
	}
}

// manyVariables is n stocks with a flow and an auxiliary each.
func manyVariables(n int) string {
	var b strings.Builder
	b.WriteString(clock + "[constant.rate]\nvalue = 0.1\n")
	for i := range n {
		fmt.Fprintf(&b, `
[stock.s%[1]d]
initial = "100"
inflow = ["f%[1]d"]
[flow.f%[1]d]
equation = "a%[2]d * rate * s%[1]d / (1 + a%[1]d)"
[aux.a%[1]d]
equation = "s%[1]d * 2 + rate"
`, i, max(0, i-1))
	}
	return b.String()
}

// promotion is a chain of 13 grades in n schools, with limits that are ordered by
// element.
func promotion(n int) string {
	return clock + fmt.Sprintf(`
[dimension.school]
elements = ["1..%d"]
[dimension.grade]
elements = ["k", "1..12"]
ordered = true
[stock.pupils]
over = ["school", "grade"]
initial = "20"
inflow = ["entering"]
outflow = ["leaving", "promoted"]
non_negative = true
[flow.entering]
over = ["school", "grade"]
equation = "promoted[school, grade - 1]"
[flow.entering.at]
k = "20"
[flow.leaving]
over = ["school", "grade"]
equation = "pupils / 20"
[flow.promoted]
over = ["school", "grade"]
equation = "pupils"
`, n)
}
