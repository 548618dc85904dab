package report

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"weir/scenarios"
	"weir/scenarios/report/internal/fixture"
)

func TestBundlesPageSaysWhatToCombine(t *testing.T) {
	var out bytes.Buffer
	if err := writeBundles(&out, fixture.BundlesOf(t), scripts{own: ""}); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, want := range []string{
		"Most is gained, of what has a known cost, within the budget of $250 by “Open the hot tap” and “Open the cold tap”",
		"With things whose cost is not known, most is gained by",
		"How to fill the &lt;tank&gt;",
		"“Open the hot tap” and “Pump hot water”: both change hot at the same time.",
		`class="spot best"`, `class="spot unpriced"`, `class="spot dear"`, `class="budget"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	var again bytes.Buffer
	if err := writeBundles(&again, fixture.BundlesOf(t), scripts{own: ""}); err != nil || again.String() != page {
		t.Errorf("the same bundles give another page, %v", err)
	}
}

// A set without a cost has no picture; what gains most is listed.
func TestBundlesWithoutACost(t *testing.T) {
	x, err := fixture.RunBundles(strings.Replace(fixture.TankSet, "cost = true", "", 1), scenarios.BundleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := writeBundles(&out, x, scripts{own: ""}); err != nil {
		t.Fatal(err)
	}
	if page := out.String(); strings.Contains(page, `class="scroll cost"`) || !strings.Contains(page, "The combinations that gain most") {
		t.Error("a picture against a cost that is not there, or no list")
	}
}

func openBundles(t *testing.T, fragment string) *tab {
	t.Helper()
	b := launch(t, chromium(t))
	file := filepath.Join(t.TempDir(), "bundles.html")
	var out bytes.Buffer
	if err := WriteBundles(&out, fixture.BundlesOf(t)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	b.size(1280)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+file+fragment)))
	b.wait(`document.querySelector("#mix-says h3") !== null`)
	b.near(".cost")
	return b
}

func TestBundlesArePicked(t *testing.T) {
	b := openBundles(t, "")
	title := `document.querySelector("#mix-says h3").textContent`
	b.is("what gains most is picked at first", title+` === "Open the hot tap + Open the cold tap"`)
	b.is("its boxes", `[...document.querySelectorAll("[data-part]")].map((x) => x.checked).join() === "true,true,false,false"`)

	eval[bool](b, `(() => { document.querySelector("[data-part='2']").click(); return true })()`)
	b.is("a third is put in", title+`.endsWith("+ Lay a hose")`)
	b.is("its ring and two ranges", `document.querySelectorAll('.cost .chart path[stroke="var(--yours)"]').length === 3`)
	b.is("the link", `location.hash === "#with=hot+cold+hose"`)
	eval[bool](b, `(() => { document.querySelector("[data-part='3']").click(); return true })()`)
	b.is("what cannot be combined", `document.getElementById("mix-says").textContent.includes("cannot be combined")`)

	at := eval[[]float64](b, `(() => { document.querySelector(".cost").scrollIntoView({block: "center", behavior: "instant"});
		const [x, y] = [...document.querySelectorAll('.cost .chart path[stroke="var(--ink)"]')].map((e) => e.getBoundingClientRect()); return [x.left, y.top] })()`)
	b.must(chromedp.Do(b.ctx, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1])))
	b.wait(`tips().length === 1 && tips()[0].textContent.startsWith("No new decisions")`)
	b.mouse(input.DispatchMouseEventTypeMousePressed, at[0], at[1])
	b.mouse(input.DispatchMouseEventTypeMouseReleased, at[0], at[1])
	b.is("clicked", title+` === "No new decisions"`)

	eval[bool](b, `(() => { document.querySelector(".cost").focus(); return true })()`)
	b.key(kb.ArrowRight)
	b.is("the next of the best", title+`.startsWith("Open the ")`)
	b.key(kb.End)
	b.is("the last of the best", title+` === "Open the hot tap + Open the cold tap"`)
	b.quiet()
}

func TestBundlesPageFromALinkOnAPhoneAndOnPaper(t *testing.T) {
	b := openBundles(t, "#with=cold+hose")
	b.is("the link", `document.querySelector("#mix-says h3").textContent === "Open the cold tap + Lay a hose"`)
	b.size(390)
	b.wait(`document.documentElement.clientWidth === 390`)
	b.wait(`document.documentElement.scrollWidth <= 390`) // the chart takes its new width a frame later
	b.is("what can be touched is large enough", `[...document.querySelectorAll(".mix label, button, summary")].filter((e) => e.offsetHeight > 0).every((e) => e.offsetHeight >= 43.5)`)
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.must(err)
	b.is("printed with what is picked", `document.querySelector(".cost .chart svg").clientHeight > 100 && document.querySelector("#mix-says h3").offsetHeight > 0 && document.querySelector(".mix label").offsetHeight === 0`)
	b.quiet()
	garbage := openBundles(t, "#with=nobody")
	garbage.is("garbage means nothing", `document.querySelector("#mix-says h3").textContent === "Open the hot tap + Open the cold tap"`)
	garbage.quiet()
}
