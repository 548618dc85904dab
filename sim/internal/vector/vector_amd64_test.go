package vector

import "testing"

// Every operation that is there is tested.
func TestEveryRowIsTested(t *testing.T) {
	for name := range rows {
		if inGo[name] == nil {
			t.Errorf("%s is not tested", name)
		}
	}
}
