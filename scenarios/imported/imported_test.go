package imported

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/model"
	"weir/model/format"
)

// load reads a Vensim model with a stock, a flow and a constant over four years.
func load(t *testing.T) *model.Model {
	t.Helper()
	const text = `{UTF-8}
Staff on leave = INTEG(-Return, 100) ~ person ~ ~|
Return = Staff on leave / Mean Leave ~ person/Year ~ ~|
Mean Leave = 4 ~ Year ~ ~|
INITIAL TIME = 0 ~ Year ~ ~|
FINAL TIME = 4 ~ Year ~ ~|
TIME STEP = 1 ~ Year ~ ~|
SAVEPER = TIME STEP ~ Year ~ ~|
`
	file := filepath.Join(t.TempDir(), "leave.mdl")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	m, list := format.Load(file, model.ImportOptions{})
	if list.HasErrors() {
		t.Fatal(list)
	}
	return m
}

func TestConvert(t *testing.T) {
	m := load(t)
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	m.Imported.Set = "model = \"leave.mdl\"\n[outcome.x]\nvariable = \"nobody\"\nbetter = \"higher\"\n"
	c, err := Convert(context.Background(), m, r)
	if err != nil {
		t.Fatal(err)
	}
	// Five rows of three variables.
	if c.Numbers != 15 {
		t.Errorf("%d numbers were compared, want 15", c.Numbers)
	}
	if text := string(c.Files["model.toml"]); !strings.HasPrefix(text, "# From leave.mdl (Vensim") || !strings.Contains(text, "[stock.staff_on_leave]") {
		t.Errorf("model.toml begins %.80q", text)
	}
	if rows := strings.Count(string(c.Files["import.csv"]), "\n"); rows != 1+len(m.Imported.Rows) {
		t.Errorf("import.csv has %d lines for %d variables", rows, len(m.Imported.Rows))
	}
	if c.SetProblem == nil || c.Files["scenarios.toml"] != nil {
		t.Error("a set that names no variable of the model is written")
	}
	if name := ColumnNames(m); name == nil || Affected(m, r) != nil || Comment(nil) != "" || Remark(nil) != "" {
		t.Error("nothing of this model is left out")
	}
}

// A model that was written wrong is found by its first number that differs: 25 against 20
// people who return in the first year.
func TestProveFindsAnotherNumber(t *testing.T) {
	m := load(t)
	r, _ := model.Check(m)
	text, files := model.Write(m)
	wrong := strings.Replace(string(text), "value = 4", "value = 5", 1)
	if wrong == string(text) {
		t.Fatalf("the text has no value to change:\n%s", text)
	}
	own := func(name string) string { return name }
	run, err := runOnce(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	_, err = proveRun(context.Background(), run, &written{text: []byte(wrong), files: files, own: own})
	if err == nil || !strings.Contains(err.Error(), "in the original") {
		t.Errorf("the error is %v", err)
	}
	wrong = strings.Replace(string(text), "mean_leave", "meen_leave", 1)
	_, err = proveRun(context.Background(), run, &written{text: []byte(wrong), files: files, own: own})
	if _, unsound := err.(*Unsound); !unsound {
		t.Errorf("an unsound text is reported as %v", err)
	}
}

func TestSameBits(t *testing.T) {
	for _, row := range []struct {
		x, y float64
		want bool
	}{
		{1, 1, true}, {math.NaN(), math.NaN(), true}, {math.Copysign(0, -1), 0, false}, {1, math.Nextafter(1, 2), false},
	} {
		if sameBits(row.x, row.y) != row.want {
			t.Errorf("sameBits(%v, %v) is not %v", row.x, row.y, row.want)
		}
	}
}

func TestReasons(t *testing.T) {
	rows := []model.ImportRow{
		{Name: "a", Grade: model.Equivalent, How: "as a table"},
		{Name: "b", Grade: model.Equivalent, How: "renamed"},
		{Name: "c", Grade: model.Equivalent, How: "renamed"},
		{Name: "d", Grade: model.Exact},
	}
	got := Reasons(rows, model.Equivalent)
	if len(got) != 2 || got[0].How != "renamed" || strings.Join(got[0].Names, "") != "bc" || got[1].Names[0] != "a" {
		t.Errorf("reasons are %v", got)
	}
}
