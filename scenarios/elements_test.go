package scenarios

import (
	"context"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios/plan"
)

// gradesModel has seats by sector and grade, with the upper grades as a subrange.
const gradesModel = `
[time]
start = 2020
stop = 2030
step = 1
unit = "year"
[dimension.sector]
elements = ["district", "charter"]
[dimension.grade]
elements = ["k", "1..3"]
[dimension.upper]
of = "grade"
elements = ["2..3"]
[decision.seats]
over = ["sector", "grade"]
value = [[10, 10, 10, 10], [1, 2, 3, 4]]
units = "1"
[constant.taken]
over = ["grade"]
value = 0.5
range = [0, 1]
units = "1"
[aux.filled]
equation = "sum(seats[*, grade!] * taken[grade!])"
units = "1"
`

// grades reads a set of one intervention over it.
func grades(changes string) (*Set, diagnostic.List) {
	text := "model = \"model.toml\"\n[outcome.filled]\nvariable = \"filled\"\nbetter = \"higher\"\n" + changes + "\n[scenario.s]\ninterventions = [\"i\"]\n"
	return Parse("set.toml", []byte(text), func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Parse("model.toml", []byte(gradesModel), nil)
	})
}

// A change of a subrange, or of * in one dimension, is that of each of its elements.
func TestChangeOfSomeElements(t *testing.T) {
	for some, each := range map[string][]string{
		"charter, upper": {"charter,2", "charter,3"},
		"*, k":           {"district,k", "charter,k"},
		"district,*":     {"district,k", "district,1", "district,2", "district,3"},
		"sector, Upper":  {"district,2", "district,3", "charter,2", "charter,3"},
	} {
		one := "[intervention.i.change.\"seats[" + some + "]\"]\ntimes = 3\nstart = 2025\n"
		all := ""
		for _, e := range each {
			all += strings.Replace(one, some, e, 1)
		}
		if got, want := filled(t, one), filled(t, all); !slices.Equal(got, want) {
			t.Errorf("seats[%s] gives %v, its elements %v", some, got, want)
		}
	}
}

// filled is the outcome of the scenario.
func filled(t *testing.T, changes string) []float64 {
	t.Helper()
	set, list := grades(changes)
	if list.HasErrors() {
		t.Fatal(list)
	}
	c, err := Compare(context.Background(), set, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if slices.Equal(c.Runs[0].Result.Series("filled"), c.Baseline.Result.Series("filled")) {
		t.Errorf("%s changes nothing", changes)
	}
	return c.Runs[0].Result.Series("filled")
}

// An assumption may be one of some elements, too.
func TestAssumptionOfSomeElements(t *testing.T) {
	const seats = "[intervention.i.change.seats]\nadd = 1\n"
	one := filled(t, "[assumption.\"taken[upper]\"]\nto = 0.25\n"+seats)
	if each := filled(t, "[assumption.\"taken[2]\"]\nto = 0.25\n[assumption.\"taken[3]\"]\nto = 0.25\n"+seats); !slices.Equal(one, each) {
		t.Errorf("taken[upper] gives %v, its elements %v", one, each)
	}
}

// Names are written as in results, all elements together by the bare name; a lever is one
// line where the elements had one value, and one an element where they had not.
func TestNamesAndLeversOfSomeElements(t *testing.T) {
	for name, want := range map[string]struct {
		name   string
		levers []string
	}{
		"seats[ District ,UPPER]": {"seats[district,upper]", []string{"seats[district,upper]"}},
		"seats[charter,upper]":    {"seats[charter,upper]", []string{"seats[charter,2]", "seats[charter,3]"}},
		"seats[charter,3]":        {"seats[charter,3]", []string{"seats[charter,3]"}},
		"seats[district,*]":       {"seats[district,*]", []string{"seats[district,*]"}},
		"seats[*,grade]":          {"seats", []string{"seats[district,k]", "seats[district,1]", "seats[district,2]", "seats[district,3]", "seats[charter,k]", "seats[charter,1]", "seats[charter,2]", "seats[charter,3]"}},
	} {
		set, list := grades("[intervention.i.change.\"" + name + "\"]\nadd = 1\n")
		if list.HasErrors() {
			t.Fatal(name, list)
		}
		var got []string
		for _, l := range levers(set) {
			got = append(got, l.Decision)
		}
		if set.Interventions[0].Changes[0].Variable != want.name || !slices.Equal(got, want.levers) {
			t.Errorf("%s is %s, levers %q", name, set.Interventions[0].Changes[0].Variable, got)
		}
	}
}

// Changes overlap where they share an element.
func TestOverlapOfSomeElements(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"charter,upper", "charter,3"}:    true,
		{"charter,upper", "*,2"}:          true,
		{"*,k", "district,*"}:             true,
		{"charter,upper", "charter,k"}:    false,
		{"charter,upper", "district,*"}:   false,
		{"district,grade", "charter,*"}:   false,
		{"sector,upper", "charter,upper"}: true,
	} {
		_, list := grades("[intervention.i.change.\"seats[" + pair[0] + "]\"]\nadd = 1\n[intervention.i.change.\"seats[" + pair[1] + "]\"]\nadd = 2\n")
		if got := slices.ContainsFunc(list, func(d diagnostic.Diagnostic) bool { return d.Code == plan.Overlap }); got != want {
			t.Errorf("%q overlap: %v", pair, got)
		}
	}
}

// Where one number is wanted, or there is no such element, the report says so.
func TestRefusalsOfSomeElements(t *testing.T) {
	for changes, want := range map[string]diagnostic.Code{
		"[intervention.i.change.\"seats[charter,uper]\"]\nadd = 1\n":                                                         plan.UnknownElement,
		"[intervention.i.change.\"seats[charter,sector]\"]\nadd = 1\n":                                                       plan.UnknownElement,
		"[intervention.i.change.\"seats[upper]\"]\nadd = 1\n":                                                                plan.UnknownElement,
		"[intervention.i.change.seats]\nadd = 1\n[chart.c]\nvariable = \"seats[charter,upper]\"\n":                           plan.WhichElement,
		"[intervention.i.change.seats]\nadd = 1\n[assumption.\"taken[upper]\"]\nto = 2\n":                                    plan.OutOfRange,
		"[intervention.i.change.seats]\nadd = 1\n[assumption.\"taken[upper]\"]\nto = 1\n[assumption.\"taken[3]\"]\nto = 0\n": plan.Overlap,
	} {
		_, list := grades(changes)
		if i := slices.IndexFunc(list, func(d diagnostic.Diagnostic) bool { return d.Code == want }); i < 0 || len(errorsOf(list)) != 1 {
			t.Errorf("%s: %v", changes, list)
		}
	}
}
