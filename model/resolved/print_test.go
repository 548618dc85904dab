package resolved_test

import (
	"os"
	"testing"

	"weir/model"
	"weir/model/resolved"
)

// cohorts is a chain of three grades.
const cohorts = `
[time]
start = 0
stop  = 10
step  = 1
unit  = "year"

[dimension.grade]
elements = ["k", "1", "2"]
ordered  = true

[stock.pupils]
over         = ["grade"]
initial      = "100"
inflow       = ["entering"]
outflow      = ["leaving"]
non_negative = true

[flow.entering]
over     = ["grade"]
equation = "leaving[grade - 1]"
[flow.entering.at]
k = "births(time) * 0.9"

[flow.leaving]
over     = ["grade"]
equation = "if total > 250 then pupils else previous(leaving, 0) * -(2 + 1) ^ 2"

[aux.total]
equation = "sum(pupils)"

[lookup.births]
points = [[0, 100], [10, 80]]
`

func load(text string) *resolved.Model {
	m, _ := model.Parse("model.toml", []byte(text), nil)
	r, _ := model.Check(m)
	return r
}

func ExamplePrintOrder() {
	resolved.PrintOrder(os.Stdout, load(cohorts))
	// Output:
	// once, at the start:
	//    1  pupils[grade] = 100
	//    2  leaving#previous.1[grade] = 0
	//    3  entering#held#turned_away[grade] = 0
	//    4  leaving#turned_away[grade] = 0
	// at every evaluation:
	//    1  total = sum(grade!: pupils[grade])
	//    2  leaving#wanted[grade] = if total > 250 then pupils[grade] else leaving#previous.1[grade] * -(2 + 1) ^ 2
	//    3  entering#wanted[k] = births(time) * 0.9
	//    4  entering[k] = max(entering#wanted[k], 0 - max(0, pupils[k] / dt))
	//    5  leaving[k] = min(leaving#wanted[k], max(0, pupils[k] / dt + entering[k]))
	//    6  entering#wanted[1] = leaving[k]
	//    7  entering[1] = max(entering#wanted[1], 0 - max(0, pupils[1] / dt))
	//    8  leaving[1] = min(leaving#wanted[1], max(0, pupils[1] / dt + entering[1]))
	//    9  entering#wanted[2] = leaving[1]
	//   10  entering[2] = max(entering#wanted[2], 0 - max(0, pupils[2] / dt))
	//   11  leaving[2] = min(leaving#wanted[2], max(0, pupils[2] / dt + entering[2]))
	//   12  entering#held#refused[grade] = entering[grade] - entering#wanted[grade]
	//   13  leaving#refused[grade] = leaving#wanted[grade] - leaving[grade]
}

func ExamplePrintEquations() {
	resolved.PrintEquations(os.Stdout, load(cohorts))
	// Output:
	// stock pupils[grade]: + entering - leaving, never below 0
	//     at first pupils[grade] = 100
	// flow entering[grade]
	//     entering[grade] = max(entering#wanted[grade], 0 - max(0, pupils[grade] / dt))
	//     aux entering#wanted[grade]
	//         entering#wanted[1|2] = leaving[grade - 1]
	//         entering#wanted[k] = births(time) * 0.9
	//     flow entering#held#refused[grade]
	//         entering#held#refused[grade] = entering[grade] - entering#wanted[grade]
	//     stock entering#held#turned_away[grade]: + entering#held#refused
	//         at first entering#held#turned_away[grade] = 0
	// flow leaving[grade]
	//     leaving[grade] = min(leaving#wanted[grade], max(0, pupils[grade] / dt + entering[grade]))
	//     delay state leaving#previous.1[grade]
	//         at first leaving#previous.1[grade] = 0
	//         takes in leaving#previous.1[grade] = leaving[grade]
	//     aux leaving#wanted[grade]
	//         leaving#wanted[grade] = if total > 250 then pupils[grade] else leaving#previous.1[grade] * -(2 + 1) ^ 2
	//     flow leaving#refused[grade]
	//         leaving#refused[grade] = leaving#wanted[grade] - leaving[grade]
	//     stock leaving#turned_away[grade]: + leaving#refused
	//         at first leaving#turned_away[grade] = 0
	// aux total
	//     total = sum(grade!: pupils[grade])
	// lookup births
}

// Parentheses stand where the meaning needs them, and only there.
func TestFormat(t *testing.T) {
	for _, equation := range []string{
		"1 + 2 * 3", "(1 + 2) * 3", "1 - (2 - 3)", "1 - 2 - 3", "2 ^ 3 ^ 4", "(2 ^ 3) ^ 4", "-2 ^ 2", "(-2) ^ 2", "2 ^ -1",
		"not (1 and 2) or 3", "(1 or 2) and 3", "1 < 2 = 3", "1 < (2 = 3)", "-(1 + 2)", "5 mod 3 * 2", "5 mod (3 * 2)",
		"(if 1 then 2 else 3) + 4", "if 1 then 2 else 3 + 4", "max(1, 2 + 3)", "uniform(0, 1 - 2)", "safediv(1, 2, 3)",
	} {
		r := load("[time]\nstart = 0\nstop = 1\nstep = 1\nunit = \"year\"\n[aux.x]\nequation = \"" + equation + "\"\n")
		if r == nil {
			t.Fatalf("%s is not sound", equation)
		}
		v := r.Variables[len(r.Variables)-1] // x, or the draw in it
		if got := resolved.Format(v.Parts[0].Expr); got != equation {
			t.Errorf("%s is written as %s", equation, got)
		}
	}
}
