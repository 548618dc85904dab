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
	if err := write(&out, fixture.MadeUp(), scripts{own: "0"}); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{`id="bands"`, `class="band `, "In 8 of 10"} {
		if strings.Contains(out.String(), word) {
			t.Errorf("%s is on the page", word)
		}
	}
	if !strings.Contains(out.String(), "The range around the numbers has not been computed") {
		t.Error("the page does not say that there is no range")
	}
}

func TestPickedBandIsShown(t *testing.T) {
	b := open(t, fixture.Example(t))
	b.level()
	shown := func(key string) string {
		return `drawn(document.getElementById("chart-1")).bands.filter((x) => x.key === "` + key + `").length`
	}
	b.wait(shown("s0") + ` === 1`)
	eval[bool](b, `document.querySelector('.pick[data-key="s2"]').click(), true`)
	b.wait(shown("s2") + ` === 1`)
	b.is("no other scenario's band", shown("s1")+` + `+shown("s3")+` === 0`)
	b.point("#chart-1 .plot", 0.6, 0.5)
	b.wait(`tips().length === 1`)
	b.is("the tooltip has the range", `/\d to .*\d\)/.test(tips()[0].textContent)`)
	b.quiet()
}
