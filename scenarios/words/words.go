// Package words writes numbers, counts and lists in English. The terminal and the page take
// them from here, so that a figure reads the same in both.
package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// NotAvailable is the value of the word na in equations, as in Vensim.
const NotAvailable = -0x1p109

// Number writes x in at most nine characters or so, for reading. Files have all digits.
func Number(x float64) string {
	a := math.Abs(x)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return fmt.Sprint(x)
	case x == NotAvailable:
		return "na"
	case a >= 1e9 || (a < 1e-4 && a > 0):
		return strconv.FormatFloat(x, 'g', 4, 64)
	case a >= 10000:
		return Grouped(math.Round(x))
	}
	return strconv.FormatFloat(x, 'g', 5+leading(a), 64)
}

// leading returns a further digit for thousands, so that years keep their quarters.
func leading(a float64) int {
	if a >= 1000 {
		return 1
	}
	return 0
}

// Exact writes x with the fewest digits that read back to the same bits.
func Exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// Grouped writes a whole number with commas between thousands.
func Grouped(x float64) string {
	s := Thousands(strconv.FormatFloat(math.Abs(x), 'f', 0, 64))
	if x < 0 {
		s = "-" + s
	}
	return s
}

// Thousands puts commas between groups of three digits.
func Thousands(whole string) string {
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole
}

// Percent writes a share with two significant digits: 0.0123 is "1.2 %".
func Percent(share float64) string {
	if a := math.Abs(share); a >= 0.995 && a < 1e6 {
		return Grouped(math.Round(100*share)) + " %"
	}
	return strconv.FormatFloat(100*share, 'g', 2, 64) + " %"
}

// Count writes a number of things, from zero up: "1 error", "2,000 errors".
func Count(n int, thing string) string { return Plural(n, thing, thing+"s") }

// Plural writes a number of things whose plural is no plain s: "2 series".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Thousands(strconv.Itoa(n)) + " " + many
}

// Verb returns the form that goes with so many things: "was" or "were".
func Verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// List joins words as in a sentence: "a", "a and b", "a, b and c".
func List(list []string) string { return joined(list, " and ") }

// Or joins words as in a sentence: "a, b or c".
func Or(list []string) string { return joined(list, " or ") }

// joined returns a list with last before its last element.
func joined(list []string, last string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + last + list[len(list)-1]
}

// Few joins names with commas, no more than about that many.
func Few(names []string, most int) string {
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// Bytes writes an amount of memory: "12 MB", "3 GB". Above 1 GB it rounds up.
func Bytes(n float64) string {
	if n < 1<<30 {
		return fmt.Sprintf("%.0f MB", n/(1<<20))
	}
	return Grouped(math.Ceil(n/(1<<30))) + " GB"
}
