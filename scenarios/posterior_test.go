package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios/plan"
	"weir/scenarios/uncertainty"
)

// drawsOf is the text of a posterior over a model given as text.
func drawsOf(t *testing.T, modelText string, names []string, draws [][]float64) string {
	t.Helper()
	m, _ := model.Parse("model.toml", []byte(modelText), nil)
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	var bases []string
	for _, n := range names {
		base, _, _ := strings.Cut(n, "[")
		bases = append(bases, base)
	}
	var rows []string
	for _, d := range draws {
		rows = append(rows, strings.ReplaceAll(fmt.Sprint(d), " ", ", "))
	}
	return fmt.Sprintf("[posterior]\nmodel = %q\nconstants = [\"%s\"]\ndraws = [%s]\n", model.Fingerprint(r, bases...), strings.Join(names, `", "`), strings.Join(rows, ", "))
}

// readWith reads a set beside a posterior.
func readWith(modelText, setText, posterior string) (*Set, diagnostic.List) {
	return plan.ParseIn("set.toml", []byte(setText), plan.Reading{
		Load: func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
			return model.Parse("model.toml", []byte(modelText), nil)
		},
		Open: func(string) ([]byte, error) { return []byte(posterior), nil }})
}

// twelve draws in which the two constants add up to 1.
func twelve() (draws [][]float64) {
	for i := range 12 {
		x := float64(i) / 16
		draws = append(draws, []float64{x, 1 - x})
	}
	return draws
}

// A future has a whole draw, so that what goes together stays together; constants of
// which there are no draws are still drawn from their ranges.
func TestPosteriorDraws(t *testing.T) {
	set, list := readWith(gains, gainsSet+"[uncertainty]\nposterior = \"p.toml\"\n", drawsOf(t, gains, []string{"luck", "level"}, twelve()))
	if list.HasErrors() {
		t.Fatal(list)
	}
	u := set.Uncertainty
	if u.Runs != 12 || u.Sources[0].Name != "luck" || u.Sources[0].Distribution != uncertainty.FromPosterior || u.Position("level") != 1 || u.Position("weight") < 0 {
		t.Fatalf("%d runs of %+v", u.Runs, u.Sources)
	}
	sampler, err := u.Sampler()
	if err != nil {
		t.Fatal(err)
	}
	draws := make([]float64, len(u.Sources))
	weights := map[float64]bool{}
	for m := range u.Runs {
		sampler.Draws(m, draws)
		if draws[0] != float64(m)/16 || draws[0]+draws[1] != 1 {
			t.Errorf("member %d draws %v", m, draws[:2])
		}
		weights[draws[u.Position("weight")]] = true
	}
	if len(weights) != u.Runs {
		t.Errorf("weight, which has no draws, has %d values in %d futures", len(weights), u.Runs)
	}
}

// One element of an array may have draws, and only it moves.
func TestPosteriorOfAnElement(t *testing.T) {
	draws := make([][]float64, 10)
	for i := range draws {
		draws[i] = []float64{0.125 * float64(i)}
	}
	set, list := readWith(gains, gainsSet+"[uncertainty]\nconstants = []\nposterior = \"p.toml\"\n", drawsOf(t, gains, []string{"parts[b]"}, draws))
	if list.HasErrors() {
		t.Fatal(list)
	}
	sampler, err := set.Uncertainty.Sampler()
	if err != nil {
		t.Fatal(err)
	}
	to := make([]float64, 1)
	sampler.Values(3, to)
	if vary := sampler.Vary(); !slices.Equal(vary, []string{"parts[b]"}) || to[0] != 0.375 {
		t.Errorf("%v vary, in member 3 %v", vary, to)
	}
}

func TestPosteriorRefusals(t *testing.T) {
	good := drawsOf(t, gains, []string{"luck", "level"}, twelve())
	for _, row := range []struct {
		name, set, posterior, says string
		code                       diagnostic.Code
	}{
		{"more futures than draws", "runs = 13\n", good, "has 12 draws, so there are no 13 futures", plan.BadRuns},
		{"another model", "", strings.Replace(good, `model = "`, `model = "0`, 1), "for another version of the model", plan.OtherModel},
		{"a short draw", "", strings.Replace(good, "[0, 1]", "[0]", 1), "one number for each of 2 constants", plan.BadPosterior},
		{"no draws", "", good[:strings.Index(good, "draws")], "no draws", "missing-key"},
		{"not a posterior", "", "[calibration]\n", "the file has no posterior", "missing-key"},
		{"not TOML", "", "draws = [", "", "not-toml"},
		{"correlated besides", "correlation = [[\"luck\", \"weight\", 0.5]]\n", good, "luck is drawn from the posterior", plan.BadPosterior},
		{"left out besides", "without = [\"luck\"]\n", good, "luck is drawn from the posterior", plan.BadPosterior},
		{"given one value besides", "[assumption.luck]\nto = 0.5\n", good, "cannot be given one value", plan.BadPosterior},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, list := readWith(gains, gainsSet+"[uncertainty]\nposterior = \"p.toml\"\n"+row.set, row.posterior)
			i := slices.IndexFunc(list, func(d diagnostic.Diagnostic) bool { return d.Code == row.code })
			if i < 0 || !strings.Contains(list[i].Message, row.says) {
				t.Errorf("want %s %q, got %v", row.code, row.says, list)
			}
		})
	}
	if _, list := read(gains, gainsSet+"[uncertainty]\nposterior = \"p.toml\"\n"); !list.HasErrors() {
		t.Error("a posterior that cannot be read is passed over")
	}
	if _, list := read(gains, gainsSet+"[uncertainty]\nposterior = \"../p.toml\"\n"); len(mistakes(list)) != 1 || mistakes(list)[0].Code != plan.OutsideFolder {
		t.Errorf("a posterior outside the folder: %v", list)
	}
}

// FuzzPosterior: no file makes weir panic; every mistake has a place in a file; and draws
// without mistakes can be drawn.
func FuzzPosterior(f *testing.F) {
	m, _ := model.Parse("model.toml", []byte(gains), nil)
	r, _ := model.Check(m)
	head := fmt.Sprintf("[posterior]\nmodel = %q\n", model.Fingerprint(r, "luck", "level"))
	for _, text := range []string{
		head + "constants = [\"luck\", \"level\"]\ndraws = [[0.1, 1], [0.2, 0.9]]\n",
		head + "constants = [\"luck\", \"level[a]\"]\ndraws = [[0.1, 1], [0.2]]\n",
		head + "constants = \"luck\"\ndraws = [1, nan, \"x\"]\nconverged = false\n",
		"draws = [", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		set, list := readWith(gains, gainsSet+"[uncertainty]\nposterior = \"p.toml\"\n", text)
		for _, d := range list {
			if s := d.Span; s.Start < 0 || s.End < s.Start || s.File == "p.toml" && s.End > len(text) || d.Message == "" {
				t.Fatalf("%+v in a text of %d bytes", d, len(text))
			}
		}
		if list.HasErrors() {
			return
		}
		sampler, err := set.Uncertainty.Sampler()
		if err != nil {
			t.Fatal(err)
		}
		to := make([]float64, len(sampler.Vary()))
		for m := range set.Uncertainty.Runs {
			sampler.Values(m, to)
		}
	})
}
