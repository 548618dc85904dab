package wasm_test

import (
	"context"
	"errors"
	"flag"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"weir/model"
	"weir/sim"
	"weir/sim/internal/random"
	"weir/sim/wasm"
)

// Random models with random settings and changes give the same bits as the program.
// Among them are steps of 0.1 and thirds, delays, arrays, and numbers that are not
// finite.
//
// The models are the same in every run of the tests. For others, and for longer:
//
//	go test ./sim/wasm -run RandomModels -rapid.checks 100000 -rapid.seed 7
func TestRandomModels(t *testing.T) {
	unlessGiven("rapid.seed", "2028")
	unlessGiven("rapid.nofailfile", "true")
	if !testing.Short() {
		unlessGiven("rapid.checks", "300")
	}
	compared := 0
	rapid.Check(t, func(rt *rapid.T) {
		m := random.Draw(rt)
		rt.Log(m)
		if agrees(t, rt, m) {
			compared++
		}
	})
	if compared < 50 {
		t.Errorf("only %d models could be compared", compared)
	}
}

// unlessGiven sets a flag that the command line does not.
func unlessGiven(name, value string) {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	if !given {
		flag.Set(name, value)
	}
}

// agrees runs a model in both ways; it reports false if no module can be made of it.
func agrees(t *testing.T, rt *rapid.T, x random.Model) bool {
	files := fstest.MapFS{}
	for name, text := range x.Files {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	m, l := model.Parse("model.toml", []byte(x.TOML), files)
	if m == nil {
		rt.Fatal(l)
	}
	r, l := model.Check(m)
	if r == nil {
		rt.Fatal(l)
	}
	p, err := sim.Compile(r)
	if err != nil {
		rt.Fatal(err)
	}
	module, err := wasm.EmitFor(p, x.Settings)
	if err != nil {
		var e *sim.Error
		if _, wrong := p.Run(context.Background(), x.Settings); wrong == nil && !errors.As(err, &e) {
			rt.Fatal(err)
		}
		return false
	}
	i, closed := instantiate(rt, module)
	defer closed()
	sameRun(rt, i, p, x.Settings)
	if m := besides(rt, p, x.Settings); m != nil {
		both, closed := instantiate(rt, m)
		defer closed()
		other := moved(x.Settings, p)
		other.Member++
		sameTwo(rt, both, p, [2]sim.Settings{x.Settings, other})
		sameTwo(rt, both, p, [2]sim.Settings{other, x.Settings})
	}
	return true
}
