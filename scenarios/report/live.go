package report

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"html/template"
	"math"
	"reflect"
	"slices"

	"weir/scenarios"
	"weir/sim"
	"weir/sim/wasm"
)

// Bounds of the futures that the page computes anew when a slider moves; of more, these
// are the first. Their numbers are a good part of the page.
const (
	maxLiveFutures = 200
	maxLiveNumbers = 22_500
)

// A live is what the page needs to run the model itself: everything but the model is
// plain data, and every number has the words and the rounding of the rest of the page.
type live struct {
	Code    string      `json:"code"`  // the module: gzip, base64
	Plain   string      `json:"plain"` // the same without vector instructions
	Layout  liveLayout  `json:"layout"`
	Time    liveTime    `json:"time"`
	Inputs  []liveInput `json:"inputs"`
	Presets []preset    `json:"presets"` // the first is no new decisions
	Views   []view      `json:"views"`
	Futures liveFutures `json:"futures"`
}

// A liveLayout is the part of wasm.Layout that a host of this page needs.
type liveLayout struct {
	Header      wasm.Header `json:"header"`
	Values      int         `json:"values"`
	Count       int         `json:"count"` // of values
	Changes     int         `json:"changes"`
	ChangeSize  int         `json:"change_size"`
	ChangeRoom  int         `json:"change_room"`
	ChangeCount int         `json:"change_count"` // of the set's assumptions: they stay
	State       int         `json:"state"`
	Out         int         `json:"out"`
	Width       int         `json:"width"`
	Rows        int         `json:"rows"`
	Steps       int         `json:"steps"`
	Start       float64     `json:"start"`
	Step        float64     `json:"step"` // of time
}

type liveTime struct {
	Start float64  `json:"start"`
	Stop  float64  `json:"stop"`
	Today float64  `json:"today"`
	From  float64  `json:"from"` // from when on a decision is changed, at first
	Save  float64  `json:"save"`
	End   string   `json:"end"`   // the horizon in words
	Since string   `json:"since"` // today in words
	Unit  string   `json:"unit"`
	Dates []string `json:"dates"` // of every row
}

// A liveInput is a decision or an assumption that can be moved.
type liveInput struct {
	Name     string `json:"name"`
	Label    string `json:"label"`
	About    string `json:"about"`
	Decision bool   `json:"decision"`
	Who      string `json:"who"` // decides it, or the grade of what is known
	Hatched  bool   `json:"hatched"`
	At       []int  `json:"at"` // places among the module's values
	// Base are the numbers at these places that the input's value multiplies; nil if the
	// value itself is put there.
	Base  []float64     `json:"base"`
	Value float64       `json:"value"`
	Low   float64       `json:"low"`
	High  float64       `json:"high"`
	Step  float64       `json:"step"`
	Words quantityWords `json:"words"`
}

// A preset is a scenario: its own dated changes.
type preset struct {
	ID      string       `json:"id"`
	Label   string       `json:"label"`
	Key     string       `json:"key"`
	About   string       `json:"about"`
	Changes []liveChange `json:"changes"`
}

// A liveChange is a row of the module's table of changes.
type liveChange struct {
	At     int      `json:"at"`
	Kind   int      `json:"kind"`
	Amount float64  `json:"amount"`
	Start  float64  `json:"start"`
	Over   float64  `json:"over"`
	Until  *float64 `json:"until"` // null: for good
}

// A view is a chart's quantity in the module's rows.
type view struct {
	Title   string        `json:"title"`
	Unit    string        `json:"unit"`
	Column  int           `json:"column"`
	Words   quantityWords `json:"words"`
	Judged  bool          `json:"judged"`
	Better  string        `json:"better"`  // higher or lower
	Weights []float64     `json:"weights"` // of a cost: its sum over the rows; else empty
	Noise   float64       `json:"noise"`
	Y       axis          `json:"y"`
}

// liveFutures are those of the comparison.
type liveFutures struct {
	Of     int     `json:"of"`     // how many were compared
	Count  int     `json:"count"`  // how many the page has
	Places [][]int `json:"places"` // of each number that varies, among the module's values
	Values string  `json:"values"` // member by member: float64, little-endian, gzip, base64
	Thin   []int   `json:"thin"`   // those drawn as single lines
	Agree  float64 `json:"agree"`
	// Draws of the model: by which seed, and by which number of each future; empty for a
	// model without draws.
	Seed    uint64 `json:"seed"`
	Numbers []int  `json:"numbers"`
}

// quantityWords is a quantity as the script's words.ts reads it.
type quantityWords struct {
	Kind     string  `json:"kind"`
	Unit     string  `json:"unit"`
	Rate     string  `json:"rate"`
	Finest   float64 `json:"finest"`
	Coarse   float64 `json:"coarse"`
	Millions bool    `json:"millions"`
}

func (q quantity) words() quantityWords {
	return quantityWords{[]string{"plain", "money", "share", "index"}[q.kind], q.unit, q.rate, q.finest, q.coarse, q.millions}
}

// tryable is what the section says and carries. Why says why nothing can be tried, in
// which case there is no Data.
type tryable struct {
	Why  string
	Data template.JS
}

// try makes the section, nil for a comparison without a model that runs.
func (b *builder) try() (*tryable, error) {
	if len(b.c.Set.Resolved.Variables) == 0 || len(b.judged()) == 0 {
		return nil, nil
	}
	l, why, err := b.live()
	if err != nil || why != "" {
		return &tryable{Why: why}, err
	}
	if len(l.Inputs) == 0 && len(l.Presets) == 1 {
		return &tryable{Why: "nothing in it has a range to move in, and the set has no scenario"}, nil
	}
	text, err := json.Marshal(l)
	return &tryable{Data: template.JS(text)}, err
}

// live makes the data; why says why this model cannot run in a page.
func (b *builder) live() (l *live, why string, err error) {
	set := b.c.Set
	p, err := set.Compile()
	if err != nil {
		return nil, "", err
	}
	base := set.Settings(nil)
	if method, err := p.Method(base); err == nil && method.Adaptive() {
		return nil, "its method (" + method.Name + ") chooses how far each step goes, and what a page runs has steps of one length. " +
			"With method = \"rk4\" in the model's [time] it could be tried", nil
	}
	m, err := wasm.EmitWith(p, base, wasm.Options{Columns: b.liveColumns()})
	if err != nil {
		return nil, err.Error(), nil
	}
	plain, err := wasm.EmitWith(p, base, wasm.Options{Columns: b.liveColumns(), Plain: true})
	if err != nil {
		return nil, err.Error(), nil
	}
	if !reflect.DeepEqual(m.Layout, plain.Layout) {
		return nil, "", errors.New("two modules of one model have different layouts")
	}
	y := m.Layout
	l = &live{Layout: liveLayout{y.Header, y.Values, len(y.Parameters), y.Changes, y.ChangeSize, y.ChangeRoom, y.ChangeCount, y.State, y.Out, y.Width, y.Rows, y.Steps, y.Start, y.Step}}
	l.Time = b.liveTime(y)
	if l.Code, err = packed(m.Code); err != nil {
		return nil, "", err
	}
	if l.Plain, err = packed(plain.Code); err != nil {
		return nil, "", err
	}
	l.Inputs, l.Views = b.inputs(y.Parameters), b.views(y.Columns)
	if l.Presets, err = b.presets(p, len(base.Changes)); err != nil {
		return nil, "", err
	}
	l.Futures, err = b.liveFutures(len(p.Code().Draws) > 0, y.Parameters)
	return l, "", err
}

func packed(data []byte) (string, error) {
	d, err := pack("", "", "", data)
	return d.Data, err
}

func (b *builder) liveTime(y wasm.Layout) liveTime {
	t := liveTime{Start: y.Start, Stop: y.Stop, Today: b.c.Today, Save: y.Save, End: b.cal.date(b.c.Horizon),
		Since: b.cal.date(b.c.Today), Unit: b.cal.unit, From: min(b.c.Today+1, y.Stop)}
	for i := range y.Rows {
		t.Dates = append(t.Dates, b.cal.date(y.Start+float64(float64(i)*y.Save)))
	}
	return t
}

// presets are no new decisions and the scenarios. The first changes of all, as many as
// given, are those of the set's assumptions, which the module has already.
func (b *builder) presets(p *sim.Program, given int) ([]preset, error) {
	out := []preset{{ID: "none", Label: b.c.Baseline.Label, Key: slotKey(0), Changes: []liveChange{}}}
	first := p.Code().Values[0]
	for i, r := range b.c.Runs {
		s := b.c.Set.Settings(r.Scenario)
		s.Changes = s.Changes[given:]
		list, err := p.CodeChanges(s)
		if err != nil {
			return nil, err
		}
		x := preset{ID: r.ID, Label: r.Label, Key: slotKey(i + 1), About: r.Scenario.About, Changes: []liveChange{}}
		for _, c := range list {
			change := liveChange{At: c.Slot - first, Kind: int(c.Kind), Amount: c.Amount, Start: c.Start, Over: c.Over}
			change.Until = finite(c.Until)
			x.Changes = append(x.Changes, change)
		}
		out = append(out, x)
	}
	return out, nil
}

// liveColumns are those of the charts, each once.
func (b *builder) liveColumns() []string {
	out := []string{}
	for _, f := range b.figs {
		if f.Variable != "" && !slices.Contains(out, f.Variable) {
			out = append(out, f.Variable)
		}
	}
	return out
}

// views are the charts.
func (b *builder) views(columns []string) []view {
	out := []view{}
	for _, f := range b.figs {
		at := slices.Index(columns, f.Variable)
		if at < 0 {
			continue
		}
		v := view{Title: f.Title, Unit: f.Unit, Column: at, Words: f.Q.words(), Judged: f.Outcome != nil, Y: f.Y}
		if f.Outcome != nil {
			v.Better = string(f.Outcome.Better)
			for _, x := range b.c.Verdicts {
				if x.Outcome == f.Outcome && !math.IsNaN(x.Noise) && !math.IsInf(x.Noise, 0) {
					v.Noise = max(v.Noise, x.Noise)
				}
			}
			if f.Outcome.Cost {
				v.Weights = b.c.SumWeights(f.Outcome)
			}
		}
		out = append(out, v)
	}
	return out
}

// liveFutures are the comparison's own numbers of the futures that count.
func (b *builder) liveFutures(draws bool, parameters []wasm.Parameter) (liveFutures, error) {
	out := liveFutures{Agree: scenarios.AgreeShare, Places: [][]int{}, Thin: []int{}, Numbers: []int{}}
	u := b.c.Uncertainty
	if !b.hasFutures() {
		return out, nil
	}
	out.Seed = u.Seed
	for _, name := range u.Vary {
		out.Places = append(out.Places, placesOf(name, parameters))
	}
	var data bytes.Buffer
	to := make([]float64, len(u.Vary))
	most := min(maxLiveFutures, max(50, maxLiveNumbers/max(1, len(u.Vary))))
	for m := 0; m < u.Runs && out.Count < most; m++ {
		if b.excluded(m) {
			continue
		}
		u.Values(m, to)
		if err := binary.Write(&data, binary.LittleEndian, to); err != nil {
			return out, err
		}
		if draws {
			out.Numbers = append(out.Numbers, m)
		}
		if slices.Contains(u.Thin, m) {
			out.Thin = append(out.Thin, out.Count)
		}
		out.Count++
	}
	out.Of = u.Counted
	var err error
	out.Values, err = packed(data.Bytes())
	return out, err
}

// excluded reports whether a future is known to have been left out.
func (b *builder) excluded(member int) bool {
	return slices.ContainsFunc(b.c.Uncertainty.Failures, func(f scenarios.Failure) bool { return f.Member == member })
}
