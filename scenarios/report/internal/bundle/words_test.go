package bundle

import (
	"fmt"
	"strings"
	"testing"

	"weir/scenarios/report/internal/fixture"
	"weir/scenarios/report/internal/wire"
)

// What the script shows of a bundle are the numbers of the bundle.
func TestBundleWords(t *testing.T) {
	x := newBundler(fixture.BundlesOf(t))
	d := x.data()
	both := d.Bundles[placeOf(d, 0, 1)]
	if got := both.Rows[0]; got[0] != x.words[0].Signed(x.x.List[placeOf(d, 0, 1)].Effects[0].Median) || got[3] != "100 of 100" {
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
func placeOf(d wire.Bundles, parts ...int) int {
	for i, b := range d.Bundles {
		if fmt.Sprint(b.Parts) == fmt.Sprint(parts) {
			return i
		}
	}
	return -1
}
