package scenarios

import (
	"testing"

	"weir/scenarios/internal/curve"
)

func contend(s *Scenario, d func(float64) float64) contender {
	c := contrast(d)
	at := func(y []float64) curve.Curve { return children.Course(curve.Curve{T: c.Time, Y: y}, twenty) }
	return contender{s, at(c.Value), at(c.Value), at(c.ValueHalved)}
}

var bonus, coaching = &Scenario{ID: "bonus"}, &Scenario{ID: "coaching"}

// A bonus gains 100 at once and keeps it; coaching gains 20 a year from 2027: it
// passes the bonus after five years.
func TestReversal(t *testing.T) {
	all := []contender{
		contend(bonus, bent(2027, 0, 2027.125, 100)),
		contend(coaching, bent(2027, 0, 2045, 360)),
	}
	got := reversals(children, all)
	if len(got) != 1 || got[0].Before != bonus || got[0].After != coaching {
		t.Fatalf("reversals %+v", got)
	}
	near(t, "date", got[0].At, 2032)
	if got = reversals(quits, all); len(got) != 1 || got[0].Before != coaching {
		t.Errorf("where lower is wanted: %+v", got)
	}
}

// Two that touch, or differ by less than a hundredth of their largest lead, do not change places.
func TestNoReversal(t *testing.T) {
	for name, d := range map[string]func(float64) float64{
		"touching": bent(2027, 0, 2030, 100, 2035, 0, 2040, 100),
		"grazing":  bent(2027, 0, 2030, 100, 2035, -0.9, 2040, 100),
		"equal":    bent(2027, 0),
	} {
		all := []contender{contend(bonus, bent(2027, 0)), contend(coaching, d)}
		if got := reversals(children, all); got != nil {
			t.Errorf("%s: %+v", name, got[0])
		}
	}
}

func TestReversalAndBack(t *testing.T) {
	all := []contender{contend(bonus, bent(2027, 0)), contend(coaching, bent(2026, 0, 2028, 50, 2030, -50, 2032, 50))}
	got := reversals(children, all)
	if len(got) != 2 || got[0].Before != coaching || got[1].After != coaching {
		t.Fatalf("reversals %+v", got)
	}
	near(t, "first", got[0].At, 2029)
	near(t, "second", got[1].At, 2031)
}
