package report

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"weir/scenarios"
)

// A tab is a page of ours in a headless Chromium that cannot reach any network.
// Whatever the page complains of or asks for is collected.
type tab struct {
	t        testing.TB
	ctx      context.Context
	mu       sync.Mutex
	problems []string
}

// chromium finds the browser. Without one the test fails, unless WEIR_NO_BROWSER says
// that this machine has none.
func chromium(t testing.TB) string {
	t.Helper()
	if err := Available(); err != nil {
		t.Skipf("NOT TESTED IN A BROWSER: %v", err)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("WEIR_NO_BROWSER") != "" {
		t.Skipf("NOT TESTED IN A BROWSER: WEIR_NO_BROWSER is set, so %s was left out", t.Name())
	}
	t.Fatal("Chromium is not installed; install it, or set WEIR_NO_BROWSER=1 to leave these tests out")
	return ""
}

// open writes the page of a comparison to a file and opens it.
func open(t testing.TB, c *scenarios.Comparison) *tab {
	t.Helper()
	tab := launch(t, chromium(t))
	tab.load(pageFile(t, c))
	return tab
}

func pageFile(t testing.TB, c *scenarios.Comparison) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := Write(f, c); err != nil {
		t.Fatal(err)
	}
	return file
}

func launch(t testing.TB, path string) *tab {
	t.Helper()
	alloc, stop := chromedp.NewExecAllocator(context.Background(), chromedp.Headless, chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-quic", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"))
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(alloc)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	tab := &tab{t: t, ctx: ctx}
	tab.must(chromedp.Listen(ctx, tab.hear))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	tab.must(err)
	_, err = chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: helpers})
	tab.must(err)
	return tab
}

// helpers are functions for the tests' scripts. drawn(root) lists the shapes of the charts in an
// element by their looks: lines, which are at least 1.8 wide, bands, which are filled, and single
// futures, which are thinner than 1; each with the key of its colour. island(id) is a document that
// the page carries compressed; refused are the styles that the policy did not let in. tips() are the tooltips that
// can be seen.
const helpers = `
window.drawn = (root) => {
	const out = {lines: [], bands: [], futures: []};
	for (const p of root.querySelectorAll(".chart path")) {
		const key = /^var\(--(s\d+|yours|pinned)\)$/.exec(p.getAttribute("stroke"))?.[1];
		const width = Number(p.getAttribute("stroke-width") ?? 1), fill = p.getAttribute("fill");
		const shape = {key, width, d: p.getAttribute("d"), dash: p.getAttribute("stroke-dasharray"), node: p};
		if (!key) continue;
		if (fill !== "none") out.bands.push(shape);
		else if (width < 1) out.futures.push(shape);
		else if (width >= 1.8) out.lines.push(shape);
	}
	return out;
};
window.island = (id) => new Response(new Blob([Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
window.refused = [];
document.addEventListener("securitypolicyviolation", (e) => e.effectiveDirective.startsWith("style") && refused.push(e.effectiveDirective));
window.tips = () => [...document.querySelectorAll(".tip")].filter((e) => e.textContent && e.checkVisibility({visibilityProperty: true}));
`

// hear collects complaints, requests and dialogs.
func (b *tab) hear(ev any) {
	switch e := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		b.problem("console " + string(e.Type))
	case *runtime.EventExceptionThrown:
		b.problem("exception " + e.ExceptionDetails.Text)
	case *cdppage.EventJavascriptDialogOpening:
		b.problem("dialog " + e.Message)
	case *network.EventRequestWillBeSent:
		if url := e.Request.URL; !strings.HasPrefix(url, "file:") && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "blob:") {
			b.problem("request to " + url)
		}
	}
}

func (b *tab) problem(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems = append(b.problems, text)
}

// quiet fails if the page complained or asked for anything.
func (b *tab) quiet() {
	b.t.Helper()
	b.is("no style is refused", `refused.length === 0`)
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.problems {
		b.t.Error(p)
	}
}

func (b *tab) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// load opens a file in a window of 1280 pixels and waits, in real time, for the charts.
func (b *tab) load(file string) {
	b.t.Helper()
	b.size(1280)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+file)))
	b.ready()
}

// ready waits until the script has done everything that it does on opening.
func (b *tab) ready() {
	b.t.Helper()
	b.wait(`document.documentElement.dataset.ready === ""`)
}

// unfold opens every folded part of the page, and waits for the charts in them.
func (b *tab) unfold() {
	b.t.Helper()
	eval[bool](b, `document.querySelectorAll("details").forEach((d) => (d.open = true)), true`)
	eval[bool](b, `(async () => { for (const f of document.querySelectorAll("figure")) if (f.offsetParent) {
		f.scrollIntoView({behavior: "instant"}); while (!f.querySelector(".chart path")) await new Promise((r) => setTimeout(r, 20)) }
		scrollTo(0, 0); return true })()`)
}

// level shows the main chart as levels instead of differences.
func (b *tab) level() {
	b.t.Helper()
	eval[bool](b, `document.querySelector("[data-show=level]").click(), true`)
	b.wait(`document.querySelectorAll("#chart-1 .chart path").length > 5`)
}

func (b *tab) size(width int64) {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900)))
}

// wait polls until a condition holds.
func (b *tab) wait(condition string) {
	b.t.Helper()
	for range 100 {
		if ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](condition)); err == nil && ok {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("waited in vain for %s", condition)
}

// eval runs a script and gives its value.
func eval[T any](b *tab, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return v
}

// is fails unless a script gives true.
func (b *tab) is(what, script string) {
	b.t.Helper()
	if !eval[bool](b, script) {
		b.t.Errorf("%s: %s is false", what, script)
	}
}

func (b *tab) key(keys string) {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.KeyEvent(keys)))
}

// point moves the mouse to a part of an element, from its left and top.
func (b *tab) point(selector string, x, y float64) {
	b.t.Helper()
	at := eval[[]float64](b, `(() => { const e = document.querySelector(`+"`"+selector+"`"+`); e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height] })()`)
	b.must(chromedp.Do(b.ctx, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0]+at[2]*x, at[1]+at[3]*y)))
}

func (b *tab) media(features ...*emulation.MediaFeature) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
	b.must(err)
}
