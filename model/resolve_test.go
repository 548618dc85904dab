package model_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
)

// resolve reads and checks a text that has no mistakes but those of units.
func resolve(t *testing.T, text string) *resolved.Model {
	t.Helper()
	r, list := tryResolve(t, text)
	if r == nil {
		t.Fatalf("the model is not sound:%v", messages(list))
	}
	return r
}

func tryResolve(t *testing.T, text string) (*resolved.Model, diagnostic.List) {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(text), os.DirFS("testdata/data"))
	if m == nil {
		t.Fatalf("the text is not a model:%v", messages(list))
	}
	r, more := model.Check(m)
	return r, append(list, more...)
}

// complaint is the first diagnostic of a code, with its hint and what it points at.
func complaint(t *testing.T, text string, code diagnostic.Code) string {
	t.Helper()
	_, list := tryResolve(t, text)
	for _, d := range list {
		if d.Code == code {
			return fmt.Sprintf("%s: %s (%s)", text[d.Span.Start:d.Span.End], d.Message, d.Hint)
		}
	}
	t.Fatalf("nothing of %s was reported:%v", code, messages(list))
	return ""
}

// equations are a variable's equations as resolved, those of its hidden variables too.
func equations(t *testing.T, r *resolved.Model, name string) string {
	t.Helper()
	var all strings.Builder
	if err := resolved.PrintEquations(&all, r); err != nil {
		t.Fatal(err)
	}
	var out []string
	mine := false
	for _, line := range strings.Split(strings.TrimSuffix(all.String(), "\n"), "\n") {
		if !strings.HasPrefix(line, " ") {
			mine = declares(line, name)
		}
		if mine {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return strings.Join(out[1:], "\n")
}

// declares reports whether a line such as "stock x[sector]: + y" is a variable's first.
func declares(line, name string) bool {
	_, rest, _ := strings.Cut(line, " ")
	return rest == name || strings.HasPrefix(rest, name+"[") || strings.HasPrefix(rest, name+":")
}

// phases are the two orders of a model, each a line an assignment, without numbers.
func phases(t *testing.T, r *resolved.Model) (once, each []string) {
	t.Helper()
	for _, a := range r.Init {
		once = append(once, a.Target())
	}
	for _, a := range r.Flows {
		each = append(each, a.Target())
	}
	return once, each
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

const clock = `[time]
start = 0
stop  = 10
step  = 0.25
unit  = "year"
`

// schools is what the tests of subscripts are about.
const schools = clock + `
[dimension.sector]
elements = ["district", "charter"]

[dimension.grade]
elements = ["k", "1..12"]
ordered  = true

[dimension.upper]
of = "grade"
elements = ["9..12"]

[dimension.next_grade]
of = "grade"
elements = ["k", "1..12"]

[constant.rate]
value = 2

[constant.seats]
over  = ["sector"]
value = [100, 50]

[constant.size]
over  = ["grade"]
value = 20

[constant.roll]
over  = ["sector", "grade"]
value = 10

[constant.top]
over  = ["upper"]
value = 5

[constant.move]
over  = ["grade", "next_grade"]
value = 0

[lookup.crowding]
over   = ["sector"]
points = [[0, 0], [1, 1]]

[lookup.effect]
points = [[0, 0], [1, 1]]
`

// aux is a table for x with that equation.
func aux(over, equation string) string {
	if over != "" {
		over = fmt.Sprintf("over = [%s]\n", `"`+strings.ReplaceAll(over, " ", `", "`)+`"`)
	}
	return fmt.Sprintf("\n[aux.x]\n%sequation = %q\n", over, equation)
}

// Names and subscripts become what they mean. In the resolved form every subscript
// is written, and a reduction says over what it runs.
func TestSubscripts(t *testing.T) {
	for _, c := range []struct{ name, over, equation, want string }{
		{"scalar", "", "rate * 2", "x = rate * 2"},
		{"a bare array takes the equation's dimension", "sector", "seats", "x[sector] = seats[sector]"},
		{"in any order", "grade sector", "roll", "x[grade, sector] = roll[sector, grade]"},
		{"an element", "", "seats[charter]", "x = seats[charter]"},
		{"an element in any case", "", "seats[Charter]", "x = seats[charter]"},
		{"a number is an element's name", "", "size[9]", "x = size[9]"},
		{"the grade below", "upper", "size[grade - 1]", "x[upper] = size[8..11]"},
		{"the grade above", "upper", "roll[charter, upper - 2]", "x[upper] = roll[charter, 7..10]"},
		{"a subrange of the equation picks from the whole by name", "upper", "size", "x[upper] = size[upper]"},
		{"under the parent's name, too", "upper", "size[grade]", "x[upper] = size[upper]"},
		{"two dimensions of one family", "grade next_grade", "move * size[next_grade]",
			"x[grade, next_grade] = move[grade, next_grade] * size[next_grade]"},
		{"a sum over everything", "", "sum(roll)", "x = sum(sector!, grade!: roll[sector, grade])"},
		{"a sum over one dimension", "sector", "sum(roll[sector, *])", "x[sector] = sum(grade!: roll[sector, grade])"},
		{"a sum over a subrange", "sector", "sum(roll[sector, upper!])",
			"x[sector] = sum(upper!: roll[sector, upper])"},
		{"stars of one dimension are one loop", "", "sum(roll[charter, *] * size[*])",
			"x = sum(grade!: roll[charter, grade] * size[grade])"},
		{"bare arrays in a sum, too", "", "sum(roll[charter, *] * size)",
			"x = sum(grade!: roll[charter, grade] * size[grade])"},
		{"a matrix times a vector", "grade", "sum(move[grade, next_grade!] * size[next_grade!])",
			"x[grade] = sum(next_grade!: move[grade, next_grade] * size[next_grade])"},
		{"a mean", "", "mean(seats)", "x = sum(sector!: seats[sector]) / 2"},
		{"the smallest element", "", "min(seats)", "x = min(sector!: seats[sector])"},
		{"the smallest argument", "", "min(rate, 3, 4)", "x = min(min(rate, 3), 4)"},
		{"a product", "", "prod(seats[*] / 100)", "x = prod(sector!: seats[sector] / 100)"},
		{"what an array equation would repeat is computed once", "sector", "seats / sum(seats[*])",
			"x[sector] = seats[sector] / x#sum.1\naux x#sum.1\nx#sum.1 = sum(sector!: seats[sector])"},
		{"but not where an if may guard against it", "sector", "if rate > 0 then sum(seats[*] / rate) else 0",
			"x[sector] = if rate > 0 then sum(sector!: seats[sector] / rate) else 0"},
		{"a lookup of each element", "sector", "crowding(rate)", "x[sector] = crowding[sector](rate)"},
		{"a lookup of one element", "", "crowding[charter](rate)", "x = crowding[charter](rate)"},
		{"lookups in a sum", "", "sum(crowding(seats[*] / 100))",
			"x = sum(sector!: crowding[sector](seats[sector] / 100))"},
		{"a built-in name", "", "time + DT + pi", "x = time + dt + 3.141592653589793"},
		{"an argument left out", "", "safediv(1, rate)", "x = safediv(1, rate, 0)"},
		{"power before sign, and to the right", "", "-rate ^ 2 ^ 3", "x = -rate ^ 2 ^ 3"}, // semantics 27
		{"relations before equality, and before or", "", "1 or 0 and rate > 2 = 1", "x = 1 or 0 and rate > 2 = 1"},
		{"mod is a function and an operator", "", "mod(7, rate) - 7 mod rate", "x = 7 mod rate - 7 mod rate"}, // semantics 26
	} {
		t.Run(c.name, func(t *testing.T) {
			equal(t, equations(t, resolve(t, schools+aux(c.over, c.equation)), "x"), c.want)
		})
	}
}

// What cannot be meant is reported by the names of elements and dimensions, with a
// way out. The words before the colon are what the diagnostic points at.
func TestSubscriptMistakes(t *testing.T) {
	for _, c := range []struct {
		over, equation string
		code           diagnostic.Code
		want           string
	}{
		{"", "seats[chartr]", model.UnknownElement, `chartr: sector has no element "chartr" (did you mean charter?)`},
		{"", "roll[9, charter]", model.UnknownElement,
			`9: sector has no element "9" (the subscripts of roll are in the order [sector, grade])`},
		{"", "seats[rate]", model.UnknownElement,
			`rate: sector has no element "rate" (rate is a variable; a subscript is an element or a dimension)`},
		{"", "top[k]", model.UnknownElement, `k: upper has no element "k" (its elements are 9, 10, 11, 12)`},
		{"grade", "top", model.UnknownElement, `top: top is over upper and has no element k, 1, 2, 3, 4, 5, 6 … 8 (give these elements an equation of their own, or make top over grade)`},
		{"", "roll * 2", model.MissingDimension, `roll: roll is over [sector, grade], but the equation of x is a single number (name an element, or reduce it, as in sum(roll[*, *]))`},
		{"sector", "roll * 2", model.MissingDimension, `roll: roll is over [sector, grade], but the equation of x is over [sector] (name an element, or reduce it, as in sum(roll[sector, *]))`},
		{"sector", "size[grade]", model.MissingDimension,
			`grade: the equation of x is not over grade (name an element, or reduce over it, as in sum(size[grade!]))`},
		{"", "sum(size[*] * top[upper])", model.MissingDimension,
			`upper: the equation of x is not over upper (to run over it, write upper!)`},
		{"sector", "roll[sector]", model.SubscriptCount,
			`roll[sector]: roll is over sector, grade, but has 1 subscript here (write one subscript a dimension)`},
		{"sector grade", "roll[grade, sector]", model.SubscriptMismatch, `grade: roll runs over sector here, not over grade (the subscripts of roll are in the order [sector, grade])`},
		{"grade", "size[grade - 1]", model.OffsetOutOfRange,
			`grade - 1: grade -1 leaves grade for k (give k an equation of its own: [aux.x.at] "k" = "…")`},
		{"grade", "size[grade + 2]", model.OffsetOutOfRange,
			`grade + 2: grade +2 leaves grade for 11, 12 (give 11 an equation of its own: [aux.x.at] "11" = "…")`},
		{"upper", "top[upper - 1]", model.OffsetOutOfRange,
			`upper - 1: upper -1 leaves upper for 9 (give 9 an equation of its own: [aux.x.at] "9" = "…")`},
		{"sector", "seats[sector + 1]", model.BadOffset,
			`sector + 1: sector is not ordered, so sector +1 means nothing (add ordered = true to [dimension.sector])`},
		{"", "seats[*]", model.StarOutside, `*: * stands for many elements, which only a reduction such as sum can combine (write sum(…), mean(…), min(…) or max(…) around it, or name an element)`},
		{"sector", "sum(roll)", model.AmbiguousReduction, `roll: roll has the dimension sector, and so has the equation: it is not clear what is to be combined (write roll[sector, *], or roll[*, *])`},
		{"", "sum(size[*] * top[*])", model.AmbiguousReduction, `*: this reduction runs over grade already, and upper would be apart from it (say over which elements both run, as in [grade!])`},
		{"", "sum(rate)", model.NothingToReduce, `sum(rate): sum combines the elements of an array, but there is only a single number here (name an array, or write * for the dimension to combine: sum(x[*]))`},
		{"", "sector * 2", model.NotAValue,
			`sector: sector is a dimension, not a value (it belongs in brackets, as in x[sector])`},
		{"", "charter * 2", model.NotAValue,
			`charter: charter is an element of sector, not a value (it belongs in brackets, as in x[charter])`},
		{"", "ratee", model.UnknownName, `ratee: "ratee" is not declared (did you mean rate?)`},
		{"", "efect(2)", model.UnknownFunction, `efect: there is no function "efect" (did you mean effect?)`},
		{"", "rate(2)", model.UnknownFunction,
			`rate: rate is not a function but a constant (to multiply, write rate * (…))`},
		{"", "effect(1, 2)", model.ArgumentCount,
			`effect(1, 2): the lookup effect takes one argument, not 2 (write effect(x))`},
		{"", "time()", model.ArgumentCount, `time(): time takes no arguments (write time without parentheses)`},
		{"", "delay_n(rate, 4, 1.5)", model.BadOrder,
			`1.5: the order n of delay_n must be a whole number from 1 to 100 (write the number itself, as in 3)`},
		{"", "delay_fixed(rate, 0.2, 0)", model.DelayTooShort, `0.2: the time of this delay_fixed is 0.2: shorter than the step of 0.25 (make the time at least 0.25, or the step at most 0.2)`},
		{"", "smooth1(rate, -3)", model.DelayTooShort,
			`-3: the time of this smooth1 is -3: it must be above 0 (make each stage at least a step long)`},
		{"", "smooth3(rate, 0.3)", model.DelayTooShort, `0.3: the time of this smooth3 is 0.3, which is 0.1 a stage: shorter than the step of 0.25 (make the time at least 0.75, or the step at most 0.1)`},
	} {
		t.Run(c.equation, func(t *testing.T) {
			equal(t, complaint(t, schools+aux(c.over, c.equation), c.code), c.want)
		})
	}
}

// Element equations share the elements: the more specific key wins, and what is
// left is the default's. Parts are boxes, as few as the shape allows.
func TestElementEquations(t *testing.T) {
	for _, c := range []struct{ name, at, want string }{
		{"one element", `"district, k" = "1"`, `
			x[district, 1..12] = 0
			x[charter, grade] = 0
			x[district, k] = 1`},
		{"an element of either dimension", `"k" = "1"`, `
			x[sector, 1..12] = 0
			x[sector, k] = 1`},
		{"a subrange", `"upper" = "roll[sector, upper - 9]"`, `
			x[sector, k..8] = 0
			x[sector, 9..12] = roll[sector, grade - 9]`},
		{"the more specific key wins", "\"upper\" = \"2\"\n\"charter, upper\" = \"3\"\n\"charter, 12\" = \"4\"", `
			x[sector, k..8] = 0
			x[district, 9..12] = 2
			x[charter, 9..11] = 3
			x[charter, 12] = 4`},
		{"a key for their overlap settles two that overlap", "\"charter\" = \"2\"\n\"k\" = \"3\"\n\"charter, k\" = \"4\"", `
			x[district, 1..12] = 0
			x[charter, 1..12] = 2
			x[district, k] = 3
			x[charter, k] = 4`},
		{"stars", `"*, 9" = "1"`, `
			x[sector, k..8|10..12] = 0
			x[sector, 9] = 1`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := resolve(t, schools+aux("sector grade", "0")+"[aux.x.at]\n"+c.at+"\n")
			equal(t, equations(t, r, "x"), strings.TrimSpace(strings.ReplaceAll(c.want, "\t", "")))
		})
	}
}

// Mistakes in element equations are told by element.
func TestElementEquationMistakes(t *testing.T) {
	only := func(at string) string {
		return schools + "\n[aux.x]\nover = [\"sector\", \"grade\"]\n[aux.x.at]\n" + at + "\n"
	}
	for _, c := range []struct {
		text string
		code diagnostic.Code
		want string
	}{
		{only(`"district" = "1"`), model.MissingElement,
			`[aux.x]: x has no equation for [charter,k], [charter,1], [charter,2], [charter,3], [charter,4], and 8 more (give the missing elements their equation, or all others one together)`},
		{only("\"*, *\" = \"0\"\n\"distric, k\" = \"1\""), model.UnknownElement,
			`"distric, k": sector has no element "distric" (did you mean district?)`},
		{only("\"*, *\" = \"0\"\n\"kk\" = \"1\""), model.UnknownElement,
			`"kk": none of the dimensions of x (sector, grade) has an element "kk" (did you mean k?)`},
		{only("\"*, *\" = \"0\"\n\"k, k, k\" = \"1\""), model.SubscriptCount, `"k, k, k": "k, k, k" has 3 elements, but x is over sector, grade (write one element a dimension, or * for all)`},
		{only("\"district\" = \"0\"\n\"charter\" = \"0\"\n\"*, k\" = \"1\""), model.OverlappingKeys,
			`"*, k": both "charter" and "*, k" give x[charter,k] (write one key for these elements alone)`},
	} {
		t.Run(c.want, func(t *testing.T) {
			equal(t, complaint(t, c.text, c.code), c.want)
		})
	}
}
