package live

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"

	"weir/scenarios"
	"weir/scenarios/internal/pack"
	"weir/scenarios/prose"
	"weir/sim/wasm"
)

// Bounds of the futures that a page resamples when a slider moves; of more, some are taken
// (see representative). Their numbers are a good part of the page's bytes.
const (
	mostFutures = 200
	fewFutures  = 50     // are taken however many numbers each has
	mostNumbers = 22_500 // in all futures together
)

// A Chart is a variable that the page draws, with the words and the axis of its chart.
type Chart struct {
	Title, Unit string             // in words
	Variable    string             // name or name[element]
	Outcome     *scenarios.Outcome // nil for a chart that is not judged
	Quantity    prose.Quantity
	Y           prose.Axis
}

// Build returns the payload with which a page runs the program of a comparison. The charts
// become the views; the first judged one decides the order of the assumptions. If this
// program cannot run in a page, model is nil and why says the reason in words. c is only
// read.
func Build(c *scenarios.Comparison, charts []Chart) (model *Model, why string, err error) {
	m := &maker{
		c: c, charts: charts, names: prose.NewNames(c.Set.Model, c.Set.Text),
		cal: prose.CalendarOf(c.Set.Model.Time.Unit, c.Set.Model.Time.Start),
	}
	x, why, err := m.module()
	if err != nil || why != "" {
		return nil, why, err
	}
	y := x.Layout
	m.parameters = y.Parameters
	model = &Model{Layout: layoutOf(y), Time: m.time(y), Inputs: m.inputs(), Views: m.views(y.Columns)}
	if model.Code, err = pack.Base64(x.Code); err != nil {
		return nil, "", err
	}
	if model.Presets, err = m.presets(); err != nil {
		return nil, "", err
	}
	if model.Whole, err = m.whole(); err != nil {
		return nil, "", err
	}
	for i, v := range model.Views {
		model.Views[i].Whole = slices.Index(model.Whole.Columns, y.Columns[v.Column])
	}
	model.Futures, err = m.futures()
	return model, "", err
}

// whole returns the module of every variable.
func (m *maker) whole() (Whole, error) {
	x, err := wasm.EmitWith(m.c.Program, m.c.Set.Settings(nil), wasm.Options{Plain: true})
	if err != nil {
		return Whole{}, err
	}
	return packed(x)
}

// packed returns a module of every variable in the form that the page carries.
func packed(x *wasm.Module) (Whole, error) {
	code, err := pack.Base64(x.Code)
	return Whole{Code: code, Layout: layoutOf(x.Layout), Columns: x.Layout.Columns}, err
}

// A maker holds the comparison and the parts of its payload that others need.
type maker struct {
	c          *scenarios.Comparison
	charts     []Chart
	names      prose.Names
	cal        prose.Calendar
	parameters []wasm.Parameter // of the module, in the order of its values
	all        bool             // inputs also of constants without a range
}

// module emits the program for two runs side by side; why says the reason if it cannot be emitted.
func (m *maker) module() (x *wasm.Module, why string, err error) {
	base := m.c.Set.Settings(nil)
	if u := m.c.Uncertainty; u != nil && u.Programs > 1 {
		return nil, "curves have other points in some of its futures, and a page has one set of points", nil
	}
	if method, err := m.c.Program.Method(base); err == nil && method.Adaptive() {
		why := "its method (" + method.Name + ") chooses the length of each step, and a page runs steps of one length"
		if method.Implicit == nil {
			why += ". With method = \"rk4\" in the model's [time] it could be tried"
		}
		return nil, why, nil
	}
	if x, err = wasm.EmitWith(m.c.Program, base, wasm.Options{Columns: m.columns(), Two: true}); err == nil {
		return x, "", nil
	}
	// A model with functions of whole arrays has no module for two runs.
	if x, err = wasm.EmitWith(m.c.Program, base, wasm.Options{Columns: m.columns()}); err != nil {
		return nil, err.Error(), nil
	}
	return x, "", nil
}

// layoutOf returns the part of a module's layout that the page needs.
func layoutOf(y wasm.Layout) Layout {
	return Layout{
		Header: y.Header, Lanes: y.Lanes, Values: y.Values, Count: len(y.Parameters),
		Changes: y.Changes, ChangeSize: y.ChangeSize, ChangeRoom: y.ChangeRoom, ChangeCount: y.ChangeCount,
		State: y.State, Out: y.Out, Width: y.Width, Rows: y.Rows, Steps: y.Steps, Start: y.Start, Step: y.Step,
	}
}

// time returns the dates of the run. Decisions are taken one time unit after today at
// first.
func (m *maker) time(y wasm.Layout) Time {
	t := Time{Start: y.Start, Stop: y.Stop, Today: m.c.Today, Save: y.Save, End: m.cal.Date(m.c.Horizon),
		Since: m.cal.Date(m.c.Today), Unit: m.cal.Unit, From: min(m.c.Today+1, y.Stop)}
	for i := range y.Rows {
		t.Dates = append(t.Dates, m.cal.Date(y.Start+float64(float64(i)*y.Save)))
	}
	return t
}

// presets returns no new decisions and the scenarios. The first changes of each run are the
// set's assumptions; the module has them already, so they are left out.
func (m *maker) presets() ([]Preset, error) {
	p, given := m.c.Program, len(m.c.Set.Settings(nil).Changes)
	out := []Preset{{ID: "none", Label: m.c.Baseline.Label, Changes: []Change{}}}
	first := p.Code().Values[0]
	for _, r := range m.c.Runs {
		s := m.c.Set.Settings(r.Scenario)
		s.Changes = s.Changes[given:]
		list, err := p.CodeChanges(s)
		if err != nil {
			return nil, err
		}
		x := Preset{ID: r.ID, Label: r.Label, About: r.Scenario.About, Changes: []Change{}}
		for _, c := range list {
			change := Change{At: c.Slot - first, Kind: int(c.Kind), Amount: c.Amount, Start: c.Start, Over: c.Over}
			change.Until = prose.Finite(c.Until)
			x.Changes = append(x.Changes, change)
		}
		out = append(out, x)
	}
	return out, nil
}

// columns returns the variables of the charts, each once.
func (m *maker) columns() []string {
	out := []string{}
	for _, f := range m.charts {
		if f.Variable != "" && !slices.Contains(out, f.Variable) {
			out = append(out, f.Variable)
		}
	}
	return out
}

// views returns the charts in terms of the module's columns.
func (m *maker) views(columns []string) []View {
	out := []View{}
	for _, f := range m.charts {
		at := slices.Index(columns, f.Variable)
		if at < 0 {
			continue
		}
		v := View{Title: f.Title, Unit: f.Unit, Column: at, Words: quantityOf(f.Quantity),
			Judged: f.Outcome != nil, Y: f.Y}
		v.Usual = prose.Finite(m.usual(f))
		if f.Outcome != nil {
			v.Better = string(f.Outcome.Better)
			for _, x := range m.c.Verdicts {
				if x.Outcome == f.Outcome && !math.IsNaN(x.Noise) && !math.IsInf(x.Noise, 0) {
					v.Noise = max(v.Noise, x.Noise)
				}
			}
			if f.Outcome.Cost {
				v.Weights = m.c.SumWeights(f.Outcome)
			}
		}
		out = append(out, v)
	}
	return out
}

// usual returns the number of no new decisions that the page prints for a chart.
func (m *maker) usual(f Chart) float64 {
	for _, v := range m.c.Verdicts {
		if f.Outcome != nil && v.Outcome == f.Outcome {
			return v.Baseline
		}
	}
	for _, p := range m.c.Panels {
		if p.Variable == f.Variable && len(p.Baseline) > 0 {
			return p.Baseline[len(p.Baseline)-1]
		}
	}
	return math.NaN()
}

// futures returns the comparison's own draws for the futures that count, as many as a page
// can carry.
func (m *maker) futures() (Futures, error) {
	out := Futures{Agree: scenarios.AgreeShare, Places: [][]int{}, Thin: []int{}, Numbers: []int{}}
	u := m.c.Uncertainty
	if u == nil || u.Counted == 0 {
		return out, nil
	}
	out.Seed = u.Seed
	draws := len(m.c.Program.Code().Draws) > 0
	for _, name := range u.Vary {
		out.Places = append(out.Places, m.places(name))
	}
	var data bytes.Buffer
	to := make([]float64, len(u.Vary))
	most := min(mostFutures, max(fewFutures, mostNumbers/max(1, len(u.Vary))))
	for _, member := range representative(u, most) {
		u.Values(member, to)
		if err := binary.Write(&data, binary.LittleEndian, to); err != nil {
			return out, err
		}
		if draws {
			out.Numbers = append(out.Numbers, member)
		}
		if slices.Contains(u.Thin, member) {
			out.Thin = append(out.Thin, out.Count)
		}
		out.Count++
	}
	out.Of = u.Counted
	var err error
	out.Values, err = pack.Base64(data.Bytes())
	return out, err
}

// representative returns the members that a page can carry, at most so many, in ascending
// order: all of them, or the drawn ones and others spread evenly between the lowest and the
// highest, so that their median and range are near to those of all.
func representative(u *scenarios.Spread, most int) []int {
	members := u.Evenly(most)
	if u.Counted > most {
		members = append(u.Evenly(most-len(u.Thin)), u.Thin...)
	}
	slices.Sort(members)
	return slices.Compact(members)
}
