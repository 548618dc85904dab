package export

import (
	"testing"

	"weir/model/function"
	"weir/model/xmile/internal/lower"
	"weir/model/xmile/internal/naming"
)

// A function that XMILE has is read again as the one that it was written for.
func TestStandardNames(t *testing.T) {
	for own, theirs := range standardCalls {
		if function.Find(own) == nil {
			t.Errorf("%s is no function of weir", own)
		}
		if !lower.Taken(naming.Canonical(theirs)) {
			t.Errorf("%s is written as %s, which is not read", own, theirs)
		}
	}
}
