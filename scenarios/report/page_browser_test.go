package report

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"weir/scenarios"
	"weir/scenarios/report/internal/fixture"
)

func TestPageOpensWithoutAskingForAnything(t *testing.T) {
	b := open(t, fixture.MadeUp())
	b.is("only what is near is drawn",
		`document.querySelectorAll("figure .chart").length < document.querySelectorAll("figure").length`)
	b.unfold()
	b.level()
	b.is("a chart for each figure",
		`document.querySelectorAll("figure .chart svg").length === document.querySelectorAll("figure").length`)
	b.is("static pictures are hidden", `[...document.querySelectorAll(".picture")].every((e) => e.offsetHeight === 0)`)
	b.is("no style is refused", `[...document.querySelectorAll("[style]")].every((e) => e.closest(".chart"))`)
	b.is("nothing from outside can be fetched", `fetch("https://example.org").then(() => false, () => true)`)
	b.mu.Lock()
	b.problems = nil // the refusal above
	b.mu.Unlock()
	b.must(chromedp.Do(b.ctx, chromedp.Reload()))
	b.wait(`document.querySelectorAll(".chart svg").length > 0`)
	b.quiet()
}

// The one that is picked lights in its row and in every chart; the others keep their lines.
func TestPickedScenarioLightsEverywhere(t *testing.T) {
	b := open(t, fixture.MadeUp())
	b.unfold()
	strong := func(key string) string {
		return `[...document.querySelectorAll("figure .chart")].every((c) => { const l = drawn(c.parentElement).lines.filter((x) => x.width >= 3.6); return l.length === 1 && l[0].key === "` + key + `" })`
	}
	b.is("the best at first", strong("s1"))
	b.is("its row says so", `document.querySelector('.pick[data-key="s1"]').ariaPressed === "true"`)
	b.is("the dip is written at its line", `[...document.querySelectorAll("#chart-1-difference .chart text")].some((e) => e.textContent === "120 fewer in 2028")`)
	b.must(chromedp.Do(b.ctx, chromedp.Focus(`.pick[data-key="s2"]`)))
	b.key(" ")
	b.wait(strong("s2"))
	b.is("only one is pressed",
		`[...document.querySelectorAll(".pick")].filter((e) => e.ariaPressed === "true").length === 1`)
	b.is("another line has no dip", `![...document.querySelectorAll("#chart-1-difference .chart text")].some((e) => e.textContent.includes("fewer in"))`)
	b.is("names stand at the line ends, whole", `["Coaching", "Cuts", "Late start"].every((n) => [...document.querySelectorAll("#chart-1-difference .chart text")].some((e) => e.textContent.includes(n)))`)
	b.quiet()
}

func TestTablesSortByAnyColumn(t *testing.T) {
	b := open(t, fixture.MadeUp())
	b.unfold()
	first := `document.querySelector("#matrix tbody tr th").textContent`
	b.must(chromedp.Do(b.ctx, chromedp.Click(`#matrix thead th:nth-child(2) button`)))
	b.is("largest first", first+` === "Coaching"`)
	b.is("said to screen readers", `document.querySelector("#matrix thead th:nth-child(2)").ariaSort === "descending"`)
	b.must(chromedp.Do(b.ctx, chromedp.Focus(`#matrix thead th:nth-child(2) button`)))
	b.key(kb.Enter)
	b.is("by key, smallest first", first+` === "Cuts"`)
	b.must(chromedp.Do(b.ctx, chromedp.Click(`#matrix thead th:nth-child(1) button`)))
	b.is("by name", first+` === "Coaching"`)
	b.is("in the order of names",
		`document.querySelector("#matrix tbody tr:last-child th").textContent.startsWith("Shared")`)
}

func TestCursorReadsEveryChartAtOneTime(t *testing.T) {
	b := open(t, fixture.MadeUp())
	b.unfold()
	b.level()
	// The rule of the cursor is one of the colour that today's has. Differences are not in view.
	eval[bool](b, `(() => { window.rules = () => [...document.querySelectorAll("figure .chart")].filter((c) => c.offsetParent).map((c) => c.querySelectorAll('path[stroke="var(--soft)"]').length); window.before = rules(); return true })()`)
	b.point("#chart-1 .plot", 0.5, 0.5)
	b.wait(`rules().length === document.querySelectorAll("figure").length - 1 && rules().every((n, i) => n === before[i] + 1)`)
	b.point("#chart-1 .plot", 0.6, 0.5)
	b.is("one tooltip, with the scenarios", `tips().length === 1 && tips()[0].textContent.includes("Coaching")`)
	b.must(chromedp.Do(b.ctx, chromedp.Focus("#chart-1 .plot")))
	b.key(kb.Escape)
	b.wait(`tips().length === 0 && rules().join() === before.join()`) // let go
	b.key(kb.End)
	b.is("the end by key", `tips()[0].querySelector("p").textContent === "2045"`)
	b.is("in the headline's rounding", `tips()[0].textContent.includes("21,600")`)
	b.is("spoken", `document.getElementById("live").textContent.startsWith("2045. Coaching: 22,700.")`)
	b.key(kb.ArrowLeft)
	b.is("a year back", `tips()[0].querySelector("p").textContent === "2044"`)
	b.quiet()
}

func TestNamesAreInertInTheBrowser(t *testing.T) {
	c := fixture.MadeUp()
	fixture.BreakDown(c)
	fixture.MakeEvil(c)
	b := open(t, c)
	name := "`<${\"/\"}script><script>alert(1)<${\"/\"}script>`"
	b.is("the title", `document.title === `+name)
	b.is("the row", `document.querySelector('.pick[data-key="s1"] bdi').textContent === `+name)
	b.level()
	b.is("a line's end", `document.querySelector("#chart-1 .chart").textContent.includes("alert(1)")`)
	b.point("#chart-1 .plot", 0.6, 0.5)
	b.wait(`tips().length === 1`)
	b.is("the tooltip", `tips()[0].textContent.includes(`+name+`)`)
	eval[bool](b, `(() => { window.blobs = []; const make = URL.createObjectURL; URL.createObjectURL = (x) => { blobs.push(x); return make.call(URL, x) }; return true })()`)
	b.must(chromedp.Do(b.ctx, chromedp.Click(`#chart-1 [data-save="svg"]`)))
	b.must(chromedp.Do(b.ctx, chromedp.Click(`#chart-1 [data-save="csv"]`)))
	b.wait(`blobs.length === 2`)
	b.is("the picture", `blobs[0].text().then((s) => { const d = new DOMParser().parseFromString(s, "image/svg+xml");
		return !d.querySelector("parsererror") && !d.querySelector("script") && d.documentElement.textContent.includes("alert(1)") })`)
	b.is("the table of numbers", `blobs[1].text().then((s) => s.split("\n")[0].includes("alert(1)"))`)
	b.is("scripts on the page", `document.scripts.length === 6`)
	b.quiet()
}

func TestFilesAreOnThePage(t *testing.T) {
	b := open(t, fixture.MadeUp())
	b.unfold()
	eval[bool](b, `(() => { window.blobs = []; const make = URL.createObjectURL; URL.createObjectURL = (x) => { blobs.push(x); return make.call(URL, x) }; return true })()`)
	for i, want := range []string{`model = \"model.toml\"`, "year,children", `name = \"made up\"`,
		"run,time,students"} {
		eval[bool](b, `document.querySelector('#files [data-download="`+string(rune('0'+i))+`"]').click(), true`)
		b.wait(`blobs.length === ` + string(rune('1'+i)))
		b.is("file", `blobs.at(-1).text().then((s) => s.startsWith("`+want+`"))`)
	}
	eval[bool](b, `document.querySelector("#chart-2 [data-save=png]").click(), true`)
	b.wait(`blobs.length === 6`) // the picture to paint, then the painted one
	b.is("a painted picture", `blobs[5].type === "image/png" && blobs[5].size > 5000`)
	b.quiet()
}

func TestNoWidthScrollsThePage(t *testing.T) {
	b := open(t, fixture.MadeUp())
	b.unfold()
	for _, width := range []int64{390, 1280, 1920} {
		b.size(width)
		for _, room := range []string{"false", "true"} {
			eval[bool](b, `document.documentElement.classList.toggle("room", `+room+`)`)
			b.wait(`document.documentElement.clientWidth > 0`)
			if got := eval[float64](b, `document.documentElement.scrollWidth`); got > float64(width) {
				b.t.Errorf("at %d pixels (room %s) the page is %v wide", width, room, got)
			}
		}
	}
	b.size(390)
	small := eval[[]string](b, `[...document.querySelectorAll("button,summary,nav a")].filter((e) => e.offsetHeight > 1 && (e.offsetHeight < 43.5 || e.offsetWidth < 43.5)).map((e) => e.textContent)`)
	if len(small) > 0 {
		b.t.Errorf("too small to touch: %s", strings.Join(small, ", "))
	}
	b.is("75 characters a line", `(() => { const c = document.createElement("canvas").getContext("2d"); return [...document.querySelectorAll("p")].every((p) => {
		c.font = getComputedStyle(p).font; return p.clientWidth <= 76 * c.measureText("0").width + 2 }) })()`)
}

func TestDarkAndPrint(t *testing.T) {
	b := open(t, fixture.MadeUp())
	paper := `getComputedStyle(document.documentElement).backgroundColor`
	b.is("white by day", paper+` === "rgb(255, 255, 255)"`)
	b.media(&emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"})
	b.is("dark by night", paper+` === "rgb(20, 20, 20)"`)
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
	b.must(err)
	if len(pdf) < 20000 || string(pdf[:5]) != "%PDF-" {
		t.Errorf("%d bytes of PDF", len(pdf))
	}
	_, err = chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print",
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}})
	b.must(err)
	b.is("printed on white", paper+` === "rgb(255, 255, 255)"`)
	b.is("the static picture of the answer is printed",
		`document.querySelector("#chart-1-difference .picture").offsetHeight > 100`)
	b.is("charts are not", `[...document.querySelectorAll(".chart")].every((e) => e.offsetHeight === 0)`)
	b.quiet()
}

func TestPageStandsWithoutScript(t *testing.T) {
	path, file := chromium(t), pageFile(t, fixture.MadeUp())
	b := launch(t, path)
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true})
	b.must(err)
	b.size(390)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+file)))
	for _, selector := range []string{"#answer p", "#chart-1 svg.static", "#chart-1-difference svg.static", ".rows",
		"#done", "#sure"} {
		box, err := chromedp.Run(b.ctx, chromedp.Dimensions(selector))
		if err != nil || box.Width < 100 || box.Height < 20 {
			t.Errorf("%s is not to be seen: %v %v", selector, box, err)
		}
	}
	text, err := chromedp.Run(b.ctx, chromedp.Text("#answer"))
	b.must(err)
	if !strings.Contains(text, "about 21,600 children") {
		t.Errorf("the headline reads %q", text)
	}
	b.quiet()
}

// A picture that leaves the page looks as it does there, and says what it is: opacity, whole
// title, unit, the meaning of the band, source, model and date.
func TestSavedPicturesStandAlone(t *testing.T) {
	c := *fixture.Example(t)
	set := *c.Set
	set.Outcomes = append([]*scenarios.Outcome(nil), set.Outcomes...)
	long := *set.Outcomes[0]
	long.Label = strings.Repeat("Teachers who stay in the schools of the city ", 5) + "\x1bend"
	set.Outcomes[0], c.Set = &long, &set
	c.Panels = append([]scenarios.Panel(nil), c.Panels...)
	c.Panels[0].Outcome = &long
	c.Verdicts = append([]scenarios.Verdict(nil), c.Verdicts...)
	for i := range c.Verdicts {
		if c.Verdicts[i].Outcome == fixture.Example(t).Set.Outcomes[0] {
			c.Verdicts[i].Outcome = &long
		}
	}
	b := open(t, &c)
	b.level()
	eval[bool](b, `(() => { window.blobs = []; const make = URL.createObjectURL; URL.createObjectURL = (x) => { if (x.type !== "text/javascript") blobs.push(x); return make.call(URL, x) }; return true })()`)
	b.must(chromedp.Do(b.ctx, chromedp.Click(`#chart-1 [data-save="svg"]`)))
	b.must(chromedp.Do(b.ctx, chromedp.Click(`#chart-1 [data-save="csv"]`)))
	b.wait(`blobs.length === 2`)
	eval[bool](b, `blobs[0].text().then((s) => { window.saved = new DOMParser().parseFromString(s, "image/svg+xml"); return true })`)
	b.is("it is a picture", `!saved.querySelector("parsererror")`)
	b.is("bands let lines through", `saved.querySelectorAll('path[fill-opacity="0.14"]').length === 2`)
	b.is("so do single futures",
		`Number(saved.querySelector('path[stroke-width="0.75"]').getAttribute("stroke-opacity")) === 0.35`)
	b.is("its colours are its own",
		`[...saved.querySelectorAll("*")].every((e) => [...e.attributes].every((a) => !a.value.includes("var(")))`)
	text := eval[string](b, `[...saved.querySelectorAll("text")].map((e) => e.textContent).join(" ")`)
	for _, want := range []string{
		strings.Repeat("Teachers who stay in the schools of the city ",
			5) + "·end", "teachers", "Shaded: in 8 of 10 of 60 futures",
		"Model: " + c.Set.Model.Name, "Scenarios: " + c.Set.Name, "Made with weir test", "Saved on",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the picture: %s", want, text)
		}
	}
	b.is("its words fit", `[...saved.querySelectorAll("text")].every((e) => e.textContent.length * 0.5 * parseFloat(e.getAttribute("font-size")) < saved.documentElement.viewBox.baseVal.width + 8)`)
	b.is("the file has the ranges",
		`blobs[1].text().then((s) => s.split("\n")[0].includes("No new decisions (10th percentile)"))`)
	b.quiet()
}
