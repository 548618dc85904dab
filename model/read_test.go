package model_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
)

// format is testdata/format.toml, which has every feature of the format once.
func format(t *testing.T) (*model.Model, string) {
	t.Helper()
	text, err := os.ReadFile("testdata/format.toml")
	if err != nil {
		t.Fatal(err)
	}
	m, list := model.Parse("format.toml", text, os.DirFS("testdata/data"))
	if len(list) > 0 {
		t.Fatal(messages(list))
	}
	return m, string(text)
}

func TestReadsWholeFormat(t *testing.T) {
	m, _ := format(t)
	students, total := m.Variable("students"), m.Variable("total")
	number := func(x float64) *float64 { return &x }
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"name", m.Name, "Format"},
		{"about", m.About, "A model that means nothing."},
		{"today", m.Today, number(2024)},
		{"time", []any{m.Time.Start, m.Time.Stop, m.Time.Step, m.Time.Save, m.Time.Unit, m.Time.Method}, []any{2020.0,
			2030.5, 0.125, 0.5, "year", "rk4"}},
		{"units", m.Units[1].Alias, []string{"dollar", "dollars"}},
		{"elements", m.Dimensions[1].Elements, []string{"k", "1", "2", "3"}},
		{"ordered", m.Dimensions[1].Ordered, true},
		{"subrange", []any{m.Dimensions[2].Of, m.Dimensions[2].Elements}, []any{"grade", []string{"2", "3"}}},
		{"labels", m.Dimensions[0].Labels["charter"], "Charter schools"},
		{"source", *m.Sources[0], model.Source{ID: "S01", Title: "Enrollment by grade", Where: "state report card",
			Note: "fall counts", Span: m.Sources[0].Span}},
		{"stock", []any{students.Label, students.Over, students.Inflow, students.Outflow, students.Units,
			students.NonNeg, students.Equation.Text},
			[]any{"Students enrolled", []string{"sector", "grade"}, []string{"arriving"}, []string{"leaving",
				"moving_up"}, "student", true, "at_start"}},
		{"number as an equation", m.Variable("budget").Equation.Text, "1e+06"},
		{"element's equation", m.Variable("leaving").At[0].Key, "charter, upper"},
		{"single quotes", total.Equation.Text, "sum(students[*, *])"},
		{"several lines", m.Variable("crowding").Equation.Text, "sum(students[sector, *])\n  / seats[sector]\n"},
		{"lookup", m.Variable("effect_of_crowding").Points, []resolved.Point{{X: 0, Y: 0.9}, {X: 1, Y: 1}, {X: 2,
			Y: 1.5}}},
		{"lookup of an element", m.Variable("effect_of_crowding").Tables["charter"][2], resolved.Point{X: 2, Y: 1}},
		{"input", m.Variable("effect_of_crowding").Input.Text, "crowding"},
		{"beyond", m.Variable("effect_of_crowding").Beyond, "extend"},
		{"value", m.Variable("leave_rate").Value, []float64{0.05}},
		{"range", *m.Variable("leave_rate").Range, [2]float64{0.03, 0.07}},
		{"distribution", m.Variable("leave_rate").Dist.Params, map[string]float64{"mode": 0.04}},
		{"array", m.Variable("at_start").Value, []float64{100, 101, 102, 103, 50, 51, 52, 53}},
		{"value of an element", m.Variable("at_start").At[0].Value, number(49)},
		{"owner", m.Variable("listening").Owner, "school leaders"},
		{"data", m.Variable("births").Series.Points[0], []resolved.Point{{X: 2000, Y: 5300}, {X: 2001, Y: 5250},
			{X: 2003, Y: 5100}}},
		{"data of elements", len(m.Variable("by_sector").Series.Points), 2},
		{"conserve all", m.Tests[0].Conserve, []string{"students", "budget"}},
		{"set", m.Tests[1].Set, map[string]float64{"seats[charter]": 300, "leave_rate": 0.04}},
		{"expectations", m.Tests[1].Expect[1].Text, "last(total) > 0"},
		{"settings of a test", []any{m.Tests[1].From, m.Tests[1].To, m.Tests[1].Step, m.Tests[1].Stop,
			m.Tests[1].Method}, []any{number(2021), number(2030), number(0.0625), number(2028), "heun"}},
		{"change", []any{m.Tests[1].Change[0].Variable, m.Tests[1].Change[0].To, m.Tests[1].Change[0].Start,
			m.Tests[1].Change[0].Over, m.Tests[1].Change[0].Until},
			[]any{"listening", number(0.5), 2022.0, 2.0, number(2026)}},
		{"change of an element, from the start", []any{m.Tests[1].Change[1].Variable, m.Tests[1].Change[1].Times,
			m.Tests[1].Change[1].Start, m.Tests[1].Change[1].Until},
			[]any{"seats[district]", number(1.1), 2020.0, (*float64)(nil)}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: want -, got +\n%s", c.what, diff)
		}
	}
}

func TestVariablesKeepFileOrder(t *testing.T) {
	m, text := format(t)
	last := -1
	for _, v := range m.Variables {
		if v.Span.Start <= last {
			t.Errorf("%s comes too early", v.Name)
		}
		last = v.Span.Start
		if header := text[v.Span.Start:v.Span.End]; header != "["+string(v.Kind)+"."+v.Name+"]" {
			t.Errorf("%s is at %q", v.Name, header)
		}
	}
}

// readList reads a text after a clock and gives what is wrong with it.
func readList(t *testing.T, text string) diagnostic.List {
	t.Helper()
	_, list := model.Parse("m.toml", []byte(oneClock+text), os.DirFS("testdata/data"))
	return list
}

// Every mistake has words that name the place of the way out.
func TestReadMistakes(t *testing.T) {
	const dims = "[dimension.a]\nelements = [\"x\", \"y\"]\n[dimension.b]\nelements = [1, 2, 3]\n"
	for _, c := range []struct{ text, code, says string }{
		{"[constant.c]\nvalue = nan\n", "bad-value", "not a finite number"},
		{"[constant.c]\nvalue = inf\nrange = [0, 1]\n", "bad-value", "not a finite number"},
		{"[constant.c]\nvalue = 1979-05-27\n", "wrong-type", "a number, not a date"},
		{"[constant.c]\nvalue = 1\nrange = [0]\n", "bad-range", "two numbers"},
		{"[constant.c]\nvalue = 1\nrange = 2\n", "bad-range", "two numbers"},
		{"[constant.c]\nvalue = 1\nrange = [2, 0]\n", "bad-range", "(2) is above the upper one (0)"},
		{"[constant.c]\nvalue = 1\nrange = [2, 3]\n", "bad-range", "value (1) is outside the range of c, 2 to 3"},
		{"[constant.c]\nvalue = 1\nrange = [0, 3]\ndistribution = \"unifrom\"\n", "bad-value",
			"\"unifrom\" is not a possible distribution"},
		{"[constant.c]\nvalue = 1\nrange = [0, 3]\ndistribution = { name = \"normal\", mode = 1 }\n", "unknown-key",
			"the distribution normal has no key \"mode\""},
		{"[constant.c]\nvalue = 1\ndistribution = { name = \"normal\", sd = -1 }\n", "bad-distribution", "more than 0"},
		{"[constant.c]\nvalue = 1\nrange = [0, 3]\ndistribution = { name = \"triangular\", mode = 4 }\n",
			"bad-distribution", "outside the range"},
		{"[constant.c]\nvalue = 0\nrange = [0, 3]\ndistribution = \"lognormal\"\n", "bad-distribution", "above 0"},
		{"[constant.c]\nvalue = 80\nrange = [40, 160]\ndistribution = { name = \"lognormal\", mean = 4.38, sd = 0.3 }\n", "bad-distribution", "the mean (4.38) is outside the range, 40 to 160"},
		{"[constant.c]\nvalue = 80\nrange = [40, 160]\ndistribution = { name = \"lognormal\", log_mean = 80 }\n",
			"bad-distribution", "outside the range"},
		{"[constant.c]\nvalue = 80\ndistribution = { name = \"lognormal\", mean = 80, log_sd = 0.3 }\n",
			"bad-distribution", "do not go together"},
		{"[constant.c]\nvalue = 80\ndistribution = { name = \"lognormal\", log_sd = -0.3 }\n", "bad-distribution",
			"more than 0"},
		{"[constant.c]\nvalue = 1\nrange = [0, 3]\ndistribution = 3\n", "wrong-type", "text or a table"},
		{dims + "[constant.c]\nover = [\"a\"]\nvalue = [1]\n", "value-count",
			"2 elements over a, but 1 value is given"},
		{dims + "[constant.c]\nover = [\"a\", \"b\"]\nvalue = [[1, 2, 3], [4, 5]]\n", "value-count",
			"3 elements over a, b, but 2 values are given"},
		{dims + "[constant.c]\nover = [\"a\", \"b\"]\nvalue = [1, 2, 3, 4, 5]\n", "value-count", "6 elements"},
		{dims + "[constant.c]\nover = [\"a\", \"b\"]\nvalue = [[1, 2, 3], 4]\n", "value-count", "a list of 3 values"},
		{"[constant.c]\nvalue = [1, 2]\n", "value-count", "a single number"},
		{"[dimension.a]\nelements = [\"5..2\"]\n", "bad-value", "is empty"},
		{"[dimension.a]\nelements = [\"a..c\"]\n", "bad-value", "not a range"},
		{"[dimension.a]\nelements = [\"-2..1\"]\n", "bad-value", "below 0"},
		{"[dimension.a]\nelements = [\"x,y\"]\n", "bad-name", "cannot be the name"},
		{"[dimension.a]\nelements = [true]\n", "wrong-type", "must be text"},
		{"[dimension.a]\nelements = [\"x\"]\nlabels = { xx = \"X\" }\n", "unknown-key", "no element \"xx\""},
		{"[dimension.a]\nelements = [\"1..60000\", \"60001..120000\"]\n", "too-large", "at most 100000"},
		{"[dimension.if]\nelements = [\"x\"]\n", "bad-name", "\"if\" cannot be"},
		{"[constant.TeacherPay]\nvalue = 1\n", "bad-name", "\"TeacherPay\" cannot be"},
		{"[constant.\"2x\"]\nvalue = 1\n", "bad-name", "\"2x\" cannot be"},
		{"[constant.then]\nvalue = 1\n", "bad-name", "\"then\" cannot be"},
		{"[constant]\nvalue = 1\n", "wrong-type", "must be a table"},
		{"[lookup.l]\npoints = [[1, 1], [0, 2]]\n", "bad-points", "x falls from point to point, from 1 to 0"},
		{"[lookup.l]\npoints = [[0, 1], [2, 1], [1, 2]]\n", "bad-points", "1 follows 2"},
		{"[lookup.l]\npoints = [[0, 1, 2]]\n", "bad-points", "two numbers"},
		{"[lookup.l]\npoints = []\n", "bad-points", "a list of points"},
		{"[lookup.l]\npoints = [[0, 1], [1, 2]]\nbeyond = \"stay\"\n", "bad-value", "not a possible beyond"},
		{"[lookup.l]\npoints = [[0, inf]]\n", "bad-value", "not a finite number"},
		{"[aux.x]\nequation = \"\"\n", "bad-value", "empty"},
		{"[aux.x]\n", "missing-key", "[aux.x] has no equation"},
		{"[data.d]\nfile = \"births.csv\"\ntime = \"year\"\n", "missing-key", "[data.d] has no value"},
		{"[test.t]\n", "missing-key", "[test.t] has no expect"},
		{"[test.t]\nexpect = \"1 > 0\"\nstop = -1\n", "bad-time", "not after start"},
		{"[test.t]\nexpect = \"1 > 0\"\nstep = -1\n", "bad-time", "more than 0"},
		{"[test.t]\nexpect = \"1 > 0\"\nfrom = 3\nto = 2\n", "bad-time", "before from"},
		{"[test.t]\nexpect = \"1 > 0\"\n[test.t.change.x]\nto = 1\nadd = 2\n", "bad-change", "exactly one"},
		{"[test.t]\nexpect = \"1 > 0\"\n[test.t.change.x]\nto = 1\nover = -2\n", "bad-change", "below 0"},
		{"[test.t]\nexpect = \"1 > 0\"\n[test.t.change.x]\nto = 1\nstart = 3\nuntil = 2\n", "bad-change",
			"not after start"},
		{"[source.s]\nwhere = \"here\"\n", "missing-key", "[source.s] has no title"},
		{"[unit]\nstudent = 3\n", "wrong-type", "a table, not a number"},
	} {
		list := readList(t, c.text)
		if len(list) != 1 || string(list[0].Code) != c.code || !strings.Contains(list[0].Message, c.says) {
			t.Errorf("%s%s\nwant %s %q", c.text, messages(list), c.code, c.says)
		}
	}
}

// Who comes from another tool is told what things are called here.
func TestWordsOfOtherTools(t *testing.T) {
	_, list := model.Parse("m.toml", []byte("[time]\ninitial_time = 0\nfinal_time = 9\ndt = 1\nunit = \"year\"\n[level.x]\ninitial = 1\n[aux.y]\neqn = \"1\"\n"), nil)
	var hints []string
	for _, d := range list {
		hints = append(hints, d.Hint)
	}
	want := []string{"here it is called start", "here it is called stop", "here it is called step",
		"here it is called stock", "here it is called equation"}
	if diff := cmp.Diff(want, hints); diff != "" {
		t.Errorf("%s%s", diff, messages(list))
	}
}

// A misspelt key is one mistake: that the right one is missing follows from it.
func TestReadersMistakesHaveNoConsequences(t *testing.T) {
	for _, text := range []string{
		"[aux.x]\nequaton = \"1\"\n",
		"[flow.f]\nequation = \"x + 1\"\nover = [\"sectr\"]\n[stock.x]\ninitial = 1\ninflow = [\"f\"]\nover = [\"sectr\"]\n[dimension.sector]\nelements = [\"a\"]\n",
		"[data.d]\nfile = \"none.csv\"\ntime = \"t\"\nvalue = \"v\"\n[data.e]\nfile = \"none.csv\"\ntime = \"t\"\nvalue = \"v\"\n[aux.x]\nequation = \"d + e\"\n",
		"[constant.c]\nvalue = \"4\"\n[aux.x]\nequation = \"c + 1\"\n",
		"[lookup.l]\npoints = [[1, 1], [0, 2]]\n[aux.x]\nequation = \"l(3)\"\n",
		"[aux.x]\nequation = 2 * 3\n[aux.y]\nequation = \"x\"\n",
		"[dimension.d]\nelements = [a, b]\n[constant.c]\nover = [\"d\"]\nvalue = [1, 2]\n[aux.x]\nover = [\"d\"]\nequation = \"c[a]\"\n",
		"[stock.s]\ninitial = 1\ninflow = [f]\n[flow.f]\nequation = \"1\"\n",
		"[stock.s]\ninitial = 1\noutflow = [\"f\"]\n[flow.f]\nequation = s / 2\n",
		"[data.d]\nfile = births.csv\ntime = \"t\"\nvalue = \"v\"\n[aux.x]\nequation = \"d\"\n",
		"[dimension.d]\nelements = [\"5..2\"]\n[constant.c]\nover = [\"d\"]\nvalue = 1\n[aux.x]\nover = [\"d\"]\nequation = \"c\"\n",
	} {
		list, _ := check("m.toml", oneClock+text)
		codes := map[diagnostic.Code]bool{}
		for _, d := range list {
			if d.Severity == diagnostic.Error {
				codes[d.Code] = true
			}
		}
		if len(codes) != 1 {
			t.Errorf("%s%s", text, messages(list))
		}
	}
}

// Ranges of elements are written out, with the text and the zeroes before the number.
func TestRangesOfElements(t *testing.T) {
	read := func(elements string) ([]string, diagnostic.List) {
		m, list := model.Parse("m.toml",
			[]byte("[time]\nstart = 0\nstop = 1\nstep = 1\nunit = 'year'\n[dimension.zone]\nelements = "+elements), nil)
		return m.Dimensions[0].Elements, list
	}
	for elements, want := range map[string]string{
		`["k", "1..3"]`:      "k 1 2 3",
		`["c1..c3"]`:         "c1 c2 c3",
		`["c9..11"]`:         "c9 c10 c11",
		`["c08..c10", "x"]`:  "c08 c09 c10 x",
		`["zone 1..zone 2"]`: "zone 1,zone 2",
		`["0..2"]`:           "0 1 2",
	} {
		got, list := read(elements)
		if !slices.Equal(got, strings.FieldsFunc(want,
			func(r rune) bool { return r == ',' || r == ' ' && !strings.Contains(want, ",") })) || len(list) > 0 {
			t.Errorf("%s: got %q %s", elements, got, messages(list))
		}
	}
	for elements, want := range map[string]string{
		`["a..c"]`:     `"a..c" is not a range of elements`,
		`["c1..d3"]`:   `"c1..d3" begins with c and ends with d`,
		`["1..d3"]`:    `"1..d3" begins with a number and ends with d`,
		`["c3..c1"]`:   `the range "c3..c1" is empty`,
		`["-1..3"]`:    `the range "-1..3" begins below 0`,
		`["c[1..c[3"]`: `"c[1" cannot be the name of an element`,
	} {
		if _, list := read(elements); len(list) == 0 || list[0].Message != want {
			t.Errorf("%s: got %s", elements, messages(list))
		}
	}
}
