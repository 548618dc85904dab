package channel_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/explain/channel"
)

const clock = `
name = "ways"
[time]
start = 0
stop = 4
step = 1
unit = "year"
[decision.a]
value = 0
[decision.b]
value = 0
`

// found returns the channels from a and b to y: the variables of each joined by +, in order.
func found(t *testing.T, text string, files fstest.MapFS) (list []string, how string) {
	t.Helper()
	m, problems := model.Parse("m.toml", []byte(clock+text), files)
	r, more := model.Check(m)
	if r == nil {
		t.Fatal(problems, more)
	}
	var from []*resolved.Variable
	for _, name := range []string{"a", "b"} {
		from = append(from, named(r, name))
	}
	channels, how := channel.New(r).Find(from, named(r, "y"))
	for _, c := range channels {
		var names []string
		for _, v := range c.Variables {
			names = append(names, v.Name)
		}
		list = append(list, strings.Join(names, "+"))
	}
	return list, how
}

func named(r *resolved.Model, name string) *resolved.Variable {
	return r.Variables[slices.IndexFunc(r.Variables, func(v *resolved.Variable) bool { return v.Name == name })]
}

func TestFind(t *testing.T) {
	for _, x := range []struct {
		name, model string
		want        []string
	}{
		{"a stock on the way", `
[stock.s]
initial = "0"
inflow = ["fill"]
[flow.fill]
equation = "a"
[aux.x]
equation = "2 * s"
[aux.y]
equation = "x * b"
`, []string{"s"}},
		// The outcome is the sum of two stocks: they are no channels of it, the mood is.
		{"the outcome's own stocks", `
[stock.one]
initial = "0"
inflow = ["in_one"]
[stock.two]
initial = "0"
inflow = ["in_two"]
[flow.in_one]
equation = "mood"
[flow.in_two]
equation = "2 * mood"
[stock.mood]
initial = "0"
inflow = ["change"]
[flow.change]
equation = "a - one / 10"
[aux.y]
equation = "one + two"
`, []string{"mood"}},
		// A smooth keeps a state as a stock does.
		{"a smooth", `
[aux.slow]
equation = "smooth1(a, 2)"
[aux.y]
equation = "slow * 3"
`, []string{"slow"}},
		// Without a state on the way: the fewest variables that cut it, the nearest to the outcome.
		{"a narrow place", `
[aux.p]
equation = "a"
[aux.q]
equation = "2 * a"
[aux.narrow]
equation = "p * q"
[aux.r]
equation = "narrow"
[aux.s]
equation = "narrow^2"
[aux.y]
equation = "r * s"
`, []string{"narrow"}},
		// Beside the stock, x leads around it; b acts directly and stays so.
		{"a way around", `
[stock.s]
initial = "0"
inflow = ["fill"]
[flow.fill]
equation = "a"
[aux.x]
equation = "a"
[aux.y]
equation = "s * x * b"
`, []string{"s", "x"}},
		{"directly", "[aux.y]\nequation = \"a * b\"\n", nil},
		{"nothing", "[aux.y]\nequation = \"time\"\n", nil},
	} {
		if got, how := found(t, x.model, nil); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v (%s), want %v", x.name, got, how, x.want)
		}
	}
}

// A variable that one module has from another is a seam, and a channel.
func TestFindSeam(t *testing.T) {
	files := fstest.MapFS{"school.toml": {Data: []byte(`
name = "school"
[time]
start = 0
stop = 4
step = 1
unit = "year"
[aux.effort]
equation = "0"
[aux.inside]
equation = "2 * effort"
[aux.result]
equation = "inside + 1"
`)}}
	got, how := found(t, `
[module.school]
file = "school.toml"
[module.school.bind]
effort = "a"
[aux.y]
equation = "3 * school.result"
`, files)
	if !slices.Equal(got, []string{"school.result"}) {
		t.Errorf("%v (%s), want the result of the school", got, how)
	}
}

// More stocks than anybody reads are not all channels.
func TestFindMany(t *testing.T) {
	text, sum := "", "0"
	for i := range 15 {
		text += fmt.Sprintf("[stock.s%d]\ninitial = \"0\"\ninflow = [\"f%d\"]\n[flow.f%d]\nequation = \"a\"\n", i, i, i)
		sum += fmt.Sprintf(" + s%d^2", i)
	}
	got, _ := found(t, text+"[aux.y]\nequation = \""+sum+"\"\n", nil)
	if len(got) != channel.Most {
		t.Errorf("%d channels, want %d", len(got), channel.Most)
	}
}
