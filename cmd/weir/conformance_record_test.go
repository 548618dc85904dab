package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weir/internal/outfile"
	"weir/model"
	"weir/model/foreign"
	"weir/model/xmile"
	"weir/model/xmile/validate"
	"weir/scenarios/results"
)

var update = flag.Bool("update", false, "write examples/manual/conformance.md again")

// A caseVerdict is what became of a run.
type caseVerdict struct {
	group     string
	functions []string
	passed    bool
}

// imports writes the model as TOML, which weir import does only if that gives the
// same bits, and says why not.
func (r conformanceRun) imports(scratch string) string {
	args := []string{"weir", "import", filepath.Join(r.folder, r.Model), "--output", filepath.Join(scratch, "model"), "--quiet"}
	for _, d := range r.Data {
		args = append(args, "--data", filepath.Join(r.folder, d))
	}
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), &outfile.Files{}, args, &stdout, &stderr); code != 0 {
		lines := strings.Split(strings.TrimSpace(stderr.String()), "\n")
		return lines[0] + " … " + lines[len(lines)-1]
	}
	return ""
}

// exports writes the model as XMILE, runs that, and says which column is not the same
// to the last bit. Out is what the original run wrote.
func (r conformanceRun) exports(out, scratch string) string {
	file, again := filepath.Join(scratch, "model.xmile"), filepath.Join(scratch, "again.csv")
	export := []string{"weir", "export", filepath.Join(r.folder, r.Model), "--format", "xmile", "--output", file}
	for _, d := range r.Data {
		export = append(export, "--data", filepath.Join(r.folder, d))
	}
	for _, args := range [][]string{export, {"weir", "run", file, "--quiet", "--format", "csv", "--output", again}} {
		var stdout, stderr bytes.Buffer
		if code := run(context.Background(), &outfile.Files{}, args, &stdout, &stderr); code != 0 {
			first, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
			return args[1] + ": " + first
		}
	}
	if validate.Schema() != "" {
		if err := validate.Files(file); err != nil {
			return err.Error()
		}
	}
	before, err := readTable(out)
	if err != nil {
		return err.Error()
	}
	after, err := readTable(again)
	if err != nil {
		return err.Error()
	}
	for _, want := range before {
		got, have := after.find(want.key)
		if !have {
			return want.name + " is missing"
		}
		for i, p := range want.points {
			if x := got.points[i].value; math.Float64bits(x) != math.Float64bits(p.value) && !(isNA(x) && isNA(p.value)) {
				return fmt.Sprintf("%s at %g is %v, not %v", want.name, p.time, x, p.value)
			}
		}
	}
	return ""
}

// conformanceRecord compares the manual's record with what was found; -update writes it.
func conformanceRecord(t *testing.T, runs []caseVerdict, known map[string]string) {
	t.Helper()
	file := filepath.Join("..", "..", "examples", "manual", "conformance.md")
	text := recordText(runs, known)
	if *update {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(old, text) {
		t.Errorf("%s is out of date; make conformance updates it", file)
	}
}

// recordText is the manual's page: counts, functions, and what does not pass.
func recordText(runs []caseVerdict, known map[string]string) []byte {
	var b bytes.Buffer
	passed, total := 0, 0
	groups, functions := map[string][2]int{}, map[string][2]int{}
	for _, r := range runs {
		total++
		n := 0
		if r.passed {
			n = 1
		}
		passed += n
		tally(groups, r.group, n)
		for _, f := range r.functions {
			tally(functions, results.Fold(f), n)
		}
	}
	fmt.Fprintf(&b, recordHead, passed, total)
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		fmt.Fprintf(&b, "| %s | %d of %d |\n", g, groups[g][0], groups[g][1])
	}
	for _, tool := range []struct {
		name      string
		functions []model.ImportFunction
	}{{"Vensim", foreign.VensimFunctions()}, {"XMILE and Stella", xmile.Functions()}} {
		fmt.Fprintf(&b, "\n## Functions of %s\n\n| Function | Here | Where vendors differ | Runs that use it and pass |\n|---|---|---|---|\n", tool.name)
		for _, f := range tool.functions {
			name, _, _ := strings.Cut(f.Name, "(")
			verdict := "none in the folder"
			if c, used := functions[results.Fold(name)]; used {
				verdict = fmt.Sprintf("%d of %d", c[0], c[1])
			}
			fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", inCell(f.Name), inCell(f.Formula), inCell(f.Differs), verdict)
		}
	}
	b.WriteString("\n## Runs that do not pass\n\n| Run | Why |\n|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(known)) {
		fmt.Fprintf(&b, "| %s | %s |\n", inCell(name), inCell(known[name]))
	}
	return b.Bytes()
}

const recordHead = `# What models of other tools give here

Written by ` + "`make conformance`" + ` from a folder of other people's models with the outputs of their own tools (WEIR_CONFORMANCE names it). Each run is
` + "`weir run MODEL --format csv --output FILE`" + `; every point of every reference column is compared, within the tolerance recorded with the case. **%d of %d runs
pass**, and give the same bits after ` + "`weir import`" + ` to TOML, and after ` + "`weir export`" + ` to XMILE and back, but for one
whose end follows from the run, which XMILE cannot say. No run ends with exit code 0 and other numbers.

| Group | Runs that pass |
|---|---|
`

func tally(in map[string][2]int, key string, n int) {
	c := in[key]
	in[key] = [2]int{c[0] + n, c[1] + 1}
}

// inCell is text within a Markdown table.
func inCell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
