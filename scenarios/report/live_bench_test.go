package report

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"weir/scenarios"
)

// BenchmarkPage moves sliders of the flagship example's page in Chromium, with 200 futures,
// and reports milliseconds from a slider to what is drawn: the line, the ranges of what is
// set, and the ranges of all scenarios. Opened is with everything new, from the moment the
// workers are asked. Each figure is the fastest of its rounds and their median.
//
//	go test ./scenarios/report -run NONE -bench Page -benchtime 20x
func BenchmarkPage(b *testing.B) {
	set, l := scenarios.Load("../../examples/enrollment-decline/scenarios.toml")
	if l.HasErrors() {
		b.Fatal(l)
	}
	c, err := scenarios.Compare(context.Background(), set, scenarios.Options{Version: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	file := pageFile(b, c)
	times := map[string][]float64{}
	took := func(what string, t *tab, names ...string) {
		for _, name := range names {
			times[what+"-"+name] = append(times[what+"-"+name], eval[float64](t, fmt.Sprintf(`performance.getEntriesByName("weir %s")[0].duration`, name)))
		}
	}
	plain := launch(b, chromium(b))
	plain.must(chromedp.Do(plain.ctx, chromedp.Navigate("file://"+file)))
	plain.wait(`document.getElementById("bench").dataset.futures > 0`)
	plain.near("#bench .own-plot") // elsewhere the graphs are not drawn
	decision, assumption := plain.input("decisions"), plain.input("assumptions")
	rounds := 0
	for b.Loop() {
		t := plain
		if rounds%10 == 0 {
			t = launch(b, chromium(b))
			t.must(chromedp.Do(t.ctx, chromedp.Navigate(fmt.Sprintf("file://%s#try?assume.%s=1e9", file, assumption))))
			t.wait(`document.getElementById("bench").dataset.scenarios > 0`)
			took("opened", t, "futures", "scenarios")
			chromedp.Cancel(t.ctx)
			t = plain
		}
		rounds++
		t.slide(assumption, 10+rounds%70)
		t.wait(`document.getElementById("bench").dataset.scenarios > 0`)
		took("assumption", t, "line", "futures", "scenarios")
		t.slide(decision, 1+rounds%80)
		t.wait(`document.getElementById("bench").dataset.scenarios > 0`)
		took("decision", t, "line", "futures")
	}
	for name, list := range times {
		b.ReportMetric(slices.Min(list), "ms-"+name)
		slices.Sort(list)
		b.ReportMetric(list[len(list)/2], "ms-"+name+"-median")
	}
	info, err := os.Stat(file)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size()), "bytes")
	b.ReportMetric(0, "ns/op")
}

// slide puts a slider somewhere, as a hand does that lets go there.
func (b *tab) slide(name string, at int) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`(() => { const e = document.getElementById("input-%s"); e.value = %d;
		for (const x of ["input", "change"]) e.dispatchEvent(new Event(x)); return true })()`, name, at))
}
