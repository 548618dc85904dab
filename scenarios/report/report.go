// Package report turns a comparison into one HTML file that needs no network: the changes,
// their dates, cost and evidence. It draws and words the findings of scenarios.Compare; it
// computes nothing about the runs.
//
// The page is made to one pattern: the packages under internal each turn a comparison into
// plain data with its words (figures, tables, sentences), then page.html lays them out. The
// same data feed the static pictures and the script in web/, which only shows them.
package report

//go:generate go run ./internal/tsgen web/src/generated.ts

import (
	"bytes"
	"encoding/json"
	"html/template"
	"io"

	"weir/scenarios"
	"weir/scenarios/report/internal/answer"
	"weir/scenarios/report/internal/certainty"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/diagram"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/evidence"
	"weir/scenarios/report/internal/health"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/report/internal/reading"
	"weir/scenarios/report/internal/room"
	"weir/scenarios/report/internal/verdict"
	"weir/scenarios/report/internal/wire"
)

// Write writes the page of a comparison. The same comparison gives the same bytes.
// Nothing is written if the web assets are missing (see Available) or if the page
// cannot be made. c is only read.
func Write(w io.Writer, c *scenarios.Comparison) error {
	code, err := scriptsOf("page.js")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := write(&out, c, code); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// write makes the page with the given scripts.
func write(w io.Writer, c *scenarios.Comparison, code scripts) error {
	p, err := newMaker(c).page()
	if err != nil {
		return err
	}
	sheet := style + pageStyle + liveStyle + string(p.Palette)
	p.Style, p.Script = template.CSS(sheet), template.JS(code.own)
	p.Policy = policy{scripts: []string{code.own, code.library}, style: sheet, runs: p.Try != nil && p.Try.Data != "", images: true}.String()
	p.Licences = code.licences
	if p.Charts, err = chartsOf(code, len(c.Runs)+1); err != nil {
		return err
	}
	return render(w, templates().Lookup("page"), p, &p.Script)
}

// A maker holds the tellers of a page's parts.
type maker struct {
	*chart.Charts
	answer    *answer.Teller
	verdict   *verdict.Teller
	certainty *certainty.Teller
	diagram   *diagram.Drawer
	evidence  *evidence.Teller
	health    *health.Teller
	room      *room.Teller
}

// newMaker returns the maker of a comparison's page.
func newMaker(c *scenarios.Comparison) *maker {
	r := reading.New(c)
	charts := chart.New(r)
	said, known := verdict.New(charts), evidence.New(charts)
	return &maker{
		Charts: charts, answer: answer.New(charts, said, known), verdict: said, certainty: certainty.New(charts),
		diagram: diagram.New(r), evidence: known, health: health.New(r), room: room.New(charts, said),
	}
}

// A page is the data of page.html.
type page struct {
	Style    template.CSS
	Palette  template.CSS
	Script   template.JS
	Policy   string
	Data     template.JS   // for the script
	BandData template.HTML // for the script: base64 of a compressed document; "" without futures
	Findings template.HTML // the same
	Charts   drawn

	Title, About, Model, Span string
	Warnings                  []parts.Sentence
	Board                     answer.Board
	Frontier                  answer.Frontier
	Caveat, Legend            string
	ModelAbout, FitNote       string
	Try                       *tryable           // nil where there is nothing to try
	Sure                      *certainty.Section // nil without [uncertainty]
	Why                       []reason           // one a scenario; nil if nothing was explained
	Main, Difference          *chart.Figure
	Rows                      [][]*chart.Figure // small multiples
	Matrix                    parts.Table
	Verdicts                  []parts.Table
	Order, OrderMore          []parts.Sentence // worse before better, and reversals: of the main outcome, of the others
	Levers                    parts.Table
	Assumptions               parts.Table
	Walk                      template.HTML // see maker.walk
	Diagram                   []diagram.Picture
	Chains                    parts.Table
	Evidence                  parts.Table
	EvidenceSum               parts.Sentence
	Shares                    []evidence.ShareOf
	Fits                      []parts.Sentence
	Health                    parts.Table
	HealthSum                 []parts.Sentence
	Downloads                 []wire.Download
	Sources                   []evidence.Source
	Footer                    [][2]string
	Licences                  string // of the script's parts
}

// A drawn has what the charts of a page need: the library, and the looks of their lines.
type drawn struct {
	Library template.HTML // gzip, base64
	Looks   template.JS
}

// chartsOf returns the library, and the looks of so many scenarios, the baseline among them.
func chartsOf(code scripts, slots int) (drawn, error) {
	text, err := json.Marshal(chart.Looks(slots))
	return drawn{template.HTML(code.packed), template.JS(text)}, err
}

// page returns all parts of the page but its style, script and policy.
func (b *maker) page() (*page, error) {
	set := b.C.Set
	p := &page{
		Title: set.Name, About: set.About, Model: set.Model.Name,
		Span:     b.Cal.Date(b.C.Today) + " to " + b.Cal.Date(b.C.Horizon),
		Warnings: b.health.Warnings(), Board: b.answer.Board(), Frontier: b.answer.Frontier(),
		Matrix: b.verdict.Matrix(), Verdicts: b.verdict.Tables(),
		Levers: b.evidence.Levers(), Assumptions: b.evidence.Assumptions(),
		Evidence: b.evidence.Table(), EvidenceSum: b.evidence.Summary(), Shares: b.evidence.Shares(),
		Sources: b.evidence.Sources(),
		Fits:    b.evidence.Fits(), Health: b.health.Table(), HealthSum: b.health.Summary(),
		Footer: b.health.Footer(), ModelAbout: set.Model.About, FitNote: b.evidence.FitWarning(),
		Palette: template.CSS(draw.PaletteCSS(len(b.C.Runs) + 1)), Legend: chart.Legend(b.Figs) + b.BandLegend(),
		Caveat: b.verdict.Caveat(), Sure: b.certainty.Section(), Why: b.why(),
	}
	p.Order, p.OrderMore = b.verdict.Order()
	p.Main, p.Rows = chart.Arrange(chart.Groups(b.Figs))
	if p.Main != nil {
		p.Difference = b.Difference
	}
	p.Diagram, p.Chains = b.diagram.Pictures(), b.diagram.Chains()
	var err error
	if p.Downloads, err = b.downloads(); err != nil {
		return nil, err
	}
	if p.Try, err = b.try(); err != nil {
		return nil, err
	}
	if p.Walk, err = b.walk(p.Try); err != nil {
		return nil, err
	}
	if p.BandData, err = b.BandData(); err != nil {
		return nil, err
	}
	if p.Findings, err = packedJSON(b.findings()); err != nil {
		return nil, err
	}
	p.Data, err = b.data(p.Downloads)
	return p, err
}
