package report

import (
	"bytes"
	"strings"
	"testing"

	"weir/scenarios/report/internal/fixture"
)

// A comparison without [uncertainty] is the page it was: no bands, no ranges.
func TestWithoutFuturesNothingPretends(t *testing.T) {
	var out bytes.Buffer
	if err := write(&out, fixture.MadeUp(), "0", ""); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{`id="sure"`, `id="bands"`, `class="band `, "futures"} {
		if strings.Contains(out.String(), word) {
			t.Errorf("%s is on the page", word)
		}
	}
	if !strings.Contains(out.String(), "The range around it has not been computed") {
		t.Error("the page does not say that there is no range")
	}
}

func TestPickedBandIsShown(t *testing.T) {
	b := open(t, fixture.Example(t))
	shown := func(key string) string {
		return `[...document.querySelectorAll("#chart-1 .chart path")].filter((p) => p.getAttribute("fill") === "var(--` + key + `)").length`
	}
	b.wait(shown("s0") + ` === 1`)
	eval[bool](b, `(() => { const s = document.getElementById("band"); s.value = "s2"; s.dispatchEvent(new Event("change")); return true })()`)
	b.wait(shown("s2") + ` === 1`)
	b.is("no other scenario's band", shown("s1")+` + `+shown("s3")+` === 0`)
	b.point("#chart-1 .plot", 0.7, 0.5)
	b.wait(`document.querySelectorAll(".tip").length === 1`)
	b.is("the tooltip has the range", `/\d to .*\d\)/.test(document.querySelector(".tip").textContent)`)
	b.quiet()
}
