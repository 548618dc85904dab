package maths

import (
	"testing"

	"weir/model/maths/vector"
)

// The same without the processor's instructions, which this one may have.
func TestLanesInGo(t *testing.T) {
	defer func(available bool) { vector.Available = available }(vector.Available)
	vector.Available = false
	TestLanesHaveTheSameBits(t)
}
