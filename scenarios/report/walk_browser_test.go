package report

import (
	"cmp"
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"weir/scenarios"
	"weir/scenarios/explain"
	"weir/scenarios/report/internal/fixture"
	"weir/sim"
)

// walkTo goes to a variable by its name.
func (b *tab) walkTo(name string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`(() => { const f = document.getElementById("walk-find"); f.value = %q; f.dispatchEvent(new Event("change")); return true })()`, name))
	b.wait(fmt.Sprintf(`[...document.querySelectorAll(".walk-middle dd")].some((e) => e.textContent === %q)`, name))
}

// Every variable is computed when it is asked for, with the numbers of the engine; its causes
// and effects are doors that can be opened by key.
func TestWalkShowsWhatTheEngineComputes(t *testing.T) {
	own := *fixture.Example(t) // shared by tests
	c := &own
	if err := explain.AddLoops(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	b := open(t, c)
	b.wait(`document.getElementById("bench").dataset.futures > 0`)
	eval[bool](b, `document.getElementById("walk").scrollIntoView({behavior: "instant"}), true`)
	b.wait(`document.getElementById("walk").dataset.ready === ""`)
	best := newMaker(c).Best()
	seen := 0
	for _, n := range c.Structure.Nodes {
		values := []*sim.Result{c.Baseline.Result, c.Runs[best-1].Result}
		if len(n.Variable.Over) > 0 || values[0].Series(n.Name) == nil {
			continue
		}
		b.walkTo(n.Name)
		want := ""
		for i, r := range values {
			series := r.Series(n.Name)
			if i > 0 {
				want += " "
			}
			want += eval[string](b, fmt.Sprintf(`String(%v)`, series[len(series)-1]))
		}
		b.is(n.Name+" ends as in the engine", fmt.Sprintf(`document.querySelector(".walk-middle .own-plot").dataset.ends === %q`, want))
		if seen++; seen == 12 {
			break
		}
	}
	if seen < 5 {
		t.Fatalf("only %d variables were compared", seen)
	}
	link := c.Structure.Links[len(c.Structure.Links)/2]
	b.walkTo(link.To.Name)
	doors := eval[int](b, `document.querySelector(".walk-side").querySelectorAll(".walk-card").length`)
	causes := map[string]bool{}
	for _, l := range c.Structure.Links {
		if l.To == link.To {
			causes[l.From.Name] = true
		}
	}
	if doors < len(causes) {
		t.Errorf("%s has %d causes, %d are shown", link.To.Name, len(causes), doors)
	}
	eval[bool](b, `document.querySelector(".walk-card button").focus(), true`)
	before := eval[string](b, `document.querySelector(".walk-head h3").textContent`)
	b.key(" ")
	b.wait(fmt.Sprintf(`document.querySelector(".walk-head h3").textContent !== %q`, before))
	eval[bool](b, `[...document.querySelectorAll(".walk-head button")].find((x) => x.textContent === "Back").click(), true`)
	b.is("and back", fmt.Sprintf(`document.querySelector(".walk-head h3").textContent === %q`, before))
	b.checkAccess("a variable")
	loopsOverTime(b, c)
	b.quiet()
}

// loopsOverTime goes to the stock with the most loops: each that is shown has its score over time,
// for no new decisions and the picked scenario, with the share that the engine gives it.
func loopsOverTime(b *tab, c *scenarios.Comparison) {
	b.t.Helper()
	best, most := "", 0
	for name, list := range c.Loops[0].Through {
		if len(list) > most || len(list) == most && name < best {
			best, most = name, len(list)
		}
	}
	b.walkTo(best)
	eval[bool](b, `document.querySelectorAll("#walk details").forEach((d) => d.open = true), true`)
	b.is("two runs", `document.querySelectorAll("#walk details > h4").length === 2`)
	first := c.Loops[0].Loops[c.Loops[0].Through[best][0]]
	b.is("the loop that explains most stands first", fmt.Sprintf(
		`document.querySelector(".scores b").textContent.startsWith(%q) && document.querySelector(".scores b").textContent.endsWith("%.0f %%")`,
		cmp.Or(first.Label, first.ID)+", "+first.Polarity, 100*first.Share))
	b.is("a point for each time", fmt.Sprintf(`document.querySelector(".scores .line").getAttribute("d").split("L").length === %d`, len(first.Over)))
	b.checkAccess("loops over time")
}

// The modules of a large model are at most twelve boxes; each can be entered.
func TestModulesAreAMap(t *testing.T) {
	b := open(t, stLouis(t))
	b.wait(`document.querySelectorAll(".levers .input").length > 3`)
	eval[bool](b, `document.getElementById("walk").scrollIntoView({behavior: "instant"}), true`)
	b.wait(`document.getElementById("walk").dataset.ready === ""`)
	const few = `(() => { const n = document.querySelectorAll(".net .box").length; return n > 1 && n <= 12 })()`
	const signed = `[...document.querySelectorAll(".net .way")].every((w) => ["+", "\u2212", "\u00b1"].includes(w.querySelector("text").textContent))`
	b.wait(`document.querySelector(".net .box") !== null`)
	b.is("at most twelve modules", few)
	b.is("a sign on every arrow between modules", signed)
	b.checkAccessEverywhere("the map of modules")
	b.view(1280, 900)
	b.must(chromedp.Do(b.ctx, chromedp.Focus(`.net .box`)))
	b.key(" ")
	b.wait(`document.querySelectorAll(".places button").length > 3`)
	b.wait(`document.querySelector(".net-of .net .box") !== null`)
	b.is("at most twelve variables", few)
	b.is("a sign on every arrow within a module", `document.querySelectorAll(".net .way").length > 3 && `+signed)
	if screens := eval[float64](b, `(document.querySelectorAll("#walk button").length, [...document.querySelectorAll(".walk-head button")].find((x) => x.textContent === "All modules").click(), document.documentElement.scrollHeight / 800)`); screens > 8 {
		t.Errorf("with the map the page has %v screens", screens)
	}
	b.quiet()
}
