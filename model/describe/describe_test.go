package describe_test

import (
	"strings"
	"testing"

	"weir/model"
	"weir/model/describe"
	"weir/model/structure"
)

const school = `name = "A school"

[time]
start = 2020
stop  = 2030
step  = 0.25
unit  = "year"

[dimension.sector]
label = "Sector"
elements = ["district", "charter"]
labels = { district = "District schools" }

[stock.teachers]
label   = "Teachers"
over    = ["sector"]
initial = 100
inflow  = ["hired"]
outflow = ["quits"]
units   = "teacher"

[flow.hired]
over     = ["sector"]
equation = "quits"
units    = "teacher/year"
[flow.hired.at]
charter = "10"

[flow.quits]
label    = "Teachers who leave"
over     = ["sector"]
equation = "teachers * base * workload"
units    = "teacher/year"

[aux.workload]
label    = "Workload"
about    = "1 is | usual, <b>more</b> is heavy"
equation = """
max(0.5,
    100 / mean(teachers[*]))"""
units    = "1"

[constant.base]
label    = "Share that leaves"
value    = 0.1
range    = [0.05, 0.2]
units    = "1/year"
source   = "S1"
evidence = "study"

[decision.coaching]
label = "Coaches"
value = 0
range = [0, 1]
owner = "school leaders"

[lookup.effect]
points = [[0, 1], [1, 0.5]]

[test.teachers_stay]
about  = "nobody is lost"
expect = "teachers >= 0"
conserve = true

[source.S1]
title = "A study"
`

func described(t *testing.T, words ...string) string {
	t.Helper()
	m, r := checked(t)
	var b strings.Builder
	if err := describe.Write(&b, m, r, words...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func checked(t *testing.T) (*model.Model, *model.Graph) {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(school), nil)
	r, more := model.Check(m)
	if r == nil {
		t.Fatal(list, more)
	}
	return m, structure.Of(r, nil)
}

func TestDescribe(t *testing.T) {
	for word, want := range map[string]string{
		"summary": "A school: 1 stock, 2 flows, 1 auxiliary, 1 constant, 1 decision and 1 lookup; from 2020 to 2030 in steps of 0.25 year, euler.\n",
		"dimensions": "| Dimension | Name | Elements |\n|---|---|---|\n" +
			"| `sector` | Sector | district (District schools), charter |\n",
		"stocks": "| Stock | Meaning | At the start | Filled by | Drained by | Unit |\n|---|---|---|---|---|---|\n" +
			"| `teachers[sector]` | Teachers | `100` | `hired` | `quits` | teacher |\n",
		"flows": "| Flow | Meaning | Equation | Unit |\n|---|---|---|---|\n" +
			"| `hired[sector]` |  | `quits`<br>charter: `10` | teacher/year |\n" +
			"| `quits[sector]` | Teachers who leave | `teachers * base * workload` | teacher/year |\n",
		"auxiliaries": "| Auxiliary | Meaning | Equation | Unit |\n|---|---|---|---|\n" +
			"| `workload` | Workload. 1 is \\| usual, &lt;b>more&lt;/b> is heavy | `max(0.5, 100 / mean(teachers[*]))` | 1 |\n",
		"constants": "| Constant | Meaning | Value | Range | Unit | Evidence | Source |\n|---|---|---|---|---|---|---|\n" +
			"| `base` | Share that leaves | 0.1 | 0.05 to 0.2 | 1/year | study | S1 |\n",
		"decisions": "| Decision | Meaning | Now | Range | Who decides |\n|---|---|---|---|---|\n" +
			"| `coaching` | Coaches | 0 | 0 to 1 | school leaders |\n",
		"lookups": "| Lookup | Points | Beyond them |\n|---|---|---|\n| `effect` | (0, 1) (1, 0.5) | hold |\n",
		"loops": "1. **Reinforcing**, a change grows: more “Teachers” → more “Teachers who leave” → more `hired` → more “Teachers”\n" +
			"2. **Reinforcing**, a change grows: more “Teachers” → less “Workload” → less “Teachers who leave” → more “Teachers”\n" +
			"3. **Balancing**, a change is worked against: more “Teachers” → less “Workload” → less “Teachers who leave” → less `hired` → less “Teachers”\n" +
			"\n“More” and “less” hold for the values of a run without changes, all else equal.\n" +
			"\nNot listed: 1 loop of a stock with a flow of its own, and 0 loops more. `weir inspect --print=loops` has them.\n",
		"tests": "| Test | What must hold | Checked as |\n|---|---|---|\n" +
			"| `teachers_stay` | nobody is lost | `teachers >= 0`<br>1 stock changes by its flows only |\n",
		"sources": "| Id | Source |\n|---|---|\n| S1 | A study |\n",
		"modules": "",
		"data":    "",
	} {
		if got := strings.TrimSuffix(described(t, word), "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", word, got, want)
		}
	}
}

// Several sections have headings; one that is empty has none.
func TestDescribeHeadings(t *testing.T) {
	got := described(t, "constants", "data", "tests")
	if !strings.HasPrefix(got, "### Constants\n\n|") || !strings.Contains(got, "|\n\n### Tests\n\n|") || strings.Contains(got, "Data") {
		t.Errorf("got\n%s", got)
	}
	if all := described(t); !strings.Contains(all, "### The model\n") || !strings.Contains(all, "### Sources\n") {
		t.Errorf("got\n%s", all)
	}
	m, r := checked(t)
	if err := describe.Write(&strings.Builder{}, m, r, "constant"); err == nil || !strings.Contains(err.Error(), `no part "constant"`) {
		t.Errorf("got %v", err)
	}
}

func TestInto(t *testing.T) {
	m, r := checked(t)
	readme := "# A school\n\nText.\n\n<!-- weir:documentation constants -->\nstale text\n<!-- /weir:documentation -->\n\nMore text.\r\n<!-- weir:documentation loops own --><!-- /weir:documentation -->"
	once, err := describe.Into([]byte(readme), m, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# A school\n\nText.\n\n<!-- weir:documentation constants -->\n\n| Constant", "<!-- /weir:documentation -->\n\nMore text.\r\n<!--", "1. **Reinforcing**"} {
		if !strings.Contains(string(once), want) {
			t.Errorf("no %q in\n%s", want, once)
		}
	}
	if strings.Contains(string(once), "stale text") {
		t.Error("the old text is still there")
	}
	twice, err := describe.Into(once, m, r)
	if err != nil || string(twice) != string(once) {
		t.Errorf("what is up to date changes: %v\n%s", err, twice)
	}
}

func TestIntoMistakes(t *testing.T) {
	m, r := checked(t)
	for readme, want := range map[string]string{
		"no marker":                      "it has no marker",
		"a\n<!-- weir:documentation -->": "line 2: nothing closes this marker",
		"<!-- weir:documentation -->\n<!-- weir:documentation -->" + "<!-- /weir:documentation -->": "line 1: nothing closes this marker",
		"<!-- weir:documentation stcks -->\n<!-- /weir:documentation -->":                           `line 1: there is no part "stcks"`,
	} {
		if _, err := describe.Into([]byte(readme), m, r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", readme, err, want)
		}
	}
}

// A stock that moves along a belt says how.
func TestDescribeConveyor(t *testing.T) {
	m, _ := model.Parse("model.toml", []byte("[time]\nstart = 0\nstop = 1\nstep = 0.25\nunit = 'year'\n"+
		"[stock.pupils]\ninitial = 0\ninflow = ['in']\noutflow = ['out']\n[stock.pupils.conveyor]\ntransit = '2 * 1'\ncapacity = 30\n[flow.in]\nequation = 1\n[flow.out]\n"), nil)
	var b strings.Builder
	if err := describe.Write(&b, m, nil, "stocks"); err != nil {
		t.Fatal(err)
	}
	if want := "| Conveyor |\n|---|---|---|---|---|\n| `pupils` | `0` | `in` | `out` | in `2 * 1`; holds `30` |"; !strings.Contains(b.String(), want) {
		t.Errorf("got %s", b.String())
	}
}

// A value that was fitted says so beside its grade.
func TestDescribeFitted(t *testing.T) {
	m, g := checked(t)
	m.Variable("base").Fitted = true
	var b strings.Builder
	if err := describe.Write(&b, m, g, "constants"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "| study, fitted |") {
		t.Errorf("got %s", b.String())
	}
}
