package report

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

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
	c := fixture.Example(t)
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
	b.quiet()
}

// The modules of a large model are at most twelve boxes; each can be entered.
func TestModulesAreAMap(t *testing.T) {
	b := open(t, stLouis(t))
	b.wait(`document.querySelectorAll(".levers .input").length > 3`)
	eval[bool](b, `document.getElementById("walk").scrollIntoView({behavior: "instant"}), true`)
	b.wait(`document.getElementById("walk").dataset.ready === ""`)
	b.is("boxes", `(() => { const n = document.querySelectorAll(".map-of-modules .box").length; return n > 1 && n <= 12 })()`)
	b.must(chromedp.Do(b.ctx, chromedp.Focus(`.map-of-modules .box`)))
	b.key(" ")
	b.wait(`document.querySelectorAll(".places button").length > 3`)
	if screens := eval[float64](b, `(document.querySelectorAll("#walk button").length, [...document.querySelectorAll(".walk-head button")].find((x) => x.textContent === "All modules").click(), document.documentElement.scrollHeight / 800)`); screens > 8 {
		t.Errorf("with the map the page has %v screens", screens)
	}
	b.quiet()
}
