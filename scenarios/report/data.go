package report

import (
	"encoding/json"
	"html/template"
	"math"
	"slices"
)

// pageData is what the script reads: for each chart its option, and the words of
// every number, so that the script rounds nothing itself.
type pageData struct {
	Times     []float64        `json:"times"` // of the figures that have none of their own
	Dates     []string         `json:"dates"`
	Figures   []figureData     `json:"figures"`
	Dashes    map[string][]int `json:"dashes"`
	Lit       int              `json:"lit"`
	Downloads []download       `json:"downloads"`
}

type figureData struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Unit     string         `json:"unit"`
	Wide     bool           `json:"wide"` // names stand at the line ends
	Option   map[string]any `json:"option"`
	X        axis           `json:"x"`
	Y        axis           `json:"y"`
	Today    float64        `json:"today"`
	Times    []float64      `json:"times"`
	Dates    []string       `json:"dates"`
	Lines    []lineWords    `json:"lines"`
	Recorded []pointWords   `json:"recorded"`
	File     string         `json:"file"` // name of downloads, without ending
	Now      int            `json:"now"`  // row from which bands are drawn
}

// lineWords are a line's numbers in words, one a time, "" where it is not drawn.
type lineWords struct {
	Key   string   `json:"key"`
	Name  string   `json:"name"`
	Words []string `json:"words"`
	Label []string `json:"label"`
	End   *float64 `json:"end"`
}

type pointWords struct {
	Time  float64 `json:"time"`
	Value float64 `json:"value"`
	Words string  `json:"words"`
}

// data encodes the island. Go's encoder escapes <, > and &, so that no text in it
// can end the script element.
func (b *builder) data(files []download) (template.JS, error) {
	d := pageData{Dashes: map[string][]int{}, Lit: maxLit, Downloads: files}
	for i := range len(b.c.Runs) + 1 {
		d.Dashes[slotKey(i)] = lookOf(i).dash
	}
	for _, f := range b.drawn() {
		d.Figures = append(d.Figures, b.figureData(f))
	}
	d.share()
	text, err := json.Marshal(d)
	return template.JS(text), err
}

// share says the times of the first figure once for all that have the same.
func (d *pageData) share() {
	if len(d.Figures) == 0 {
		return
	}
	d.Times, d.Dates = d.Figures[0].Times, d.Figures[0].Dates
	for i := range d.Figures {
		if f := &d.Figures[i]; slices.Equal(f.Times, d.Times) {
			f.Times, f.Dates = nil, nil
		}
	}
}

// drawn are all charts of the page.
func (b *builder) drawn() []*figure {
	if b.difference == nil {
		return b.figs
	}
	return slices.Insert(slices.Clone(b.figs), 1, b.difference)
}

func (b *builder) figureData(f *figure) figureData {
	d := figureData{ID: f.ID, Title: f.Title, Unit: f.Unit, Wide: f.Main || f.Wide, Option: f.option(), X: f.X, Y: f.Y,
		Today: f.Today, Times: f.Times, File: fileName(f.Title), Now: f.Now}
	for _, t := range f.Times {
		d.Dates = append(d.Dates, b.cal.date(t))
	}
	for _, l := range f.Lines {
		d.Lines = append(d.Lines, f.lineWords(l))
	}
	for _, p := range f.Recorded {
		d.Recorded = append(d.Recorded, pointWords{p.X, p.Y, f.Q.number(p.Y)})
	}
	return d
}

func (f *figure) lineWords(l line) lineWords {
	w := lineWords{Key: l.Key, Name: l.Name, Label: f.labelWords(l, f.Main || f.Wide), End: finite(l.last())}
	for i, v := range l.Values {
		words := ""
		if i >= l.From {
			words = f.Q.number(v)
		}
		w.Words = append(w.Words, words)
	}
	return w
}

// finite is a number that JSON can hold, or nil.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
