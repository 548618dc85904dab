package chart

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/opts"

	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/wire"
)

// An option is the part of an option of ECharts that all charts of a page share. The script adds
// what follows from a chart's data and from its size. Colours are variables of the style sheet.
type option struct {
	Aria    opts.Aria    `json:"aria"`
	Tooltip opts.Tooltip `json:"tooltip"`
	XAxis   opts.XAxis   `json:"xAxis"`
	YAxis   opts.YAxis   `json:"yAxis"`
}

// Looks returns the option that the charts of a page share, and the looks of its lines: of the
// first slots scenarios, the baseline among them, and of the lines that a reader makes.
func Looks(slots int) wire.Looks {
	out := wire.Looks{Base: base(), Dashes: map[string][]int{}}
	lines := map[string]opts.LineStyle{}
	put := func(key, color string, width float32, dash []int) {
		lines[key], out.Dashes[key] = opts.LineStyle{Color: "var(--" + color + ")", Width: width}, dash
	}
	for i := range slots {
		width := float32(1.8)
		if i == 0 {
			width = 2.2
		}
		put(draw.SlotKey(i), draw.SlotKey(i), width, draw.LookOf(i).Dash)
	}
	put("yours", "yours", 2.6, nil)
	for i, dash := range [][]int{{2, 5}, {9, 4}, {12, 3, 3, 3}} {
		put([]string{"pinned", "pinned two", "pinned three"}[i], "pinned", 2.6, dash)
	}
	// The parts of a difference have no colour of their own: dashes and labels tell them apart.
	for i, dash := range [][]int{nil, {8, 4}, {3, 3}, {10, 3, 3, 3}, {1, 4}, {14, 4}, nil} {
		put(fmt.Sprintf("part part%d", i), []string{"ink", "soft"}[min(i/2, 1)], 1.8, dash)
	}
	out.Lines = lines
	return out
}

// base returns the shared option: scales without lines of their own, rules at the ticks of the
// value axis, and a tooltip that the script shows, by mouse and by key.
func base() option {
	rule, hidden, shown := &opts.LineStyle{Color: "var(--rule)"}, opts.Bool(false), opts.Bool(true)
	label := &opts.AxisLabel{Color: "var(--soft)", ShowMinLabel: shown, ShowMaxLabel: shown}
	return option{
		Aria:    opts.Aria{Enabled: shown},
		Tooltip: opts.Tooltip{Trigger: "axis", TriggerOn: "none", BackgroundColor: "var(--box)", BorderColor: "var(--soft)"},
		XAxis: opts.XAxis{Type: "value", AxisLabel: label, AxisLine: &opts.AxisLine{Show: hidden, OnZero: hidden},
			AxisTick: &opts.AxisTick{LineStyle: rule}, SplitLine: &opts.SplitLine{Show: hidden}},
		YAxis: opts.YAxis{Type: "value", AxisLabel: label, AxisLine: &opts.AxisLine{Show: hidden},
			SplitLine: &opts.SplitLine{Show: shown, LineStyle: rule}},
	}
}
