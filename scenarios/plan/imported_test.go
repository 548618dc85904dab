package plan_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim"
	"weir/scenarios/plan"
)

// pond is a model of another tool: it knows neither decisions nor today.
const pond = `{UTF-8}
Fish Stock = INTEG(Growth Rate * Fish Stock - Catch Quota, 100) ~ fish ~|
Growth Rate = 0.1 ~ 1/Year ~|
Catch Quota = 5 ~ fish/Year [0, 20] ~|
Weight = Fish Stock * 2 ~ kg ~|
INITIAL TIME = 2020 ~ Year ~|
FINAL TIME = 2030 ~ Year ~|
TIME STEP = 1 ~ Year ~|
SAVEPER = 1 ~ Year ~|
`

const pondSet = `model = "pond.mdl"
today = 2025
decisions = ["Catch Quota"]
[outcome.fish]
variable = "Fish Stock"
better = "higher"
[intervention.less.change."Catch Quota"]
to = 2
start = 2026
[assumption."Growth Rate"]
to = 0.08
[scenario.less]
interventions = ["less"]
`

func parsePond(text string) (*plan.Set, diagnostic.List) {
	return plan.Parse("set.toml", []byte(text), func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
		return vensim.Parse("pond.mdl", []byte(pond), nil, model.ImportOptions{})
	})
}

// A set says what another tool's model cannot: which constants somebody decides, and where
// history ends. It uses the names of the file.
func TestSetOfImportedModel(t *testing.T) {
	set, list := parsePond(pondSet)
	if list.HasErrors() {
		t.Fatal(list)
	}
	if v := set.Model.Variable("catch_quota"); v.Kind != model.KindDecision || *set.Model.Today != 2025 {
		t.Errorf("%s, today %v", v.Kind, *set.Model.Today)
	}
	if c := set.Interventions[0].Changes[0]; c.Variable != "catch_quota" || set.Assumptions[0].Variable != "growth_rate" {
		t.Errorf("%+v, %+v", c, set.Assumptions[0])
	}
}

func TestSetOfImportedModelMistakes(t *testing.T) {
	for _, c := range []struct{ what, old, now, code, says string }{
		{"an unknown name", `["Catch Quota"]`, `["Catch Qota"]`, "set-unknown-variable", "did you mean Catch Quota?"},
		{"what is computed", `["Catch Quota"]`, `["Catch Quota", "Weight"]`, "set-not-a-decision", "Weight is an auxiliary, which is computed"},
		{"no decisions", `decisions = ["Catch Quota"]`, "", "set-not-a-decision", `name it in decisions = ["…"]`},
	} {
		_, list := parsePond(strings.Replace(pondSet, c.old, c.now, 1))
		said := slices.ContainsFunc(list, func(d diagnostic.Diagnostic) bool {
			return string(d.Code) == c.code && strings.Contains(d.Message+d.Hint, c.says)
		})
		if !said {
			t.Errorf("%s: %v", c.what, list)
		}
	}
}

// A model of weir's own says itself what is decided.
func TestDecisionsOfOwnModel(t *testing.T) {
	const own = "name = \"pond\"\n[time]\nstart = 0\nstop = 1\nstep = 1\nunit = \"year\"\n[constant.x]\nvalue = 1\n"
	_, list := plan.Parse("set.toml", []byte("model = \"pond.toml\"\ntoday = 1\ndecisions = [\"x\"]\n"), func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Parse("pond.toml", []byte(own), nil)
	})
	found := 0
	for _, d := range list {
		if d.Code == plan.NotSupported && strings.Contains(d.Message, "for a model of another tool") {
			found++
		}
	}
	if found != 2 {
		t.Error(list)
	}
}

// A data file of a set is refused by its size, before it is read. The file is sparse.
func TestALargeDataFileIsRefused(t *testing.T) {
	folder := t.TempDir()
	f, err := os.Create(filepath.Join(folder, "large.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err = f.Truncate(8 << 30); err != nil {
		t.Skip(err)
	}
	f.Close()
	set := filepath.Join(folder, "set.toml")
	if err = os.WriteFile(set, []byte("model = \"m.mdl\"\ndata = [\"large.csv\"]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, list := plan.Load(set)
	found := slices.ContainsFunc(list, func(d diagnostic.Diagnostic) bool {
		return d.Code == plan.Unreadable && strings.Contains(d.Message, "it has 8 GB, and at most")
	})
	if !found {
		t.Errorf("the list is %v", list)
	}
}
