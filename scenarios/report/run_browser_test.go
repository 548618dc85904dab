package report

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/internal/modeltest"
	"weir/scenarios/report/runs"
	"weir/sim"
)

// runView returns the runs of a model text: itself, and a variant where rate is 0.2.
func runView(t testing.TB, text string) *runs.View {
	t.Helper()
	x := modeltest.Of(t, text)
	return &runs.View{Model: x.Model, Resolved: x.Resolved, Program: x.Program, Version: "test", Runs: []runs.Run{{Name: "this run", Result: x.Result}}}
}

// pond has an array, a label with brackets, text that would end an element, and a constant without a
// range.
const pond = `name = "Pond </script><b>"
[time]
start = 2000
stop = 2010
step = 0.25
unit = "year"
[dimension.lake]
elements = ["north", "south"]
[stock.fish]
label = "Fish (adult)"
over = ["lake"]
initial = 100
inflow = ["births"]
[flow.births]
over = ["lake"]
equation = "fish * rate"
[constant.rate]
value = 0.1
[decision.quota]
value = 0
range = [0, 50]
[aux.left]
equation = "sum(fish[*]) - quota"
`

// runPageFile writes the page of a view.
func runPageFile(t testing.TB, v *runs.View) string {
	t.Helper()
	var page bytes.Buffer
	if err := WriteRun(&page, v); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "run.html")
	if err := os.WriteFile(path, page.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// A run moved in the page has the bits of the engine: the run, a variant, a slider without a range of
// its own, and a run that was kept; any variable can be drawn, compared and walked to.
func TestRunInAPage(t *testing.T) {
	v := runView(t, pond)
	if err := v.Vary(context.Background(), "faster", map[string]float64{"rate": 0.2}); err != nil {
		t.Fatal(err)
	}
	b := launch(t, chromium(t))
	b.load(runPageFile(t, v))
	end := func(name string, set map[string]float64) string {
		r, err := v.Program.Run(context.Background(), sim.Settings{Set: set})
		if err != nil {
			t.Fatal(err)
		}
		s := r.Series(name)
		return eval[string](b, fmt.Sprintf(`String(%v)`, s[len(s)-1]))
	}
	chart := func(label string) string {
		return fmt.Sprintf(`[...document.querySelectorAll("#board figure")].find((f) => f.querySelector("h3").textContent === %q)`, label)
	}
	ends := func(label string, want ...string) {
		t.Helper()
		b.wait(fmt.Sprintf(`(%s)?.dataset.ends === %q`, chart(label), strings.Join(want, " ")))
	}
	usual, faster := end("fish[north]", nil), end("fish[north]", map[string]float64{"rate": 0.2})
	ends("Fish (adult) (north)", usual, faster)
	b.wait(`[...document.querySelectorAll("#board figure")].every((f) => f.querySelector(".chart svg path"))`)

	eval[bool](b, `(() => { const f = document.querySelector("#input-rate").closest(".input").querySelector(".field"); f.value = "0.15"; f.dispatchEvent(new Event("change")); return true })()`)
	own := end("fish[north]", map[string]float64{"rate": 0.15})
	ends("Fish (adult) (north)", usual, faster, own)
	eval[bool](b, `[...document.querySelectorAll("button")].find((x) => x.textContent === "Keep this run").click(), true`)
	b.is("the kept run in the legend", `document.getElementById("legend").textContent.includes("kept 1rate=0.15")`)

	eval[bool](b, `(() => { const f = document.getElementById("add-chart"); f.value = "left"; f.dispatchEvent(new Event("change")); return true })()`)
	ends("left", end("left", nil), end("left", map[string]float64{"rate": 0.2}), end("left", map[string]float64{"rate": 0.15}))

	// The picture that leaves the page has every run's line, and says which model it is of.
	picture := eval[string](b, `(async () => { let blob; const old = URL.createObjectURL; URL.createObjectURL = (x) => { blob = x; return old.call(URL, x) };
		document.querySelector("#board [aria-label^='SVG of']").click(); while (!blob) await new Promise((r) => setTimeout(r, 20));
		URL.createObjectURL = old; return blob.text() })()`)
	for _, want := range []string{"<svg", "left", "Pond &lt;/script&gt;&lt;b&gt;", "faster"} {
		if !strings.Contains(picture, want) {
			t.Errorf("the picture lacks %q", want)
		}
	}

	eval[bool](b, `document.getElementById("pair").scrollIntoView({behavior: "instant"}), true`)
	b.wait(`document.querySelectorAll("#pair tbody tr").length === 5`) // two fish, two births, what is left
	b.is("the settings that differ",
		`document.querySelector("#pair > div > p").textContent === "Set in “faster”: rate 0.2 instead of 0.1."`)
	eval[bool](b, `document.getElementById("walk").scrollIntoView({behavior: "instant"}), true`)
	b.wait(`document.getElementById("walk").dataset.ready === ""`)
	b.walkTo("left")
	b.is("the walk shows every run", `document.querySelector(".walk-middle .own-plot").dataset.ends.split(" ").length === 3`)
	b.checkAccess("a run")
	b.quiet()
}

// A page without a model that runs in it still shows its charts, and says why.
func TestAnAdaptiveRunIsAPicture(t *testing.T) {
	v := runView(t, strings.Replace(pond, `unit = "year"`, "unit = \"year\"\nmethod = \"rk45\"", 1))
	var page bytes.Buffer
	if err := WriteRun(&page, v); err != nil {
		t.Fatal(err)
	}
	text := page.String()
	for _, want := range []string{"cannot be tried in the page: its method (rk45)", "<svg xmlns=", "Fish (adult) (south)"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, not := range []string{"<b>", "wasm-unsafe-eval"} {
		if strings.Contains(text, not) {
			t.Errorf("the page has %q", not)
		}
	}
}

// chained returns a model of n stocks, each with an inflow, an outflow, an effect of another stock and
// two constants: 6n variables.
func chained(n int) string {
	var b strings.Builder
	b.WriteString("name = \"Chained\"\n[time]\nstart = 1900\nstop = 2100\nstep = 0.5\nsave = 1\nunit = \"year\"\n")
	for i := range n {
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = %d\ninflow = [\"in%d\"]\noutflow = [\"out%d\"]\n", i, 50+i%50, i, i)
		fmt.Fprintf(&b, "[flow.in%d]\nequation = \"s%d * growth%d * effect%d\"\n[flow.out%d]\nequation = \"s%d / life%d\"\n", i, i, i, i, i, i, i)
		fmt.Fprintf(&b, "[aux.effect%d]\nequation = \"1 / (1 + s%d / 100)\"\n", i, (i+7)%n)
		fmt.Fprintf(&b, "[constant.growth%d]\nvalue = %g\n[constant.life%d]\nvalue = %d\n", i, 0.05+0.001*float64(i%30), i, 10+i%40)
	}
	return b.String()
}

// A page of 6,000 variables is small, and any of them can be drawn, moved and walked to. Times are
// logged, not judged: they depend on the machine.
func TestAPageOfThousandsOfVariables(t *testing.T) {
	v := runView(t, chained(1000))
	path := runPageFile(t, v)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 3_000_000 {
		t.Errorf("the page has %d bytes", info.Size())
	}
	b := launch(t, chromium(t))
	b.load(path)
	t.Logf("%d bytes; ready %v ms after the start of the navigation, first paint %v ms", info.Size(),
		eval[float64](b, `Math.round(performance.getEntriesByName("run ready")[0].startTime)`),
		eval[float64](b, `Math.round(performance.getEntriesByType("paint")[0].startTime)`))
	eval[bool](b, `(() => { const f = document.getElementById("add-chart"); f.value = "effect777"; f.dispatchEvent(new Event("change")); return true })()`)
	s := v.Runs[0].Result.Series("effect777")
	b.wait(fmt.Sprintf(`document.querySelector("#board figure").dataset.ends === String(%v)`, s[len(s)-1]))
	eval[bool](b, `(() => { const f = document.getElementById("add-slider"); f.value = "life784"; f.dispatchEvent(new Event("change")); return true })()`)
	r, err := v.Program.Run(context.Background(), sim.Settings{Set: map[string]float64{"life784": 30}})
	if err != nil {
		t.Fatal(err)
	}
	moved := r.Series("effect777")
	eval[bool](b, `(() => { const f = document.querySelector("#input-life784").closest(".input").querySelector(".field"); f.value = "30"; f.dispatchEvent(new Event("change")); return true })()`)
	b.wait(fmt.Sprintf(`document.querySelector("#board figure").dataset.ends === String(%v) + " " + String(%v)`, s[len(s)-1], moved[len(moved)-1]))
	b.quiet()
}
