package recent

import (
	"strconv"
	"testing"
)

// The last eight keys are kept, a use counts as the last one, and a part is not kept.
func TestGet(t *testing.T) {
	var c Cache
	built := 0
	get := func(key string, whole bool) any {
		return c.Get(key, func() (any, bool) { built++; return "value of " + key, whole })
	}
	for k := range Most {
		get(strconv.Itoa(k), true)
	}
	get("0", true) // the last used now
	get("new", true)
	if built != Most+1 {
		t.Errorf("%d values were built, want %d", built, Most+1)
	}
	if got := get("0", true); got != "value of 0" || built != Most+1 {
		t.Errorf("0 is %v after %d builds", got, built)
	}
	if get("1", true); built != Most+2 {
		t.Error("1 was kept, which was used longest ago")
	}
	get("part", false)
	if get("part", false); built != Most+4 {
		t.Error("a part was kept")
	}
}
