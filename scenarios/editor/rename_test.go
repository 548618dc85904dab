package editor

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weir/scenarios/plan"
	"weir/sim"
)

// A rename reaches every file, and the model gives the same bits.
func TestRenameKeepsTheBits(t *testing.T) {
	for _, c := range []struct{ file, where, name, set string }{
		{"st-louis/model.toml", "results_per_prac|tice * teachers", "gain_per_practice", "st-louis/scenarios.toml"},
		{"st-louis/model.toml", "results_per_practice * teachers.prac|tice", "skill", "st-louis/scenarios.toml"},
		{"st-louis/scenarios.toml", "variable = \"enrollment.district_|total\"", "slps_total", "st-louis/scenarios.toml"},
		{"st-louis/model.toml", "[module.tea|chers]", "staff_room", "st-louis/scenarios.toml"},
		{"enrollment-decline/model.toml", "[constant.migration_takes_|young]", "young_leave", "st-louis/scenarios.toml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := city(t)
			before, list := plan.Load(filepath.Join(dir, c.set))
			if list.HasErrors() {
				t.Fatal(list)
			}
			s := begin(t, dir)
			u := s.open(filepath.Join(dir, c.file))
			var edit workspaceEdit
			s.must("textDocument/rename", s.at(u, c.where, "newName", c.name), &edit)
			files := 0
			for _, d := range edit.DocumentChanges {
				p, _ := pathOf(d.TextDocument.URI)
				text, err := os.ReadFile(p)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(p, []byte(applied(string(text), d.Edits)), 0o600); err != nil {
					t.Fatal(err)
				}
				files++
			}
			after, list := plan.Load(filepath.Join(dir, c.set))
			if list.HasErrors() {
				t.Fatal(list.Only(0)[0])
			}
			if a, b := numbers(t, before), numbers(t, after); !slices.Equal(a, b) || len(a) < 10000 {
				t.Errorf("other numbers after the rename of %d files (%d and %d)", files, len(a), len(b))
			}
			if strings.Contains(string(after.Text), c.where) {
				t.Error("the old name is still there")
			}
		})
	}
}

// numbers returns all numbers of a run of the set's model, sorted: names decide no order of them.
func numbers(t *testing.T, set *plan.Set) []float64 {
	p, err := sim.Compile(set.Resolved)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	var out []float64
	for _, c := range r.Columns {
		out = append(out, r.Series(c.Name())...)
	}
	slices.Sort(out)
	return out
}

// applied returns a text after edits that do not overlap.
func applied(text string, edits []textEdit) string {
	slices.SortFunc(edits, func(a, b textEdit) int {
		if before(a.Range.Start, b.Range.Start) {
			return 1
		}
		return -1
	})
	for _, e := range edits {
		from, to := offsetOf(text, e.Range.Start), offsetOf(text, e.Range.End)
		text = text[:from] + e.NewText + text[to:]
	}
	return text
}

func TestRenameRefuses(t *testing.T) {
	dir := tanks(t)
	random := filepath.Join(dir, "random.toml")
	text := tank + "[aux.luck]\nequation = \"normal(0, 1)\"\n[aux.lot]\nequation = \"2 * dice()\"\n" +
		"[function.dice]\narguments = []\nequation = \"uniform(0, 6)\"\n[module.m]\nfile = \"model.toml\"\n"
	if err := os.WriteFile(random, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s := begin(t, dir)
	m := s.open(random)
	for _, c := range []struct{ where, name, want string }{
		{"[stock.wa|ter]", "rain", "rain is there already"},
		{"[stock.wa|ter]", "Wasser", "cannot be a name"},
		{"[stock.wa|ter]", "if", "cannot be a name"},
		{"[stock.wa|ter]", "a b", "cannot be a name"},
		{"[stock.wa|ter]", "", "cannot be a name"},
		{"[stock.wa|ter]", "smooth1", "smooth1 is a function"},
		{"[stock.wa|ter]", "side", "side is the name of a dimension already"},
		{"[dimension.si|de]", "sides", "there is no name here"},
		{"[aux.lu|ck]", "chance", "luck draws random numbers (normal)"},
		{"[aux.lo|t]", "chance", "lot draws random numbers (uniform)"},
		{"stop = |10", "x", "there is no name here"},
	} {
		if got := s.request("textDocument/rename", s.at(m, c.where, "newName", c.name)); got.Error == nil || !strings.Contains(got.Error.Message, c.want) {
			t.Errorf("%s to %q: %+v", c.where, c.name, got.Error)
		}
	}
}
