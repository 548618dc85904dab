// Package bundle makes the page of combinations: each a point of cost and outcome that a
// reader can pick, with its effect in words.
package bundle

import (
	"cmp"
	"encoding/json"
	"html/template"
	"math"
	"slices"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/report/internal/reading"
)

// A bundler words and draws bundles.
type bundler struct {
	*reading.Reading
	x     *scenarios.Bundles
	words []prose.Quantity // of each outcome's differences
	// outcome is the place of the outcome that bundles are judged by, in the set's list.
	outcome int
	cost    int   // -1: none
	plane   plane // of the picture, if there is a cost
}

// Of returns the page of bundles, but for its style, script and policy. x is only read.
func Of(x *scenarios.Bundles) (*Page, error) { return newBundler(x).page() }

// newBundler returns the bundler of x. The reading that it embeds has no runs. x must have an
// outcome that is one of its set's.
func newBundler(x *scenarios.Bundles) *bundler {
	b := &bundler{x: x, outcome: slices.Index(x.Set.Outcomes, x.Outcome), cost: slices.Index(x.Set.Outcomes, x.Cost),
		Reading: reading.New(&scenarios.Comparison{Set: x.Set, Today: x.Today, Horizon: x.Horizon, Version: x.Version})}
	for i, o := range x.Set.Outcomes {
		// All bundles share the precision that the largest difference needs, so that columns line
		// up.
		largest := 0.0
		for _, y := range x.List {
			e := y.Effects[i]
			largest = max(largest, math.Abs(e.Central), math.Abs(e.Range[0]), math.Abs(e.Range[1]))
		}
		q := prose.QuantityOf(prose.PrintedWords(o.Unit, b.Plurals), o.Index, largest)
		if o.Cost {
			q = q.Summed()
		}
		b.words = append(b.words, q)
	}
	if b.cost >= 0 {
		b.plane = b.frame()
	}
	return b
}

// A Page is the data of bundles.html.
type Page struct {
	Style  template.CSS
	Script template.JS
	Policy string
	Data   template.JS

	Title, About, Model, Span string
	Headline                  []parts.Sentence
	Picture                   template.HTML // "" without a cost: there is nothing to draw it against
	ChartTitle, ChartUnit     string
	Legend                    []key
	Parts                     []part
	Lists                     []parts.Table
	Pairs                     []parts.Table // the pairs that do most beyond their parts, then all
	Conflicts                 []string
	Footer                    [][2]string
	Licences                  string // of the parts of the script
}

// A key is an entry of the legend: the mark of a point and its meaning.
type key struct {
	Mark  template.HTML
	Words string
}

// A part is an intervention that a reader can add to the combination.
type part struct {
	Index               int
	Letter, Label       string
	About, Owner, Price string
}

// page returns all parts of the page but its style, script and policy. The error is one of a number
// that JSON cannot hold.
func (b *bundler) page() (*Page, error) {
	set := b.x.Set
	p := &Page{
		Title: set.Name, About: set.About, Model: set.Model.Name, Span: b.Cal.Date(b.x.Today) + " to " +
			b.Cal.Date(b.x.Horizon),
		Headline: b.saying(), Lists: b.lists(), Pairs: b.pairs(), Conflicts: b.apart(), Footer: b.made(),
		Parts: b.parts(),
	}
	if b.cost >= 0 {
		p.Picture, p.Legend = b.scatter(), b.key()
		p.ChartTitle = b.x.Outcome.Label + ", against cost"
		p.ChartUnit = "Each point is one combination. Up and down: what it makes of the outcome in " +
			b.Cal.Date(b.x.Horizon) +
			". Left and right: " + b.Names.Inside(b.x.Cost.Label) + ", in all from " +
			b.Cal.Date(b.x.Today) + " on. Both against no new decisions."
	}
	text, err := json.Marshal(b.data())
	p.Data = template.JS(text)
	return p, err
}

// parts returns the interventions with their letters. They come in the order of the set, which is
// that of the letters.
func (b *bundler) parts() []part {
	out := []part{}
	for i, x := range b.x.Interventions {
		out = append(out, part{Index: i, Letter: letter(i), Label: x.Label, About: x.About,
			Owner: cmp.Or(x.Owner, "nobody is named"), Price: x.Cost})
	}
	return out
}

// letter returns A, B, … Z, A1, B1, … for 0, 1, … The table on a terminal has the same letters.
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return string(rune('A'+i%26)) + prose.Decimals(float64(i/26))
}
