package model_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/sim"
)

const clockText = `[time]
start = 0
stop = 4
step = 0.5
unit = "year"
`

// withFunctions is a model with functions; without has their equations instead.
const withFunctions = clockText + `
[function.limited]
about = "Growth to a limit."
arguments = ["now", "rate", "limit"]
equation = "rate * now * gap(now, limit)"
[function.gap]
arguments = ["part", "whole"]
equation = "1 - part / whole"
[dimension.lake]
elements = ["north", "south"]
[stock.fish]
over = ["lake"]
units = "fish"
initial = 10
inflow = ["growth"]
[flow.growth]
over = ["lake"]
units = "fish/year"
equation = "limited(fish, pace, sum(fish[*]) + 100) + Gap(fish, limit) * ramp(small, 1)"
[constant.pace]
units = "1/year"
value = 0.3
[constant.limit]
units = "fish"
value = 50
[constant.small]
units = "fish/year/year"
value = 0.1
[test.grows]
expect = ["gap(fish[north], limit) > 0"]
`

var without = strings.NewReplacer("limited(fish, pace, sum(fish[*]) + 100) + Gap(fish, limit) * ramp(small, 1)",
	"pace * fish * (1 - fish / (sum(fish[*]) + 100)) + (1 - fish / limit) * ramp(small, 1)").
	Replace(withFunctions[:len(clockText)] + withFunctions[strings.Index(withFunctions, "[dimension"):strings.Index(withFunctions, "[test")])

// last returns the last row of a sound model's run.
func last(t testing.TB, text string) []float64 {
	t.Helper()
	m, list := model.Parse("m.toml", []byte(text), nil)
	r, more := model.Check(m)
	if list = append(list, more...); list.HasErrors() {
		t.Fatalf("%v\n%s", list, text)
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return run.Row(len(run.Time) - 1)
}

// A call is its function's equation, with its units, subscripts and precedence, also in a test and in
// another function.
func TestFunctionIsItsEquation(t *testing.T) {
	with, plain := last(t, withFunctions), last(t, without)
	if !slices.Equal(with, plain) {
		t.Errorf("with functions %v, without %v", with, plain)
	}
	m, _ := model.Parse("m.toml", []byte(withFunctions), nil)
	text, _ := model.Write(m)
	if again := last(t, string(text)); !slices.Equal(again, with) {
		t.Errorf("written and read again: %v, not %v\n%s", again, with, text)
	}
}

// Each mistake is at its place.
func TestMistakesInFunctions(t *testing.T) {
	const half = "\n[function.half]\narguments = [\"x\"]\nequation = \"x / 2\"\n"
	for _, test := range []struct{ text, want string }{
		{half + "[aux.a]\nequation = \"1 + half(1, 2)\"", `11:17: argument-count: half takes 1 argument, not 2`},
		{half + "[aux.a]\nequation = \"half(b)\"", `11:18: unknown-name: "b" is not declared`},
		{half + "[aux.a]\nequation = \"halve(1)\"",
			"11:13: unknown-function: there is no function \"halve\"\n    equation = \"halve(1)\"\n                ^^^^^\n    hint: did you mean half?"},
		{half + "[aux.a]\nunits = \"year\"\nequation = \"half(time + 2 * dt) * dt\"", `12:13: unit-equation: a is declared in year, but its equation is in year^2`},
		{half + "[aux.half]\nequation = \"2\"", `7:11: duplicate-name: "half" is declared twice`},
		{half + half, `11:11: duplicate-key`},
		{"\n[function.max]\narguments = [\"x\"]\nequation = \"x\"\n",
			`7:11: reserved-name: "max" is a function of weir's own`},
		{"\n[function.f]\narguments = [\"x\", \"x\"]\nequation = \"x\"\n",
			`8:20: duplicate-name: f has two arguments "x"`},
		{"\n[function.f]\narguments = [\"time\"]\nequation = \"time\"\n",
			`8:15: bad-name: "time" cannot be the name of an argument`},
		{"\n[function.f]\narguments = [\"x\"]\nequation = \"x + y\"\n", `9:17: unknown-name: "y" is no argument of f`},
		{"\n[function.f]\narguments = [\"x\"]\nequation = \"sum(x[*])\"\n",
			`9:17: subscript-count: the argument x is a single number`},
		{"\n[function.f]\narguments = [\"x\"]\nequation = \"x +\"\n", `9:15: syntax: a value is missing after +`},
		{"\n[function.f]\narguments = [\"x\"]\nequation = \"g(x)\"\n[function.g]\narguments = [\"x\"]\nequation = \"f(x)\"\n",
			`7:11: function-cycle: f calls itself: f → g → f`},
		{"\n[function.f]\narguments = [\"x\"]\nequation = \"x * x\"\n[aux.a]\nequation = \"f(3 + normal(0, 1))\"",
			`11:15: repeated-draw: f uses x 2 times, and each would draw for itself`},
		{"\n[function.f]\nequation = \"1\"\n", `7:1: missing-key`},
	} {
		m, list := model.Parse("m.toml", []byte(clockText+test.text), nil)
		_, more := model.Check(m)
		var out strings.Builder
		diagnostic.Render(&out, append(list, more...), m.Files)
		place, said, _ := strings.Cut(test.want, ": ")
		if !strings.Contains(out.String(), "m.toml:"+place+": error "+said) {
			t.Errorf("%s\nwants %s, has\n%s", test.text, test.want, out.String())
		}
	}
}

// Calls in calls that double each time end in one mistake, at once.
func TestFunctionsThatDouble(t *testing.T) {
	var text strings.Builder
	text.WriteString(clockText + "[function.f0]\narguments = [\"x\"]\nequation = \"x + x\"\n")
	for i := range 60 {
		text.WriteString(strings.NewReplacer("A", "f"+string(rune('a'+i/26))+string(rune('a'+i%26)), "B", before(i)).
			Replace("[function.A]\narguments = [\"x\"]\nequation = \"B(x) + B(x)\"\n"))
	}
	text.WriteString("[aux.a]\nequation = \"fca(1)\"\n")
	_, list := model.Parse("m.toml", []byte(text.String()), nil)
	if len(list) == 0 || list[0].Code != code.TooLarge {
		t.Errorf("%d mistakes: %v", len(list), list)
	}
}

// before is the name of the function before the i-th.
func before(i int) string {
	if i == 0 {
		return "f0"
	}
	return "f" + string(rune('a'+(i-1)/26)) + string(rune('a'+(i-1)%26))
}
