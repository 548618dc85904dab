package benchmodels

import (
	"math"
	"testing"
)

// People neither appear nor vanish in the epidemic, whatever the step.
func TestSmallConserves(t *testing.T) {
	for i, row := range small().Hand() {
		if sum := row[0] + row[1] + row[2]; math.Abs(sum-10000) > 1e-8 {
			t.Errorf("year %d: %v people, want 10000", i, sum)
		}
	}
}

func TestRowsHaveTheirColumns(t *testing.T) {
	for _, m := range Models() {
		rows := m.Hand()
		if len(rows) != 51 {
			t.Errorf("%s: %d rows, want one a year from 0 to 50", m.Name, len(rows))
		}
		for i, row := range rows {
			if len(row) != len(m.Names) {
				t.Fatalf("%s: row %d has %d numbers for %d names", m.Name, i, len(row), len(m.Names))
			}
			for j, x := range row {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					t.Fatalf("%s: %s is %v in year %d", m.Name, m.Names[j], x, i)
				}
			}
		}
	}
}

func BenchmarkHand(b *testing.B) {
	for _, m := range Models() {
		b.Run(m.Name, func(b *testing.B) {
			for b.Loop() {
				m.Hand()
			}
		})
	}
}
