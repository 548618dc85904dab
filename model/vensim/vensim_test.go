package vensim

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/syntax"
	"weir/sim"
)

// clockText is the end of every model here: from 0 to 4 by 1.
const clockText = `
INITIAL TIME = 0 ~ Month ~~|
FINAL TIME = 4 ~ Month ~~|
TIME STEP = 1 ~ Month ~~|
SAVEPER = TIME STEP ~ Month ~~|
`

// parse reads a model of some equations, with no data.
func parse(t *testing.T, equations string) (*model.Model, diagnostic.List) {
	t.Helper()
	return Parse("model.mdl", []byte("{UTF-8}\n"+equations+clockText), nil, model.ImportOptions{})
}

// simulate runs a model and gives its columns by the names of the file.
func simulate(t *testing.T, equations string) map[string][]float64 {
	t.Helper()
	return simulateWith(t, equations+clockText, nil, model.ImportOptions{})
}

func simulateWith(t *testing.T, text string, fsys fs.FS, o model.ImportOptions) map[string][]float64 {
	t.Helper()
	m, list := Parse("model.mdl", []byte("{UTF-8}\n"+text), fsys, o)
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(rendered(list, m))
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	result, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	names := m.FileNames()
	out := map[string][]float64{}
	for _, c := range result.Columns {
		out[names(c.Variable, c.Elements)] = result.Series(c.Name())
	}
	return out
}

func rendered(list diagnostic.List, m *model.Model) string {
	var b strings.Builder
	diagnostic.Render(&b, list, m.Files)
	return b.String()
}

// equal compares a column with what it should be.
func equal(t *testing.T, columns map[string][]float64, name string, want ...float64) {
	t.Helper()
	got, ok := columns[name]
	if !ok {
		t.Errorf("there is no column %s", name)
		return
	}
	if len(want) == 1 {
		want = []float64{want[0], want[0], want[0], want[0], want[0]}
	}
	for i := range want {
		if i >= len(got) || math.Abs(got[i]-want[i]) > 1e-9*math.Max(1, math.Abs(want[i])) {
			t.Errorf("%s is %v, want %v", name, got, want)
			return
		}
	}
}

// What a table says of each feature follows from the equations alone, by hand.
func TestEquations(t *testing.T) {
	na := float64(syntax.NotAvailable)
	for _, c := range []struct {
		what, equations string
		want            map[string][]float64
	}{
		{"a stock and its flows", "water = INTEG(inflow - outflow, 10) ~ liter ~~|\ninflow = 2+0*Time ~~|\noutflow = Time ~~|",
			map[string][]float64{"water": {10, 12, 13, 13, 12}}},
		{"a stock of what is no sum of names", "water = INTEG(-water/2, 8) ~~|", map[string][]float64{"water": {8, 4, 2, 1, 0.5}}},
		{"one flow between two stocks, and twice from one", "a = INTEG(-f, 4) ~~|\nb = INTEG(f + f, 0) ~~|\nf = Time ~~|",
			map[string][]float64{"a": {4, 4, 3, 1, -2}, "b": {0, 0, 2, 6, 12}}},
		{"case, blanks and underscores in names", "My  Rate = 3 ~~|\nx = my_rate + MY RATE ~~|", map[string][]float64{"x": {6}}},
		{"names in quotes, with quotes", "\"a \\\"b\\\" [c] | ~\" = 3 ~~|\nx = \"A \\\"b\\\" [c] | ~\" ~~|", map[string][]float64{"x": {3}}},
		{"names of other alphabets", "Größe = 3 ~~|\nx = größe ~~|", map[string][]float64{"x": {3}}},
		{"names that weir has functions of", "step = 3 ~~|\nif = 2 ~~|\nx = step * if ~~|", map[string][]float64{"x": {6}, "step": {3}}},
		{"lines that go on, and comments", "long name = 3 ~~|\nx = long\\\n\t\t name {a comment} + \\\n 1 ~~|", map[string][]float64{"x": {4}}},
		{"precedence", "x = -2^2 + 3*2^3^0 ~~|\ny = 1 - 2 - 3 ~~|\nz = 2 / 4 / 2 ~~|", map[string][]float64{"x": {2}, "y": {-4}, "z": {0.25}}},
		{"logic", "x = IF THEN ELSE(Time > 1 :AND: :NOT: (Time = 3), 1, 0) ~~|\ny = IF THEN ELSE(Time < 1 :OR: Time >= 4, 1, 0) ~~|",
			map[string][]float64{"x": {0, 0, 1, 0, 1}, "y": {1, 0, 0, 0, 1}}},
		{"what is not available", "x = IF THEN ELSE(Time = 2, :NA:, 1) ~~|\ny = IF THEN ELSE(x = :NA:, 1, 0) ~~|", map[string][]float64{"x": {1, 1, na, 1, 1}, "y": {0, 0, 1, 0, 0}}},
		{"functions that cut", "x = MODULO(-9.5, 3) ~~|\ny = INTEGER(-9.9) ~~|\nz = QUANTUM(7.9, 2) ~~|", map[string][]float64{"x": {-0.5}, "y": {-9}, "z": {6}}},
		{"division", "x = ZIDZ(1, 0) + XIDZ(1, 0, 5) ~~|", map[string][]float64{"x": {5}}},
		{"pulses", "x = PULSE(1, 2) ~~|\ny = PULSE TRAIN(0, 1, 2, 3) ~~|", map[string][]float64{"x": {0, 1, 1, 0, 0}, "y": {1, 0, 1, 0, 0}}},
		{"steps and ramps", "x = STEP(3, 2) ~~|\ny = RAMP(2, 1, 3) ~~|", map[string][]float64{"x": {0, 0, 3, 3, 3}, "y": {0, 0, 2, 4, 4}}},
		{"a fixed delay", "x = DELAY FIXED(Time, 2, -1) ~~|", map[string][]float64{"x": {-1, -1, 0, 1, 2}}},
		{"a smooth", "x = SMOOTHI(4, 2, 0) ~~|", map[string][]float64{"x": {0, 2, 3, 3.5, 3.75}}},
		{"the first value", "x = INITIAL(Time + 2) ~~|", map[string][]float64{"x": {2}}},
		{"another initial value", "x = ACTIVE INITIAL(s * 2, 5) ~~|\nf = x + 1 ~~|\ns = INTEG(1, f) ~~|", map[string][]float64{"s": {6, 7, 8, 9, 10}, "x": {12, 14, 16, 18, 20}}},
		{"games", "x = GAME(Time * 2) ~~|", map[string][]float64{"x": {0, 2, 4, 6, 8}}},
		{"the clock as values", "x = FINAL TIME + INITIAL TIME + TIME STEP ~~|\ny = SAVEPER ~~|", map[string][]float64{"x": {5}, "y": {1}}},
	} {
		t.Run(c.what, func(t *testing.T) {
			columns := simulate(t, c.equations)
			for name, want := range c.want {
				equal(t, columns, name, want...)
			}
		})
	}
}

const ranges = "DimA: A1, A2, A3 ~~|\nSubA: A2, A3 ~~|\nDimB: B1, B2 ~~|\n"

func TestSubscripts(t *testing.T) {
	for _, c := range []struct {
		what, equations string
		want            map[string][]float64
	}{
		{"lists of numbers", "x[DimA] = 1, 2, 3 ~~|\ny[DimA,DimB] = 1,2;3,4;5,6; ~~|", map[string][]float64{"x[A2]": {2}, "y[A2,B1]": {3}, "y[A3,B2]": {6}}},
		{"a tabbed array", "y[DimA,DimB] = TABBED ARRAY(\n\t1\t2\n\t3\t-4\n\t5\t6) ~~|", map[string][]float64{"y[A2,B2]": {-4}, "y[A3,B1]": {5}}},
		{"elements of their own", "x[A1] = 5 ~~|\nx[SubA] = Time ~~|", map[string][]float64{"x[A1]": {5}, "x[A3]": {0, 1, 2, 3, 4}}},
		{"exceptions", "x[DimA] :EXCEPT: [A2] = 7 ~~|\nx[A2] = 8 ~~|", map[string][]float64{"x[A1]": {7}, "x[A2]": {8}, "x[A3]": {7}}},
		{"exceptions of pairs", "x[DimA,DimB] :EXCEPT: [A1,B1], [A2,B2] = Time ~~|\nx[A1,B1] = 1 ~~|\nx[A2,B2] = 2 ~~|", map[string][]float64{"x[A1,B2]": {0, 1, 2, 3, 4}, "x[A1,B1]": {1}, "x[A2,B2]": {2}}},
		{"exceptions that nothing fills", "x[DimA] :EXCEPT: [A2] = Time ~~|\ny = x[A3] ~~|", map[string][]float64{"y": {0, 1, 2, 3, 4}, "x[A2]": {float64(syntax.NotAvailable)}}},
		{"reductions", "x[DimA] = 1, 2, 3 ~~|\na = SUM(x[DimA!]) ~~|\nb = VMAX(x[SubA!]) ~~|\nc = VMIN(x[SubA!]*2) ~~|\nd = PROD(x[DimA!]) ~~|", map[string][]float64{"a": {6}, "b": {3}, "c": {4}, "d": {6}}},
		{"reductions beside the left side", "y[DimA,DimB] = 1,2;3,4;5,6; ~~|\nx[DimA] = SUM(y[DimA,DimB!]) ~~|\nz[DimA] = x[DimA] / SUM(x[DimA!]) ~~|", map[string][]float64{"x[A2]": {7}, "z[A3]": {11.0 / 21}}},
		{"subscripts as numbers", "x[DimA] = DimA * 10 ~~|\ny[SubA] = SubA ~~|\nz = A3 + ELMCOUNT(DimB) ~~|", map[string][]float64{"x[A3]": {30}, "y[A2]": {2}, "z": {5}}},
		{"a mapping", "DimC: C1, C2, C3 -> DimA ~~|\nc[DimC] = 1, 2, 3 ~~|\nx[DimA] = c[DimC] ~~|", map[string][]float64{"x[A2]": {2}}},
		{"a mapping to parts", "DimC: C1, C2 -> (DimA: A1, SubA) ~~|\nc[DimC] = 1, 2 ~~|\nx[DimA] = c[DimC] * 10 ~~|", map[string][]float64{"x[A1]": {10}, "x[A2]": {20}, "x[A3]": {20}}},
		{"the element before", "later: A2, A3 ~~|\nearlier: A1, A2 -> later ~~|\ns[A1] = INTEG(1, 1) ~~|\ns[later] = INTEG(s[earlier], 0) ~~|", map[string][]float64{"s[A2]": {0, 1, 3, 6, 10}}},
		{"another name of a range", "other <-> DimA ~~|\nx[DimA] = 1, 2, 3 ~~|\ny[DimA,other] = x[DimA] * x[other] ~~|", map[string][]float64{"y[A2,A3]": {6}}},
		{"a numbered range", "many: (N8-N11) ~~|\nx[many] = many ~~|", map[string][]float64{"x[N11]": {4}}},
		{"ranges that overlap", "odd: A1, X1 ~~|\nx[DimA] = 1 ~~|\nx[X1] = 2 ~~|\ny = x[X1] ~~|", map[string][]float64{"y": {2}}},
		{"kinds mixed", "x[A1] = INTEG(1, 0) ~~|\nx[A2] = 3 ~~|\nx[A3] = Time ~~|", map[string][]float64{"x[A1]": {0, 1, 2, 3, 4}, "x[A2]": {3}, "x[A3]": {0, 1, 2, 3, 4}}},
		{"vectors", "x[DimA] = 30, 10, 20 ~~|\no[DimA] = VECTOR SORT ORDER(x[DimA], 1) ~~|\nr[DimA] = VECTOR RANK(x[DimA], 1) ~~|\ne[DimA] = VECTOR ELM MAP(x[A1], o[DimA]) ~~|\nm[DimA] = 2, 0, 1 ~~|\ns = VECTOR SELECT(m[DimA!], x[DimA!], 0, 0, 0) ~~|\np = VECTOR SELECT(m[DimA!], x[DimA!], 0, Time+1, 0) ~~|\nl = VECTOR SELECT(m[DimA!], x[DimA!], 0, 8, 0) ~~|\nn = VECTOR SELECT(0*m[DimA!], x[DimA!], -1, 3, 0) ~~|",
			map[string][]float64{"o[A1]": {1}, "r[A1]": {3}, "e[A1]": {10}, "e[A3]": {30}, "s": {80}, "p": {1200, 20, 60, 40, 18000}, "l": {20}, "n": {-1}}},
	} {
		t.Run(c.what, func(t *testing.T) {
			columns := simulate(t, ranges+c.equations)
			for name, want := range c.want {
				equal(t, columns, name, want...)
			}
		})
	}
}

func TestLookups(t *testing.T) {
	for _, c := range []struct {
		what, equations string
		want            []float64 // of x
	}{
		{"pairs", "t( (0,0),(2,4),(4,4) ) ~~|\nx = t(Time) ~~|", []float64{0, 2, 4, 4, 4}},
		{"with the drawing's bounds", "t([(0,0)-(10,10),(1,1)],(0,0),(2,4)) ~~|\nx = t(Time) ~~|", []float64{0, 2, 4, 4, 4}},
		{"x first, then y", "t(0,2,4,\n0,4,4) ~~|\nx = t(Time) ~~|", []float64{0, 2, 4, 4, 4}},
		{"in the equation", "x = WITH LOOKUP(Time, ([(0,0)-(1,1)],(0,0),(2,4))) + 1 ~~|", []float64{1, 3, 5, 5, 5}},
		{"the whole equation", "x = WITH LOOKUP(Time, ((0,0),(2,4))) ~~|", []float64{0, 2, 4, 4, 4}},
		{"over a range", "D: d1, d2 ~~|\nt[d1]((0,0),(4,4)) ~~|\nt[d2]((0,0),(4,8)) ~~|\ny[D] = t[D](Time) ~~|\nx = y[d2] ~~|", []float64{0, 2, 4, 6, 8}},
		{"given to a macro", ":MACRO: READ(table, at)\nREAD = table(at) * 2 ~~|\n:END OF MACRO:\nt((0,0),(4,4)) ~~|\nx = READ(t, Time) ~~|", []float64{0, 2, 4, 6, 8}},
		{"beyond its ends", "t((1,1),(2,2)) ~~|\nx = LOOKUP EXTRAPOLATE(t, Time) ~~|", []float64{0, 1, 2, 3, 4}},
	} {
		t.Run(c.what, func(t *testing.T) { equal(t, simulate(t, c.equations), "x", c.want...) })
	}
}

func TestMacros(t *testing.T) {
	for _, c := range []struct {
		what, equations string
		want            []float64 // of x
	}{
		{"a formula", ":MACRO: TWICE(a)\nTWICE = a * two ~~|\ntwo = 2 ~~|\n:END OF MACRO:\nx = TWICE(Time + 1) + TWICE(1) ~~|", []float64{4, 6, 8, 10, 12}},
		{"a stock", ":MACRO: GROW(rate, start)\nGROW = INTEG(rate, start) ~~|\n:END OF MACRO:\nx = GROW(2, 1) + GROW(Time, 0) ~~|", []float64{1, 3, 6, 10, 15}},
		{"one in another", ":MACRO: IN(a)\nIN = a + 1 ~~|\n:END OF MACRO:\n:MACRO: OUT(a)\nOUT = IN(a) * IN(2) ~~|\n:END OF MACRO:\nx = OUT(Time) ~~|", []float64{3, 6, 9, 12, 15}},
		{"over a range", "D: d1, d2 ~~|\n:MACRO: SUMUP(a)\nSUMUP = INTEG(a, 0) ~~|\n:END OF MACRO:\nr[D] = 1, 2 ~~|\ny[D] = SUMUP(r[D]) ~~|\nx = y[d2] ~~|", []float64{0, 2, 4, 6, 8}},
		{"in a reduction", "D: d1, d2 ~~|\n:MACRO: SQUARE(a)\nSQUARE = a * a ~~|\n:END OF MACRO:\nr[D] = 1, 2 ~~|\nx = SUM(SQUARE(r[D!])) ~~|", []float64{5}},
		{"further results", ":MACRO: BOTH(a : double)\nBOTH = a ~~|\ndouble = 2 * a ~~|\n:END OF MACRO:\ny = BOTH(3 : d) ~~|\nx = y + d ~~|", []float64{9}},
		{"names of the model", ":MACRO: HALF(a)\nHALF = a * TIME STEP$ / 2 ~~|\n:END OF MACRO:\nx = HALF(4) ~~|", []float64{2}},
	} {
		t.Run(c.what, func(t *testing.T) { equal(t, simulate(t, c.equations), "x", c.want...) })
	}
}

func TestData(t *testing.T) {
	fsys := fstest.MapFS{
		"in/series.csv":  {Data: []byte("time,0,2,4\nd1,1,3,3\nd2,10,,30\n")},
		"table.tab":      {Data: []byte("\tB1\tB2\nA1\t1\t2\nA2\t3\t4\n")},
		"subs.csv":       {Data: []byte("name\nnorth\nsouth\n")},
		"far/scores.csv": {Data: []byte("score\n7\n")},
	}
	text := `
D: d1, d2 ~~|
DimA: A1, A2 ~~|
DimB: B1, B2 ~~|
place: GET DIRECT SUBSCRIPT('subs.csv', ',', 'A2', 'A', '') ~~|
s[D] := GET DIRECT DATA('in/Series.csv', ',', '1', 'B2') ~~|
hold[D] :HOLD BACKWARD: := GET DIRECT DATA('in/series.csv', ',', '1', 'B2') ~~|
ahead :LOOK FORWARD: := GET DIRECT DATA('in/series.csv', ',', '1', 'B2') ~~|
raw :RAW: := GET DIRECT DATA('in/series.csv', ',', '1', 'B2') ~~|
k[DimA,DimB] = GET DIRECT CONSTANTS('table.tab', 'tab', 'B2') ~~|
turned[DimB,DimA] = GET DIRECT CONSTANTS('table.tab', 'tab', 'B2*') ~~|
score = GET XLS CONSTANTS('?scores', 'Sheet1', 'A2') ~~|
look(GET DIRECT LOOKUPS('in/series.csv', ',', '1', 'B2')) ~~|
x = look(Time) + s[d1] ~~|
n = ELMCOUNT(place) ~~|
given[D] ~~|
` + clockText
	columns := simulateWith(t, text, fsys, model.ImportOptions{
		FileMap: map[string]string{"?scores": "far/scores.csv"},
		Data:    []model.DataFile{{Name: "given.dat", Text: []byte("given[d1]\n0\t5\n4\t9\ngiven[d2]\n0\t1\n")}},
	})
	na := float64(syntax.NotAvailable)
	equal(t, columns, "s[d1]", 1, 2, 3, 3, 3)
	equal(t, columns, "s[d2]", 10, 15, 20, 25, 30)
	equal(t, columns, "hold[d1]", 1, 1, 3, 3, 3)
	equal(t, columns, "ahead", 1, 3, 3, 3, 3)
	equal(t, columns, "raw", 1, na, 3, na, 3)
	equal(t, columns, "k[A2,B1]", 3)
	equal(t, columns, "turned[B1,A2]", 3)
	equal(t, columns, "score", 7)
	equal(t, columns, "x", 2, 4, 6, 6, 6)
	equal(t, columns, "n", 2)
	equal(t, columns, "given[d1]", 5, 6, 7, 8, 9)
}

// A name that no equation defines, but a data file, is a data variable.
func TestExogenous(t *testing.T) {
	columns := simulateWith(t, "x = outside * 2 ~~|"+clockText, nil, model.ImportOptions{Data: []model.DataFile{{Name: "d.csv", Text: []byte("Time,Outside\n0,1\n4,5\n")}}})
	equal(t, columns, "x", 2, 4, 6, 8, 10)
}

// What a player may set is a decision.
func TestGame(t *testing.T) {
	m, list := parse(t, "policy = GAME(0.5) ~ ~ ~ |\nx = policy ~~|")
	if v := m.Variable("policy"); list.HasErrors() || v == nil || v.Kind != model.KindDecision || v.Value[0] != 0.5 {
		t.Fatal(v, list)
	}
}

// A mistake is told with its place in the file and the file's own names.
func TestMistakes(t *testing.T) {
	for _, c := range []struct{ equations, place, message, hint string }{
		{"My Rate = 3 ~~|\nx = My Rat + 1 ~~|", "3:5", "x: My Rat is not defined", "did you mean My Rate?"},
		{"x = SMOTH(3, 4) ~~|", "2:5", "x: the function SMOTH is not supported", "did you mean SMOOTH?"},
		{"x = DELAY PROFILE(1,2,3,4,5) ~~|", "2:5", "x: the function DELAY PROFILE is not supported: Vensim publishes no rule for how the profile is cut into steps",
			"the nearest supported function is DELAY N"},
		{"x = (3 + 4 ~~|", "2:10", "the equation ends here, but ) is missing", ""},
		{"D: a, b ~~|\nx[D] = 1, 2, 3 ~~|", "3:1", "x lists 3 numbers for 2 elements", ""},
		{"D: a, b ~~|\nE: c, d ~~|\ny[E] = 1 ~~|\nx[D] = y[E] ~~|", "5:10", "x: the range E is not on the left side, and does not map to a range there", ""},
		{"D: (A1-A2999) ~~|\nE: (B1-B2999) ~~|\nx[D,E] ~~|", "4:1", "x has more than 4000000 elements", ""},
		{"D: (A1-A1000000000) ~~|", "2:4", "D would have 1000000000 elements; a range may have at most 100000", ""},
		{":MACRO: F(a)\nF = F(a) ~~|\n:END OF MACRO:\nx = F(1) ~~|", "3:5", "the macro F calls itself", ""},
		{"x := GET DIRECT DATA('no.csv', ',', 'A', 'B2') ~~|", "2:22", "x: no.csv cannot be read: there is no folder to read it from", ""},
		{"x ~~|", "2:1", "x: it is a data variable, but there are no data for it", "give the file that holds it: --data FILE"},
		{"x = IF THEN ELSE(1, 2) ~~|", "2:5", "x: IF THEN ELSE takes 3 arguments, not 2", ""},
		{"a = 2 ~~|\nx = a(3) ~~|", "3:5", "x: a is neither a function nor a lookup", "to multiply, write * between them"},
		{"x = " + strings.Repeat("(", 1000) + "1 ~~|", "2:155", "the equation is nested more than 150 deep", ""},
	} {
		m, list := parse(t, c.equations)
		if len(list) == 0 || !list.HasErrors() {
			t.Errorf("%s: no mistake was found", c.equations)
			continue
		}
		list.Sort()
		d := list[0]
		line, column := diagnostic.Position(m.Files["model.mdl"], d.Span.Start)
		if place := fmt.Sprintf("%d:%d", line, column); place != c.place || d.Message != c.message || d.Hint != c.hint {
			t.Errorf("%s:\ngot  %s %s (%s)\nwant %s %s (%s)", c.equations, place, d.Message, d.Hint, c.place, c.message, c.hint)
		}
	}
}

// Reality checks become tests where they set constants and compare variables.
func TestRealityChecks(t *testing.T) {
	m, list := parse(t, ranges+`
out[DimB] = work[DimB] * skill[DimB] ~~|
work[DimB] = 4, 5 ~~|
skill[DimB] = 1, 2 ~~|
none[DimB] :TEST INPUT: skill[DimB] = 0 ~~|
nothing from nothing[DimB] :THE CONDITION: none[DimB] :IMPLIES: out[DimB] <= 0.1 ~~|
bounds :THE CONDITION: work[B1] > 0 :IMPLIES: out[B1] > 0 ~~|
other :THE CONDITION: RC STEP(work[B1], 2) :IMPLIES: out[B1] > 0 ~~|
`)
	if list.HasErrors() || len(m.Tests) != 3 {
		t.Fatal(len(m.Tests), rendered(list, m))
	}
	if _, list := model.Check(m); list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	want := map[string]string{
		"nothing_from_nothing_b1": "out[b1] <= 0.1", "nothing_from_nothing_b2": "out[b2] <= 0.1",
		"bounds": "not work[b1] > 0 or out[b1] > 0",
	}
	for _, test := range m.Tests {
		if got := test.Expect[0].Text; got != want[test.Name] {
			t.Errorf("%s expects %q, want %q", test.Name, got, want[test.Name])
		}
	}
	if x, ok := m.Tests[1].Set["skill[b2]"]; !ok || x != 0 {
		t.Errorf("%s sets %v", m.Tests[1].Name, m.Tests[1].Set)
	}
	if n := m.Imported.Count(model.Unsupported); n != 1 {
		t.Errorf("%d checks are not supported, want 1", n)
	}
}

// With AllowPartial, what is not supported is :NA: and named in the report.
func TestAllowPartial(t *testing.T) {
	text := "x = DELAY PROFILE(1,2,3,4,5) ~~|\ny = Time ~~|" + clockText
	columns := simulateWith(t, text, nil, model.ImportOptions{AllowPartial: true})
	equal(t, columns, "x", float64(syntax.NotAvailable))
	equal(t, columns, "y", 0, 1, 2, 3, 4)
	m, _ := Parse("m.mdl", []byte(text), nil, model.ImportOptions{AllowPartial: true})
	for _, row := range m.Imported.Rows {
		if want := map[string]model.Grade{"x": model.Unsupported, "y": model.Exact}[row.Name]; want != "" && row.Grade != want {
			t.Errorf("%s is graded %q, want %q", row.Name, row.Grade, want)
		}
	}
}

// Files come in several encodings, and with several ends of lines; places are those of
// the text that the user sees.
func TestEncodings(t *testing.T) {
	text := "größe = 3 ~ € ~ |\r\nx = größe + nix ~~|\r\n" + clockText
	wide := []byte{0xff, 0xfe}
	for _, r := range text {
		wide = append(wide, byte(r), byte(r>>8))
	}
	narrow := []byte{}
	for _, r := range text {
		if r == '€' {
			r = 0x80
		}
		narrow = append(narrow, byte(r))
	}
	for what, raw := range map[string][]byte{
		"UTF-8": []byte(text), "with a mark": []byte("\ufeff" + text), "UTF-16": wide, "Windows": narrow,
		"old Macintosh lines": []byte(strings.ReplaceAll(text, "\r\n", "\r")),
	} {
		m, list := Parse("m.mdl", raw, nil, model.ImportOptions{})
		if len(list) != 1 {
			t.Errorf("%s: %v", what, list)
			continue
		}
		line, column := diagnostic.Position(m.Files["m.mdl"], list[0].Span.Start)
		if line != 2 || column != 13 || list[0].Message != "x: nix is not defined" {
			t.Errorf("%s: %d:%d %s", what, line, column, list[0].Message)
		}
		if m.Variables[0].Units != "€" {
			t.Errorf("%s: the units are %q", what, m.Variables[0].Units)
		}
	}
}

// What is no model in text is called by its name.
func TestNotModels(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "the file is empty",
		"MDL\x00\x01\x02":       "this is a binary file, not a model in text",
		"<?xml version='1.0'?>": "this is XMILE, not Vensim's .mdl; name it .xmile",
	} {
		m, list := Parse("m.mdl", []byte(text), nil, model.ImportOptions{})
		if len(list) != 1 || list[0].Message != want || !m.Broken {
			t.Errorf("%q: %v", text, list)
		}
	}
}

// A ?name in a model stands for the file that the user gave for it, then for one given
// under its own name, then for one below the model's folder.
func TestFilesBehindNames(t *testing.T) {
	fsys := fstest.MapFS{"below/third.csv": {Data: []byte("3,4\n")}}
	text := `
x = GET DIRECT CONSTANTS('?first', ',', 'A1') ~~|
y = GET XLS CONSTANTS('?SECOND', 'Sheet1', 'A1') ~~|
z = GET DIRECT CONSTANTS('?third', ',', 'B1') ~~|
` + clockText
	columns := simulateWith(t, text, fsys, model.ImportOptions{Data: []model.DataFile{
		{Name: "elsewhere/first.csv", Text: []byte("-1\n")},
		{Name: "elsewhere/numbers.csv", Stands: "?First", Text: []byte("1\n")},
		{Name: "elsewhere/second.csv", Text: []byte("2\n")},
	}})
	for name, want := range map[string]float64{"x": 1, "y": 2, "z": 4} {
		equal(t, columns, name, want)
	}
	_, list := Parse("model.mdl", []byte("{UTF-8}\n"+text), nil, model.ImportOptions{})
	if len(list) == 0 || !strings.Contains(list[0].Message, "give it with --data '?first=FILE'") {
		t.Error(list)
	}
}
