package report

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"weir/scenarios"
	"weir/scenarios/explain"
	"weir/scenarios/report/internal/fixture"
	"weir/scenarios/sensitivity"
)

// view sets the window's size.
func (b *tab) view(width, height int64) {
	b.t.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.EmulateViewport(width, height)))
	b.wait(fmt.Sprintf(`innerWidth === %d && innerHeight === %d`, width, height))
}

// above wants elements to end within the first screen.
func (b *tab) above(selectors ...string) {
	b.t.Helper()
	for _, s := range selectors {
		foot := eval[float64](b, fmt.Sprintf(`(() => { scrollTo(0, 0); const r = document.querySelector(%q).getBoundingClientRect(); return r.height > 0 ? r.bottom : 1e9 })()`, s))
		if high := eval[float64](b, `innerHeight`); foot > high {
			b.t.Errorf("%s ends at %v, below a window of %v", s, foot, high)
		}
	}
}

// The first screen has the sentences, the chart and the rows; on a phone the sentences and the
// chart.
func TestFirstScreenAnswers(t *testing.T) {
	for _, c := range map[string]*tab{"with futures": open(t, fixture.Example(t)), "without": open(t, fixture.MadeUp())} {
		c.view(1280, 800)
		c.above(".lead", "#chart-1-difference .plot", ".rows", "main > nav")
		c.view(1920, 1080)
		c.above(".lead", "#chart-1-difference .plot", ".rows", "main > nav")
		c.view(390, 844)
		c.above(".lead", "#chart-1-difference .plot")
		c.quiet()
	}
}

// Folded, the page is a few screens and few words; everything longer is a search away.
func TestFoldedPageIsShort(t *testing.T) {
	b := open(t, explained(t, stLouis(t)))
	b.view(1280, 800)
	b.wait(`document.querySelectorAll(".levers .input").length > 3`)
	b.above(".lead", "#chart-1-difference .plot", ".rows", "main > nav")
	if screens := eval[float64](b, `document.documentElement.scrollHeight / innerHeight`); screens > 7 {
		t.Errorf("%v screens", screens)
	}
	// The words that can be seen: of a closed choice only the one chosen.
	if words := eval[float64](b, `(() => { const w = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); let n = 0;
		for (let t = w.nextNode(); t; t = w.nextNode()) { const e = t.parentElement;
			if (e.closest("option, script, style, .hidden") || !e.checkVisibility()) continue;
			n += t.data.split(/\s+/).filter(Boolean).length }
		return n + document.querySelectorAll("select").length * 6 })()`); words > 1500 {
		t.Errorf("%v words", words)
	}
	b.is("what is folded is in elements that a search opens", `[...document.querySelectorAll("main *")].filter((e) => e.checkVisibility && !e.checkVisibility() && e.textContent.trim().length > 200)
		.every((e) => e.closest("details") || e.matches("figure, figure *, .needs-script, .no-script, option, [hidden], [hidden] *"))`)
	b.quiet()
}

// explained adds to a comparison why its scenarios differ, and what would change the answer, as the
// command does.
func explained(t *testing.T, c *scenarios.Comparison) *scenarios.Comparison {
	t.Helper()
	if err := explain.Add(context.Background(), c, explain.Beside(c)); err != nil {
		t.Fatal(err)
	}
	if err := explain.AddLoops(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	if err := sensitivity.Add(context.Background(), c, scenarios.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := scenarios.AddBundles(context.Background(), c, scenarios.Options{}); err != nil {
		t.Fatal(err)
	}
	return c
}

// Why has a sentence for every number of its pictures, and follows the scenario that is picked;
// a page without reasons has no such part.
func TestWhyIsOfThePickedScenario(t *testing.T) {
	c := *fixture.Example(t)
	c.Why = nil
	b := open(t, explained(t, &c))
	b.unfold()
	for i := range c.Runs {
		key := fmt.Sprintf("s%d", i+1)
		eval[bool](b, `document.querySelector('.pick[data-key="`+key+`"]').click(), true`)
		b.is("the sentences of "+key, `[...document.querySelectorAll(".reason")].filter((e) => e.offsetHeight > 0).map((e) => e.dataset.key).join() === "`+key+`"`)
		b.is("at most nine boxes", `document.querySelectorAll(".links .box, .links .end").length <= 9`)
		b.is("decisions add up", `island("findings").then(({reasons}) => { const r = reasons.find((r) => r.key === "`+key+`");
			const sum = (l) => l.reduce((s, p) => s + p.amount, 0);
			return [r.decisions, r.channels].every((s) => s.parts.length === 0 || Math.abs(sum(s.parts) + (s.rest?.amount ?? 0) - r.difference) <= 1e-6 * Math.max(1, Math.abs(r.difference))) })`)
	}
	b.is("an amount shows its place", `(() => { const a = [...document.querySelectorAll(".reason .amount")].find((e) => e.offsetHeight > 0); if (!a) return true; a.click(); return document.querySelectorAll("#reasons .shown").length > 0 })()`)
	b.checkAccessEverywhere("why")
	b.quiet()
	plain := open(t, fixture.MadeUp())
	plain.is("nothing without reasons", `!document.getElementById("why") && !document.querySelector(".because")`)
}

// pages counts the pages of what the browser prints.
func (b *tab) pages() int {
	b.t.Helper()
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
	b.must(err)
	return len(regexp.MustCompile(`/Type\s*/Page[^s]`).FindAll(pdf, -1))
}

// Two pages are printed: the answer and how sure it is. Everything is by choice.
func TestPrintIsTwoPages(t *testing.T) {
	b := open(t, explained(t, stLouis(t)))
	b.view(1280, 800)
	if n := b.pages(); n < 1 || n > 2 {
		t.Errorf("%d pages", n)
	}
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	b.must(err)
	b.is("the answer is on it", `document.querySelector(".rows").offsetHeight > 100 && document.querySelector("#chart-1-difference .picture").offsetHeight > 100`)
	eval[bool](b, `(() => { window.print = () => { window.printed = document.querySelector("#levers").offsetHeight }; document.getElementById("print-all").click(); return true })()`)
	b.is("by choice everything", `printed > 100`)
	b.is("and then no more", `document.querySelector("#levers").offsetHeight === 0`)
	b.quiet()
}

// The guide and the worksheet are printed without the page; the worksheet has no number of the
// result, nor has the guide before a reveal.
func TestSheetsForASession(t *testing.T) {
	c := fixture.Example(t)
	b := open(t, c)
	b.view(1280, 800)
	sheet := func(id string) string {
		return eval[string](b, `(() => { let text = ""; window.print = () => { text = document.querySelector(".print-sheet").textContent; window.alone = document.documentElement.classList.contains("printing-sheet") };
			document.getElementById("`+id+`").click(); return text })()`)
	}
	steps := newMaker(c).room.Steps()
	guide := sheet("print-guide")
	for _, s := range steps {
		if !strings.Contains(guide, s.Title) || !strings.Contains(guide, s.Notes) {
			t.Errorf("the guide lacks %q or its notes", s.Title)
		}
	}
	work := sheet("print-worksheet")
	b.is("alone", `window.alone && !document.querySelector(".print-sheet")`)
	for _, s := range steps {
		if s.Kind == "guess" && !strings.Contains(work, s.Text) {
			t.Errorf("the worksheet lacks %q", s.Text)
		}
		if s.Kind == "reveal" && strings.Contains(work, s.Text) {
			t.Errorf("the worksheet gives %q away", s.Text)
		}
	}
	b.quiet()
}
