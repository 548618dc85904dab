package live

import (
	"weir/model"
	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/sim"
	"weir/sim/wasm"
)

// mostNumbersKept bounds the numbers that one run keeps in a page: 256 MB.
const mostNumbersKept = 32 << 20

// BuildRun returns the payload with which a page runs a model by itself under settings: the module
// of every variable, and an input for each constant and decision. It has no views, no futures and
// one preset, the run itself. If the program cannot run in a page, the model is nil and why says
// the reason in words. Everything given is only read.
func BuildRun(m *model.Model, p *sim.Program, s sim.Settings) (out *Model, why string, err error) {
	today := m.Time.Start
	if m.Today != nil {
		today = *m.Today
	}
	k := &maker{
		c:     &scenarios.Comparison{Set: &scenarios.Set{Model: m}, Program: p, Today: today},
		names: prose.NewNames(m, nil), cal: prose.CalendarOf(m.Time.Unit, m.Time.Start), all: true,
	}
	s.Progress = nil
	if method, err := p.Method(s); err == nil && method.Adaptive() {
		return nil, "its method (" + method.Name +
			") chooses the length of each step, and a page runs steps of one length", nil
	}
	x, err := wasm.EmitWith(p, s, wasm.Options{})
	if err != nil {
		return nil, err.Error(), nil
	}
	y := x.Layout
	if y.Rows*y.Width > mostNumbersKept {
		return nil, "its run has more numbers than a browser should hold; --save keeps fewer rows", nil
	}
	k.parameters, k.c.Horizon = y.Parameters, y.Start+float64(float64(y.Rows-1)*y.Save)
	out = &Model{Layout: layoutOf(y), Time: k.time(y), Inputs: k.inputs(), Views: []View{},
		Presets: []Preset{{ID: "none", Label: "this run", Key: "s0", Changes: []Change{}}},
		Futures: Futures{Places: [][]int{}, Thin: []int{}, Numbers: []int{}}}
	for i := range out.Inputs { // a modeler's 0.15 is not 15 %
		if w := &out.Inputs[i].Words; w.Kind != "money" {
			w.Kind, w.Finest = "plain", 0
		}
	}
	out.Whole, err = packed(x)
	return out, "", err
}
