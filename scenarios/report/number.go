package report

import (
	"math"
	"strconv"
	"strings"
)

// A quantity says how the numbers of one thing are put into words. Headline,
// tables, chart labels and tooltips all take their numbers from it, so that a
// figure reads the same wherever it stands.
type quantity struct {
	kind   kind
	unit   string  // in words after the number, "children"; "" for shares, indexes and pure numbers
	rate   string  // "a year" after an amount of money or a share; "" if none
	finest float64 // smallest step of rounding
	// coarse is the smallest step of a difference: a thousandth of what it is a
	// difference of. Finer than that no model of this kind speaks.
	coarse float64
	// signs: numbers are differences and carry a plus or a minus.
	signs bool
	// millions: axes of this quantity count in millions.
	millions bool
}

// A kind is a way of writing a number.
type kind uint8

const (
	plain kind = iota // 21,800 children
	money             // $3.1 million a year
	share             // 22.5%, differences in points
	index             // 0.93, two decimals
)

// speaker rounds as a speaker would: to three figures, and from 5 up to the nearest
// 5 in the third, but never finer than finest. 1,147.3 becomes 1,150 and 5,423
// becomes 5,400. NaN and infinities stay what they are.
func speaker(v, finest float64) float64 {
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

// quantityOf chooses the words for a unit in words (unitWords, printedWords). largest
// is the largest magnitude that will be printed: among thousands nobody speaks of tenths.
func quantityOf(words string, isIndex bool, largest float64) quantity {
	q := quantity{millions: largest >= 2e6, coarse: thousandth(largest)}
	if largest >= 100 {
		q.finest = 1
	}
	q.finest = max(q.finest, q.coarse)
	amount, rate := cutRate(words)
	switch {
	case isIndex:
		return quantity{kind: index, finest: 0.01}
	case amount == "dollars":
		q.kind, q.rate = money, rate
	case isShare(amount, largest):
		return quantity{kind: share, rate: rate, finest: 0.1}
	default:
		q.unit = strings.TrimSpace(amount + " " + rate)
	}
	return q
}

// isShare reports whether an amount is printed as a percentage: it says so, or has
// no unit and stays between -1 and 1.
func isShare(amount string, largest float64) bool {
	switch amount {
	case "share", "fraction", "shares", "fractions":
		return largest <= 10
	case "":
		return largest <= 1
	}
	return false
}

// number writes v rounded, without the unit: "21,800", "$3.1 million", "22.5%".
func (q quantity) number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "not a number"
	}
	if q.signs {
		q.signs = false
		return q.signed(v)
	}
	switch q.kind {
	case money:
		return sign(v, q.digits(v, "$", ""))
	case share:
		return sign(v, q.digits(v*100, "", "%"))
	case index:
		return sign(v, strconv.FormatFloat(math.Abs(math.Round(v*100)/100), 'f', 2, 64))
	}
	return sign(v, q.digits(v, "", ""))
}

// with writes v rounded, with the unit: "21,800 children", "$3.1 million a year".
func (q quantity) with(v float64) string {
	tail := q.rate
	if q.unit != "" {
		tail = q.unit
	}
	return strings.TrimSpace(q.number(v) + " " + tail)
}

// thousandth is the step of rounding at a thousandth of a magnitude: 10 for 35,000,
// 0.05 for 80.
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

// gap writes the size of a difference without its sign: "1,150", "2.5 points".
func (q quantity) gap(v float64) string {
	v, q.finest = math.Abs(v), max(q.finest, q.coarse)
	if q.kind == share {
		return q.digits(v*100, "", " points")
	}
	return q.number(v)
}

// negligible reports whether a difference is rounded to nothing.
func (q quantity) negligible(v float64) bool {
	return !math.IsNaN(v) && !math.IsInf(v, 0) && !strings.ContainsAny(q.gap(v), "123456789")
}

// signed writes a difference with its sign: "+1,150", "−960", "0".
func (q quantity) signed(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "not a number"
	}
	text := q.gap(v)
	switch {
	case q.negligible(v):
		return text
	case v < 0:
		return minus + text
	}
	return "+" + text
}

// more says in which direction a difference goes: fewer or more for things that are
// counted, lower or higher for the rest.
func (q quantity) more(v float64) string {
	counted := q.kind == plain && q.unit != ""
	switch {
	case q.kind == money && v < 0:
		return "less"
	case counted && v < 0:
		return "fewer"
	case q.kind == money || counted:
		return "more"
	case v < 0:
		return "lower"
	}
	return "higher"
}

const minus = "−" // U+2212, as wide as a plus

// sign puts a minus before the text of a negative number, unless it was rounded to zero.
func sign(v float64, text string) string {
	if v < 0 && strings.ContainsAny(text, "123456789") {
		return minus + text
	}
	return text
}

// digits writes the rounded magnitude of v between before and after.
func (q quantity) digits(v float64, before, after string) string {
	v = math.Abs(speaker(v, q.finest))
	for _, big := range []struct {
		size float64
		name string
	}{{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}} {
		if v >= big.size {
			return before + decimals(v/big.size) + big.name + after
		}
	}
	return before + decimals(v) + after
}

// decimals writes a number that is already rounded, with thousands separated by
// commas and no more decimals than it needs.
func decimals(v float64) string {
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

// fixed writes a number from zero up with so many decimals, thousands separated by commas.
func fixed(v float64, places int) string {
	whole, part, found := strings.Cut(strconv.FormatFloat(v, 'f', places, 64), ".")
	if !found {
		return thousands(whole)
	}
	return thousands(whole) + "." + part
}

// thousands puts commas between groups of three digits.
func thousands(whole string) string {
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole
}

// exact writes a number in full, for a title or a file.
func exact(v float64) string { return strconv.FormatFloat(v, 'g', 10, 64) }
