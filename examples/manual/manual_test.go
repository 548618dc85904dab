// Package manual_test keeps the manual true: its TOML runs, its tables are the
// program's own.
package manual_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weir/model"
	"weir/model/code"
	"weir/model/function"
	"weir/model/keys"
	"weir/model/toml/shape"
	"weir/scenarios"
	"weir/scenarios/behaviour"
	"weir/scenarios/calibrate"
	"weir/scenarios/help"
	"weir/scenarios/plan"
)

var update = flag.Bool("update", false, "write the manual's tables anew")

// chapters puts the TOML blocks of each chapter together: one file a chapter.
func chapters(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, chapter := range strings.Split("\n"+string(text), "\n## ")[1:] {
		title, body, _ := strings.Cut(chapter, "\n")
		for _, block := range strings.Split(body, "```toml\n")[1:] {
			piece, _, _ := strings.Cut(block, "```")
			files[title] += piece + "\n"
		}
	}
	return files
}

// folder writes the manual's model, set and data into a new folder.
func folder(t *testing.T) string {
	t.Helper()
	files := chapters(t)
	dir := t.TempDir()
	texts := map[string]string{"model.toml": files["1. The model file"], "equations.toml": files["2. Equations"], "scenarios.toml": files["3. Scenario sets"],
		"school.toml": files["4. Calibration"]}
	for _, name := range []string{"births.csv", "teaching.toml", "counts.csv"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	for name, text := range texts {
		if text == "" {
			t.Fatalf("the manual has no TOML for %s", name)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestManualModelChecksAndPassesItsTests(t *testing.T) { passes(t, "model.toml") }

func TestManualConveyorPassesItsTest(t *testing.T) { passes(t, "equations.toml") }

// passes checks a model of the manual and runs its behaviour tests.
func passes(t *testing.T, file string) {
	t.Helper()
	m, list := model.Load(filepath.Join(folder(t), file))
	if list.HasErrors() {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	for _, d := range list {
		if list.HasErrors() || d.Severity != 2 && file == "model.toml" {
			t.Errorf("%s: %s", d.Code, d.Message)
		}
	}
	if r == nil {
		t.Fatal("the model cannot be run")
	}
	findings, err := behaviour.Run(context.Background(), m, r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(findings) == 0 {
		t.Error("the manual's model has no behaviour tests")
	}
	for _, f := range findings {
		if !f.Pass {
			t.Errorf("%s: %s", f.Test, f.Message())
		}
	}
}

func TestManualSetCompares(t *testing.T) {
	set, list := scenarios.Load(filepath.Join(folder(t), "scenarios.toml"))
	if list.HasErrors() {
		t.Fatal(list)
	}
	cmp, err := scenarios.Compare(context.Background(), set, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range cmp.Verdicts {
		if v.Scenario.ID == "everywhere" && v.Outcome.ID == "students" && !(v.Difference > 0) {
			t.Errorf("listening everywhere changes students by %v", v.Difference)
		}
	}
}

// The counts were made with 40 students at first, 0.62 a year and 560 seats, and an error
// of 2.5 percent.
func TestManualCalibrates(t *testing.T) {
	m, list := model.Load(filepath.Join(folder(t), "school.toml"))
	if list.HasErrors() {
		t.Fatal(list)
	}
	r, err := calibrate.Run(context.Background(), m, calibrate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Converged || r.Series[0].Blank != 1 || r.Series[0].Fit.MAPE > 0.03 {
		t.Errorf("converged %v (%s), %d blank, MAPE %v", r.Converged, r.Why, r.Series[0].Blank, r.Series[0].Fit.MAPE)
	}
	for i, truth := range []float64{40, 0.62, 560} {
		if c := r.Constants[i]; c.From > truth || c.To < truth {
			t.Errorf("%s from %v to %v, made with %v", c.Name, c.From, c.To, truth)
		}
	}
}

func TestManualTablesAreTheProgramsOwn(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	want := replace(t, string(text), "functions", functionTable())
	want = replace(t, want, "tests", testTable())
	want = replace(t, want, "codes", codeTable())
	want = replace(t, want, "keys", keyTables())
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatal("the tables are stale; run: go test ./examples/manual -update")
	}
	if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

func replace(t *testing.T, text, name, table string) string {
	t.Helper()
	re := regexp.MustCompile(`(?s)(<!-- ` + name + `: written by the test -->\n).*?(<!-- end -->)`)
	if !re.MatchString(text) {
		t.Fatalf("the manual has no place for %s", name)
	}
	return re.ReplaceAllStringFunc(text, func(s string) string {
		part := re.FindStringSubmatch(s)
		return part[1] + table + part[2]
	})
}

func functionTable() string {
	var b strings.Builder
	b.WriteString("| Function | What it gives | Units | Example | Source |\n|---|---|---|---|---|\n")
	for i := range function.Table {
		r := &function.Table[i]
		name := "`" + r.Signature() + "`"
		if len(r.Aliases) > 0 {
			name += "; also `" + strings.Join(r.Aliases, "`, `") + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | `%s` is %v | %s |\n", name, cell(r.Help), cell(r.Units), cell(r.Example), r.Value, cell(r.Source))
	}
	return b.String()
}

func testTable() string {
	var b strings.Builder
	b.WriteString("| In tests only | What it gives | Example |\n|---|---|---|\n")
	for _, f := range behaviour.Functions {
		fmt.Fprintf(&b, "| `%s(%s)` | %s | `%s` |\n", f.Name, f.Params, cell(f.Help), f.Example)
	}
	return b.String()
}

func codeTable() string {
	var b strings.Builder
	b.WriteString("| Code | What it means |\n|---|---|\n")
	for _, row := range help.Codes() {
		former := ""
		if was := code.FormerName(row.Code); was != "" {
			former = fmt.Sprintf(" In the version before: `%s`.", was)
		}
		fmt.Fprintf(&b, "| `%s` | %s%s |\n", row.Code, cell(row.Sentence), former)
	}
	return b.String()
}

// keyTables are the tables and keys of model files and of scenario sets.
func keyTables() string {
	var b strings.Builder
	for _, root := range []*shape.Shape{keys.File, plan.FileShape} {
		fmt.Fprintf(&b, "\n### %s\n\n| Table | Key | It is | What it says |\n|---|---|---|---|\n", strings.ToUpper(root.What[:1])+root.What[1:])
		for _, table := range help.Tables(root) {
			path := "top"
			if table.Path != "" {
				path = "`" + table.Path + "`"
			}
			for _, k := range table.Keys {
				needed := ""
				if k.Needed {
					needed = " Needed."
				}
				fmt.Fprintf(&b, "| %s | `%s` | %s | %s%s |\n", path, k.Name, cell(k.Form), cell(k.About), needed)
				path = ""
			}
		}
	}
	return b.String() + "\n"
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// Words of the field that the README uses are in the glossary.
func TestGlossaryHasTheWordsOfTheReadme(t *testing.T) {
	manual, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, glossary, found := strings.Cut(string(manual), "\n### Glossary\n")
	glossary, _, _ = strings.Cut(glossary, "\n### ")
	if !found {
		t.Fatal("the manual has no glossary")
	}
	words := regexp.MustCompile(`\b(stock|flow|auxiliar|constant|decision|scenario|future|loop|reinforcing|balancing|module|outcome|` +
		`intervention|sensitivity|calibrat|unit|conveyor|delay|lookup|subscript)`)
	used := words.FindAllString(strings.ToLower(string(readme)), -1)
	if len(used) < 20 {
		t.Fatalf("the README uses %d words of the field", len(used))
	}
	for _, word := range used {
		if !regexp.MustCompile(`(?m)^\| [^|]*` + word).MatchString(glossary) {
			t.Errorf("the README says %q, which the glossary does not explain", word)
		}
	}
}
