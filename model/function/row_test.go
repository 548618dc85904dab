package function

import (
	"slices"
	"strings"
	"testing"

	"weir/model/equation"
)

func TestRowsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Table {
		for _, n := range r.names() {
			if seen[n] || n != strings.ToLower(n) {
				t.Errorf("%s is there twice, or not in lower case", n)
			}
			seen[n] = true
		}
		if r.Help == "" || r.Source == "" || r.Units == "" || r.Example == "" {
			t.Errorf("%s lacks its help, source, unit rule or example", r.Name)
		}
		if !strings.Contains(r.Example, r.Name) && !slices.ContainsFunc(r.Aliases, func(a string) bool { return strings.Contains(r.Example, a) }) {
			t.Errorf("%s: the example %s does not use it", r.Name, r.Example)
		}
		params, _, _ := strings.Cut(r.Units, "->")
		if n := strings.Count(params, ",") + 1; strings.TrimSpace(params) != "" && n != len(r.Params) || strings.TrimSpace(params) == "" && len(r.Params) > 0 {
			t.Errorf("%s: the unit rule %s does not fit %s", r.Name, r.Units, r.Signature())
		}
		for i, p := range r.Params {
			if p.Optional != (p.Default != "") || i > 0 && r.Params[i-1].Optional && !p.Optional {
				t.Errorf("%s: optional parameters come last and have a default", r.Signature())
			}
		}
	}
}

// Every text of a row uses only what is in reach.
func TestDefinitionsUseKnownNames(t *testing.T) {
	for i := range Table {
		r := &Table[i]
		var known []string
		for _, p := range r.Params {
			known = append(known, p.Name)
		}
		for _, p := range r.Params {
			checkNames(t, r, p.Default, known)
		}
		checkNames(t, r, r.Recall.Input, known)
		checkNames(t, r, r.Recall.Initial, known)
		checkNames(t, r, r.Recall.Delay, known)
		if r.Kind == Defined {
			checkExpansion(t, r, known)
		}
	}
}

func checkExpansion(t *testing.T, r *Row, known []string) {
	e := r.Expand(4)
	checkNames(t, r, e.StageTime, known)
	for _, s := range e.States {
		checkNames(t, r, s.Initial, known)
	}
	for _, s := range e.States {
		known = append(known, s.Name)
	}
	for _, s := range e.States {
		checkNames(t, r, s.Net, known)
		checkNames(t, r, s.Delay, known)
	}
	checkNames(t, r, e.Value, known)
}

func checkNames(t *testing.T, r *Row, text string, known []string) {
	if text == "" {
		return
	}
	e, errors := equation.Parse(text)
	if len(errors) > 0 {
		t.Errorf("%s: %s: %v", r.Name, text, errors)
	}
	equation.Walk(e, func(e equation.Expr) bool {
		switch e := e.(type) {
		case *equation.Name:
			if Find(e.Name) == nil && !slices.Contains(known, e.Name) {
				t.Errorf("%s: %s: what is %s?", r.Name, text, e.Name)
			}
		case *equation.Call:
			if Find(e.Func) == nil {
				t.Errorf("%s: %s: what is %s?", r.Name, text, e.Func)
			}
		}
		return true
	})
}

func TestFind(t *testing.T) {
	for name, want := range map[string]string{"SMTH1": "smooth1", "Int": "floor", "time_step": "dt", "delay_n": "delay_n"} {
		if r := Find(name); r == nil || r.Name != want {
			t.Errorf("%s: got %v", name, r)
		}
	}
	if Find("births") != nil {
		t.Error("births is no function")
	}
}

func TestSignature(t *testing.T) {
	for name, want := range map[string]string{
		"smooth_n": "smooth_n(input, averaging_time, n, initial?)", "min": "min(a, b, …)", "dt": "dt",
	} {
		if got := Find(name).Signature(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestArity(t *testing.T) {
	for name, want := range map[string][2]int{"min": {1, -1}, "safediv": {2, 3}, "smooth_n": {3, 4}, "pi": {0, 0}, "previous": {2, 2}} {
		if least, most := Find(name).Arity(); least != want[0] || most != want[1] {
			t.Errorf("%s: got %d to %d, want %v", name, least, most, want)
		}
	}
}

func TestChain(t *testing.T) {
	e := Find("delay_n").Expand(2)
	want := Expansion{[]State{
		{Name: "stage1", Initial: "initial * (delay_time / 2)", Net: "input - stage1 / (delay_time / 2)"},
		{Name: "stage2", Initial: "initial * (delay_time / 2)", Net: "(stage1 / (delay_time / 2)) - stage2 / (delay_time / 2)"},
	}, "stage2 / (delay_time / 2)", "delay_time / 2"}
	if !slices.Equal(e.States, want.States) || e.Value != want.Value || e.StageTime != want.StageTime {
		t.Errorf("got %+v", e)
	}
}
