package loops_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"weir/scenarios/explain/loops"
)

// dense returns a model in which each of n stocks acts on each other one by a link of its own: with
// 8 stocks it has 16,064 loops, with 12 it has 120,092,028 (the sum of n! / (n-k)! / k over k from 2
// on).
func dense(n int) string {
	var b strings.Builder
	for i := range n {
		var terms []string
		for j := range n {
			if i != j {
				terms = append(terms, fmt.Sprintf("%g * s%d", 0.01*(1+math.Mod(float64(7*i+3*j), 5)), j))
			}
		}
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = \"%d\"\ninflow = [\"f%d\"]\noutflow = [\"g%d\"]\n[flow.f%d]\nequation = %q\n"+
			"[flow.g%d]\nequation = \"s%d * 0.3\"\n", i, 1+i*i%7, i, i, i, strings.Join(terms, " + "), i, i)
	}
	return clock(50, 0.25) + b.String()
}

func TestDenseModels(t *testing.T) {
	for _, x := range []struct {
		stocks, loops int
		all           bool
	}{{8, 16_064 + 8, true}, {12, 1_000, false}, {40, 1_000, false}} {
		start := time.Now()
		r := of(t, dense(x.stocks), loops.Options{})
		t.Logf("%d stocks: %d loops in %v", x.stocks, len(r.Groups[0].Loops), time.Since(start))
		if r.Search.All != x.all || x.all && r.Search.Elements != x.loops || r.Search.Elements < x.loops {
			t.Errorf("%d stocks: %+v", x.stocks, r.Search)
		}
		for _, l := range r.Groups[0].Loops {
			if !(l.Share >= 0 && l.Share <= 1) {
				t.Fatalf("%s has a share of %v", l.ID, l.Share)
			}
		}
	}
}
