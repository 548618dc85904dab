package wasm_test

import (
	"strings"
	"testing"

	"weir/model"
	"weir/sim"
	"weir/sim/wasm"
)

// A function of whole arrays has no place in a module; that is said in words.
func TestWholeArraysAreRefused(t *testing.T) {
	const text = `
[time]
start = 0
stop = 1
step = 1
unit = "year"
[dimension.d]
elements = ["a", "b"]
[constant.x]
over = ["d"]
value = [1, 2]
[aux.y]
over = ["d"]
equation = "allocate_by_priority(x[*], x[*], 1, 2 + time)"
`
	m, list := model.Parse("model.toml", []byte(text), nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wasm.EmitFor(p, sim.Settings{}); err == nil || !strings.Contains(err.Error(), "inverts a matrix or allocates") {
		t.Errorf("got %v", err)
	}
}
