package output

import (
	"fmt"
	"math"
	"strings"

	"weir/scenarios/words"
)

// Dots of a character of braille, U+2800 and up: two beside each other, four below each other.
var dots = [4][2]rune{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}

// plotHeight is the height of a chart in lines.
const plotHeight = 10

// Plot returns a chart of values over times within columns characters: lines of dots between the
// lowest and the highest finite value, with both at its left, and the first and the last time below.
// It breaks where a value is not finite, and is "" if none is or columns leave no room.
func Plot(times, values []float64, columns int) string {
	low, high := span(values)
	if math.IsNaN(low) {
		return ""
	}
	top, bottom := words.Number(high), words.Number(low)
	margin := max(len(top), len(bottom), len(words.Number(0)))
	wide := columns - margin - 2
	if wide < 10 {
		return ""
	}
	cells := make([][]rune, plotHeight)
	for i := range cells {
		cells[i] = make([]rune, wide)
	}
	drawDots(cells, times, values, low, high)
	var b strings.Builder
	for i, row := range cells {
		label := ""
		switch i {
		case 0:
			label = top
		case plotHeight - 1:
			label = bottom
		}
		line := []rune(fmt.Sprintf("%*s ┤", margin, label))
		for _, c := range row {
			if c == 0 {
				line = append(line, ' ')
			} else {
				line = append(line, 0x2800+c)
			}
		}
		b.WriteString(strings.TrimRight(string(line), " ") + "\n")
	}
	first, last := words.Number(times[0]), words.Number(times[len(times)-1])
	fmt.Fprintf(&b, "%*s  %s%*s\n", margin, "", first, max(1, wide-len(first)), last)
	return b.String()
}

// drawDots sets the dots of a line. Between two values every column of dots has one, joined upwards or
// downwards to the one before.
func drawDots(cells [][]rune, times, values []float64, low, high float64) {
	wide, tall := 2*len(cells[0]), 4*len(cells)
	first, length := times[0], times[len(times)-1]-times[0]
	set := func(x, y int) { cells[y/4][x/2] |= dots[y%4][x%2] }
	place := func(v float64) int {
		if high <= low {
			return tall / 2
		}
		return int(math.Round((high - v) / (high - low) * float64(tall-1)))
	}
	// k is the row at or before the time of a column of dots, and before the height of the last dot, -1
	// after a hole.
	before, k := -1, 0
	for x := range wide {
		t := first + float64(length*float64(x)/float64(wide-1))
		for k+1 < len(times)-1 && times[k+1] < t {
			k++
		}
		v := values[min(k, len(values)-1)]
		if k+1 < len(times) && times[k+1] > times[k] {
			share := min(1, max(0, (t-times[k])/(times[k+1]-times[k])))
			v += float64(share * (values[k+1] - values[k]))
		}
		if v-v != 0 { // not finite
			before = -1
			continue
		}
		y := place(v)
		if before < 0 {
			before = y
		}
		// A steep line would be dots with gaps between them.
		for from := before; from != y; {
			if from < y {
				from++
			} else {
				from--
			}
			set(x, from)
		}
		set(x, y)
		before = y
	}
}
