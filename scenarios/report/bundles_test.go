package report

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"weir/scenarios"
)

// A tank fills by two taps, each of which costs as much a year as it gives; a hose gives
// three a year and nobody knows what it costs; tap and pump change the same decision. One
// and a half times both taps is what they give together.
const tankModel = `name = "Tank"
[time]
start = 2020
stop = 2030
step = 0.25
unit = "year"
[constant.one_tap]
value = 1
range = [0.5, 1.5]
units = "litre/year"
[decision.hot]
value = 0
units = "1"
[decision.cold]
value = 0
units = "1"
[decision.hose]
value = 0
units = "1"
[stock.water]
initial = "100"
units = "litre"
inflow = ["in"]
[flow.in]
equation = "one_tap * (hot + cold + hot * cold) + hose * 3 * one_tap"
units = "litre/year"
[aux.money]
equation = "(hot + cold) * 10"
units = "USD/year"
`

const tankSet = `model = "model.toml"
name = "How to fill the <tank>"
[outcome.water]
variable = "water"
label = "Water in the tank"
unit = "litres"
better = "higher"
[outcome.money]
variable = "money"
label = "Yearly cost"
unit = "dollars a year"
better = "lower"
cost = true
[intervention.hot]
label = "Open the hot tap"
owner = "the cook"
[intervention.hot.change.hot]
to = 1
start = 2020
[intervention.cold]
label = "Open the cold tap"
caution = "It drips."
[intervention.cold.change.cold]
to = 1
start = 2020
[intervention.hose]
label = "Lay a hose"
cost = "cost not known"
[intervention.hose.change.hose]
to = 1
start = 2020
[intervention.pump]
label = "Pump hot water"
[intervention.pump.change.hot]
to = 2
start = 2020
[scenario.all]
label = "Hot"
interventions = ["hot"]
[uncertainty]
runs = 40
seed = 3
`

var tank = sync.OnceValues(func() (*scenarios.Bundles, error) {
	budget := 250.0
	return runBundles(tankSet, scenarios.BundleOptions{Budget: &budget})
})

func runBundles(set string, o scenarios.BundleOptions) (*scenarios.Bundles, error) {
	dir, err := os.MkdirTemp("", "weir")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for name, text := range map[string]string{"model.toml": tankModel, "set.toml": set} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	loaded, list := scenarios.Load(filepath.Join(dir, "set.toml"))
	if list.HasErrors() {
		return nil, fmt.Errorf("%v", list)
	}
	return scenarios.RunBundles(context.Background(), loaded, o)
}

func bundlesOf(t *testing.T) *scenarios.Bundles {
	t.Helper()
	b, err := tank()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBundlesPageSaysWhatToCombine(t *testing.T) {
	var out bytes.Buffer
	if err := writeBundles(&out, bundlesOf(t), ""); err != nil {
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
	if err := writeBundles(&again, bundlesOf(t), ""); err != nil || again.String() != page {
		t.Errorf("the same bundles give another page, %v", err)
	}
}

// What the script shows of a bundle are the numbers of the bundle.
func TestBundleWords(t *testing.T) {
	x := newBundler(bundlesOf(t))
	d := x.data()
	both := d.Bundles[placeOf(d, 0, 1)]
	if got := both.Rows[0]; got[0] != x.words[0].signed(x.x.List[placeOf(d, 0, 1)].Effects[0].Median) || got[3] != "100 of 100" {
		t.Errorf("both taps: %q", got)
	}
	if got := d.Bundles[0].Rows[0]; got != [4]string{"none"} {
		t.Errorf("no new decisions make a difference of %q", got)
	}
	if len(d.Pairs) == 0 || !strings.Contains(d.Pairs[0].Words, "beyond the sum of what each does alone, and more than the sum in 100 of 100 futures") {
		t.Errorf("the taps help each other: %+v", d.Pairs)
	}
	if got := strings.Join(both.Says, " "); !strings.Contains(got, "Nothing that costs the same or less does better") || !strings.Contains(got, "It drips.") {
		t.Errorf("both taps: %q", got)
	}
}

// placeOf is the place of a bundle by its parts.
func placeOf(d bundlesData, parts ...int) int {
	for i, b := range d.Bundles {
		if fmt.Sprint(b.Parts) == fmt.Sprint(parts) {
			return i
		}
	}
	return -1
}

// A set without a cost has no picture; what gains most is listed.
func TestBundlesWithoutACost(t *testing.T) {
	x, err := runBundles(strings.Replace(tankSet, "cost = true", "", 1), scenarios.BundleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := writeBundles(&out, x, ""); err != nil {
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
	if err := WriteBundles(&out, bundlesOf(t)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	b.size(1280)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+file+fragment)))
	b.wait(`document.querySelector("#mix-says h3") !== null`)
	return b
}

func TestBundlesArePicked(t *testing.T) {
	b := openBundles(t, "")
	title := `document.querySelector("#mix-says h3").textContent`
	b.is("what gains most is picked at first", title+` === "Open the hot tap + Open the cold tap"`)
	b.is("its boxes", `[...document.querySelectorAll("[data-part]")].map((x) => x.checked).join() === "true,true,false,false"`)

	eval[bool](b, `(() => { document.querySelector("[data-part='2']").click(); return true })()`)
	b.is("a third is put in", title+`.endsWith("+ Lay a hose")`)
	b.is("its ring", `document.querySelectorAll(".picked circle").length === 1 && document.querySelectorAll(".picked line").length === 2`)
	b.is("the link", `location.hash === "#with=hot+cold+hose"`)
	eval[bool](b, `(() => { document.querySelector("[data-part='3']").click(); return true })()`)
	b.is("what cannot be combined", `document.getElementById("mix-says").textContent.includes("cannot be combined")`)

	at := eval[[]float64](b, `(() => { const e = document.querySelector(".spot[data-i='0']"); e.scrollIntoView({block: "center", behavior: "instant"}); const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2] })()`)
	b.must(chromedp.Do(b.ctx, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1])))
	b.is("pointed at", `document.querySelector(".cost .tip").textContent.startsWith("No new decisions") && !document.querySelector(".cost .tip").hidden`)
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
	if got := eval[float64](b, `document.documentElement.scrollWidth`); got > 390 {
		t.Errorf("the page is %v pixels wide", got)
	}
	b.is("what can be touched is large enough", `[...document.querySelectorAll(".mix label, button, summary")].filter((e) => e.offsetHeight > 0).every((e) => e.offsetHeight >= 43.5)`)
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.must(err)
	b.is("printed with what is picked", `document.querySelector(".cost svg").clientHeight > 100 && document.querySelector("#mix-says h3").offsetHeight > 0 && document.querySelector(".mix label").offsetHeight === 0`)
	b.quiet()
	garbage := openBundles(t, "#with=nobody")
	garbage.is("garbage means nothing", `document.querySelector("#mix-says h3").textContent === "Open the hot tap + Open the cold tap"`)
	garbage.quiet()
}
