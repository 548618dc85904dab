package model_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
)

const twoShares = `calibrated = "fit/values.toml"
[time]
start = 0
stop  = 10
step  = 1
unit  = "year"
[dimension.sector]
elements = ["district", "charter"]
[stock.students]
over    = ["sector"]
initial = "100"
outflow = ["leaving"]
[flow.leaving]
over     = ["sector"]
equation = "students * share * pull"
[constant.share]
over  = ["sector"]
value = 0.03
range = [0, 0.2]
[constant.share.at]
charter = 0.05
[constant.pull]
value = 1
range = [0, 2]
`

// fitted is a file of values for a model whose fingerprint is known.
func fitted(fingerprint, constants string) string {
	return fmt.Sprintf("[calibration]\nmodel = %q\ndate = \"2026-11-21\"\n[constants]\n%s", fingerprint, constants)
}

func withValues(text, values string) (*model.Model, *resolved.Model, diagnostic.List) {
	m, list := model.Parse("model.toml", []byte(text), fstest.MapFS{"fit/values.toml": {Data: []byte(values)}})
	r, more := model.Check(m)
	return m, r, append(list, more...)
}

// fingerprint is that of twoShares without the values of both constants.
func fingerprint(text string) string {
	_, r, _ := withValues(text, fitted("", "pull = 1"))
	return model.Fingerprint(r, "share", "pull")
}

func hasCode(l diagnostic.List, code diagnostic.Code) bool {
	return slices.ContainsFunc(l, func(d diagnostic.Diagnostic) bool { return d.Code == code })
}

// Values of the file stand in the place of those of the model, elements too.
func TestCalibratedValues(t *testing.T) {
	m, r, list := withValues(twoShares, fitted(fingerprint(twoShares), "share = [0.07, 0.11]\npull = 1.5\n"))
	if list.HasErrors() || hasCode(list, model.StaleCalibration) {
		t.Fatal(list)
	}
	if x := m.Variable("share").Value; !slices.Equal(x, []float64{0.07, 0.11}) || m.Variable("share").At != nil || !m.Variable("share").Fitted {
		t.Errorf("share %v", x)
	}
	if x := r.Variables[slices.IndexFunc(r.Variables, func(v *resolved.Variable) bool { return v.Name == "pull" })]; x.Parts[0].Expr.(*resolved.Const).Value != 1.5 {
		t.Errorf("pull %v", x.Parts[0].Expr)
	}
	if m.Files["fit/values.toml"] == nil {
		t.Error("the file is not among the files read")
	}
}

// The fingerprint is of what the model computes, but for the values of the constants.
func TestFingerprint(t *testing.T) {
	base := fingerprint(twoShares)
	for what, row := range map[string]struct {
		old, new string
		same     bool
	}{
		"a value of theirs": {"value = 1\n", "value = 1.2\n", true},
		"a label":           {"[flow.leaving]\n", "[flow.leaving]\nlabel = \"Leaving\"\n", true},
		"a comment":         {"[flow.leaving]\n", "[flow.leaving] # out\n", true},
		"a range":           {"range = [0, 2]", "range = [0, 3]", true},
		"an equation":       {"students * share", "2 * students * share", false},
		"an initial value":  {`initial = "100"`, `initial = "101"`, false},
		"the step":          {"step  = 1", "step  = 0.5", false},
		"a priority":        {"outflow = [\"leaving\"]", "outflow = [\"leaving\"]\nnon_negative = true", false},
	} {
		if got := fingerprint(strings.Replace(twoShares, row.old, row.new, 1)); (got == base) != row.same {
			t.Errorf("%s: the same is %v, want %v", what, got == base, row.same)
		}
	}
}

// Values for another model are used with a warning, a file that cannot be right is an
// error, one that is not there yet a warning.
func TestCalibratedMistakes(t *testing.T) {
	good := fingerprint(twoShares)
	for _, row := range []struct {
		name, values string
		code         diagnostic.Code
		severity     diagnostic.Severity
	}{
		{"another model", fitted("00", "pull = 1.5"), model.StaleCalibration, diagnostic.Warning},
		{"other data", fitted(good, "pull = 1.5\n[data]\n\"births.csv\" = \"00\"\n"), model.StaleCalibration, diagnostic.Warning},
		{"too few elements", fitted(good, "share = [0.1]"), model.ValueCount, diagnostic.Error},
		{"several of a scalar", fitted(good, "pull = [1, 1]"), model.ValueCount, diagnostic.Error},
		{"outside the range", fitted(good, "pull = 3"), model.BadRange, diagnostic.Error},
		{"text", fitted(good, "pull = \"1\""), model.WrongType, diagnostic.Error},
		{"not finite", fitted(good, "pull = nan"), model.BadValue, diagnostic.Error},
		{"a flow", fitted(good, "leaving = 1"), model.UnknownCalibrated, diagnostic.Error},
		{"another file", "[time]\nstart = 0\n", model.MissingKey, diagnostic.Error},
		{"not TOML", "[calibration", model.NotTOML, diagnostic.Error},
	} {
		_, _, list := withValues(twoShares, row.values)
		if i := slices.IndexFunc(list, func(d diagnostic.Diagnostic) bool { return d.Code == row.code }); i < 0 || list[i].Severity != row.severity {
			t.Errorf("%s: %v", row.name, list)
		}
	}
	m, list := model.Parse("model.toml", []byte(strings.Replace(twoShares, "fit/values.toml", "../values.toml", 1)), os.DirFS("testdata"))
	if !m.Broken || !hasCode(list, model.OutsideFolder) {
		t.Errorf("a file outside the folder: %v", list)
	}
	m, list = model.Parse("model.toml", []byte(twoShares), fstest.MapFS{})
	if m.Broken || !hasCode(list, model.NotCalibrated) {
		t.Errorf("a file that is not there: %v", list)
	}
}

// A module brings its own calibrated values, and the warning about them; the model above
// may have values for a module's constants, which win.
func TestCalibratedModule(t *testing.T) {
	parent := `calibrated = "city.toml"
[time]
start = 0
stop  = 10
step  = 1
unit  = "year"
[module.schools]
file = "schools.toml"
[aux.all]
equation = "sum(schools.students)"
`
	files := fstest.MapFS{
		"schools.toml":    {Data: []byte(twoShares)},
		"fit/values.toml": {Data: []byte(fitted(fingerprint(twoShares), "share = [0.07, 0.11]\npull = 1.5\n"))},
		"city.toml":       {Data: []byte(fitted("00", "\"schools.share\" = [0.01, 0.02]\n"))},
	}
	m, list := model.Parse("model.toml", []byte(parent), files)
	_, more := model.Check(m)
	if list = append(list, more...); list.HasErrors() || isStale(list, "schools.toml") {
		t.Fatal(list)
	}
	if share, pull := m.Variable("schools.share").Value, m.Variable("schools.pull").Value; !slices.Equal(share, []float64{0.01, 0.02}) || pull[0] != 1.5 {
		t.Errorf("share %v, pull %v", share, pull)
	}
	files["fit/values.toml"].Data = []byte(fitted("00", "pull = 1.5\n"))
	m, _ = model.Parse("model.toml", []byte(parent), files)
	if _, list = model.Check(m); !isStale(list, "schools.toml") {
		t.Errorf("values for another version of the module: %v", list)
	}
}

// isStale reports whether a file is said to name values that were fitted to something else.
func isStale(list diagnostic.List, file string) bool {
	return slices.ContainsFunc(list, func(d diagnostic.Diagnostic) bool {
		return d.Code == model.StaleCalibration && d.Span.File == file
	})
}

// FuzzCalibrated reads any file of values: there must be no panic, and every diagnostic
// must lie inside its file.
func FuzzCalibrated(f *testing.F) {
	good := fingerprint(twoShares)
	f.Add(fitted(good, "share = [0.07, 0.11]\npull = 1.5\n"))
	f.Add(fitted(good, "share = [[0.07], 0.11]\nleaving = {}\n[data]\n\"x.csv\" = 3\n"))
	f.Add("[constants.share]\n[[calibration]]\n")
	f.Fuzz(func(t *testing.T, values string) {
		m, _, list := withValues(twoShares, values)
		for _, d := range list {
			if s := d.Span; s.Start < 0 || s.End < s.Start || s.End > len(m.Files[s.File]) || d.Message == "" {
				t.Fatalf("%s at %v: %s", d.Code, s, d.Message)
			}
		}
	})
}
