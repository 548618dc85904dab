// Package modeltest runs models that stand as text in tests.
package modeltest

import (
	"context"
	"testing"

	"weir/model"
	"weir/model/resolved"
	"weir/sim"
)

// A Run is a sound model and its run as the model says.
type Run struct {
	Model    *model.Model
	Resolved *resolved.Model
	Program  *sim.Program
	Result   *sim.Result
}

// Of runs a model that has no files beside it. A mistake or a failed run ends the test.
func Of(t testing.TB, text string) Run {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(text), nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	if list.HasErrors() {
		t.Fatal(list)
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	result, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return Run{m, r, p, result}
}
