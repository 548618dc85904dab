package model_test

import (
	"strings"
	"testing"

	"weir/model"
)

// Text order does not matter, and where the order is free it is the file's:
// semantics 1.
func TestOrder(t *testing.T) {
	_, each := phases(t, resolve(t, clock+`
[aux.c]
equation = "b + a"
[aux.free]
equation = "2"
[aux.b]
equation = "a * 2"
[aux.a]
equation = "time"
`))
	equal(t, each, []string{"a", "b", "c", "free"})
}

// Initial values have an order of their own, with everything they need and nothing
// else: here births depend on people at every step, but at the start people depend
// on births: semantics 1.
func TestInitialOrder(t *testing.T) {
	r := resolve(t, clock+`
[stock.people]
initial = "births_at_start * 50"
inflow = ["births"]
[flow.births]
equation = "people / 50"
[aux.births_at_start]
equation = "houses / 10"
[stock.houses]
initial = "200"
outflow = ["decay"]
[flow.decay]
equation = "houses / 70"
[aux.ratio]
equation = "init(people) / people"
`)
	once, each := phases(t, r)
	equal(t, once, []string{"houses", "births_at_start", "people", "ratio#init.1"})
	equal(t, each, []string{"births", "births_at_start", "decay", "ratio"})
}

// Variables that depend on each other only from element to element are ordered by
// element, and the elements of a level are one box again: whole rows of schools.
func TestOrderByElement(t *testing.T) {
	_, each := phases(t, resolve(t, clock+`
[dimension.school]
elements = ["1..100"]
[dimension.grade]
elements = ["k", "1..3"]
ordered = true
[aux.before]
equation = "5"
[aux.leaving]
over = ["school", "grade"]
equation = "entering / 10"
[aux.entering]
over = ["school", "grade"]
equation = "leaving[school, grade - 1]"
[aux.entering.at]
"k" = "before"
`))
	equal(t, each, []string{
		"before",
		"entering[school, k]", "leaving[school, k]",
		"entering[school, 1]", "leaving[school, 1]",
		"entering[school, 2]", "leaving[school, 2]",
		"entering[school, 3]", "leaving[school, 3]",
	})
}

// A cumulative sum along a dimension is one variable that needs itself.
func TestOrderWithinVariable(t *testing.T) {
	r := resolve(t, clock+`
[dimension.grade]
elements = ["k", "1..2"]
ordered = true
[aux.so_far]
over = ["grade"]
equation = "so_far[grade - 1] + 1"
[aux.so_far.at]
"k" = "1"
`)
	_, each := phases(t, r)
	equal(t, each, []string{"so_far[k]", "so_far[1]", "so_far[2]"})
}

// A level need not be a row: elements of one level become as few boxes as fit.
func TestOrderByDiagonal(t *testing.T) {
	_, each := phases(t, resolve(t, clock+`
[dimension.row]
elements = ["1..3"]
ordered = true
[dimension.column]
elements = ["a", "b", "c"]
ordered = true
[aux.x]
over = ["row", "column"]
equation = "x[row - 1, column] + x[row, column - 1]"
[aux.x.at]
"1" = "1"
"*, a" = "1"
"1, a" = "1"
`))
	equal(t, each, []string{"x[1, b|c]", "x[2|3, a]", "x[1, a]", "x[2, b]", "x[2, c]", "x[3, b]", "x[3, c]"})
}

// What a memory gives, a stock and a value of the start do not wait for anything.
func TestMemoriesBreakCycles(t *testing.T) {
	for _, equation := range []string{"previous(y, 0)", "smooth1(y, 4, 0)", "delay3(y, 4, 0)", "delay_fixed(y, 1, 0)",
		"init(z) + 0 * previous(y, 0)"} {
		resolve(t,
			clock+"[aux.x]\nequation = \""+equation+"\"\n[aux.y]\nequation = \"x + 1\"\n[aux.z]\nequation = \"3\"\n")
	}
}

// Cycles are written from cause to effect, each once, beginning with the variable
// declared first. Hidden variables go by the name of their owner.
func TestCycles(t *testing.T) {
	const arrays = "[dimension.grade]\nelements = [\"k\", \"1..2\"]\nordered = true\n"
	for _, c := range []struct{ name, text, want string }{
		{"two", "[aux.births]\nequation = \"prey / 2\"\n[aux.prey]\nequation = \"births + 1\"\n",
			"births → prey → births"},
		{"itself", "[aux.x]\nequation = \"x + 1\"\n", "x → x"},
		{"the direction is that of the influence",
			"[aux.a]\nequation = \"b\"\n[aux.b]\nequation = \"c\"\n[aux.c]\nequation = \"a\"\n", "a → c → b → a"},
		{"a branch that is not taken counts",
			"[aux.a]\nequation = \"if 1 > 2 then b else 0\"\n[aux.b]\nequation = \"a\"\n", "a → b → a"},
		{"two cycles through one variable", "[aux.a]\nequation = \"b + c\"\n[aux.b]\nequation = \"a\"\n[aux.c]\nequation = \"a\"\n", "a → b → a\na → c → a"},
		{"two cycles apart", "[aux.a]\nequation = \"b\"\n[aux.b]\nequation = \"a\"\n[aux.c]\nequation = \"d + a\"\n[aux.d]\nequation = \"c\"\n", "a → b → a\nc → d → c"},
		{"the shortest way around", "[aux.a]\nequation = \"b + c\"\n[aux.b]\nequation = \"c\"\n[aux.c]\nequation = \"a\"\n", "a → c → a\na → c → b → a"},
		{"all elements alike", arrays + "[aux.a]\nover = [\"grade\"]\nequation = \"b\"\n[aux.b]\nover = [\"grade\"]\nequation = \"a\"\n", "a → b → a"},
		{"some elements", arrays + "[aux.a]\nover = [\"grade\"]\nequation = \"1\"\n[aux.a.at]\n\"2\" = \"a[1]\"\n\"1\" = \"a[2]\"\n", "a[1] → a[2] → a[1]"},
		{"through a sum", arrays + "[aux.a]\nover = [\"grade\"]\nequation = \"total / 3\"\n[aux.total]\nequation = \"sum(a)\"\n", "a → total → a"},
		{"a hidden argument",
			"[aux.a]\nequation = \"smooth1(b * 2, 4)\"\n[aux.b]\nequation = \"forecast(b + 1, 4, 2)\"\n", "b → b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, list := tryResolve(t, clock+c.text)
			var got []string
			for _, d := range list {
				if d.Code == model.Cycle {
					cycle, named := strings.CutPrefix(d.Message, "simultaneous equations: ")
					if !named {
						t.Error(d.Message)
					}
					got = append(got, cycle)
				}
			}
			equal(t, strings.Join(got, "\n"), c.want)
		})
	}
}

// A cycle of initial values is told apart from one in a step: each stock alone
// would be fine.
func TestInitialCycles(t *testing.T) {
	text := clock + `
[stock.teachers]
initial = "students / ratio"
inflow = ["hiring"]
[stock.students]
initial = "teachers * ratio"
inflow = ["arriving"]
[aux.ratio]
equation = "15"
[flow.hiring]
equation = "1"
[flow.arriving]
equation = "15"
`
	equal(t, complaint(t, text, model.InitialCycle),
		"students / ratio: simultaneous initial equations: teachers → students → teachers (give one of them an initial value that does not depend on the others)")

	equal(t, complaint(t, clock+"[aux.a]\nequation = \"smooth1(b, 4)\"\n[aux.b]\nequation = \"a + 1\"\n",
		model.InitialCycle),
		"smooth1(b, 4): simultaneous initial equations: a → b → a (smooth1 starts at its input unless told otherwise; in the equation of a write smooth1(input, averaging_time, initial?))")

	equal(t, complaint(t, clock+"[aux.a]\nequation = \"init(b)\"\n[aux.b]\nequation = \"a + 1\"\n", model.InitialCycle),
		"init(b): simultaneous initial equations: a → b → a (give one of them an initial value that does not depend on the others)")
}

// A cycle through all elements of an array is told without them; a long one through
// some of them by its ends.
func TestLongCycles(t *testing.T) {
	text := func(last string) string {
		return clock + "[dimension.place]\nelements = [\"1..50\"]\nordered = true\n[aux.x]\nover = [\"place\"]\nequation = \"x[place - 1]\"\n[aux.x.at]\n\"1\" = \"y\"\n" +
			"[aux.y]\nequation = \"x[" + last + "]\"\n"
	}
	const hint = " (delay the influence: one of them must be a stock, or be read with previous(…) or a delay)"
	equal(t, complaint(t, text("50"), model.Cycle), "x[place - 1]: simultaneous equations: x → y → x"+hint)
	equal(t, complaint(t, text("49"), model.Cycle),
		"x[place - 1]: simultaneous equations: x[1] → x[2] → x[3] → x[4] → x[5] → x[6] → (39 more) → x[46] → x[47] → x[48] → x[49] → y → x[1]"+hint)

	ring := clock + "[dimension.place]\nelements = [\"1..3\"]\nordered = true\n[aux.x]\nover = [\"place\"]\nequation = \"x[place - 1]\"\n[aux.x.at]\n\"1\" = \"x[3]\"\n"
	equal(t, complaint(t, ring, model.Cycle), "x[place - 1]: simultaneous equations: x[1] → x[2] → x[3] → x[1]"+hint)
}

// A name in capitals is one mistake, where it is declared; not another wherever it is
// used.
func TestCapitalsAreOneMistake(t *testing.T) {
	text := clock + "[aux.S]\nequation = \"1\"\n[aux.y]\nequation = \"S + s\"\n"
	equal(t, complaint(t, text, model.BadName), `S: "S" cannot be the name of an aux (call it s)`)
}
