package behaviour

import (
	"strings"
	"testing"
)

// A change that nothing in the run notices fails its test with the names of those changed: plug is
// read nowhere. A change that one stock notices, however little, does not.
func TestChangeWithoutEffect(t *testing.T) {
	for _, row := range []struct{ table, says string }{
		{"set = { plug = 1 }\nexpect = 'total <= 200'", "with another plug every stock"},
		{"set = { plug = 1 }\nconserve = true", "with another plug every stock"},
		{"set = { 'tap[charter]' = 1e-9 }\nexpect = 'total <= 200'", ""},
		{"change.loss = { to = 0.2, start = 3 }\nexpect = 'water > 0'", ""},
	} {
		f := run(t, "[test.x]\n"+row.table+"\n")[0]
		if f.Pass != (row.says == "") || !strings.Contains(f.Message(), row.says) {
			t.Errorf("%s: pass %v, %s", row.table, f.Pass, f.Message())
		}
	}
}
