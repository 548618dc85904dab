package report

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/fixture"
	"weir/sim"
)

// try opens the page at a fragment and waits until the model has run in all futures.
func try(t testing.TB, c *scenarios.Comparison, fragment string) *tab {
	t.Helper()
	b := launch(t, chromium(t))
	b.size(1280)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+pageFile(t, c)+fragment)))
	b.futures(c)
	b.near("#bench .own-plot")
	return b
}

// near unfolds an element with a chart, goes there, and waits until it is drawn.
func (b *tab) near(selector string) {
	b.t.Helper()
	eval[bool](b, `(() => { const e = document.querySelector("`+selector+`"); for (let d = e.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
		e.scrollIntoView({block: "center", behavior: "instant"}); return true })()`)
	b.wait(`document.querySelectorAll("` + selector + ` .chart path").length > 5`)
}

// futures waits for the answer to the last question.
func (b *tab) futures(c *scenarios.Comparison) {
	b.t.Helper()
	b.wait(fmt.Sprintf(`document.getElementById("bench").dataset.futures === "%d"`, c.Uncertainty.Counted))
}

// shown is the number of the single run in a row and column of the table of outcomes.
func (b *tab) shown(row, column int) float64 {
	b.t.Helper()
	text := eval[string](b, fmt.Sprintf(`document.querySelector("#try-numbers tbody").rows[%d].cells[%d].dataset.run`,
		row, column))
	v, err := strconv.ParseFloat(text, 64)
	b.must(err)
	return v
}

// drag moves a slider with the mouse from where it stands to a share of its width.
func (b *tab) drag(name string, to float64) {
	b.t.Helper()
	at := eval[[]float64](b, `(() => { const e = document.getElementById("input-`+name+`");
		for (let d = e.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
		e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getBoundingClientRect(), share = e.value / e.max; return [r.left, r.top + r.height / 2, r.width, share] })()`)
	// The middle of the knob goes from half its width inside to half its width inside.
	place := func(share float64) float64 { return at[0] + 8 + share*(at[2]-16) }
	b.mouse(input.DispatchMouseEventTypeMousePressed, place(at[3]), at[1])
	b.mouse(input.DispatchMouseEventTypeMouseMoved, place((at[3]+to)/2), at[1])
	b.mouse(input.DispatchMouseEventTypeMouseMoved, place(to), at[1])
	b.mouse(input.DispatchMouseEventTypeMouseReleased, place(to), at[1])
}

func (b *tab) mouse(kind input.DispatchMouseEventType, x, y float64) {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.MouseEvent(kind, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1))))
}

// input is the first one of a column of the page.
func (b *tab) input(kind string) string {
	b.t.Helper()
	return eval[string](b, `document.querySelector(".`+kind+` input[type=range]").id.replace("input-", "")`)
}

// value is where an input stands, exactly, as the link says.
func (b *tab) value(name string) float64 {
	b.t.Helper()
	text := eval[string](b,
		`[...new URLSearchParams(location.hash.slice("#try?".length))].find(([k]) => k.endsWith(".`+name+`"))[1]`)
	v, err := strconv.ParseFloat(text, 64)
	b.must(err)
	return v
}

// columns wants the table to show the numbers of two runs, digit for digit.
func (b *tab) columns(c *scenarios.Comparison, base, yours *sim.Result) {
	b.t.Helper()
	for i, o := range c.Set.Outcomes {
		if o.Cost {
			continue
		}
		for k, r := range []*sim.Result{base, yours} {
			series := r.Series(o.Variable)
			if got, want := b.shown(i, k+1), series[len(series)-1]; math.Float64bits(got) != math.Float64bits(want) {
				b.t.Errorf("%s is shown as %v, weir run gives %v", o.Label, got, want)
			}
		}
	}
}

func TestDraggedSliderShowsWhatTheEngineComputes(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "")
	b.columns(c, c.Baseline.Result, c.Baseline.Result)
	name := b.input("decisions")
	b.drag(name, 0.6)
	b.wait(`location.hash.startsWith("#try?set.")`)
	v := b.value(name)
	change := sim.Change{Variable: name, Kind: sim.To, Amount: v, Start: c.Today + 1, Until: math.Inf(1)}
	b.columns(c, c.Baseline.Result, moved(t, c, nil, []sim.Change{change}, nil))
	assumption := b.input("assumptions")
	b.drag(assumption, 0.9)
	b.wait(`location.hash.includes("assume.")`)
	set := map[string]float64{assumption: b.value(assumption)}
	b.columns(c, moved(t, c, nil, nil, set), moved(t, c, nil, []sim.Change{change}, set))
	b.futures(c)
	b.is("the page says that the baseline moved",
		`document.querySelector(".rebase").textContent.includes("with no new decisions it is now")`)
	b.quiet()
}

func TestPresetsAreTheScenarios(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "")
	for i, r := range c.Runs {
		eval[bool](b, fmt.Sprintf(`(() => { const s = document.getElementById("try-preset"); s.selectedIndex = %d; s.dispatchEvent(new Event("change")); return true })()`, i+1))
		b.columns(c, c.Baseline.Result, r.Result)
	}
	b.quiet()
}

// The ranges that the worker computes are those of the comparison: the same futures.
func TestWorkerComputesTheFuturesOfTheComparison(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "#try?scenario="+c.Runs[0].ID)
	b.kind(c, "Level")
	for i, s := range c.Uncertainty.Outcomes {
		q := quantityOfOutcome(c, i)
		b.is("the range of "+s.Outcome.Label, fmt.Sprintf(`document.querySelector("#try-numbers tbody").rows[%d].cells[1].querySelector("small").textContent === %q`,
			i, q.Between(s.Range[0], s.Range[1])))
		v := c.Verdicts[i]
		if v.Unsure || v.Distinguishable && !v.Slight && !q.Negligible(v.Difference) {
			b.is("the difference of "+s.Outcome.Label,
				fmt.Sprintf(`document.querySelector("#try-numbers tbody").rows[%d].cells[3].textContent.includes(%q)`,
					i, q.SignedRange(v.Range)))
		}
	}
	for i, s := range c.Uncertainty.Outcomes {
		q := quantityOfOutcome(c, i)
		b.is("the median of "+s.Outcome.Label,
			fmt.Sprintf(`document.querySelector("#try-numbers tbody").rows[%d].cells[1].firstChild.textContent === %q`,
				i, q.Number(s.Median)))
	}
	first := `drawn(document.querySelector(".own-plot"))`
	b.is("bands of both", first+`.bands.length === 2 && `+first+`.futures.length === 30`)
	b.kind(c, "Difference")
	b.is("one band of differences", first+`.bands.length === 1 && `+first+`.futures.length === 15`)
	q := newMaker(c).Difference.Q
	b.is("the difference at the line's end", fmt.Sprintf(`[...document.querySelectorAll(".own-plot text")].some((e) => e.textContent === %q)`, q.Number(c.Verdicts[0].Difference)))
	b.quiet()
}

// kind shows the graphs as differences or as levels, and waits for their futures.
func (b *tab) kind(c *scenarios.Comparison, words string) {
	b.t.Helper()
	eval[bool](b, `(() => { document.getElementById("bench").dataset.futures = ""; [...document.querySelectorAll(".kinds button")].find((x) => x.textContent === "`+words+`").click(); return true })()`)
	b.futures(c)
}

func quantityOfOutcome(c *scenarios.Comparison, i int) prose.Quantity {
	return newMaker(c).Judged()[i].QuantityFor()
}

func TestLinksOpenWhatTheySay(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "")
	decision, assumption := b.input("decisions"), b.input("assumptions")
	v := c.Set.Model.Variable(decision)
	b = try(t, c, fmt.Sprintf("#try?scenario=%s&from=1900&set.%s=1e9&set.nonsense=3&assume.%s=bad", c.Runs[0].ID,
		decision, assumption))
	said := eval[string](b, `document.querySelector(".remark").textContent`)
	b.is("the preset", fmt.Sprintf(`document.getElementById("try-preset").value === %q`, c.Runs[0].ID))
	b.is("clamped and said", `document.querySelector(".remark").textContent.includes("it was put at")`)
	b.is("what means nothing is said",
		`document.querySelector(".remark").textContent.includes("2 parts of this link mean nothing")`)
	b.is("the date", fmt.Sprintf(`document.getElementById("try-from").value === "%v"`, c.Set.Model.Time.Start))
	if got := eval[string](b, `document.getElementById("input-`+decision+`").value / document.getElementById("input-`+decision+`").max + ""`); got != "1" {
		t.Errorf("%s stands at %s of its range up to %v (%s)", decision, got, v.Range[1], said)
	}
	b.quiet()
}

func TestGarbageInTheLinkIsIgnored(t *testing.T) {
	c := fixture.Example(t)
	for _, fragment := range []string{"#%%%", "#<script>alert(1)</script>", "#try?&&==&%ff=%00",
		"#try?set.__proto__=1&assume.constructor=2"} {
		b := try(t, c, fragment)
		b.is(fragment+" is said to be ignored", `document.querySelector(".remark").textContent.includes("ignored")`)
		b.columns(c, c.Baseline.Result, c.Baseline.Result)
		b.quiet()
	}
}

func TestKeysMoveASlider(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "")
	name := b.input("decisions")
	eval[bool](b, `(() => { document.getElementById("input-`+name+`").focus(); return true })()`)
	b.key(kb.ArrowRight)
	b.wait(`location.hash.includes("set.` + name + `=")`)
	v := b.value(name)
	b.columns(c, c.Baseline.Result, moved(t, c, nil, []sim.Change{{Variable: name, Kind: sim.To, Amount: v,
		Start: c.Today + 1, Until: math.Inf(1)}}, nil))
	b.is("it is spoken", `document.getElementById("input-`+name+`").getAttribute("aria-valuetext").length > 0`)
	b.quiet()
}

// The answer of the worker to the last choice comes while the replay goes on, which it
// does not cut short.
func TestReplayMovesUnlessMotionIsUnwanted(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "")
	// paths are the places of the line from the moment at which Replay is pressed.
	paths := func() []string {
		eval[bool](b, `(() => { window.seen = []; window.moved = 0;
			const count = () => { moved += Number(document.querySelector(".own-plot").dataset.motion === "moving"); requestAnimationFrame(count) };
			requestAnimationFrame(count); window.watch = new MutationObserver(() => { const d = drawn(document.querySelector(".own-plot")).lines.find((l) => l.key === "yours")?.d; if (d && seen.at(-1) !== d) seen.push(d) });
			const s = document.getElementById("try-preset"); bench.dataset.futures = "";
			for (const i of [1, 2]) { s.selectedIndex = i; s.dispatchEvent(new Event("change")) }
			[...document.querySelectorAll("#bench button")].find((x) => x.textContent.startsWith("Replay")).click();
			watch.observe(document.querySelector(".own-plot .chart"), {childList: true, subtree: true, attributes: true}); return true })()`)
		b.is("it holds the old line", `document.querySelector(".own-plot").dataset.motion === "holding"`)
		b.wait(`document.querySelector(".own-plot").dataset.motion === ""`)
		b.futures(c)
		b.is("the range of what is set is there in the end",
			`drawn(document.querySelector(".own-plot")).bands.length === 1`)
		return eval[[]string](b, `watch.disconnect(), seen`)
	}
	// A free machine draws fifteen frames in the time of the motion, this one perhaps fewer.
	list := paths()
	if frames := eval[int](b, `window.moved`); len(list) < min(5, frames) || len(list) < 3 {
		t.Errorf("the line was drawn in %d places on its way in %d frames, want a few", len(list), frames)
	}
	b.media(&emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"})
	if list := paths(); len(list) > 1 {
		t.Errorf("the line was drawn in %d places after the old one though motion is unwanted", len(list))
	}
	b.quiet()
}

// A browser that cannot unpack what the page carries says so, and keeps what is written and the
// pictures.
func TestAnOldBrowserKeepsThePictures(t *testing.T) {
	b := launch(t, chromium(t))
	_, err := chromedp.Call(b.ctx, cdppage.AddScriptToEvaluateOnNewDocument,
		cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: `delete globalThis.DecompressionStream`})
	b.must(err)
	b.load(pageFile(t, fixture.Example(t)))
	b.is("it is said", `document.querySelector("#answer .remark").textContent.includes("too old")`)
	b.is("the picture stands", `document.querySelector("#chart-1-difference .picture svg").clientHeight > 100 && !document.querySelector(".chart")`)
	b.quiet()
}

// What is set is printed, though its graphs were never near the window.
func TestGraphsArePrintedUnseen(t *testing.T) {
	c := fixture.Example(t)
	b := launch(t, chromium(t))
	b.view(1280, 200)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+pageFile(t, c))))
	b.futures(c)
	b.ready()
	b.is("nothing is drawn", `!document.querySelector("#bench .chart")`)
	eval[bool](b, `dispatchEvent(new Event("beforeprint"))`)
	b.is("then it is", `document.querySelectorAll("#bench .own-plot .chart path").length > 5`)
	b.quiet()
}

// The graphs of what is tried are read by key and by mouse, as the other charts are.
func TestOwnRunsAreRead(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "#try?scenario="+c.Runs[0].ID)
	b.kind(c, "Level")
	b.must(chromedp.Do(b.ctx, chromedp.Focus(".own-plot")))
	b.key(kb.End)
	b.wait(`tips().length === 1`)
	q := quantityOfOutcome(c, 0)
	s := c.Uncertainty.Outcomes[0]
	want := fmt.Sprintf("%s (%s to %s)", q.Number(s.Median), q.Number(s.Range[0]), q.Number(s.Range[1]))
	b.is("the number and its range", fmt.Sprintf(`tips()[0].textContent.includes(%q)`, "No new decisions"+want))
	b.is("spoken", fmt.Sprintf(`document.getElementById("live").textContent.includes(%q)`, "No new decisions: "+want))
	b.is("every graph has the rule", `[...document.querySelectorAll(".own-plot")].every((e) => e.querySelectorAll('path[stroke="var(--soft)"]').length === 2)`)
	b.key(kb.Escape)
	b.wait(`tips().length === 0`)
	b.quiet()
}

func TestPinnedRunStays(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "#try?scenario="+c.Runs[0].ID)
	eval[bool](b, `(() => { [...document.querySelectorAll("#bench button")].find((x) => x.textContent.startsWith("Pin")).click(); [...document.querySelectorAll("#bench button")].find((x) => x.textContent === "Reset").click(); return true })()`)
	b.is("its column", `document.querySelector("#try-numbers thead").textContent.includes("Pin 1")`)
	series := c.Runs[0].Result.Series(c.Set.Outcomes[0].Variable)
	if got, want := b.shown(0, 4), series[len(series)-1]; got != want {
		t.Errorf("pinned shows %v, want %v", got, want)
	}
	b.is("its words", fmt.Sprintf(`document.querySelector(".state").textContent.includes(%q)`,
		"Pin 1: "+c.Runs[0].Label))
	b.quiet()
}

func TestWithoutWebAssemblyTheChartsStay(t *testing.T) {
	c := fixture.Example(t)
	b := launch(t, chromium(t))
	_, err := chromedp.Call(b.ctx, cdppage.AddScriptToEvaluateOnNewDocument,
		cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: `delete globalThis.WebAssembly`})
	b.must(err)
	b.load(pageFile(t, c))
	b.wait(`document.getElementById("bench").textContent.includes("no WebAssembly")`)
	b.is("charts", `document.querySelectorAll("figure .chart svg path").length > 10`)
	b.quiet()
}

func TestWithoutWorkersTheLinesStay(t *testing.T) {
	c := fixture.Example(t)
	b := launch(t, chromium(t))
	_, err := chromedp.Call(b.ctx, cdppage.AddScriptToEvaluateOnNewDocument,
		cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: `delete globalThis.Worker`})
	b.must(err)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+pageFile(t, c)+"#try?scenario="+c.Runs[0].ID)))
	b.wait(`document.querySelector(".remark")?.textContent.includes("runs no workers")`)
	b.is("no range is promised", `!document.querySelector(".result").textContent.includes("being computed")`)
	b.columns(c, c.Baseline.Result, c.Runs[0].Result)
	b.quiet()
}

// A browser without vector instructions runs the plain module.
func TestWithoutVectorsTheNumbersAreTheSame(t *testing.T) {
	c := fixture.Example(t)
	b := launch(t, chromium(t))
	script := `const validate = WebAssembly.validate; WebAssembly.validate = (bytes) => { window.asked = bytes.byteLength; return false }`
	_, err := chromedp.Call(b.ctx, cdppage.AddScriptToEvaluateOnNewDocument,
		cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	b.must(err)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+pageFile(t, c)+"#try?scenario="+c.Runs[0].ID)))
	b.futures(c)
	b.is("it was asked", `window.asked > 0`)
	b.columns(c, c.Baseline.Result, c.Runs[0].Result)
	b.quiet()
}

func TestTryingFitsAPhone(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "")
	b.size(390)
	b.wait(`document.documentElement.clientWidth === 390`)
	if got := eval[float64](b, `document.documentElement.scrollWidth`); got > 390 {
		t.Errorf("the page is %v pixels wide", got)
	}
	b.is("what can be touched is large enough", `[...document.querySelectorAll("#try button, #try select, #try input, #try summary")].filter((e) => e.offsetHeight > 0).every((e) => e.offsetHeight >= 43.5)`)
	b.is("every control has a name", `[...document.querySelectorAll("#try input, #try select")].every((e) => e.ariaLabel || document.querySelector('label[for="' + e.id + '"]'))`)
	b.quiet()
}

// What is set goes with the page: printed, saved, and in the file of numbers.
func TestStateGoesWithThePage(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "#try?scenario="+c.Runs[0].ID)
	eval[bool](b, `(() => { window.blobs = []; const make = URL.createObjectURL; URL.createObjectURL = (x) => { blobs.push(x); return make.call(URL, x) };
		for (const text of ["CSV", "Save page"]) [...document.querySelectorAll("#bench button")].find((x) => x.textContent === text).click(); return true })()`)
	b.wait(`blobs.length === 2`)
	b.is("the numbers under their state", fmt.Sprintf(`blobs[0].text().then((s) => s.split("\n")[0].includes(%q))`,
		"yours ("+c.Runs[0].Label+")"))
	file := filepath.Join(t.TempDir(), "saved.html")
	if err := os.WriteFile(file, []byte(eval[string](b, `blobs[1].text()`)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.must(err)
	b.is("printed", `document.querySelector(".own-plot .chart svg").clientHeight > 100 && document.querySelector(".state").offsetHeight > 0 && document.querySelector(".levers").offsetHeight === 0`)
	b.quiet()
	saved := launch(t, chromium(t))
	saved.load(file)
	saved.futures(c)
	saved.is("the preset", fmt.Sprintf(`document.getElementById("try-preset").value === %q`, c.Runs[0].ID))
	saved.columns(c, c.Baseline.Result, c.Runs[0].Result)
	saved.quiet()
}

// The times are told, not judged: they belong to the machine.
func TestTimesOfTheBench(t *testing.T) {
	c := fixture.Example(t)
	b := try(t, c, "")
	name := b.input("decisions")
	line := []float64{}
	for i := range 12 {
		line = append(line, eval[float64](b, fmt.Sprintf(`(() => { const e = document.getElementById("input-%s"); e.value = %d; e.dispatchEvent(new Event("input"));
			const [x] = performance.getEntriesByName("weir line"); return x.duration })()`, name, 3+i)))
	}
	b.futures(c)
	t.Logf("slider to redrawn line: %.1f ms of script; %d futures of two runs in the worker: %.0f ms",
		line[len(line)-1], c.Uncertainty.Counted,
		eval[float64](b, `performance.getEntriesByName("weir futures")[0].duration`))
}
