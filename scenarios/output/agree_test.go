package output

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
)

// A reporter is what the checks below need of a test: *testing.T and *rapid.T have it.
type reporter interface {
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Helper()
}

// told are all outputs of one set.
type told struct {
	cmp                          *scenarios.Comparison
	bundles                      *scenarios.Bundles
	table, page, csv, json       string
	bundleTable, bundlePage      string
	bundleCSV, bundleJSON, title string
}

// tell runs a set and writes everything that can be written of it; pages if wanted, since they take
// most of the time.
func tell(t reporter, set *scenarios.Set, pages bool) *told {
	t.Helper()
	ctx := context.Background()
	cmp, err := scenarios.Compare(ctx, set, scenarios.Options{Version: "test"})
	if err != nil {
		t.Fatalf("%v", err)
	}
	b, err := scenarios.RunBundles(ctx, set, scenarios.BundleOptions{Most: 1})
	if err != nil {
		t.Fatalf("%v", err)
	}
	write := func(format string, of func(*bytes.Buffer, string) error) string {
		var out bytes.Buffer
		if format == "html" && !pages {
			return ""
		}
		if err := of(&out, format); err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		return out.String()
	}
	compared := func(w *bytes.Buffer, format string) error { return WriteComparison(w, cmp, format, 10_000) }
	bundled := func(w *bytes.Buffer, format string) error { return WriteBundles(w, b, format, 10_000) }
	return &told{cmp: cmp, bundles: b, table: write("table", compared), page: write("html", compared),
		csv: write("csv", compared), json: write("json", compared), bundleTable: write("table", bundled),
		bundlePage: write("html", bundled), bundleCSV: write("csv", bundled), bundleJSON: write("json", bundled),
		title: set.Name}
}

// near reports whether x lies between the ends of a range.
func between(x float64, r [2]float64) bool { return x >= r[0] && x <= r[1] }

// agree checks that every output says the same numbers, digit for digit, each within its own range.
func (s *told) agree(t reporter) {
	t.Helper()
	futures := s.cmp.Uncertainty != nil && s.cmp.Uncertainty.Counted > 0
	var out struct {
		Verdicts []struct {
			Scenario, Outcome           string
			Baseline, Value, Difference float64
			Range, ValueRange           [2]float64
			BaselineRange               [2]float64
		}
	}
	if err := json.Unmarshal([]byte(s.json), &out); err != nil {
		t.Fatalf("%v", err)
	}
	if len(out.Verdicts) != len(s.cmp.Verdicts) {
		t.Fatalf("%d verdicts in JSON, want %d", len(out.Verdicts), len(s.cmp.Verdicts))
	}
	ends := s.lastRows(t)
	single := s.singleBundles(t)
	for i, v := range s.cmp.Verdicts {
		j, what := out.Verdicts[i], v.Scenario.ID+", "+v.Outcome.ID
		if j.Scenario != v.Scenario.ID || j.Outcome != v.Outcome.ID || j.Baseline != v.Baseline || j.Value != v.Value ||
			j.Difference != v.Difference || j.Range != v.Range {
			t.Errorf("%s: JSON says %+v, the verdict %+v", what, j, v)
		}
		if futures && (!between(v.Difference, v.Range) || !between(v.Value, v.ValueRange) || !between(v.Baseline, v.BaselineRange)) {
			t.Errorf("%s: a centre outside its range: %v %v, %v %v, %v %v", what, v.Difference, v.Range, v.Value,
				v.ValueRange, v.Baseline, v.BaselineRange)
		}
		if v.Outcome.Measure.Dated() && v.Outcome.Measure.At == nil && !v.Outcome.Cost {
			if got, ok := ends[v.Scenario.ID+" "+v.Outcome.Variable]; ok && got != v.Value {
				t.Errorf("%s: the last row of the CSV has %v, the verdict %v", what, got, v.Value)
			}
		}
		if len(v.Scenario.Interventions) == 1 {
			e := single[v.Scenario.Interventions[0].ID]
			k := slices.Index(s.cmp.Set.Outcomes, v.Outcome)
			want := []float64{v.Range[0], v.Difference, v.Range[1]}
			if !futures {
				want = []float64{v.Difference, v.Difference, v.Difference}
			}
			if !slices.Equal(e[k], want) {
				t.Errorf("%s: bundles say %v, the comparison %v", what, e[k], want)
			}
		}
	}
}

// lastRows returns the numbers of the last row of each run in CSV, by scenario and variable: the
// medians of the bands where there are futures, otherwise those of the run.
func (s *told) lastRows(t reporter) map[string]float64 {
	t.Helper()
	rows := readCSV(t, s.csv)
	first := slices.Index(rows[0], "scenario")
	out := map[string]float64{}
	for _, row := range rows[1:] {
		if first > 0 && row[0] != rows[1][0] {
			continue // of another world
		}
		for i, name := range rows[0] {
			x, err := strconv.ParseFloat(row[i], 64)
			if variable, median := strings.CutSuffix(name, " (median)"); err == nil && median {
				out[row[first]+" "+variable] = x
			} else if err == nil && !slices.Contains(rows[0], name+" (median)") {
				out[row[first]+" "+name] = x
			}
		}
	}
	return out
}

// singleBundles returns low, median and high of each outcome of the bundles of one intervention, as
// CSV and JSON both have them.
func (s *told) singleBundles(t reporter) map[string][][]float64 {
	t.Helper()
	rows := readCSV(t, s.bundleCSV)
	var text struct {
		Bundles []struct {
			Interventions []string
			Effects       map[string]struct{ Low, Median, High float64 }
		}
	}
	if err := json.Unmarshal([]byte(s.bundleJSON), &text); err != nil {
		t.Fatalf("%v", err)
	}
	out := map[string][][]float64{}
	for i, row := range rows[1:] {
		var effects [][]float64
		for _, o := range s.cmp.Set.Outcomes {
			var e []float64
			for _, what := range []string{"_low", "_median", "_high"} {
				x, err := strconv.ParseFloat(row[slices.Index(rows[0], o.ID+what)], 64)
				if err != nil {
					t.Fatalf("%v", err)
				}
				e = append(e, x)
			}
			j := text.Bundles[i].Effects[o.ID]
			if !slices.Equal(e, []float64{j.Low, j.Median, j.High}) {
				t.Errorf("%s, %s: CSV of bundles has %v, JSON %+v", row[0], o.ID, e, j)
			}
			effects = append(effects, e)
		}
		out[row[0]] = effects
	}
	return out
}

// readCSV returns the rows of a file without its comments.
func readCSV(t reporter, text string) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v", err)
	}
	return rows
}

var (
	scripts = regexp.MustCompile(`(?s)<(script|style)\b.*?</(script|style)>`)
	tags    = regexp.MustCompile(`<[^>]*>`)
	blanks  = regexp.MustCompile(`[ \t\n\x{a0}]+`)
)

// plain returns the text of a page as it is read.
func plain(page string) string {
	text := tags.ReplaceAllString(scripts.ReplaceAllString(page, " "), " ")
	return blanks.ReplaceAllString(html.UnescapeString(text), " ")
}

// A number as sentences and tables write it, and one with a sign or 0.
const (
	number = `([+−]?\$?\d[\d,]*(?:\.\d+)?(?:%| million| billion)?)`
	signed = `([+−]\$?\d[\d,]*(?:\.\d+)?(?:%| million| billion)?|0(?:\.0+)?)`
	// words between a number and its range, perhaps with the year that the number is of
	aside = `(,?(?: [^\d()+−]{0,70}?)?(?: (?:in|until|before) (?:all until )?\d{4}\b[^\d()+−]{0,60}?)?)`
)

// ranged finds a number with its range behind it: in a sentence "about 1,150 more in 2045 (130 to
// 840)" or "+4; +1 to +9", in a table "+1,150 children, better +130 to +840", and in the table of
// bundles "-13.5 -15.6 to -4.25".
var ranged = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[^\d.,–-])` + number + aside + ` ?(?:\(|; )` + number + ` to ` + number),
	regexp.MustCompile(`(?:^|[^\d.,–-])([+−]\$?\d[\d,]*(?:\.\d+)?(?: million| billion)?)` + aside + ` ` + signed + ` to ` + signed),
	regexp.MustCompile(`(?: |^)(-?[\d,.]+(?:e-\d+)?)()[+ ] *(-?[\d,.]+(?:e-\d+)?) to (-?[\d,.]+(?:e-\d+)?) +-?[\d,.]+(?:e-\d+)? +[A-Z]\b`),
}

// downwards finds the word that gives a number without a sign its direction.
var downwards = regexp.MustCompile(`\b(lower|fewer|less)\b`)

// year is a year, which no range of an outcome is.
var year = regexp.MustCompile(`^(19|20)\d\d$`)

// spoken returns the value of a number in words.
func spoken(text string) float64 {
	scale := 1.0
	if cut, ok := strings.CutSuffix(text, " million"); ok {
		text, scale = cut, 1e6
	} else if cut, ok := strings.CutSuffix(text, " billion"); ok {
		text, scale = cut, 1e9
	}
	x, err := strconv.ParseFloat(strings.NewReplacer("$", "", ",", "", "−", "-", "+", "", "%", "").Replace(text), 64)
	if err != nil {
		return math.NaN()
	}
	return x * scale
}

// inItsRange returns how many numbers stand beside a range, and reports those outside of it. Where a
// sentence says "fewer", number and range are sizes without a sign.
func inItsRange(t reporter, what, text string) int {
	t.Helper()
	found := 0
	for _, pattern := range ranged {
		for _, m := range pattern.FindAllStringSubmatch(text, -1) {
			// A cell that is "unclear" or "never" has no number of its own; the range of a difference that swings
			// is said to be that of its end.
			if year.MatchString(m[3]) && year.MatchString(m[4]) || strings.Contains(m[2], "unclear") || strings.Contains(m[2], "never") ||
				strings.HasSuffix(m[2], " at the end") || strings.HasPrefix(m[2], " million") ||
				strings.HasPrefix(m[2], " billion") {
				continue
			}
			found++
			x, a, b := spoken(m[1]), spoken(m[3]), spoken(m[4])
			switch signed := strings.ContainsAny(m[3]+m[4], "+−-"); {
			case !signed:
				x = math.Abs(x)
			case downwards.MatchString(m[2]) && !strings.ContainsAny(m[1], "+−-"): // 27 points lower, from −67 to +8
				x = -math.Abs(x)
			}
			if x < min(a, b) || x > max(a, b) {
				t.Errorf("%s: %s is outside its own range in %q", what, m[1], m[0])
			}
		}
	}
	return found
}

// withoutKey returns a table of bundles without the paragraph that names interventions by letter: the
// words in its parentheses are the author's, also where they are a range.
func withoutKey(table string) string {
	paragraphs := strings.Split(table, "\n\n")
	return strings.Join(slices.DeleteFunc(paragraphs, func(p string) bool { return strings.HasPrefix(p, "A: ") }), "\n\n")
}

// Of every example every output says the same numbers, and every number of a sentence or a table
// lies in the range beside it.
func TestExamplesAreToldAlike(t *testing.T) {
	files, err := filepath.Glob("../../examples/*/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	sets := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil || !regexp.MustCompile(`(?m)^model *=`).Match(text) || !bytes.Contains(text, []byte("[scenario.")) {
			continue
		}
		t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) {
			set, list := scenarios.Load(file)
			if list.HasErrors() {
				t.Fatal(list)
			}
			if set.Uncertainty != nil {
				set.Uncertainty.Runs = 20
			}
			s := tell(t, set, true)
			s.agree(t)
			found := inItsRange(t, "table", strings.Join(strings.Fields(s.table), " ")) +
				inItsRange(t, "bundles", strings.Join(strings.Fields(withoutKey(s.bundleTable)), " ")) +
				inItsRange(t, "page", plain(s.page)) + inItsRange(t, "page of bundles", plain(s.bundlePage))
			t.Logf("%d numbers with a range", found)
			if set.Uncertainty != nil && found < 10 {
				t.Errorf("only %d numbers with a range were found", found)
			}
		})
		sets++
	}
	if sets < 5 {
		t.Errorf("%d sets", sets)
	}
}

// generated is a model with an outcome of every measure, whose numbers are drawn.
const generated = `today = 2000
[time]
start = 2000
stop = 2012
step = 0.25
save = 0.5
unit = "year"
[stock.people]
initial = %v
inflow = ["coming"]
outflow = ["leaving"]
[flow.coming]
equation = "wanted * (1 + push) + drift"
[flow.leaving]
equation = "people * rate"
[flow.paying]
equation = "push * price + other * 2 + people * 0.01"
[stock.paid]
initial = 0
inflow = ["paying"]
[constant.wanted]
value = %v
range = [%v, %v]
[constant.rate]
value = %v
range = [%v, %v]
[constant.price]
value = %v
[decision.push]
value = 0
range = [-1, 4]
[decision.other]
value = 0
[aux.drift]
equation = "other * sin(time)"
`

const generatedSet = `name = "Drawn"
model = "model.toml"
[outcome.people]
variable = "people"
better = "%s"
[outcome.mean]
variable = "people"
label = "Mean"
measure = "%s"
better = "higher"
[outcome.until]
variable = "people"
label = "Until the level"
measure = "time_to_reach"
level = %v
better = "lower"
[outcome.cost]
variable = "paying"
label = "Cost"
cost = true
discount = 0.03
[intervention.a.change.push]
to = %v
start = 2001
[intervention.b.change.other]
to = %v
start = 2002
over = 2
[scenario.a]
interventions = ["a"]
[scenario.b]
interventions = ["b"]
[uncertainty]
runs = 16
constants = ["wanted", "rate"]
`

// Whatever the numbers, page, table, CSV, JSON and bundles agree digit for digit, and no centre
// lies outside its own range.
func TestOutputsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// A thousandth of the way from low to high is the finest difference of two numbers.
		number := func(name string, low, high float64) float64 {
			return low + (high-low)*float64(rapid.IntRange(0, 1000).Draw(t, name))/1000
		}
		spread := func(name string, value float64) (float64, float64) {
			return value * (1 - number(name+" down", 0.01, 0.9)), value * (1 + number(name+" up", 0.01, 2))
		}
		wanted, rate := number("wanted", 1e-3, 1e6), number("rate", 1e-3, 1)
		w1, w2 := spread("wanted", wanted)
		r1, r2 := spread("rate", rate)
		text := fmt.Sprintf(generated, number("initial", 0, 1e6), wanted, w1, w2, rate, r1, r2, number("price", 0, 1e9))
		kinds := []string{"mean", "minimum", "maximum", "integral", "time_to_settle"}
		set, list := scenarios.Parse("set.toml", fmt.Appendf(nil, generatedSet,
			rapid.SampledFrom([]string{"higher", "lower"}).Draw(t, "better"), rapid.SampledFrom(kinds).Draw(t, "measure"),
			number("level", 0, 1e6), number("push", -1, 4), number("other", -5, 5)),
			func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
				return model.Parse("model.toml", []byte(text), nil)
			})
		for _, d := range list {
			if d.Severity == diagnostic.Error {
				t.Fatalf("%s", d.Message)
			}
		}
		s := tell(t, set, rapid.IntRange(0, 15).Draw(t, "with pages") == 0)
		s.agree(t)
		inItsRange(t, "table", strings.Join(strings.Fields(s.table), " "))
		inItsRange(t, "page", plain(s.page))
		inItsRange(t, "page of bundles", plain(s.bundlePage))
	})
}
