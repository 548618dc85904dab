package chart

import (
	"weir/scenarios/prose"
)

type FigureData struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Unit     string         `json:"unit"`
	Wide     bool           `json:"wide"` // names stand at the line ends
	Option   map[string]any `json:"option"`
	X        prose.Axis     `json:"x"`
	Y        prose.Axis     `json:"y"`
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

func (b *Charts) FigureData(f *Figure) FigureData {
	d := FigureData{ID: f.ID, Title: f.Title, Unit: f.Unit, Wide: f.Main || f.Wide, Option: f.option(), X: f.X, Y: f.Y,
		Today: f.Today, Times: f.Times, File: prose.FileName(f.Title), Now: f.Now}
	for _, t := range f.Times {
		d.Dates = append(d.Dates, b.Cal.Date(t))
	}
	for _, l := range f.Lines {
		d.Lines = append(d.Lines, f.lineWords(l))
	}
	for _, p := range f.Recorded {
		d.Recorded = append(d.Recorded, pointWords{p.X, p.Y, f.Q.Number(p.Y)})
	}
	return d
}

func (f *Figure) lineWords(l Line) lineWords {
	w := lineWords{Key: l.Key, Name: l.Name, Label: f.labelWords(l, f.Main || f.Wide), End: prose.Finite(l.Last())}
	for i, v := range l.Values {
		words := ""
		if i >= l.From {
			words = f.Q.Number(v)
		}
		w.Words = append(w.Words, words)
	}
	return w
}
