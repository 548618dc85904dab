package behaviour

import (
	"strings"
	"testing"
)

// pushes are two decisions beside the three constants of wet, whose product no single one moves.
const pushes = `[decision.left]
value = 0
range = [0, 3]
[decision.right]
value = 0
range = [-1, 2]
[aux.both]
equation = "left * right"
`

// The matrix has 1 + 2 (3 + 2) + 4 = 15 cells. left right is 6 and -3 at two of the four corners of
// the pair and 0 in every other cell; last(water) is 20 with one constant at its upper
// end, which is not the case of the test that sets it.
func TestExtremes(t *testing.T) {
	for _, row := range []struct {
		table, says, command string
		holds                bool
	}{
		{"expect = 'both <= 6 and both >= -3'", "holds in all 15 extremes", "", true},
		{"expect = 'both < 6'", "fails in 1 of 15 extremes, first at left = 3, right = 2", "--set left=3 --set right=2", false},
		{"expect = 'both >= 0'", "fails in 1 of 15 extremes, first at left = 3, right = -1", "--set right=-1", false},
		{"expect = 'last(water) <= 19'", "fails in 2 of 15 extremes, first at rain = 2", "--set rain=2", false},
		{"expect = 'last(water) <= 19'\nset = { rain = 0.5, area = 1.5 }", "holds in all 11 extremes", "", true},
		{"expect = 'last(water) > 10'", "fails in 13 of 15 extremes, first at the test's own run", "weir run wet.toml", false},
	} {
		f := futuresOf(t, row.table+"\nextremes = true\n"+pushes)
		if f.Pass != row.holds || !strings.Contains(f.Message(), row.says) || !strings.Contains(f.Message(), row.command) {
			t.Errorf("%s: pass %v, %s", row.table, f.Pass, f.Message())
		}
	}
}
