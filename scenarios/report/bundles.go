package report

import (
	"bytes"
	"encoding/json"
	"html/template"
	"io"
	"slices"

	"weir/scenarios"
)

// WriteBundles writes the page of a set's combinations: cost against outcome, each a
// point that can be picked. The same bundles give the same bytes. Nothing is written if the
// web assets are missing (see Available). b is only read.
func WriteBundles(w io.Writer, b *scenarios.Bundles) error {
	text, err := script("bundles.js")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := writeBundles(&out, b, text); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

func writeBundles(w io.Writer, b *scenarios.Bundles, script string) error {
	p, err := newBundler(b).page()
	if err != nil {
		return err
	}
	p.Style, p.Script, p.Policy = template.CSS(style+bundlesStyle), template.JS(script), policy(script)
	return bundlesTemplate.Execute(w, p)
}

// A bundler words and draws bundles.
type bundler struct {
	*builder
	x       *scenarios.Bundles
	words   []quantity // of each outcome's differences
	outcome int
	cost    int   // -1: none
	plane   plane // of the picture, if there is a cost
}

func newBundler(x *scenarios.Bundles) *bundler {
	b := &bundler{x: x, outcome: slices.Index(x.Set.Outcomes, x.Outcome), cost: slices.Index(x.Set.Outcomes, x.Cost),
		builder: newBuilder(&scenarios.Comparison{Set: x.Set, Today: x.Today, Horizon: x.Horizon, Version: x.Version})}
	for i, o := range x.Set.Outcomes {
		largest := 0.0
		for _, y := range x.List {
			e := y.Effects[i]
			largest = max(largest, abs(e.Central), abs(e.Range[0]), abs(e.Range[1]))
		}
		q := quantityOf(printedWords(o.Unit, b.plurals), o.Index, largest)
		if o.Cost {
			q = q.summed()
		}
		b.words = append(b.words, q)
	}
	if b.cost >= 0 {
		b.plane = b.frame()
	}
	return b
}

// A bundlesPage is what bundles.html lays out.
type bundlesPage struct {
	Style  template.CSS
	Script template.JS
	Policy string
	Data   template.JS

	Title, About, Model, Span string
	Headline                  []sentence
	Picture                   template.HTML // "" without a cost: there is nothing to draw it against
	ChartTitle, ChartUnit     string
	Legend                    []key
	Parts                     []part
	Lists                     []table
	Pairs                     []table // the pairs that do most beyond their parts, then all
	Conflicts                 []string
	Footer                    [][2]string
}

// A key is an entry of the legend: the mark of a point and what it means.
type key struct {
	Mark  template.HTML
	Words string
}

// A part is an intervention that a reader can put into the combination.
type part struct {
	Index               int
	Letter, Label       string
	About, Owner, Price string
}

func (b *bundler) page() (*bundlesPage, error) {
	set := b.x.Set
	p := &bundlesPage{
		Title: set.Name, About: set.About, Model: set.Model.Name, Span: b.cal.date(b.x.Today) + " to " + b.cal.date(b.x.Horizon),
		Headline: b.saying(), Lists: b.lists(), Pairs: b.pairs(), Conflicts: b.apart(), Footer: b.made(), Parts: b.parts(),
	}
	if b.cost >= 0 {
		p.Picture, p.Legend = b.scatter(), b.key()
		p.ChartTitle = b.x.Outcome.Label + ", against cost"
		p.ChartUnit = "Each point is one combination. Up and down: what it makes of the outcome in " + b.cal.date(b.x.Horizon) +
			". Left and right: " + b.names.inside(b.x.Cost.Label) + ", in all from " + b.cal.date(b.x.Today) + " on. Both against no new decisions."
	}
	text, err := json.Marshal(b.data())
	p.Data = template.JS(text)
	return p, err
}

func (b *bundler) parts() []part {
	out := []part{}
	for i, x := range b.x.Interventions {
		out = append(out, part{Index: i, Letter: letter(i), Label: x.Label, About: x.About, Owner: orElse(x.Owner, "nobody is named"), Price: x.Cost})
	}
	return out
}

// letter is A, B, … Z, A1, B1, …
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return string(rune('A'+i%26)) + decimals(float64(i/26))
}

// A pickable is what the script knows of a bundle.
type pickable struct {
	Parts []int       `json:"parts"`
	X     float64     `json:"x"` // in the picture
	Y     float64     `json:"y"`
	XBar  [2]float64  `json:"xbar"` // the range of its cost
	YBar  [2]float64  `json:"ybar"`
	Rows  [][4]string `json:"rows"` // by outcome: difference, range, worst tenth, better in; "" where there is none
	Says  []string    `json:"says"` // what else is to be known of it
	Best  bool        `json:"best"` // on the frontier
}

// A pairwise is what two interventions do beyond the sum of each, in words.
type pairwise struct {
	A, B  int
	Words string
}

type bundlesData struct {
	Bundles  []pickable `json:"bundles"`
	Outcomes []string   `json:"outcomes"`
	Shown    []int      `json:"shown"` // the outcomes of the picture: what is gained, the cost
	Futures  bool       `json:"futures"`
	Labels   []string   `json:"labels"`
	IDs      []string   `json:"ids"`
	Pairs    []pairwise `json:"pairs"`
	Apart    [][2]int   `json:"apart"` // pairs that cannot be combined
	First    int        `json:"first"` // what is picked at first
}

func (b *bundler) data() bundlesData {
	d := bundlesData{Bundles: []pickable{}, Shown: []int{b.outcome, b.cost}, Futures: b.x.Futures > 0, Labels: []string{}, IDs: []string{}, Pairs: []pairwise{}, Apart: [][2]int{}}
	for _, o := range b.x.Set.Outcomes {
		d.Outcomes = append(d.Outcomes, b.outcomeTitle(o))
	}
	for _, i := range b.x.Interventions {
		d.Labels, d.IDs = append(d.Labels, i.Label), append(d.IDs, i.ID)
	}
	best := b.best()
	for i, x := range b.x.List {
		d.Bundles = append(d.Bundles, b.pickable(x))
		if x == best {
			d.First = i
		}
	}
	for _, s := range b.x.Synergies {
		d.Pairs = append(d.Pairs, pairwise{b.index(s.A), b.index(s.B), b.beyond(s)})
	}
	for _, c := range b.x.Conflicts {
		d.Apart = append(d.Apart, [2]int{b.index(c.A), b.index(c.B)})
	}
	return d
}

func (b *bundler) index(i *scenarios.Intervention) int { return slices.Index(b.x.Interventions, i) }

func (b *bundler) pickable(x *scenarios.Bundle) pickable {
	y := pickable{Parts: []int{}, Rows: [][4]string{}, Says: b.known(x), Best: x.Frontier}
	for _, i := range x.Interventions {
		y.Parts = append(y.Parts, b.index(i))
	}
	for i, e := range x.Effects {
		y.Rows = append(y.Rows, b.effectWords(i, e))
	}
	if b.cost >= 0 {
		p, c, g := b.plane, x.Effects[b.cost], x.Effects[b.outcome]
		y.X, y.Y = p.at(c.Median, g.Median)
		for k := range 2 {
			y.XBar[k], y.YBar[k] = p.at(p.x.within(c.Range[k]), p.y.within(g.Range[k]))
		}
	}
	return y
}
