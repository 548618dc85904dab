package report

import (
	"bytes"
	"encoding/json"
	"html/template"
	"io"

	"weir/scenarios"
	"weir/scenarios/internal/pack"
	"weir/scenarios/live"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/reading"
	"weir/scenarios/report/internal/walk"
	"weir/scenarios/report/runs"
)

// A runPage is the data of run.html. Why gives the reason if the model cannot run in the page, in
// which case there is no Model.
type runPage struct {
	Style    template.CSS
	Script   template.JS
	Policy   string
	Runs     template.JS // for the script
	Charts   drawn
	Model    template.HTML // base64 of a compressed document
	Walk     template.HTML // the same
	Picture  template.HTML // of the charts, until the script draws them
	Why      string
	Title    string
	About    string
	Kicker   string
	Remarks  []string
	Names    []runName
	Footer   [][2]string
	Licences string
}

// A runName is a run in the legend.
type runName struct{ Key, Name, Said string }

// WriteRun writes the page of a model's runs: charts, sliders, the comparison of two runs, and the
// model as a walk. The same runs give the same bytes. Nothing is written if the web assets are
// missing (see Available). v is only read.
func WriteRun(w io.Writer, v *runs.View) error {
	code, err := scriptsOf("run.js")
	if err != nil {
		return err
	}
	p, err := runPageOf(v)
	if err != nil {
		return err
	}
	sheet := style + pageStyle + liveStyle + runStyle + draw.PaletteCSS(runs.MaxRuns+1)
	p.Style, p.Script, p.Licences = template.CSS(sheet), template.JS(code.own), code.licences
	p.Policy = policy{scripts: []string{code.own, code.library}, style: sheet, runs: p.Why == "",
		images: true}.String()
	if p.Charts, err = chartsOf(code, runs.MaxRuns+1); err != nil {
		return err
	}
	var out bytes.Buffer
	if err := render(&out, templates().Lookup("run"), p, &p.Script); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// runPageOf returns all parts of the page but its style, script and policy.
func runPageOf(v *runs.View) (*runPage, error) {
	p := &runPage{Title: v.Title(), About: v.Model.About, Kicker: v.Span(), Remarks: v.Remarks,
		Footer: v.Facts()}
	for i, r := range v.Runs {
		p.Names = append(p.Names, runName{draw.SlotKey(i), r.Name, r.Said()})
	}
	var picture bytes.Buffer
	if err := v.Sheet(runs.FewCharts).SVG(&picture); err != nil {
		return nil, err
	}
	p.Picture = template.HTML(picture.String())
	m, why, err := live.BuildRun(v.Model, v.Program, v.Settings)
	if err != nil || why != "" {
		p.Why = why
		return p, err
	}
	c := &scenarios.Comparison{Set: &scenarios.Set{Model: v.Model}, Program: v.Program,
		Structure: scenarios.StructureIn(v.Resolved, v.Runs[0].Result)}
	data, err := v.Data(m.Whole.Columns)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(data)
	if err != nil {
		return nil, err
	}
	p.Runs = template.JS(cleanJSON(text))
	if p.Model, err = packedJSON(m); err == nil {
		p.Walk, err = packedJSON(walk.Of(reading.New(c), m.Whole.Columns))
	}
	return p, err
}

// packedJSON returns a document for the script, compressed, in base64.
func packedJSON(x any) (template.HTML, error) {
	text, err := json.Marshal(x)
	if err != nil {
		return "", err
	}
	packed, err := pack.Base64(cleanJSON(text))
	return template.HTML(packed), err
}
