package terminal

import (
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	if got := pace(12000, 1000000, 5*time.Second); got != "12,000 of 1,000,000 runs, 2400 a second, 6m52s left" {
		t.Error(got)
	}
}
