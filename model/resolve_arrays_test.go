package model_test

import (
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
)

// What is wrong with a function of arrays or tables is said in the modeler's words.
func TestMistakesWithFunctionsOfArrays(t *testing.T) {
	for _, c := range []struct {
		over, equation string
		code           diagnostic.Code
		want           string
	}{
		{"", "size_of(rate)", model.NothingToReduce, "only a single number here"},
		{"", "vector_rank(seats[*], 1)", model.MissingDimension, "gives a number for every element of sector"},
		{"sector", "vector_rank(roll[*, *], 1)", model.AmbiguousReduction, "runs along one dimension, but there are 2 here"},
		{"sector", "position_in(grade)", model.MissingDimension, "not over grade"},
		{"sector", "position_in(rate)", model.NotAValue, "is about a dimension"},
		{"", "invert_matrix(roll[*, *])", model.SubscriptCount, "only a square matrix"},
		{"", "allocate_by_priority(seats[*], seats[*], 1, 2)", model.MissingDimension, "not over it"},
		{"", "lookup_slope(rate, 1)", model.LookupNotCalled, "must be a lookup or a data series"},
		{"", "lookup_slope(crowding, 1)", model.MissingDimension, "crowding is over [sector]"},
	} {
		over := ""
		if c.over != "" {
			over = "over = [\"" + c.over + "\"]\n"
		}
		if got := complaint(t, schools+"[aux.y]\n"+over+"equation = \""+c.equation+"\"\n", c.code); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s, want %s", c.equation, got, c.want)
		}
	}
}

// A model may have a variable by the name of one of the newer functions, and call the
// function nevertheless. Its own lookup of that name comes first.
func TestNamesOfNewerFunctionsAreFree(t *testing.T) {
	r := resolve(t, clock+"[aux.sign]\nequation = \"sign(time - 2) + log\"\n[aux.log]\nequation = \"1\"\n")
	equal(t, equations(t, r, "sign")[:len("sign = ")], "sign = ")
	r = resolve(t, clock+"[lookup.quantum]\npoints = [[0, 1], [1, 2]]\n[aux.y]\nequation = \"quantum(1)\"\n")
	if got := equations(t, r, "y"); !strings.Contains(got, "quantum(1)") {
		t.Errorf("got %s", got)
	}
}

// A delay shorter than a step is a mistake in a model that was written for weir, and a
// warning in one that another tool runs.
func TestShortDelaysOfImportedModels(t *testing.T) {
	m, list := model.Parse("model.toml", []byte(clock+"[aux.y]\nequation = \"delay_fixed(time, 0.01, 0)\"\n"), nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	if r, _ := model.Check(m); r != nil {
		t.Error("it was not refused")
	}
	m.Imported = &model.Import{Format: "Vensim"}
	r, list := model.Check(m)
	if r == nil || len(r.Guards) != 0 {
		t.Errorf("it was refused: %v", list)
	}
	for _, d := range list {
		if d.Code == model.DelayTooShort && d.Severity != diagnostic.Warning {
			t.Errorf("got %v", d)
		}
	}
}
