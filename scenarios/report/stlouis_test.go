package report

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"weir/scenarios"
	"weir/scenarios/report/internal/parts"
)

// stLouis is the city's comparison in 200 of its futures.
func stLouis(t *testing.T) *scenarios.Comparison {
	t.Helper()
	set, list := scenarios.Load("../../examples/st-louis/scenarios.toml")
	if list.HasErrors() {
		t.Fatal(list)
	}
	set.Uncertainty.Runs = 200
	c, err := scenarios.Compare(context.Background(), set, scenarios.Options{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// figure finds a number as the page writes it: sign, dollars, digits, millions, and the
// unit of shares.
const figure = `([+−]?\$?[\d,.]+(?: (?:million|billion))?)(?: points?|%)?`

// spoken returns the value of a number as the page writes it.
func spoken(t *testing.T, text string) float64 {
	t.Helper()
	plain := strings.NewReplacer("$", "", ",", "", "−", "-", "+", "").Replace(text)
	digits, scale, _ := strings.Cut(plain, " ")
	v, err := strconv.ParseFloat(strings.TrimRight(digits, "."), 64)
	if err != nil {
		t.Fatalf("%q is no number of the page: %v", text, err)
	}
	switch scale {
	case "million":
		v *= 1e6
	case "billion":
		v *= 1e9
	}
	return v
}

// within fails unless a number lies in the range beside it.
func within(t *testing.T, what, number, low, high string) {
	t.Helper()
	v, a, b := math.Abs(spoken(t, number)), spoken(t, low), spoken(t, high)
	if a < 0 || b < 0 || strings.HasPrefix(number, "−") || strings.HasPrefix(number, "+") {
		v = spoken(t, number)
	}
	if v < min(a, b) || v > max(a, b) {
		t.Errorf("%s: %s is outside its own range, %s to %s", what, number, low, high)
	}
}

// Read as a reader would: every number of a sentence lies in the range beside it and is the
// number of the table, and so does every number of a table.
func TestNumbersOfStLouisAgree(t *testing.T) {
	c := stLouis(t)
	b := newMaker(c)
	text := ""
	for _, s := range b.verdict.Headline() {
		text += s.String() + "\n"
	}
	pairs := regexp.MustCompile(`(?:about |\()`+figure+`(?: [a-z ]+?)?(?: in (?:all until )?\d+)?(?: than with no new decisions)?(?: \(|; )`+figure+` to `+figure).
		FindAllStringSubmatch(text, -1)
	if len(pairs) < 6 {
		t.Errorf("only %d numbers with a range were found in\n%s", len(pairs), text)
	}
	matrix := ""
	for _, r := range b.verdict.Matrix().Rows {
		matrix += cellWords(r)
	}
	base := b.Figs[0].Q.Number(c.Verdicts[0].Baseline)
	for _, p := range pairs {
		within(t, "the headline", p[1], p[2], p[3])
		if !strings.Contains(matrix, strings.TrimLeft(p[1], "+−")) && !strings.Contains(base, p[1]) {
			t.Errorf("%s is said, and in no table", p[1])
		}
	}
	checked := 0
	for _, table := range append(b.verdict.Tables(), b.verdict.Matrix()) {
		for _, r := range table.Rows {
			for _, cell := range r.Cells {
				if len(cell.More) == 0 || cell.Text == "unclear" {
					continue
				}
				if m := regexp.MustCompile(`^` + figure + ` to ` + figure + `$`).FindStringSubmatch(cell.More[0]); m != nil {
					within(t, table.ID, strings.TrimSuffix(strings.TrimSuffix(cell.Text, " points"), " point"), m[1], m[2])
					checked++
				}
			}
		}
	}
	if checked < 20 {
		t.Errorf("only %d numbers with a range were found in tables", checked)
	}
}

func cellWords(r parts.Row) string {
	text := ""
	for _, c := range r.Cells {
		text += c.Text + "|" + strings.Join(c.More, "|") + "|"
	}
	return text
}

// A line ends within its band, in the number of the table; so does its difference.
func TestLinesOfStLouisEndInTheirBands(t *testing.T) {
	c := stLouis(t)
	b := newMaker(c)
	for _, f := range b.Drawn() {
		for _, l := range f.Lines {
			if l.Band == nil {
				continue
			}
			end := len(l.Values) - 1
			if v := l.Last(); v < l.Band.Low[end] || v > l.Band.High[end] {
				t.Errorf("%s, %s ends at %v, outside %v to %v", f.Title, l.Name, v, l.Band.Low[end], l.Band.High[end])
			}
		}
	}
	for i, r := range c.Runs {
		v := b.Verdict(r.Scenario, c.Set.Outcomes[0])
		if got := b.Difference.Lines[i+1].Last(); math.Abs(got-v.Difference) > 1e-9*math.Abs(v.Difference) {
			t.Errorf("%s: the chart of differences ends at %v, the table says %v", r.Label, got, v.Difference)
		}
	}
}

// Sums of money are what is paid: of the central run, the sum of the file's own numbers,
// undiscounted, by the trapezoid rule over its rows.
func TestMoneyOfStLouisIsTheFilesSum(t *testing.T) {
	c := stLouis(t)
	checked := 0
	for _, v := range c.Verdicts {
		if !v.Outcome.Cost {
			continue
		}
		for _, r := range c.Runs {
			if r.Scenario != v.Scenario {
				continue
			}
			sum, rate := 0.0, r.Result.Series(v.Outcome.Variable)
			for i := 1; i < len(c.Time); i++ {
				if c.Time[i-1] >= c.Today {
					sum += (c.Time[i] - c.Time[i-1]) * (rate[i-1] + rate[i]) / 2
				}
			}
			if math.Abs(sum-v.Central.Value) > 1e-9*math.Abs(sum) {
				t.Errorf("%s: the file adds up to %v, the verdict to %v", r.Label, sum, v.Central.Value)
			}
			checked++
		}
		if d := v.Discounted; d == nil || math.Abs(d.Difference) > math.Abs(v.Difference) {
			t.Errorf("%s: discounted %+v is more than the %v that are paid", v.Scenario.Label, d, v.Difference)
		}
	}
	if checked != len(c.Runs) {
		t.Errorf("%d costs were checked", checked)
	}
}
