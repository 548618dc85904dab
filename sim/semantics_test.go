package sim_test

import (
	"context"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/sim"
)

// Every file in testdata/semantics is a rule that simulators often get wrong: its
// first line cites the row of the table of semantics that it belongs to and says the
// rule; the model is the smallest that tells right from wrong; the rows expected, or
// what an error must say, follow. Numbers are from closed forms or from the output
// that the file names.
func TestSemantics(t *testing.T) {
	files, err := filepath.Glob("testdata/semantics/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) { testRule(t, f) })
	}
}

// rows of the table that these files must cite. Row 28 is also in semantics_results_test.go,
// row 29 (units) in package model; the others are about things that weir does not have.
var rows = []int{1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 26, 27, 30}

func TestEveryRowIsCited(t *testing.T) {
	files, _ := filepath.Glob("testdata/semantics/*.txt")
	cited := map[int]bool{}
	first := regexp.MustCompile(`^row (\d+): `)
	for _, f := range files {
		a, err := txtar.ParseFile(f)
		if err != nil {
			t.Fatal(err)
		}
		m := first.FindSubmatch(a.Comment)
		if m == nil {
			t.Errorf("%s does not begin with the row that it is about", f)
			continue
		}
		n, _ := strconv.Atoi(string(m[1]))
		cited[n] = true
	}
	for _, n := range rows {
		if !cited[n] {
			t.Errorf("no file cites row %d", n)
		}
	}
}

func testRule(t *testing.T, file string) {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, f := range a.Files {
		sections[f.Name] = string(f.Data)
	}
	if want, ok := sections["error"]; ok {
		testRefused(t, sections["model.toml"], strings.Fields(want))
		return
	}
	within := 1e-12
	if text, ok := sections["within"]; ok {
		within, err = strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			t.Fatal(err)
		}
	}
	result := run(t, sections["model.toml"], sim.Settings{})
	if result.NonFinite != nil {
		t.Errorf("a number is not finite: %+v", *result.NonFinite)
	}
	compareRows(t, result, sections["expect"], within)
	compareEngines(t, check(t, sections["model.toml"], nil), sim.Settings{})
}

// testRefused checks that Check or Compile and Run refuse the model, and that what
// they say has all the words: the first one is the code of the diagnostic, unless
// the run itself refuses.
func testRefused(t *testing.T, text string, words []string) {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(text), fstest.MapFS{})
	if m != nil && !list.HasErrors() {
		var r *resolved.Model
		r, list = model.Check(m)
		if !list.HasErrors() {
			list = append(list, runError(r)...)
		}
	}
	if !list.HasErrors() {
		t.Fatal("the model was not refused")
	}
	said := ""
	for _, d := range list {
		if d.Severity == diagnostic.Error {
			said += string(d.Code) + " " + d.Message + " " + d.Hint + "\n"
		}
	}
	for _, w := range words {
		if !strings.Contains(said, w) {
			t.Errorf("%q is not in: %s", w, said)
		}
	}
}

// runError is what Compile or Run has against the model, as a diagnostic.
func runError(r *resolved.Model) diagnostic.List {
	p, err := sim.Compile(r)
	if err == nil {
		_, err = p.Run(context.Background(), sim.Settings{})
	}
	if err == nil {
		return nil
	}
	return diagnostic.List{{Message: err.Error()}}
}

// A failer is a *testing.T, a *testing.B or a *rapid.T.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// check is a model that must be sound.
func check(t failer, text string, files fstest.MapFS) *resolved.Model {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(text), files)
	if list.HasErrors() {
		t.Fatalf("%v\n%s", list, text)
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatalf("%v\n%s", list, text)
	}
	return r
}

func run(t failer, text string, s sim.Settings) *sim.Result {
	t.Helper()
	p, err := sim.Compile(check(t, text, nil))
	if err != nil {
		t.Fatal(err)
	}
	result, err := p.Run(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// compareRows holds a result to a table: a heading of names, then one line for
// every row, time first.
func compareRows(t *testing.T, result *sim.Result, table string, within float64) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(table), "\n")
	names := strings.Fields(lines[0])[1:]
	if got, want := len(result.Time), len(lines)-1; got != want {
		t.Fatalf("%d rows at %v, want %d", got, result.Time, want)
	}
	for i, line := range lines[1:] {
		want := numbers(t, line)
		if !near(result.Time[i], want[0], within) {
			t.Errorf("row %d is at %v, want %v", i, result.Time[i], want[0])
		}
		for j, name := range names {
			series := result.Series(name)
			if series == nil {
				t.Fatalf("there is no %s", name)
			}
			if !near(series[i], want[j+1], within) {
				t.Errorf("%s at %v is %v, want %v", name, want[0], series[i], want[j+1])
			}
		}
	}
}

func numbers(t *testing.T, line string) []float64 {
	t.Helper()
	var out []float64
	for _, w := range strings.Fields(line) {
		x, err := strconv.ParseFloat(w, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}

// near is true within a share of the larger magnitude, or of 1.
func near(a, b, within float64) bool {
	return math.Abs(a-b) <= within*max(1, math.Abs(a), math.Abs(b))
}

// Row 9: with a step of 1 a delay of 0.5 is one step (Vensim 7.3.4, SDXorg/test-models,
// delay_fixed). A TOML model is refused earlier; this one did not come from there.
func TestShortFixedDelayIsOneStep(t *testing.T) {
	late := &resolved.Variable{
		Name: "late", Kind: resolved.DelayState,
		Parts: scalar(&resolved.Const{Value: -1}),
		Input: scalar(&resolved.Clock{Kind: resolved.Now}),
		Delay: scalar(&resolved.Const{Value: 0.5}),
	}
	r := &resolved.Model{
		Time:      resolved.Time{Start: 0, Stop: 3, Step: 1, Save: 1, Method: "euler"},
		Variables: []*resolved.Variable{late},
		Init:      []resolved.Assign{{Var: late, Part: late.Parts[0]}},
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	result, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := result.Series("late"), []float64{-1, 0, 1, 2}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// scalar is the equation of a variable without dimensions.
func scalar(e resolved.Expr) []*resolved.Part { return []*resolved.Part{{Expr: e}} }
