package words_test

import (
	"fmt"
	"math"
	"testing"

	"weir/scenarios/words"
)

func ExampleNumber() {
	fmt.Println(words.Number(2026.25), words.Number(1234567), words.Number(0.1+0.2), words.Number(1e-7))
	// Output: 2026.25 1,234,567 0.3 1e-07
}

func ExampleList() {
	fmt.Println(words.List([]string{"births", "deaths", "moves"}), "|", words.Or([]string{"euler", "rk4"}))
	fmt.Println(words.Few([]string{"a", "b", "c", "d", "e"}, 2))
	// Output:
	// births, deaths and moves | euler or rk4
	// a, b and 3 more
}

func TestWords(t *testing.T) {
	for _, row := range []struct{ got, want string }{
		{words.Number(math.NaN()), "NaN"},
		{words.Number(words.NotAvailable), "na"},
		{words.Number(-12345.6), "-12,346"},
		{words.Grouped(1e6), "1,000,000"},
		{words.Grouped(-999), "-999"},
		{words.Percent(0.01234), "1.2 %"},
		{words.Percent(0.995), "100 %"}, // rounded, not 99.5
		{words.Percent(12), "1,200 %"},
		{words.Count(1, "run"), "1 run"},
		{words.Count(0, "run"), "0 runs"},
		{words.Plural(2, "series", "series"), "2 series"},
		{words.Verb(1, "was", "were"), "was"},
		{words.Few([]string{"a", "b", "c"}, 2), "a, b, c"}, // one more is named, not counted
		{words.List(nil), ""},
		{words.Bytes(3 << 20), "3 MB"},
		{words.Bytes(1.5 * (1 << 30)), "2 GB"},
		{words.Exact(0.1), "0.1"},
	} {
		if row.got != row.want {
			t.Errorf("got %q, want %q", row.got, row.want)
		}
	}
}
