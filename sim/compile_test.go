package sim

import (
	"context"
	"errors"
	"testing"
)

// A context that is done stops compiling and planning.
func TestCompileStops(t *testing.T) {
	b := heavy(8)
	p := b.compile(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := CompileContext(ctx, &b.Model); !errors.Is(err, context.Canceled) {
		t.Errorf("compiling ends with %v", err)
	}
	if _, err := p.Ensemble(ctx, EnsembleSettings{Runs: 2}); !errors.Is(err, context.Canceled) {
		t.Errorf("an ensemble ends with %v", err)
	}
}
