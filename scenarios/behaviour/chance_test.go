package behaviour

import (
	"context"
	"strings"
	"testing"

	"weir/model"
)

// Expectations that hold whatever the model does fail, and those that a run could break do not: one row
// for each kind of course and of function that breaks it.
func TestExpectationsThatNothingBreaks(t *testing.T) {
	const school = `[time]
start = 2000
stop = 2040
step = 0.5
unit = "year"
[dimension.kind]
elements = ["a", "b"]
[stock.fish]
initial = "100"
inflow = ["births"]
non_negative = true
[flow.births]
equation = "fish * rate"
[constant.rate]
value = 0.01
[aux.part]
over = ["kind"]
equation = "fish / 2"
[lookup.effect]
points = [[0, 0], [1000, 1]]
[test.x]
set = { rate = 0.02 }
expect = """
`
	for expect, vacuous := range map[string]bool{
		"fish * 1 = fish":                        true,
		"max(fish, 0) >= 0":                      true,
		"fish^2 >= 0":                            true,
		"rises(fish) >= 0":                       true,
		"highest(fish) >= lowest(fish)":          true,
		"first(fish) <= highest(fish)":           true,
		"2 * fish = fish + fish":                 true,
		"if fish > 0 then 1 else 1":              true,
		"fish > 0 or fish <= 0":                  true,
		"not (fish <> fish)":                     true,
		"sum(part) = part[a] + part[b]":          true,
		"when_highest(fish) >= 2000":             true,
		"slow(fish) < 3 or slow(fish) >= 3":      true,
		"fish >= 0":                              false,
		"fish = 100 or rate > 0":                 false,
		"fish >= base(fish)":                     false,
		"fish <= slow(fish) * 1.5":               false,
		"part[a] = part[b]":                      false,
		"sum(part) = fish":                       false,
		"fish < 1e8":                             false,
		"abs(fish - 140) < 100":                  false,
		"not oscillates(fish)":                   false,
		"not s_shaped(fish)":                     false,
		"not rises_then_falls(fish)":             false,
		"not falls_then_rises(fish)":             false,
		"rises(fish)":                            false,
		"not falls(fish)":                        false,
		"abs(when_highest(fish) - 2027) > 1":     false,
		"when_settled(fish, 1e9) <= 2039":        false,
		"average(fish, 2010, 2012) <> 3":         false,
		"rate < 1":                               false,
		"effect(fish) <= 1":                      false, // the table may change
		"last(time) = 2040":                      false, // so may the clock
		"if fish > 1000 then births > 10 else 1": false,
		"births <> 0 or fish <> 100":             false,
	} {
		text := school + expect + "\"\"\"\n[test.x.run.slow]\nset = { rate = 0.015 }\n"
		m, list := model.Parse("m.toml", []byte(text), nil)
		if list.HasErrors() {
			t.Fatal(list)
		}
		if _, list := model.Check(m); list.HasErrors() {
			t.Fatal(expect, list)
		}
		found, err := Run(context.Background(), m, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if said := strings.Contains(found[0].Message(), "cannot fail"); said != vacuous || !vacuous && !found[0].Pass {
			t.Errorf("%s: %v %s", expect, found[0].Pass, found[0].Message())
		}
	}
}
