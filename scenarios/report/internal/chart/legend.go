package chart

import (
	"weir/scenarios/prose"
)

// BandMeaning explains a band in a sentence, for pictures that leave the page; "" without
// futures.
func (b *Charts) BandMeaning() string {
	if !b.HasFutures() {
		return ""
	}
	return "Shaded: in 8 of 10 of " + prose.Decimals(float64(b.C.Uncertainty.Counted)) +
		" futures the value lies here. Thin lines: single futures."
}

// BandLegend explains the bands in words; "" without futures.
func (b *Charts) BandLegend() string {
	u := b.C.Uncertainty
	if u == nil || u.Counted == 0 {
		return ""
	}
	cut := ""
	for _, f := range b.Drawn() {
		if f.CutOff {
			cut = " A thin line that leaves a chart breaks off; a band that does goes on beyond the edge."
		}
	}
	return " The shaded band holds 8 of 10 of " + prose.Decimals(float64(u.Counted)) +
		" futures: 1 in 10 ends above it, 1 in 10 below. Each thin line is one of these futures, " +
		"the same ones in every scenario." +
		" Each line is the median of the futures. Lines inside a band can still be told apart, because scenarios are compared within the same " +
		"future: see the difference chart." + cut
}

// Arrange puts charts of one quantity into rows of their own, with one scale, and the
// single ones together. The first group gives the main chart alone; the others of that group are
// left out. groups must not have an empty one.
func Arrange(groups [][]*Figure) (first *Figure, rows [][]*Figure) {
	single := []*Figure{}
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
		rows = append([][]*Figure{single}, rows...)
	}
	return first, rows
}

// Legend explains points, lines and colours.
func Legend(figs []*Figure) string {
	text := "Grey: no new decisions"
	for _, f := range figs {
		if len(f.Recorded) > 0 {
			return "Points: recorded. " + text +
				", dotted from where the records end. Colours: scenarios, from today on; the number is " +
				"the value at the end."
		}
	}
	return text + ", dotted from today on. Colours: scenarios, from today on; the number is the value at the end."
}
