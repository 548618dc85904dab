package chart

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"weir/scenarios/prose"
	"weir/scenarios/report/internal/wire"
)

// option returns the chart's ECharts option. The script adds the parts that JSON cannot
// hold: tick labels in words, and the sizes of the margins. Its ids are fixed, so the same
// comparison makes the same bytes.
func (f *Figure) option() map[string]any {
	c := charts.NewLine()
	c.SetGlobalOptions(
		charts.WithInitializationOpts(opts.Initialization{ChartID: f.ID}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(false)}),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true), Label: &opts.AriaLabel{Description: f.inWords()}}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: f.X.Min, Max: f.X.Max}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: f.Y.Min, Max: f.Y.Max, MinInterval: f.Y.Step,
			MaxInterval: f.Y.Step}),
	)
	for _, l := range f.Lines[1:] {
		f.addLine(c, l.Key, l, math.Inf(-1), math.Inf(1), "solid")
	}
	f.addLine(c, "s0", f.Lines[0], math.Inf(-1), f.known(), "solid")
	f.addLine(c, "s0-beyond", f.Lines[0], f.known(), math.Inf(1), "dotted")
	f.addRecorded(c)
	c.Validate()
	f.pack(c)
	option := c.JSON()
	for _, unused := range []string{"title", "legend", "tooltip", "toolbox", "color"} {
		delete(option, unused)
	}
	return option
}

// addLine adds the part of a line between two times as a series.
func (f *Figure) addLine(c *charts.Line, id string, l Line, from, to float64, dash string) {
	c.AddSeries(l.Name, f.lineData(l, from, to),
		func(s *charts.SingleSeries) { s.Id, s.Color = id, "var(--"+l.Key+")" },
		charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(false)}),
		charts.WithLineStyleOpts(opts.LineStyle{Width: 2.5, Type: dash, Color: "var(--" + l.Key + ")"}))
}

// lineData returns a line's values between two times; a number that is not finite becomes a
// gap.
func (f *Figure) lineData(l Line, from, to float64) []opts.LineData {
	out := []opts.LineData{}
	for i := l.From; i < len(f.Times); i++ {
		if t := f.Times[i]; t >= from-1e-9 && t <= to+1e-9 {
			out = append(out, opts.LineData{Value: prose.Finite(l.Values[i])})
		}
	}
	return out
}

// pack takes the times out of the series that are lines: all lines of a figure share them.
// The script puts them back.
func (f *Figure) pack(c *charts.Line) {
	for i := range c.MultiSeries {
		s := &c.MultiSeries[i]
		data, ok := s.Data.([]opts.LineData)
		if !ok || s.Id == "recorded" {
			continue
		}
		r := wire.Series{Values: []*float64{}}
		for _, d := range data {
			v, _ := d.Value.(*float64)
			r.Values = append(r.Values, v)
		}
		r.First = f.firstRow(s.Id)
		s.Data = r
	}
}

// firstRow returns the row at which a series begins.
func (f *Figure) firstRow(id string) int {
	if id == "s0-beyond" {
		for i, t := range f.Times {
			if t >= f.known()-1e-9 {
				return i
			}
		}
	}
	for _, l := range f.Lines {
		if l.Key == id {
			return l.From
		}
	}
	return 0
}

// addRecorded adds the recorded points, black, without a line.
func (f *Figure) addRecorded(c *charts.Line) {
	data := []opts.LineData{}
	for _, p := range f.Recorded {
		data = append(data, opts.LineData{Value: [2]any{p.X, p.Y}, Symbol: "circle", SymbolSize: 7})
	}
	c.AddSeries("recorded", data,
		func(s *charts.SingleSeries) { s.Id, s.Color = "recorded", "var(--ink)" },
		charts.WithLineChartOpts(opts.LineChart{ShowSymbol: opts.Bool(true)}),
		charts.WithLineStyleOpts(opts.LineStyle{Opacity: opts.Float(0), Width: 0}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: "var(--ink)"}))
}
