package report

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"weir/scenarios/report/internal/fixture"
)

// checkAccess fails for every rule of axe-core that the page breaks as it stands, whatever its
// severity.
func (b *tab) checkAccess(view string) {
	b.t.Helper()
	if !eval[bool](b, `typeof axe === "object"`) {
		code, err := os.ReadFile("web/node_modules/axe-core/axe.min.js")
		if err != nil {
			b.t.Skip("NOT TESTED WITH AXE: npm has not installed it")
		}
		eval[bool](b, string(code)+"\n;true")
	}
	broken := eval[[]string](b, `axe.run(document.querySelector(".room-view") ?? document, {resultTypes: ["violations"], preload: false}).then((r) => r.violations.map((v) =>
		v.id + " (" + v.impact + "): " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + (n.any[0]?.message ?? n.all[0]?.message ?? "")).join(" | ")))`)
	if len(broken) > 0 {
		b.t.Errorf("%s:\n%s", view, strings.Join(broken, "\n"))
	}
}

// checkAccessEverywhere is checkAccess in both themes and at three widths.
func (b *tab) checkAccessEverywhere(view string) {
	b.t.Helper()
	for _, theme := range []string{"light", "dark"} {
		b.media(&emulation.MediaFeature{Name: "prefers-color-scheme", Value: theme})
		for _, width := range []int64{390, 1280, 1920} {
			b.view(width, 900)
			b.checkAccess(fmt.Sprintf("%s, %s at %d", view, theme, width))
		}
	}
}

// Every view, folded and open, in both themes and at three widths, is free of violations.
func TestAccess(t *testing.T) {
	c := fixture.Example(t)
	file := pageFile(t, c)
	for _, theme := range []string{"light", "dark"} {
		for _, width := range []int64{390, 1280, 1920} {
			t.Run(fmt.Sprintf("%s at %d", theme, width), func(t *testing.T) {
				b := launch(t, chromium(t))
				b.view(width, 900)
				b.media(&emulation.MediaFeature{Name: "prefers-color-scheme", Value: theme})
				b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+file)))
				b.ready()
				b.futures(c)
				b.checkAccess("folded")
				b.unfold()
				eval[bool](b, `[...document.querySelectorAll(".stage button")].find((x) => x.textContent.startsWith("Pin")).click(), true`)
				b.slide(b.input("decisions"), 30)
				b.futures(c)
				b.checkAccess("open")
				b.checkRoom()
				b.quiet()
			})
		}
	}
}

// checkRoom goes through the room and checks each kind of step once.
func (b *tab) checkRoom() {
	b.t.Helper()
	eval[bool](b, `document.getElementById("present").click(), true`)
	seen := map[string]bool{}
	for range eval[int](b, `JSON.parse(document.getElementById("data").textContent).steps.length`) {
		kind := eval[string](b, `document.querySelector(".room-view").dataset.kind`)
		if !seen[kind] {
			b.wait(`document.querySelector(".room-plot").hidden || document.querySelector(".room-plot").dataset.motion === ""`)
			b.checkAccess("room, " + kind)
		}
		seen[kind] = true
		b.key(kb.PageDown)
	}
}
