package foreign_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"weir/model/document"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/function"
)

// call is a call of a row with n arguments a, b, c …; the numbers that follow are those of
// arguments that are known before the run.
func call(r *foreign.Row, n int, known map[int]float64) (*foreign.Call, *[]string) {
	c := &foreign.Call{At: equation.Span{Start: 10, End: 30}, Name: equation.Span{Start: 10, End: 15}, Function: r.Title()}
	for i := range n {
		c.Args = append(c.Args, equation.NewName(equation.Span{Start: 16 + i, End: 17 + i}, string(rune('a'+i))))
	}
	var remarks []string
	c.Constant = func(arg int) (float64, bool) { x, ok := known[arg]; return x, ok }
	c.Start = c.Constant
	c.Fixed = func(arg int) bool { _, ok := known[arg]; return ok }
	c.Remark = func(g document.Grade, how string) { remarks = append(remarks, string(g)+": "+how) }
	return c, &remarks
}

// counts are the numbers of arguments that a row takes.
func counts(r *foreign.Row) []int {
	var out []int
	for n := r.Least; r.Takes(n) && n < r.Least+7; n++ {
		out = append(out, n)
	}
	return out
}

// Every row that needs nothing but trees makes, of each number of arguments that it takes,
// an equation that weir's own table knows.
func TestRowsMakeCallsOfTheTable(t *testing.T) {
	tried := 0
	for i := range foreign.Table {
		r := &foreign.Table[i]
		if r.Special != "" || r.Grade == document.Unsupported {
			continue
		}
		for _, n := range counts(r) {
			c, _ := call(r, n, map[int]float64{0: 2, 1: 1, 2: 2, 3: 2})
			tree, no := r.Lower(c)
			if no != nil {
				if !strings.Contains(no.Message, "without a standard deviation") {
					t.Errorf("%s of %d arguments is refused: %s", r.Title(), n, no.Message)
				}
				continue
			}
			tried++
			checkCalls(t, r.Title(), tree)
		}
	}
	if tried < 150 {
		t.Errorf("only %d calls were tried", tried)
	}
}

func checkCalls(t *testing.T, of string, tree equation.Expr) {
	t.Helper()
	text, too := equation.PrintWithin(tree)
	if _, mistakes := equation.Parse(text); too != "" || len(mistakes) > 0 {
		t.Errorf("%s makes %q: %s %v", of, text, too, mistakes)
	}
	equation.Walk(tree, func(e equation.Expr) bool {
		if e.Pos().Start < 10 || e.Pos().End > 30 {
			t.Errorf("%s: %s has a place outside of the call: %v", of, equation.Print(e), e.Pos())
		}
		c, ok := e.(*equation.Call)
		if !ok {
			return true
		}
		row := function.Find(c.Func)
		if row == nil {
			t.Errorf("%s calls %s, which is no function", of, c.Func)
			return true
		}
		if least, most := row.Arity(); len(c.Args) < least || most >= 0 && len(c.Args) > most {
			t.Errorf("%s calls %s with %d arguments, of %d to %d", of, c.Func, len(c.Args), least, most)
		}
		return true
	})
}

// The meanings of special rows are calls of the table, too.
func TestSpecialMeanings(t *testing.T) {
	for i := range foreign.Table {
		r := &foreign.Table[i]
		if r.Special != "" && r.Says == "" && len(r.Means) == 0 {
			t.Errorf("%s has no meaning for readers", r.Title())
		}
		called := len(r.Means) > 0 && strings.HasPrefix(r.Means[0].String(), "$1(") // a lookup or data series
		if r.Special != "" && len(r.Means) > 0 && r.Most >= 0 && !called {
			c, _ := call(r, r.Most, nil)
			checkCalls(t, r.Title(), r.Apply(c))
		}
	}
}

// Each name leads to one row in each kind of file.
func TestNamesAreUnique(t *testing.T) {
	seen := map[string]string{}
	add := func(key, row string) {
		if seen[key] != "" {
			t.Errorf("%s is in two rows: %s and %s", key, seen[key], row)
		}
		seen[key] = row
	}
	for i := range foreign.Table {
		r := &foreign.Table[i]
		if r.Vensim != "" {
			add("Vensim "+r.Vensim, r.Title())
		}
		for _, name := range append(slices.Clone(r.Stella), r.XMILE) {
			if name != "" {
				add(fmt.Sprint("XMILE ", strings.ToLower(name), " ", r.By), r.Title())
			}
		}
	}
}

// The same name means different things to different tools.
func TestToolsDiffer(t *testing.T) {
	for _, c := range []struct {
		name string
		args int
		by   foreign.Tool
		want string
	}{
		{"int", 1, foreign.AnyTool, "floor(a)"},                // XMILE 1.0, 3.5.1
		{"int", 1, foreign.ByVensim, "trunc(a)"},               // Vensim's INTEGER
		{"int", 1, foreign.ByTranslator, "trunc(a)"},           //
		{"pulse", 2, foreign.AnyTool, "pulse(a, b)"},           // XMILE 1.0, 3.5.4: once
		{"pulse", 2, foreign.ByStella, "pulse(a, b, dt)"},      // isee's help: every step
		{"pulse", 2, foreign.ByVensim, "pulse_between(a, b)"},  // Vensim: start, width
		{"delay_n", 4, foreign.AnyTool, "delay_n(a, b, 2, c)"}, // a function of Vensim's only: input, time, initial, order
		{"delayn", 4, foreign.AnyTool, "delay_n(a, b, 2, d)"},
		{"random_normal", 4, foreign.AnyTool, "normal_within(a, b, c, d)"}, // without Vensim's stream
		{"log", 1, foreign.ByVensim, "log10(a)"},                           // Vensim's takes two arguments
		{"min", 3, foreign.AnyTool, "min(a)"},                              // special: Reduce
	} {
		row := foreign.XMILE(c.name, c.args, c.by)
		if row == nil || !row.Takes(c.args) {
			t.Errorf("%s of %d arguments is not known", c.name, c.args)
			continue
		}
		known := map[int]float64{2: 2}
		if c.name == "delay_n" {
			known = map[int]float64{3: 2}
		}
		x, _ := call(row, c.args, known)
		tree, no := row.Lower(x)
		if no != nil || equation.Print(tree) != c.want {
			t.Errorf("%s by tool %d: got %v, want %s", c.name, c.by, tree, c.want)
		}
	}
	if foreign.XMILE("nothing", 1, foreign.AnyTool) != nil || foreign.Vensim("smth1") != nil {
		t.Error("a name is known that should not be")
	}
}

// RANDOM EXPONENTIAL(0,1,0,1,0) resamples beyond its limits. Of the exponential draws with
// mean 1 those below 1 have the mean 1 - 1/(e-1) = 0.418; to count those beyond as 1, as
// the XMILE importer did, makes 1 - 1/e = 0.632.
func TestDrawsBeyondTheLimits(t *testing.T) {
	for name, want := range map[string]string{
		"random_exponential": "max(a, min(b, c - d * ln(uniform(exp(-max(0, (b - c) / d)), exp(-max(0, (a - c) / d))))))",
		"random_poisson":     "max(a, min(b, poisson(c) * e + d))",
		"random_gamma":       "max(a, min(b, (exponential(1) + exponential(1)) * e + d))",
		"random_beta":        "max(a, min(b, 1 / (1 + (exponential(1) + exponential(1)) / (exponential(1) + exponential(1))) * f + e))",
		"random_binomial":    "max(a, min(b, (bernoulli(c) + bernoulli(c)) * f + e))",
	} {
		row := foreign.Vensim(name)
		c, remarks := call(row, row.Most, map[int]float64{2: 2, 3: 2})
		tree, no := row.Lower(c)
		if no != nil || equation.Print(tree) != want {
			t.Errorf("%s: got %v %s, want %s", name, no, equation.Print(tree), want)
		}
		if len(*remarks) != 1 || !strings.HasPrefix((*remarks)[0], "approximated: random numbers come from weir's own") {
			t.Errorf("%s: remarks %q", name, *remarks)
		}
	}
}

func TestVectorSelectByItsAction(t *testing.T) {
	row := foreign.Vensim("vector_select")
	for action, want := range map[float64]string{
		0: "vector_select(a, a * b, c, 0)", 3: "vector_select(a, a * b, c, 3)", 5: "vector_select(a, b^a, c, 4)", 10: "vector_select(a, b, c, 2)",
	} {
		c, _ := call(row, 5, map[int]float64{3: action, 4: 0})
		if tree, no := row.Lower(c); no != nil || equation.Print(tree) != want {
			t.Errorf("action %g: got %v, want %s", action, no, want)
		}
	}
	for action, want := range map[float64]string{1: "disagree on action 1", 11: "0 to 10", 0.5: "0 to 10"} {
		c, _ := call(row, 5, map[int]float64{3: action, 4: 0})
		if _, no := row.Lower(c); no == nil || !strings.Contains(no.Message, want) {
			t.Errorf("action %g: got %v, want a refusal with %q", action, no, want)
		}
	}
	c, _ := call(row, 5, nil)
	tree, _ := row.Lower(c)
	if text := equation.Print(tree); !strings.HasPrefix(text, "if d = 0 then vector_select(a, a * b, c, 0) else if d = 1 then") || strings.Count(text, "vector_select") != 11 {
		t.Errorf("an action that is not known makes %s", text)
	}
}

func TestArity(t *testing.T) {
	for name, want := range map[string]string{"abs": "1 argument", "step": "2 arguments", "forecast": "3 to 4 arguments", "random_0_1": "no arguments"} {
		if got := foreign.Vensim(name).Arity(); got != want {
			t.Errorf("%s takes %s, want %s", name, got, want)
		}
	}
	if got := foreign.XMILE("mean", 1, foreign.AnyTool).Arity(); got != "at least 1 argument" {
		t.Errorf("MEAN takes %s", got)
	}
}

// What is exported means the same when it is read again.
func TestExportIsReadAgain(t *testing.T) {
	for i := range foreign.Table {
		r := &foreign.Table[i]
		if r.Exports == "" || r.Special != "" {
			continue
		}
		row := function.Find(r.Exports)
		if row == nil {
			t.Errorf("%s exports %s, which is no function", r.Title(), r.Exports)
			continue
		}
		least, most := row.Arity()
		for n := least; n <= most; n++ {
			name, as := foreign.Exported(r.Exports, n)
			if name == "" || as != nil {
				continue
			}
			back := foreign.XMILE(foreign.Fold(name), n, foreign.AnyTool)
			c, _ := call(back, n, map[int]float64{2: 2})
			tree, no := back.Lower(c)
			called, ok := tree.(*equation.Call)
			if no != nil || !ok || called.Func != r.Exports || len(called.Args) != n {
				t.Errorf("%s of %d arguments is exported as %s, which is read as %v", r.Exports, n, name, tree)
			}
		}
	}
}

// DELAY N(5 + STEP(10, 1), 2, 5, 3) with a step of 1 has two stages of one step each, as
// Vensim's manual has it ("the order will be reduced"), and 4.5 is no whole number of steps.
func TestReducedOrder(t *testing.T) {
	for _, c := range []struct{ order, time, step, want float64 }{
		{3, 2, 1, 2}, {3, 3, 1, 3}, {3, 0.5, 1, 1}, {10, 4.5, 1, 4}, {3, 0.3, 0.1, 3}, {3, 9, 1, 3}, {3, 1, 0, 3}, {3, -1, 1, 1},
	} {
		if got := foreign.ReducedOrder(c.order, c.time, c.step); got != c.want {
			t.Errorf("order %g of %g in steps of %g: got %g, want %g", c.order, c.time, c.step, got, c.want)
		}
	}
	for name, want := range map[string]string{"delay_n": "delay_n(a, b, 2, c)", "smooth_n": "smooth_n(a, b, 2, c)"} {
		c, remarks := call(foreign.Vensim(name), 4, map[int]float64{1: 2, 3: 3})
		warned := ""
		c.Step, c.Warn = 1, func(arg int, hint, message string) { warned = message + "; " + hint }
		tree, no := foreign.Vensim(name).Lower(c)
		if no != nil || equation.Print(tree) != want {
			t.Errorf("%s: got %s, want %s", name, equation.Print(tree), want)
		}
		if !strings.Contains(warned, "is 2, shorter than 3 steps of 1: its order is reduced to 2, as in Vensim; keep") || len(*remarks) == 0 {
			t.Errorf("%s: %q, %q", name, warned, *remarks)
		}
	}
	c, _ := call(foreign.XMILE("delayn", 4, foreign.AnyTool), 4, map[int]float64{1: 2, 2: 3})
	c.Step = 1
	if tree, _ := foreign.XMILE("delayn", 4, foreign.AnyTool).Lower(c); equation.Print(tree) != "delay_n(a, b, 3, d)" {
		t.Errorf("XMILE's DELAYN has the order it says: got %s", equation.Print(tree))
	}
}
