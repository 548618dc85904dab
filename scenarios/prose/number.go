// Package prose puts the numbers, dates, units and names of a model into the words of its
// readers. Headline, tables, charts and files take their words from here, so that a figure
// reads the same everywhere. The page's script has the same rules in
// scenarios/report/web/src/live/words.ts; one table of cases holds both to them.
package prose

import (
	"math"
	"strconv"
	"strings"

	"weir/scenarios/words"
)

// Finite returns a pointer to v, or nil if v is NaN or infinite: JSON has no such numbers.
func Finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// Described returns the line under a chart's title that explains its numbers: "millions of
// dollars a year".
func (q Quantity) Described() string {
	switch q.Kind {
	case Money:
		return q.counted() + Join("dollars", q.Rate)
	case Share:
		return Join("percent", q.Rate)
	case Index:
		return "index: 1 is the level at the start"
	}
	return q.counted() + q.Unit
}

// counted returns "millions of " where the axis counts in millions, otherwise "".
func (q Quantity) counted() string {
	if q.Millions {
		return "millions of "
	}
	return ""
}

// About returns "about ", for the place before a rounded number; shares and indexes are
// spoken without it.
func (q Quantity) About() string {
	if q.Kind == Share || q.Kind == Index {
		return ""
	}
	return "about "
}

// small are the counts that a sentence spells out.
var small = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
	"eleven", "twelve"}

// Spelled returns a count as a sentence has it: in words up to twelve, in digits above. n
// is not negative.
func Spelled(n int) string {
	if n < len(small) {
		return small[n]
	}
	return Decimals(float64(n))
}

// Summed returns the quantity added up over time: dollars a year become dollars. Sums are
// rounded to three figures of their own, not to a thousandth of the level.
func (q Quantity) Summed() Quantity {
	q.Rate, q.Finest, q.Coarse = "", min(q.Finest, 1), 0
	if amount, rate := CutRate(q.Unit); rate != "" {
		q.Unit = amount
	}
	return q
}

// A Quantity is a rule for putting the numbers of one variable into words. Headline,
// tables, chart labels and tooltips all take their numbers from it, so that a figure reads
// the same in all places. The zero value writes pure numbers, rounded to three figures.
type Quantity struct {
	Kind   Kind
	Unit   string  // in words after the number, "children"; "" for shares, indexes and pure numbers
	Rate   string  // "a year" after an amount of money or a share; "" if none
	Finest float64 // smallest step of rounding
	// Coarse is the smallest step of a difference: a thousandth of the level. No model of
	// this kind is more precise than that.
	Coarse float64
	// Signs: numbers are differences and carry a plus or a minus.
	Signs bool
	// Millions: axes of this quantity count in millions.
	Millions bool
}

// A Kind is a way of writing a number.
type Kind uint8

const (
	Plain Kind = iota // 21,800 children
	Money             // $3.1 million a year
	Share             // 22.5%, differences in points
	Index             // 0.93, two decimals
)

// Rounded returns v as a speaker rounds it: to three figures, and from 5 up to the nearest
// 5 in the third, but never finer than finest. 1,147.3 becomes 1,150 and 5,423 becomes
// 5,400. NaN and infinities are returned unchanged.
func Rounded(v, finest float64) float64 {
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return v
	}
	digits := math.Floor(math.Log10(math.Abs(v)))
	step := math.Pow(10, digits-2)
	if math.Abs(v) >= 5*math.Pow(10, digits) {
		step *= 5
	}
	if step < finest {
		step = finest
	}
	return math.Round(v/step) * step
}

// QuantityOf returns the quantity of a unit in words (see UnitWords, PrintedWords). largest
// is the largest magnitude that will be printed: differences are rounded to a thousandth of
// it, and among hundreds there are no decimals.
func QuantityOf(words string, isIndex bool, largest float64) Quantity {
	q := Quantity{Millions: largest >= 2e6, Coarse: thousandth(largest)}
	if largest >= 100 {
		q.Finest = 1
	}
	q.Finest = max(q.Finest, q.Coarse)
	amount, rate := CutRate(words)
	switch {
	case isIndex:
		return Quantity{Kind: Index, Finest: 0.01}
	case amount == "dollars":
		q.Kind, q.Rate = Money, rate
	case isShare(amount, largest):
		return Quantity{Kind: Share, Rate: rate, Finest: 0.1}
	default:
		q.Unit = strings.TrimSpace(amount + " " + rate)
	}
	return q
}

// isShare reports whether an amount is printed as a percentage: if its unit is a share, or
// if it has no unit and stays between -1 and 1.
func isShare(amount string, largest float64) bool {
	switch amount {
	case "share", "fraction", "shares", "fractions":
		return largest <= 10
	case "":
		return largest <= 1
	}
	return false
}

// Number returns v rounded, without the unit: "21,800", "$3.1 million", "22.5%". NaN and
// infinities are "not a number".
func (q Quantity) Number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "not a number"
	}
	if q.Signs {
		q.Signs = false
		return q.Signed(v)
	}
	switch q.Kind {
	case Money:
		return sign(v, q.digits(v, "$", ""))
	case Share:
		return sign(v, q.digits(v*100, "", "%"))
	case Index:
		return sign(v, strconv.FormatFloat(math.Abs(math.Round(v*100)/100), 'f', 2, 64))
	}
	return sign(v, q.digits(v, "", ""))
}

// With returns v rounded, with the unit: "21,800 children", "$3.1 million a year".
func (q Quantity) With(v float64) string {
	tail := q.Rate
	if q.Unit != "" {
		tail = q.Unit
	}
	return strings.TrimSpace(q.Number(v) + " " + tail)
}

// thousandth returns the step of rounding at a thousandth of a magnitude: 10 for 35,000,
// 0.05 for 80. It is 0 for a magnitude that is not finite or not positive.
func thousandth(largest float64) float64 {
	if largest <= 0 || math.IsInf(largest, 0) || math.IsNaN(largest) {
		return 0
	}
	step := math.Pow(10, math.Floor(math.Log10(largest))-3)
	if largest >= 5*math.Pow(10, math.Floor(math.Log10(largest))) {
		step *= 5
	}
	return step
}

// Gap returns the size of a difference without its sign: "1,150", "2.5 points".
func (q Quantity) Gap(v float64) string {
	v, q.Finest = math.Abs(v), max(q.Finest, q.Coarse)
	if q.Kind == Share {
		points := q.digits(v*100, "", "")
		if points == "1" {
			return points + " point"
		}
		return points + pointsUnit
	}
	return q.Number(v)
}

// pointsUnit is the unit of a difference of shares.
const pointsUnit = " points"

// Negligible reports whether a difference is rounded to zero. A NaN is not negligible.
func (q Quantity) Negligible(v float64) bool {
	return !math.IsNaN(v) && !math.IsInf(v, 0) && !strings.ContainsAny(q.Gap(v), "123456789")
}

// Signed returns a difference with its sign: "+1,150", "−960", "0".
func (q Quantity) Signed(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "not a number"
	}
	text := q.Gap(v)
	switch {
	case q.Negligible(v):
		return text
	case v < 0:
		return minus + text
	}
	return "+" + text
}

// More returns the word for the direction of a difference: fewer or more for countable
// things, less or more for money, lower or higher for the rest.
func (q Quantity) More(v float64) string {
	counted := q.Kind == Plain && q.Unit != ""
	switch {
	case q.Kind == Money && v < 0:
		return "less"
	case counted && v < 0:
		return "fewer"
	case q.Kind == Money || counted:
		return "more"
	case v < 0:
		return "lower"
	}
	return "higher"
}

// minus is U+2212, as wide as a plus.
const minus = "−" // U+2212, as wide as a plus

// sign puts a minus before the text of a negative number, unless it was rounded to zero.
func sign(v float64, text string) string {
	if v < 0 && strings.ContainsAny(text, "123456789") {
		return minus + text
	}
	return text
}

// digits returns the rounded magnitude of v between before and after.
func (q Quantity) digits(v float64, before, after string) string {
	v = math.Abs(Rounded(v, q.Finest))
	for _, big := range []struct {
		size float64
		name string
	}{{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}} {
		if v >= big.size {
			return before + Decimals(v/big.size) + big.name + after
		}
	}
	return before + Decimals(v) + after
}

// Decimals returns a number from zero up that is already rounded, with thousands separated
// by commas and no more decimals than it needs: at most four significant figures below
// 1,000.
func Decimals(v float64) string {
	places := 0
	if v > 0 && v < 1000 {
		places = max(0, 3-int(math.Floor(math.Log10(v))))
	}
	whole, part, found := strings.Cut(fixed(v, places), ".")
	if part = strings.TrimRight(part, "0"); !found || part == "" {
		return whole
	}
	return whole + "." + part
}

// fixed returns a number from zero up with a count of decimals, thousands separated by
// commas.
func fixed(v float64, places int) string {
	whole, part, found := strings.Cut(strconv.FormatFloat(v, 'f', places, 64), ".")
	if !found {
		return words.Thousands(whole)
	}
	return words.Thousands(whole) + "." + part
}

// Exact returns a number to ten figures, for a title or a file.
func Exact(v float64) string { return strconv.FormatFloat(v, 'g', 10, 64) }
