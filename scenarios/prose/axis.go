package prose

import (
	"math"
	"strings"
)

// An Axis is a scale with its ticks; the ticks carry the words that are printed.
type Axis struct {
	Min   float64   `json:"min"`
	Max   float64   `json:"max"`
	Step  float64   `json:"step"`
	Ticks []float64 `json:"ticks"`
	Words []string  `json:"words"`
	Cut   bool      `json:"cut"` // zero is not on it, though all values are on one side of it
}

// Within is the place on the axis nearest to v.
func (a Axis) Within(v float64) float64 { return min(a.Max, max(a.Min, v)) }

// NiceStep gives the largest of 1, 2, 5 times a power of ten that divides width into
// at least n parts, so that ticks are round (Heckbert, "Nice numbers for graph
// labels", Graphics Gems, 1990).
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

// ValueAxis holds all values from low to high. Zero is on it unless that would leave
// the lines in less than half of the height: then Cut says so.
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

// floorTo is the highest multiple of step not above v.
func floorTo(v, step float64) float64 { return math.Floor(v/step+1e-9) * step }

// trim takes away the upper part of the last step if no line goes there.
func (a *Axis) trim(high float64) {
	last := a.Ticks[len(a.Ticks)-1]
	if room := last - high; len(a.Ticks) > 3 && room > 0.4*a.Step {
		a.Max = high + 0.1*a.Step
		a.Ticks = a.Ticks[:len(a.Ticks)-1]
	}
}

// Tick writes a round number of an axis, with as many decimals as its step needs.
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

// Brief writes v rounded for a place beside an axis, in the axis's scale.
func (q Quantity) Brief(v float64) string {
	if q.scale() == 1 || q.Kind == Share || q.Signs || math.IsNaN(v) || math.IsInf(v, 0) {
		return q.Number(v)
	}
	return q.dressed(v, sign(v, Decimals(math.Abs(Rounded(v*q.scale(), 0.01)))))
}

// dressed puts the signs of money and shares to a number.
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

// short stands for millions beside an axis; the line under the title spells it out.
func (q Quantity) short() string {
	if q.Millions {
		return "m"
	}
	return ""
}

// scale is what numbers are multiplied by beside an axis: percent, or millions.
func (q Quantity) scale() float64 {
	switch {
	case q.Kind == Share:
		return 100
	case q.Millions:
		return 1e-6
	}
	return 1
}

// exactly writes v with so many decimals.
func (Quantity) exactly(v float64, digits int) string {
	scale := math.Pow(10, float64(digits))
	v = math.Round(v*scale) / scale
	text := fixed(math.Abs(v), digits)
	return sign(v, text)
}

// places is how many decimals a step of 1, 2 or 5 times a power of ten needs.
func places(step float64) int {
	return max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
}

// TimeAxis runs from first to last with ticks at round times.
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

// ticks counts from first to last; counted with integers, so that they do not drift.
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

// Word writes a time of the axis.
func (a Axis) Word(t float64) string { return decimalsOfYear(t) }

func decimalsOfYear(t float64) string {
	if t == math.Trunc(t) && t >= 1000 && t < 10000 {
		return fixedYear(t)
	}
	return Decimals(math.Round(t*100) / 100)
}

func fixedYear(t float64) string { return Calendar{Unit: "year", real: true}.Date(t) }
