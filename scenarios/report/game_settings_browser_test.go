package report

import (
	"context"
	"fmt"
	"testing"

	"weir/internal/modeltest"
	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
	"weir/scenarios/report/runs"
	"weir/sim"
)

// fleets has arrays whose elements have one slider together, a constant that a page may set, and a
// decision that nobody moves in the game.
const fleets = `name = "Fleets"
today = 2002
[time]
start = 2000
stop = 2010
step = 0.25
unit = "year"
[dimension.port]
elements = ["a", "b", "c", "d", "e"]
[stock.fish]
initial = 1000
inflow = ["births"]
outflow = ["caught"]
[flow.births]
equation = "fish * rate"
[flow.caught]
equation = "sum(quota[*] * skill[*]) + hobby"
[constant.rate]
value = 0.1
range = [0, 0.5]
[constant.skill]
over = ["port"]
value = [1, 1.1, 1.2, 1.3, 1.4]
range = [0, 9]
[decision.quota]
over = ["port"]
value = [1, 2, 3, 4, 5]
range = [0, 99]
[decision.hobby]
value = 1
range = [0, 9]
`

// A page of a run with settings of its own hands on games that give its numbers, though the model's
// file has others: constants, elements of arrays that one slider multiplies, and decisions as they
// were before the first move.
func TestGameOfARunWithSettings(t *testing.T) {
	for name, set := range map[string]map[string]float64{
		"none": nil, "some": {"rate": 0.2, "quota[c]": 7, "skill[e]": 2, "hobby": 4},
	} {
		t.Run(name, func(t *testing.T) { gameHandsOn(t, sim.Settings{Set: set}) })
	}
}

func gameHandsOn(t *testing.T, s sim.Settings) {
	x := modeltest.Of(t, fleets)
	r, err := x.Program.Run(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	v := &runs.View{Model: x.Model, Resolved: x.Resolved, Program: x.Program, Settings: s, Version: "test",
		Runs: []runs.Run{{Name: "this run", Result: r}}}
	b := launch(t, chromium(t))
	b.load(runPageFile(t, v))
	got := eval[[]string](b, `(async () => {
		const frames = () => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
		const press = async (text) => {
			[...document.querySelectorAll("#levers-of-run button")].find((x) => x.textContent.startsWith(text)).click();
			await frames();
		};
		const put = async (name, value) => {
			const f = document.getElementById("input-" + name).closest(".input").querySelector(".field");
			f.value = value;
			f.dispatchEvent(new Event("change"));
			await frames();
		};
		await put("skill", "1.5");
		await press("Play");
		await press("Go on");
		await put("quota", "2");
		await press("To the end");
		let blob;
		const old = URL.createObjectURL;
		URL.createObjectURL = (x) => { blob = x; return old.call(URL, x) };
		await press("Save as a scenario");
		while (!blob) await frames();
		URL.createObjectURL = old;
		return [await blob.text(), document.querySelector("#board figure").dataset.ends.split(" ").at(-1)] })()`)
	const outcome = "model = \"m.toml\"\n[outcome.left]\nvariable = \"fish\"\nlabel = \"Left\"\nbetter = \"higher\"\n"
	set, list := scenarios.Parse("set.toml", []byte(outcome+got[0]),
		func(string, model.ImportOptions) (*model.Model, diagnostic.List) { return v.Model, nil })
	if list.HasErrors() {
		t.Fatalf("%v\n%s", list, got[0])
	}
	c, err := scenarios.Compare(context.Background(), set, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fish := c.Runs[0].Result.Series("fish")
	b.is(fmt.Sprintf("the game ends at %s and its scenario at %v:\n%s", got[1], fish[len(fish)-1], got[0]),
		fmt.Sprintf("%q === String(%v)", got[1], fish[len(fish)-1]))
	b.quiet()
}
