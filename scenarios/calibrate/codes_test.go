package calibrate_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios/calibrate"
)

const exampleData = "year,count,district,charter\n2001,970,500,0\n2002,940,480,10\n2003,,470,20\n2004,890,450,30\n"

var remark = regexp.MustCompile(`# ERROR ([a-z-]+)`)

// check reads a model beside the example data and reports its mistakes, those of
// [calibration] among them.
func check(text string) diagnostic.List {
	m, list := model.Parse("model.toml", []byte(text), fstest.MapFS{"data.csv": {Data: []byte(exampleData)}})
	if r, more := model.Check(m); r == nil {
		list = append(list, more...)
	} else {
		list = append(list, calibrate.Check(m)...)
	}
	return slices.DeleteFunc(list, func(d diagnostic.Diagnostic) bool { return d.Severity != diagnostic.Error })
}

// Every code has an example that earns it, at its line, and nothing else.
func TestCodes(t *testing.T) {
	for _, row := range calibrate.Codes {
		t.Run(string(row.Code), func(t *testing.T) {
			var want, got []string
			for i, line := range strings.Split(row.Example, "\n") {
				for _, m := range remark.FindAllStringSubmatch(line, -1) {
					want = append(want, fmt.Sprint(i+1, " ", m[1]))
				}
			}
			list := check(row.Example)
			for _, d := range list {
				line, _ := diagnostic.Position([]byte(row.Example), d.Span.Start)
				got = append(got, fmt.Sprint(line, " ", d.Code))
			}
			if !slices.Equal(got, want) || !strings.Contains(strings.Join(got, " "), string(row.Code)) {
				t.Errorf("found %q, want %q\n%v", got, want, list)
			}
			if !strings.HasSuffix(row.Sentence, ".") {
				t.Errorf("%q is no sentence", row.Sentence)
			}
		})
	}
}

// Other mistakes, with words that the message has. The model is that of the examples.
func TestRefusals(t *testing.T) {
	base := calibrate.Codes[0].Example
	base = base[:strings.Index(base, "[calibration]")]
	const fit = "[calibration.fit.a]\nvariable = \"students[district]\"\ndata = \"counted\"\n"
	for _, row := range []struct{ name, text, says string }{
		{"a decision", "[decision.lever]\nvalue = 0\nrange = [0, 1]\n[calibration]\nconstants = [\"lever\"]\n" + fit, "lever is a decision, not a constant"},
		{"a stock", "[calibration]\nconstants = [\"students\"]\n" + fit, "students is a stock; only constants are fitted"},
		{"an element of a scalar", "[calibration]\nconstants = [\"leaving_share[k]\"]\n" + fit, "leaving_share has no elements, and one is named"},
		{"twice", "[calibration]\nconstants = [\"leaving_share\", \"leaving_share\"]\n" + fit, "leaving_share is fitted already"},
		{"an array as variable", strings.Replace(fit, "students[district]", "students", 1), "students has elements of sector, and one number is fitted"},
		{"an array in an expression", strings.Replace(fit, "students[district]", "2 * students", 1), "sector"},
		{"an unknown variable", strings.Replace(fit, "students[district]", "studnets[district]", 1), "studnets"},
		{"a mistake in an expression", strings.Replace(fit, "students[district]", "students[district] +", 1), ""},
		{"an unknown element of data", strings.Replace(fit, "counted", "by_sector[chrater]", 1), `"chrater" is not an element of sector`},
		{"unknown data", strings.Replace(fit, "counted", "countde", 1), `no recorded data "countde"`},
		{"no data after", fit + "[calibration]\nfrom = 2005\n", "counted has no data between 2005 and 2010"},
		{"the same variable twice", "[data.too]\nfile = \"data.csv\"\ntime = \"year\"\nvalue = \"count\"\nunits = \"student\"\n" + fit +
			strings.Replace(strings.Replace(fit, "fit.a", "fit.b", 1), "counted", "too", 1), "students[district] is fitted twice at 2001"},
		{"a weight of nothing", fit + "weight = 0\n", "weight must be more than 0"},
		{"a kind of error", fit + "error = \"square\"\n", `"square" is not a possible error`},
		{"a misspelt key", fit + "wieght = 2\n", "wieght"},
		{"no fit", "[calibration]\nfrom = 2001\n", "has no fit"},
		{"no variable", "[calibration.fit.a]\ndata = \"counted\"\n", "has no variable"},
	} {
		t.Run(row.name, func(t *testing.T) {
			list := check(base + row.text)
			if len(list) == 0 || !strings.Contains(list[0].Message, row.says) {
				t.Errorf("want %q, got %v", row.says, list)
			}
			for _, d := range list {
				if line, _ := diagnostic.Position([]byte(base+row.text), d.Span.Start); d.Span.Start < len(base) {
					t.Errorf("%s is reported in line %d, outside of what is wrong", d.Message, line)
				}
			}
		})
	}
}

// Parted by dates, one record may serve twice, and a variable two records.
func TestPartedByDates(t *testing.T) {
	base := calibrate.Codes[0].Example
	base = base[:strings.Index(base, "[calibration]")]
	text := base + "[calibration.fit.a]\nvariable = \"students[district]\"\ndata = \"counted\"\nto = 2002\n[calibration.fit.b]\nvariable = \"students[district]\"\ndata = \"by_sector[district]\"\nfrom = 2003\n"
	if list := check(text); len(list) > 0 {
		t.Error(list)
	}
}

// Constants, variables and data of modules are named in full.
func TestModules(t *testing.T) {
	parent := `[time]
start = 0
stop  = 20
step  = 0.25
unit  = "year"
method = "rk4"
[module.lake]
file = "lake.toml"
[calibration]
constants = ["lake.growth", "lake.room"]
[calibration.fit.fish]
variable = "lake.x"
data     = "lake.counted"
`
	data := counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 1)
	m, list := model.Parse("model.toml", []byte(parent), fstest.MapFS{"lake.toml": {Data: []byte(logistic)}, "data.csv": {Data: []byte(data)}})
	if list.HasErrors() {
		t.Fatal(list)
	}
	r := run(t, m, calibrate.Options{})
	alone := run(t, load(t, logistic, data), calibrate.Options{})
	for i, c := range r.Constants {
		if c.Name != "lake."+alone.Constants[i].Name || c.Value != alone.Constants[i].Value {
			t.Errorf("%s %v, alone %v", c.Name, c.Value, alone.Constants[i].Value)
		}
	}
	var b strings.Builder
	if err := calibrate.WriteValues(&b, r, calibrate.Stamp{}); err != nil || !strings.Contains(b.String(), `"lake.growth" = `) {
		t.Error(err, b.String())
	}
}

// A model without [calibration] says so, and weir check has nothing to report.
func TestNoTable(t *testing.T) {
	m := load(t, logistic[:strings.Index(logistic, "[calibration")], "t,x\n1,2\n")
	if list := calibrate.Check(m); len(list) > 0 {
		t.Error(list)
	}
	if _, err := calibrate.Run(t.Context(), m, calibrate.Options{}); err == nil || !strings.Contains(err.Error(), "has no [calibration]") {
		t.Error(err)
	}
}

// What is written is what the model takes: the values, and no warning.
func TestRoundTrip(t *testing.T) {
	data := counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 1)
	r := run(t, load(t, logistic, data), calibrate.Options{})
	var b strings.Builder
	if err := calibrate.WriteValues(&b, r, calibrate.Stamp{Version: "1", Date: "2026-11-21"}); err != nil {
		t.Fatal(err)
	}
	m, list := model.Parse("model.toml", []byte("calibrated = \"c.toml\"\n"+logistic),
		fstest.MapFS{"data.csv": {Data: []byte(data)}, "c.toml": {Data: []byte(b.String())}})
	_, more := model.Check(m)
	for _, d := range append(list, more...) {
		if d.Code == model.StaleCalibration || d.Severity == diagnostic.Error {
			t.Error(d.Message, b.String())
		}
	}
	for _, c := range r.Constants {
		if got := m.Variable(c.Name).Value[0]; got != c.Value {
			t.Errorf("%s is %v in the model, %v fitted", c.Name, got, c.Value)
		}
	}
	again := run(t, m, calibrate.Options{})
	if again.Before != again.After && again.Before > again.After*(1+1e-6) {
		t.Errorf("the fit was not the best: %v, then %v", again.Before, again.After)
	}
}

// FuzzCheck reads any [calibration]: there must be no panic, and every mistake is in it.
func FuzzCheck(f *testing.F) {
	base := calibrate.Codes[0].Example
	base = base[:strings.Index(base, "[calibration]")]
	for _, row := range calibrate.Codes {
		f.Add(row.Example[min(len(row.Example), len(base)):])
	}
	f.Add("[calibration]\nconstants = [\"leaving_share\", \"pull[a]\"]\nprior = true\n[calibration.fit.a]\nvariable = \"sum(students)\"\ndata = \"by_sector[district]\"\nerror = \"absolute\"\nfrom = 2001\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range check(base + text) {
			if s := d.Span; s.Start < 0 || s.End < s.Start || d.Message == "" {
				t.Fatalf("%+v", d)
			}
		}
	})
}
