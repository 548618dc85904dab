package prose

import (
	"math"
	"strings"
)

// An Axis is a scale with its ticks. Words are the labels of Ticks; both have one length.
type Axis struct {
	Min   float64   `json:"min"`
	Max   float64   `json:"max"`
	Step  float64   `json:"step"`
	Ticks []float64 `json:"ticks"`
	Words []string  `json:"words"`
	Cut   bool      `json:"cut"` // zero is not on it, though all values are on one side of it
}

// Within returns the place on the axis nearest to v.
func (a Axis) Within(v float64) float64 { return min(a.Max, max(a.Min, v)) }

// NiceStep returns the largest of 1, 2, 5 times a power of ten that divides width into at
// least n parts, so that ticks are round (Heckbert, "Nice numbers for graph labels",
// Graphics Gems, 1990). It is 1 for a width that is not finite or not positive.
func NiceStep(width, n float64) float64 {
	if width <= 0 || math.IsInf(width, 0) || math.IsNaN(width) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(width/n)))
	step := power
	for _, m := range []float64{2, 5} {
		if m*power*n <= width {
			step = m * power
		}
	}
	return step
}

// ValueAxis returns an axis that holds all values from low to high; low > high means that
// there are none. Zero is on it unless the lines would then have less than half of the
// height: Cut reports that.
func ValueAxis(low, high float64, q Quantity) Axis {
	if low > high {
		low, high = 0, 1
	}
	if low == high {
		low, high = low-math.Max(math.Abs(low)/10, 0.5), high+math.Max(math.Abs(high)/10, 0.5)
	}
	if low > 0 && (high-low)/high > 0.5 {
		low = 0
	}
	if high < 0 && (high-low)/-low > 0.5 {
		high = 0
	}
	step := NiceStep(high-low, 2.5)
	a := Axis{Min: floorTo(low, step), Max: -floorTo(-high, step), Step: step}
	a.Ticks = ticks(a.Min, a.Max, step)
	a.Cut = a.Min > 0 || a.Max < 0
	a.trim(high)
	for _, t := range a.Ticks {
		a.Words = append(a.Words, q.Tick(t, step))
	}
	return a
}

// floorTo returns the highest multiple of step not above v. The slack of 1e-9 steps takes a
// v that should be a multiple for one.
func floorTo(v, step float64) float64 { return math.Floor(v/step+1e-9) * step }

// trim removes the upper part of the last step if no line reaches it.
func (a *Axis) trim(high float64) {
	last := a.Ticks[len(a.Ticks)-1]
	if room := last - high; len(a.Ticks) > 3 && room > 0.4*a.Step {
		a.Max = high + 0.1*a.Step
		a.Ticks = a.Ticks[:len(a.Ticks)-1]
	}
}

// Tick returns the label of a round number on an axis, with as many decimals as the step
// needs.
func (q Quantity) Tick(v, step float64) string {
	digits := places(step * q.scale())
	if q.Kind == Index {
		digits = max(1, digits)
	}
	text := q.dressed(v, q.exactly(v*q.scale(), digits))
	if q.Signs && v > 0 {
		return "+" + text
	}
	return text
}

// Brief returns v rounded for a label beside an axis, in the axis's scale: "$3.1m".
func (q Quantity) Brief(v float64) string {
	if q.scale() == 1 || q.Kind == Share || q.Signs || math.IsNaN(v) || math.IsInf(v, 0) {
		return q.Number(v)
	}
	return q.dressed(v, sign(v, Decimals(math.Abs(Rounded(v*q.scale(), max(0.01, q.Coarse*q.scale()))))))
}

// dressed adds the signs of money and shares to a number.
func (q Quantity) dressed(v float64, text string) string {
	switch {
	case q.Kind == Money && strings.HasPrefix(text, minus):
		return minus + "$" + strings.TrimPrefix(text, minus) + q.short()
	case q.Kind == Money:
		return "$" + text + q.short()
	case q.Kind == Share:
		return text + "%"
	}
	return text
}

// short is the sign for millions beside an axis; the line under the title spells it out.
func (q Quantity) short() string {
	if q.Millions {
		return "m"
	}
	return ""
}

// scale is the factor of numbers beside an axis: 100 for percent, a millionth for millions.
func (q Quantity) scale() float64 {
	switch {
	case q.Kind == Share:
		return 100
	case q.Millions:
		return 1e-6
	}
	return 1
}

// exactly returns v with a count of decimals.
func (Quantity) exactly(v float64, digits int) string {
	scale := math.Pow(10, float64(digits))
	v = math.Round(v*scale) / scale
	text := fixed(math.Abs(v), digits)
	return sign(v, text)
}

// places returns how many decimals a step of 1, 2 or 5 times a power of ten needs.
func places(step float64) int {
	return max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
}

// TimeAxis returns an axis from first to last with ticks at round times; years are whole.
func TimeAxis(first, last float64, c Calendar) Axis {
	step := NiceStep(last-first, 5)
	if c.real && step < 1 {
		step = 1
	}
	a := Axis{Min: first, Max: last, Step: step, Ticks: ticks(math.Ceil(first/step-1e-9)*step, last, step)}
	for _, t := range a.Ticks {
		a.Words = append(a.Words, c.tick(t))
	}
	return a
}

// ticks returns the multiples of a step from first to last, at most 101. They are counted
// in integers, so that they do not drift.
func ticks(first, last, step float64) []float64 {
	out := []float64{}
	for i := 0; i <= 100; i++ {
		t := first + float64(float64(i)*step)
		if t > last+step*1e-6 {
			break
		}
		out = append(out, math.Round(t/step*1e6)/1e6*step)
	}
	return out
}

// Word returns a time of the axis in words.
func (a Axis) Word(t float64) string { return decimalsOfYear(t) }

// decimalsOfYear returns a time as a year if it looks like one, otherwise to two decimals.
func decimalsOfYear(t float64) string {
	if t == math.Trunc(t) && t >= 1000 && t < 10000 {
		return fixedYear(t)
	}
	return Decimals(math.Round(t*100) / 100)
}

// fixedYear returns a time as a year.
func fixedYear(t float64) string { return Calendar{Unit: "year", real: true}.Date(t) }
