package chart

import (
	"encoding/json"
	"html/template"
	"math"
	"strconv"
	"strings"

	"weir/scenarios"
	"weir/scenarios/internal/pack"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/wire"
)

// A Band is the range of a line over the futures: the 10th and the 90th percentile, and
// single futures, one value per time of the figure.
type Band struct {
	Low, High []float64
	Futures   [][]float64
}

// bandOf returns the drawn rows of a band; nil for nil. rows are the places of the times that the
// figure shows. The numbers are copies.
func bandOf(s *scenarios.Band, rows []int) *Band {
	if s == nil {
		return nil
	}
	b := &Band{Low: pick(s.Low, rows), High: pick(s.High, rows)}
	for _, f := range s.Futures {
		b.Futures = append(b.Futures, pick(f, rows))
	}
	return b
}

// ends calls see for both ends of the band from a row on. Single futures do not count for
// the scale: one that runs away would flatten everything else.
func (b *Band) ends(from int, see func(float64)) {
	if b == nil {
		return
	}
	for _, series := range [][]float64{b.Low, b.High} {
		for _, v := range series[min(from, len(series)):] {
			see(v)
		}
	}
}

// cutFutures makes single futures break off where they leave the scale. NaN is a gap in a line.
// CutOff then makes the page say that something is left out.
func (f *Figure) cutFutures() {
	for _, l := range f.Lines {
		if l.Band == nil {
			continue
		}
		l.Band.ends(f.Now, func(v float64) { f.CutOff = f.CutOff || v < f.Y.Min || v > f.Y.Max })
		for _, series := range l.Band.Futures {
			for i, v := range series {
				if v < f.Y.Min || v > f.Y.Max {
					series[i], f.CutOff = math.NaN(), true
				}
			}
		}
	}
}

// addBands adds the bands of a chart's lines, which are drawn from today on. At first only no new
// decisions and the best scenario show theirs, since more would cover each other.
func (b *Charts) addBands(f *Figure, p scenarios.Panel, rows []int) {
	if p.BaselineBand == nil {
		return
	}
	f.Lines[0].Band = bandOf(p.BaselineBand, rows)
	for i := range b.C.Runs {
		f.Lines[i+1].Band = bandOf(p.RunBands[i], rows)
	}
	f.Shown = []int{0}
	if best := b.Best(); best > 0 {
		f.Shown = append(f.Shown, best)
	}
}

// addDifferenceBands adds the bands of the chart of differences. They are paired: each
// future less the same future with no new decisions. The line of no new decisions has none: its
// difference from itself is 0.
func (b *Charts) addDifferenceBands(d *Figure, p scenarios.Panel, rows []int) {
	if p.DifferenceBands == nil {
		return
	}
	for i := range b.C.Runs {
		d.Lines[i+1].Band = bandOf(p.DifferenceBands[i], rows)
	}
	if best := b.Best(); best > 0 {
		d.Shown = []int{best}
	}
}

// BandData returns the bands of all charts, by chart and line, for the script; "" without
// futures. They are compressed, because they are most of the numbers of the page. The error is one
// of packing, or of a number that JSON cannot hold.
func (b *Charts) BandData() (template.HTML, error) {
	if !b.HasFutures() {
		return "", nil
	}
	all := map[string]map[string]wire.Band{}
	for _, f := range b.Drawn() {
		all[f.ID] = map[string]wire.Band{}
		for _, l := range f.Lines {
			if l.Band != nil {
				all[f.ID][l.Key] = f.bandData(l.Band)
			}
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	packed, err := pack.Base64(text)
	return template.HTML(packed), err
}

// bandData returns a band in the form of the script.
func (f *Figure) bandData(b *Band) wire.Band {
	return wire.Band{
		Low: sixFigures(b.Low[f.Now:]), High: sixFigures(b.High[f.Now:]), Futures: f.packed(b), Words: f.ranges(b),
	}
}

// sixFigures returns values to six figures, nil for those that are not finite.
func sixFigures(values []float64) []*float64 {
	out := make([]*float64, len(values))
	for i, v := range values {
		if short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64); err == nil {
			out[i] = prose.Finite(short)
		}
	}
	return out
}

// packed returns the single futures of a band in parts of the chart's height. Values beyond
// the axis are at its end.
func (f *Figure) packed(b *Band) [][]*int {
	out := [][]*int{}
	for _, series := range b.Futures {
		row, last := []*int{}, 0
		for _, v := range series[f.Now:] {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				row = append(row, nil)
				continue
			}
			part := int(math.Round((f.Y.Within(v) - f.Y.Min) / (f.Y.Max - f.Y.Min) * wire.Fineness))
			step := part - last
			row, last = append(row, &step), part
		}
		out = append(out, row)
	}
	return out
}

// ranges returns the ends of a band in words from Now on, for the tooltip.
func (f *Figure) ranges(b *Band) []string {
	out := []string{}
	for i := f.Now; i < len(f.Times); i++ {
		out = append(out, f.Q.Between(b.Low[i], b.High[i]))
	}
	return out
}

// drawBands draws the bands that are shown at first into the static picture.
func (f *Figure) drawBands(c *draw.Canvas, fr draw.Frame) {
	for _, slot := range f.Shown {
		l := f.Lines[slot]
		if l.Band == nil {
			continue
		}
		c.Path(f.outline(fr, l.Band), "band "+l.Key)
	}
	for _, slot := range f.Shown {
		l := f.Lines[slot]
		if l.Band == nil || !f.Main && !f.Wide {
			continue
		}
		for _, series := range l.Band.Futures {
			c.Path(f.trace(fr, Line{Values: series, From: f.Now}, f.X.Min, f.X.Max), "future "+l.Key)
		}
	}
}

// outline returns the path along the high end of a band and back along the low one.
func (f *Figure) outline(fr draw.Frame, b *Band) string {
	var d strings.Builder
	pen := "M"
	put := func(i int, v float64) {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return
		}
		d.WriteString(pen + draw.Px(f.xAt(fr, f.Times[i])) + " " + draw.Px(f.yAt(fr, f.Y.Within(v))))
		pen = "L"
	}
	for i := f.Now; i < len(f.Times); i++ {
		put(i, b.High[i])
	}
	for i := len(f.Times) - 1; i >= f.Now; i-- {
		put(i, b.Low[i])
	}
	if d.Len() == 0 {
		return ""
	}
	return d.String() + "Z"
}
