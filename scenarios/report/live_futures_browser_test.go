package report

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"weir/scenarios"
	"weir/scenarios/live"
	"weir/scenarios/report/internal/fixture"
)

// Whatever the number of workers, and whether runs go on from a kept state or begin anew:
// every future of every scenario, under an assumption of the reader's, ends in the bits of
// the engine.
func TestEveryFutureHasTheBitsOfTheEngine(t *testing.T) {
	c := fixture.Example(t)
	assumption, value := "", 0.0
	for _, in := range liveOf(t, c).Inputs {
		if !in.Decision && !slices.Contains(c.Uncertainty.Vary, in.Name) {
			assumption, value = in.Name, (in.Low+3*in.High)/4
		}
	}
	if assumption == "" {
		in := liveOf(t, c).Inputs
		assumption, value = in[len(in)-1].Name, in[len(in)-1].High
	}
	want := futureEnds(t, c, c.Runs[0].Scenario, func(set map[string]float64) { set[assumption] = value })
	for _, x := range []struct {
		workers int
		kept    bool
	}{{1, true}, {2, false}, {3, true}} {
		b, got := pageEnds(t, c, fmt.Sprintf("#try?scenario=%s&assume.%s=%v", c.Runs[0].ID, assumption, value),
			x.workers, x.kept)
		for key, list := range want {
			if !slices.Equal(got[key], list) {
				t.Errorf("%d workers, kept states %v: group, run and chart %s end elsewhere than in the engine",
					x.workers, x.kept, key)
			}
		}
		b.quiet()
	}
}

// pageEnds opens a page in which an assumption is moved, with so many workers and with or
// without states from which runs go on, and gives what futureEnds does of the engine.
func pageEnds(t *testing.T, c *scenarios.Comparison, fragment string, workers int, kept bool) (*tab,
	map[string][]string) {
	t.Helper()
	b := launch(t, chromium(t))
	script := fmt.Sprintf(`Object.defineProperty(navigator, "hardwareConcurrency", {value: %d}); window.parts = []; let workers = 0;
		window.Worker = class extends Worker { constructor(u) { super(u); const n = workers++; this.addEventListener("message", (e) => parts.push([n, e.data])) }
		postMessage(m) { if ("module" in m && !%v) m.room = 0; super.postMessage(m) } }`, workers, kept)
	_, err := chromedp.Call(b.ctx, cdppage.AddScriptToEvaluateOnNewDocument,
		cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	b.must(err)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+pageFile(t, c)+fragment)))
	b.wait(`document.getElementById("bench").dataset.scenarios > 0`)
	return b, eval[map[string][]string](b, `island("model").then(({views}) => { const out = {};
		const last = parts.filter(([, p]) => p.id === Math.max(...parts.map(([, p]) => p.id))).sort((a, b) => a[0] - b[0]);
		for (const [, p] of last) p.runs.forEach((r, j) => views.forEach((v, k) => {
			const n = r.broke.length, bits = new BigUint64Array(r.levels.slice(k * n, (k + 1) * n).buffer);
			(out[[p.group, j, k]] ??= []).push(...[...bits].map(String)) }));
		return out })`)
}

func liveOf(t *testing.T, c *scenarios.Comparison) *live.Model {
	t.Helper()
	l, why, err := newMaker(c).live()
	if err != nil || why != "" {
		t.Fatal(why, err)
	}
	return l
}

// futureEnds are the bits at the end of every future, by group, run of it and chart, but
// for costs, of which the page adds up the rows.
func futureEnds(t *testing.T, c *scenarios.Comparison, yours *scenarios.Scenario,
	assume func(set map[string]float64)) map[string][]string {
	t.Helper()
	p, err := c.Set.Compile()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	figures := newMaker(c).Figs
	run := func(group, j int, s *scenarios.Scenario) {
		to := make([]float64, len(c.Uncertainty.Vary))
		for m := range c.Uncertainty.Runs {
			settings := c.Set.Settings(s)
			c.Uncertainty.Values(m, to)
			for i, name := range c.Uncertainty.Vary {
				settings.Set[name] = to[i]
			}
			assume(settings.Set)
			settings.Seed, settings.Member = c.Uncertainty.Seed, uint64(m)
			r, err := p.Run(context.Background(), settings)
			if err != nil {
				t.Fatal(err)
			}
			for k, f := range figures {
				if f.Outcome == nil || !f.Outcome.Cost {
					series := r.Series(f.Variable)
					key := fmt.Sprintf("%d,%d,%d", group, j, k)
					out[key] = append(out[key], fmt.Sprint(math.Float64bits(series[len(series)-1])))
				}
			}
		}
	}
	run(0, 0, nil)
	run(0, 1, yours)
	for j, r := range c.Runs {
		run(1, j, r.Scenario)
	}
	return out
}
