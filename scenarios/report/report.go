// Package report turns a comparison into one HTML file that needs no network: what
// changes, when, at what cost, from which evidence. It draws and words what
// scenarios.Compare found; it computes nothing about the runs.
//
// The page is made to one pattern: a figure or table is first built as plain data
// with its words (figure, table, sentence), then page.html lays it out. The same
// data feed the static pictures and the script in web/, which only shows them.
package report

import (
	"bytes"
	"html/template"
	"io"

	"weir/model"
	"weir/scenarios"
)

// Write writes the page of a comparison. The same comparison gives the same bytes.
// Nothing is written if the web assets are missing (see Available) or if the page
// cannot be made. c is only read.
func Write(w io.Writer, c *scenarios.Comparison) error {
	script, err := script("page.js")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := write(&out, c, script); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// write makes the page with the given script.
func write(w io.Writer, c *scenarios.Comparison, script string) error {
	p, err := newBuilder(c).page()
	if err != nil {
		return err
	}
	p.Style, p.Script = template.CSS(style+liveStyle), template.JS(script)
	p.Policy = policy(script)
	return pageTemplate.Execute(w, p)
}

// A builder collects what the parts of a page share.
type builder struct {
	c       *scenarios.Comparison
	cal     calendar
	plurals map[string]string
	names   names
	graph   *model.Graph
	figs    []*figure // of c.Panels, in order
	// difference is the main chart again, as difference from no new decisions.
	difference *figure
}

func newBuilder(c *scenarios.Comparison) *builder {
	b := &builder{c: c, plurals: map[string]string{}, names: newNames(c)}
	for _, u := range c.Set.Model.Units {
		if u.Plural != "" {
			b.plurals[u.Name] = u.Plural
		}
	}
	b.cal = calendarOf(c.Set.Model.Time.Unit, c.Set.Model.Time.Start)
	b.graph = model.Structure(c.Set.Resolved)
	b.figs = b.figures()
	if len(b.figs) > 0 && len(c.Runs) > 0 {
		b.difference = b.differences(b.figs[0])
	}
	return b
}

// A page is what page.html lays out.
type page struct {
	Style    template.CSS
	Palette  template.CSS
	Script   template.JS
	Policy   string
	Data     template.JS   // for the script
	BandData template.HTML // for the script: base64 of a compressed document; "" without futures

	Title, About, Model, Span string
	Warnings                  []sentence
	Headline                  []sentence
	Caveat, Legend            string
	ModelAbout, FitNote       string
	Chips                     []chip
	Try                       *tryable // nil where there is nothing to try
	Bands                     []chip   // the scenarios whose band can be shown, without the baseline
	Sure                      *sure    // nil without [uncertainty]
	Main, Difference          *figure
	Rows                      [][]*figure // small multiples
	Matrix                    table
	Verdicts                  []table
	Order, OrderMore          []sentence // worse before better, and reversals: of the main outcome, of the others
	Levers                    table
	Assumptions               table
	Diagram                   []picture
	Chains                    table
	Evidence                  table
	EvidenceSum               sentence
	Shares                    []shareOf
	Fits                      []sentence
	Health                    table
	HealthSum                 []sentence
	Downloads                 []download
	Sources                   []source
	Footer                    [][2]string
}

// A chip is a legend entry.
type chip struct {
	Key, Name, Value, Title string
	Baseline, Lit           bool
}

// page builds every part.
func (b *builder) page() (*page, error) {
	set := b.c.Set
	p := &page{
		Title: set.Name, About: set.About, Model: set.Model.Name,
		Span:     b.cal.date(b.c.Today) + " to " + b.cal.date(b.c.Horizon),
		Warnings: b.warnings(), Headline: b.headline(), Chips: b.chips(),
		Matrix: b.matrix(), Verdicts: b.verdictTables(),
		Levers: b.levers(), Assumptions: b.assumptions(),
		Evidence: b.evidence(), EvidenceSum: b.evidenceSum(), Shares: b.shares(), Sources: b.sources(),
		Fits: b.fits(), Health: b.health(), HealthSum: b.healthSum(),
		Footer: b.footer(), ModelAbout: set.Model.About, FitNote: b.fitWarning(),
		Palette: template.CSS(paletteCSS(len(b.c.Runs) + 1)), Legend: legend(b.figs) + b.bandLegend(),
		Caveat: b.caveat(), Bands: b.bandChoice(), Sure: b.sure(),
	}
	p.Order, p.OrderMore = b.order()
	p.Main, p.Rows = arrange(groups(b.figs))
	if p.Main != nil {
		p.Difference = b.difference
	}
	p.Diagram, p.Chains = b.diagram(), b.chains()
	var err error
	if p.Downloads, err = b.downloads(); err != nil {
		return nil, err
	}
	if p.Try, err = b.try(); err != nil {
		return nil, err
	}
	if p.BandData, err = b.bandData(); err != nil {
		return nil, err
	}
	p.Data, err = b.data(p.Downloads)
	return p, err
}

// arrange puts charts of one quantity into rows of their own, with one scale, and the
// single ones together.
func arrange(groups [][]*figure) (first *figure, rows [][]*figure) {
	single := []*figure{}
	for i, g := range groups {
		switch {
		case i == 0:
			first = g[0]
		case len(g) == 1:
			single = append(single, g[0])
		default:
			rows = append(rows, g)
		}
	}
	if len(single) > 0 {
		rows = append([][]*figure{single}, rows...)
	}
	return first, rows
}

// legend says what points and lines are.
func legend(figs []*figure) string {
	text := "Grey: no new decisions"
	for _, f := range figs {
		if len(f.Recorded) > 0 {
			return "Points: recorded. " + text + ", dotted from where the records end. Colours: scenarios, from today on; the number is the value at the end."
		}
	}
	return text + ", dotted from today on. Colours: scenarios, from today on; the number is the value at the end."
}

// chips are the legend: the baseline, which cannot be put out, and the scenarios.
func (b *builder) chips() []chip {
	out := []chip{}
	if len(b.figs) == 0 {
		return out
	}
	f := b.figs[0]
	for i, l := range f.Lines {
		c := chip{Key: l.Key, Name: l.Name, Value: f.Q.number(l.last()), Baseline: i == 0, Lit: i < maxLit}
		if i > 0 {
			c.Title = b.c.Runs[i-1].Scenario.About
		}
		out = append(out, c)
	}
	return out
}
