package vector

import "testing"

// The same without the processor's instructions, which this one may have.
func TestLanesInGo(t *testing.T) {
	defer func(was bool) { Available = was }(Available)
	Available = false
	TestLanesHaveTheSameBits(t)
}
