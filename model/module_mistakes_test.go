package model_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/model"
	"weir/model/diagnostic"
)

// Every mistake at the seam is told at its place, in the file where it is.
func TestModuleMistakes(t *testing.T) {
	with := func(lines string) string { return yearly + lines }
	for _, c := range []struct {
		name, main, part string
		want             []string // file:line:column code: message (hint)
	}{
		{"a name of the module that is not there",
			with("[module.a]\nfile = 'a.toml'\n[aux.x]\nequation = 'a.staf'\n"), with("[constant.staff]\nvalue = 1\n"),
			[]string{`model.toml:9:13 unknown-name: "a.staf" is not declared (did you mean a.staff?)`}},
		{"a name without its module", with("[module.a]\nfile = 'a.toml'\n[aux.x]\nequation = 'staff'\n"),
			with("[constant.staff]\nvalue = 1\n"),
			[]string{`model.toml:9:13 unknown-name: "staff" is not declared (did you mean a.staff?)`}},
		{"a name of another module", with("[module.a]\nfile = 'a.toml'\n[aux.x]\nequation = 'b.staff'\n"),
			with("[constant.staff]\nvalue = 1\n"),
			[]string{`model.toml:9:13 unknown-name: "b.staff" is not declared (did you mean a.staff?)`}},
		{"a module that cannot be read is one mistake", with("[module.a]\nfile = 'aa.toml'\nbind = { x = 1 }\n[aux.x]\nequation = 'a.staff + a.effect(2)'\n"), with("[constant.staff]\nvalue = 1\n"),
			[]string{`model.toml:7:8 unreadable: "aa.toml" cannot be read: file does not exist (did you mean a.toml?)`}},
		{"a module that is not TOML", with("[module.a]\nfile = 'a.toml'\n[aux.x]\nequation = 'a.staff'\n"), "= 1",
			[]string{`a.toml:1:1 not-toml: unexpected '=': key name appears blank ()`}},
		{"mistakes in the module are at their place there", with("[module.a]\nfile = 'a.toml'\n"),
			with("[constant.staff]\nvalue = 1\n[aux.x]\nequation = '2 * staf'\n"),
			[]string{`a.toml:9:17 unknown-name: "staf" is not declared (did you mean staff?)`}},
		{"a module does not see the model's names", with("[constant.money]\nvalue = 1\n[module.a]\nfile = 'a.toml'\n"), with("[aux.x]\nequation = '2 * money'\n"),
			[]string{`a.toml:7:17 unknown-name: "money" is not declared (a module sees its own names only: declare it there, and bind it: [module.a.bind] money = "money")`}},
		{"nor its lookups", with("[lookup.effect]\npoints = [[0, 1], [1, 2]]\n[aux.y]\nequation = 'effect(1)'\n[module.a]\nfile = 'a.toml'\n"), with("[aux.x]\nequation = 'effect(2)'\n"),
			[]string{`a.toml:7:13 unknown-function: there is no function "effect" (a module sees its own names only)`}},
		{"a binding of nothing", with("[module.a]\nfile = 'a.toml'\n[module.a.bind]\nstudnets = 3\n"),
			with("[constant.students]\nvalue = 1\n"),
			[]string{`model.toml:9:1 bind-unknown: the module a has no variable "studnets" (did you mean students?)`}},
		{"a lookup cannot be bound", with("[module.a]\nfile = 'a.toml'\nbind = { effect = 3 }\n"),
			with("[lookup.effect]\npoints = [[0, 1], [1, 2]]\n"),
			[]string{`model.toml:8:10 bad-binding: a.effect is a lookup, which cannot be bound (bind the input of the lookup, or the variable that uses it)`}},
		{"units across the seam", with("[constant.money]\nvalue = 1\nunits = 'USD'\n[module.a]\nfile = 'a.toml'\nbind = { students = '2 * money' }\n"), with("[constant.students]\nvalue = 1\nunits = 'student'\n[aux.x]\nequation='students'\n"),
			[]string{`model.toml:11:22 unit-equation: a.students is declared in student, but what it is bound to is in USD (what is missing, or too much, has the unit student/USD)`}},
		{"dimensions across the seam", with("[dimension.k]\nelements = ['a', 'b']\n[constant.money]\nover = ['k']\nvalue = 1\n[module.a]\nfile = 'a.toml'\nbind = { students = '2 * money' }\n"), with("[constant.students]\nvalue = 1\n"),
			[]string{`model.toml:13:26 missing-dimension: money is over [k], but the equation of a.students is a single number (name an element, or reduce it, as in sum(money[*]))`}},
		{"a number outside the range", with("[module.a]\nfile = 'a.toml'\nbind = { share = 2 }\n"),
			with("[constant.share]\nvalue = 0.1\nrange = [0, 1]\n"),
			[]string{`model.toml:8:18 bad-range: share (2) is outside the range of a.share, 0 to 1 (if it is a percentage, write 0.02)`}},
		{"another unit of time", with("[module.a]\nfile = 'a.toml'\n"), strings.Replace(with(""), "year", "month", 1),
			[]string{`model.toml:6:1 module-conflict: the module a counts time in month, this model in year (write both in the same unit of time)`}},
		{"a module outside", with("[module.a]\nfile = '../a/a.toml'\n[module.b]\nfile = '/etc/a.toml'\n"), "",
			[]string{`model.toml:7:8 outside-folder: "../a/a.toml": a module lies below the model's folder, or in a folder beside it (copy it into a folder below the model's or beside it)`,
				`model.toml:9:8 outside-folder: "/etc/a.toml": a module lies below the model's folder, or in a folder beside it (copy it into a folder below the model's or beside it)`}},
		{"a syntax error in a binding", with("[module.a]\nfile = 'a.toml'\nbind = { share = '1 +' }\n"),
			with("[constant.share]\nvalue = 0.1\n"),
			[]string{`model.toml:8:21 syntax: a value is missing after + (write a number, a name or a formula after it)`}},
		{"a reserved name in a module", with("[module.a]\nfile = 'a.toml'\n"), with("[constant.time]\nvalue = 0.1\n"),
			[]string{`a.toml:6:1 reserved-name: "time" is a built-in name: the present time (choose another name)`}},
		{"a cycle through a module", with("[module.a]\nfile = 'a.toml'\nbind = { share = 'a.x' }\n"),
			with("[constant.share]\nvalue = 0.1\n[aux.x]\nequation = 'share'\n"),
			[]string{`model.toml:8:19 cycle: simultaneous equations: a.share → a.x → a.share (delay the influence: one of them must be a stock, or be read with previous(…) or a delay)`}},
		{"a module that is not there", with("[aux.x]\nequation = 'schools.size + a.weather'\n[module.a]\nfile = 'a.toml'\n"), with("[constant.staff]\nvalue = 1\n"),
			[]string{`model.toml:7:13 unknown-name: "schools.size" is not declared (there is no module schools; declare it: [module.schools] file = "…")`,
				`model.toml:7:28 unknown-name: "a.weather" is not declared (declare it in a.toml)`}},
		{"hints are in the words of the file", with("[module.a]\nfile = 'a.toml'\n"), with("[dimension.k]\nelements = ['x', 'y']\nordered = true\n[aux.n]\nover = ['k']\nequation = 'n[k - 1]'\n[stock.s]\ninitial = 1\ninflow = ['gone']\n"),
			[]string{`a.toml:11:15 offset-out-of-range: k -1 leaves k for x (give x an equation of its own: [aux.n.at] "x" = "…")`,
				`a.toml:14:10 unknown-flow: inflow of a.s: "a.gone" is not declared (declare it: [flow.gone] equation = "…")`}},
		{"a series that the module reads at other times", with("[module.a]\nfile = 'a.toml'\nbind = { births = 'time' }\n"), with("[data.births]\nfile = 'births.csv'\ntime = 'year'\nvalue = 'births'\n[aux.x]\nequation = 'births(time)'\n"),
			[]string{`a.toml:11:13 unknown-function: a.births is bound to time, which has no other times (bind something that is read at the present time only, or nothing)`}},
		{"a point in a name", with("[aux.'a.b']\nequation = '1'\n"), "",
			[]string{`model.toml:6:6 bad-name: "a.b" cannot be the name of an aux (call it a_b)`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, list := model.Parse("model.toml", []byte(c.main), parts(c.main, map[string]string{"a.toml": c.part,
				"births.csv": "year,births\n0,5\n10,6\n"}))
			_, more := model.Check(m)
			var got []string
			for _, d := range append(list, more...) {
				if d.Severity != diagnostic.Error {
					continue
				}
				line, column := diagnostic.Position(m.Files[d.Span.File], d.Span.Start)
				got = append(got, fmt.Sprintf("%s:%d:%d %s: %s (%s)", d.Span.File, line, column, d.Code, d.Message,
					d.Hint))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
		})
	}
}
