package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"
	"weir/internal/outfile"
	"weir/scenarios/results"

	"github.com/BurntSushi/toml"
)

// exceptions are the runs of the conformance cases that do not pass, with the reason.
// A run that passes all the same does not belong here, and fails the test.
var exceptions = map[string]string{
	"sde-same-family-179/same_family_179.mdl":    "the reference has a variable that the model has not: Fractional Increase",
	"simlin-sde-vector-simple/vector_simple.mdl": "the reference takes other actions of VECTOR SELECT than the manual of Vensim, which weir refuses",
	"sdx-get-time-value/test_get_time_value.mdl": "the reference is that of another model; GET TIME VALUE for calendar dates is refused",
}

// A conformanceCase is a case.toml; see the README of the cases.
type conformanceCase struct {
	ID        string
	Group     string
	Functions []string
	Ignore    []string
	Tolerance tolerance
	Run       []conformanceRun
}

type conformanceRun struct {
	Model, Expected, Skip string
	Data                  []string
	Only, Ignore          []string
	Tolerance             tolerance
	name, folder, group   string
	functions             []string
}

// A tolerance allows max(abs, rel × |reference|, series × the largest magnitude so far),
// and half a unit of the last printed digit.
type tolerance struct {
	Rel, Abs, Series *float64
	Printed          *bool
}

// over is a tolerance with another one where it says nothing.
func (t tolerance) over(u tolerance) tolerance {
	pick := func(a, b *float64, otherwise float64) *float64 {
		for _, p := range []*float64{a, b} {
			if p != nil {
				return p
			}
		}
		return &otherwise
	}
	out := tolerance{pick(t.Rel, u.Rel, 1e-4), pick(t.Abs, u.Abs, 1e-6), pick(t.Series, u.Series, 0), t.Printed}
	if out.Printed == nil {
		out.Printed = u.Printed
	}
	return out
}

// conformanceRuns reads every case below a folder.
func conformanceRuns(t *testing.T, root string) []conformanceRun {
	var out []conformanceRun
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "case.toml" {
			return err
		}
		var c conformanceCase
		if _, err := toml.DecodeFile(file, &c); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		same := map[string]int{}
		for _, r := range c.Run {
			same[r.Model]++
		}
		for _, r := range c.Run {
			r.name, r.folder = path.Join(c.ID, r.Model), filepath.Dir(file)
			if same[r.Model] > 1 {
				r.name += "#" + r.Expected
			}
			r.group, r.functions = c.Group, c.Functions
			r.Ignore = append(r.Ignore, c.Ignore...)
			r.Tolerance = r.Tolerance.over(c.Tolerance)
			out = append(out, r)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// endsItself is a run whose FINAL TIME follows from the run, which weir export refuses.
const endsItself = "sdx-dynamic-final-time/test_dynamic_final_time.mdl"

// Models of others, with the outputs published for them, run to the same numbers. The
// cases are not part of the repository: WEIR_CONFORMANCE names their folder. Without it
// this test shows nothing, and says so.
func TestConformance(t *testing.T) {
	root := os.Getenv("WEIR_CONFORMANCE")
	if root == "" {
		fmt.Fprintln(os.Stderr, "LEFT OUT: the conformance cases; WEIR_CONFORMANCE=FOLDER runs them")
		t.Skip("WEIR_CONFORMANCE is not set: no conformance case was run")
	}
	runs := conformanceRuns(t, root)
	if len(runs) == 0 {
		t.Fatalf("there is no case.toml below %s", root)
	}
	out := t.TempDir()
	passed, left, verdicts := 0, map[string]bool{}, []caseVerdict(nil)
	for name := range exceptions {
		left[name] = true
	}
	for i, r := range runs {
		delete(left, r.name)
		if r.Skip != "" {
			t.Logf("left out: %s: %s", r.name, r.Skip)
			continue
		}
		csv := filepath.Join(out, fmt.Sprintf("%d.csv", i))
		wrong := r.try(csv)
		reason, excepted := exceptions[r.name]
		verdicts = append(verdicts, caseVerdict{r.group, r.functions, wrong == ""})
		switch {
		case wrong == "" && excepted:
			t.Errorf("%s passes, and is listed as an exception: %s", r.name, reason)
		case wrong == "":
			passed++
			if why := r.imports(t.TempDir()); why != "" {
				t.Errorf("%s runs, but weir import says: %s", r.name, why)
			}
			if why := r.exports(csv, t.TempDir()); (why == "") == (r.name == endsItself) {
				t.Errorf("%s as XMILE: %s", r.name, why)
			}
		case excepted:
			t.Logf("not passed: %s: %s", r.name, reason)
		default:
			t.Errorf("%s: %s", r.name, wrong)
		}
	}
	for name := range left {
		t.Errorf("the exception %s is no case", name)
	}
	t.Logf("%d of %d runs pass", passed, len(verdicts))
	conformanceRecord(t, verdicts, exceptions)
}

// try runs a case as the command line does, and says what is wrong.
func (r conformanceRun) try(out string) string {
	args := []string{"weir", "run", filepath.Join(r.folder, r.Model), "--quiet", "--format", "csv", "--output", out}
	for _, d := range r.Data {
		args = append(args, "--data", filepath.Join(r.folder, d))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var stdout, stderr bytes.Buffer
	if code := run(ctx, &outfile.Files{}, args, &stdout, &stderr); code != 0 {
		first, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return fmt.Sprintf("exit %d: %s", code, first)
	}
	produced, err := readTable(out)
	if err != nil {
		return err.Error()
	}
	reference, err := readTable(filepath.Join(r.folder, r.Expected))
	if err != nil {
		return "the reference: " + err.Error()
	}
	return r.compare(reference, produced)
}

// clockColumns are the control variables, which need not be written out.
var clockColumns = map[string]bool{"initial time": true, "final time": true, "time step": true, "saveper": true, "starttime": true, "stoptime": true, "dt": true, "time": true}

// compare says in which columns a table departs from the reference, "" if in none.
func (r conformanceRun) compare(reference, produced table) string {
	columns, bad := 0, []string(nil)
	for _, want := range reference {
		base, _, _ := strings.Cut(want.key, "[")
		got, have := produced.find(want.key)
		switch {
		case strings.HasPrefix(want.key, "#"), inList(r.Ignore, want.key, base), len(want.points) == 0:
			continue
		case clockColumns[base] && (!have || !strings.HasSuffix(strings.ToLower(r.Model), ".mdl")):
			continue
		case len(r.Only) > 0 && !inList(r.Only, want.key, base):
			continue
		}
		columns++
		if !have {
			bad = append(bad, want.name+": not in the output")
			continue
		}
		if wrong := r.compareColumn(want, got); wrong != "" {
			bad = append(bad, want.name+": "+wrong)
		}
	}
	switch {
	case columns == 0:
		return "the reference has no column to compare"
	case len(bad) > 0:
		return fmt.Sprintf("%d of %d columns differ: %s", len(bad), columns, bad[0])
	}
	return ""
}

// inList reports whether a folded name, or that of its array, is in a list.
func inList(list []string, key, base string) bool {
	for _, pattern := range list {
		p := results.Fold(pattern)
		if ok, _ := path.Match(strings.ReplaceAll(p, "[", `\[`), key); ok || p == base || p == key {
			return true
		}
	}
	return false
}

// compareColumn compares point by point.
func (r conformanceRun) compareColumn(want, got column) string {
	sort.Slice(got.points, func(i, j int) bool { return got.points[i].time < got.points[j].time })
	scale := 0.0
	for _, p := range want.points {
		if notNA := !isNA(p.value) && !math.IsInf(p.value, 0); notNA {
			scale = math.Max(scale, math.Abs(p.value))
		}
		q, ok := got.near(p)
		if !ok {
			return fmt.Sprintf("no row for time %g", p.time)
		}
		if !r.Tolerance.allows(p, q.value, scale) {
			return fmt.Sprintf("at time %g want %.9g, got %.9g", p.time, p.value, q.value)
		}
	}
	return ""
}

func (t tolerance) allows(want point, got, scale float64) bool {
	if isNA(want.value) || isNA(got) {
		return isNA(want.value) && isNA(got)
	}
	if want.value == got {
		return true
	}
	allowed := math.Max(*t.Abs, math.Max(*t.Rel*math.Abs(want.value), *t.Series*scale))
	if t.Printed != nil && *t.Printed {
		allowed = math.Max(allowed, want.half*1.01)
	}
	return math.Abs(want.value-got) <= allowed
}
