package model_test

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"weir/model"
	"weir/model/diagnostic"
)

// A model in which a stock, its flows and some constants have units; %EQUATION% and
// %UNITS% are those of the auxiliary x.
const unitModel = `[time]
start = 0
stop = 10
step = 1
unit = "year"

[unit]
student = { plural = "students" }
USD = { alias = ["dollars"] }

[dimension.grade]
elements = ["k", "1"]

[stock.students]
over = ["grade"]
initial = "100"
inflow = ["arrival"]
outflow = ["leaving"]
units = "students"

[flow.arrival]
over = ["grade"]
equation = "arrivals"
units = "student/year"

[flow.leaving]
over = ["grade"]
equation = "students / stay"
units = "student / year"

[constant.arrivals]
value = 100
units = "student/year"

[constant.stay]
value = 4
units = "years"

[constant.salary]
value = 60000
units = "dollars/year"

[constant.share]
value = 0.5
units = "1"

[constant.mystery]
value = 1

[lookup.effect]
points = [[0, 1], [1, 2]]
units = "1"

[aux.total]
equation = "sum(students[*])"
units = "student"

[aux.x]
equation = "%EQUATION%"
units = "%UNITS%"
`

var unitCases = []struct{ equation, units, want string }{
	// What agrees.
	{"total", "student", ""},
	{"arrivals * stay", "student", ""},
	{"total / stay", "student/year", ""},
	{"total + arrivals * dt", "student", ""},
	{"(total - 0) * share", "student", ""},
	{"if total > 0 then total else 0", "student", ""},
	{"max(0, total, 0)", "student", ""},
	{"sqrt(total * total)", "student", ""},
	{"total^2 / total", "student", ""},
	{"power(total, 1/2) * total^0.5", "student", ""},
	{"2^share + exp(time / stay)", "1", ""},
	{"smooth3(total, stay)", "student", ""},
	{"delay3(arrivals, stay, 0)", "student/year", ""},
	{"delay_n(arrivals, stay, 3)", "student/year", ""},
	{"trend(total, stay)", "1/year", ""},
	{"forecast(total, stay, stay)", "student", ""},
	{"step(total, stay)", "student", ""},
	{"ramp(arrivals, stay)", "student", ""},
	{"pulse(total, stay, stay)", "student/year", ""},
	{"safediv(salary, total)", "dollars/(student*year)", ""},
	{"total mod total", "student", ""},
	{"total > total and not share", "1", ""},
	{"time - start_time", "year", ""},
	{"pi * share", "dmnl", ""},
	{"effect(share) * total", "student", ""},
	{"mean(students[*])", "student", ""},
	{"uniform(0, stay)", "years", ""},
	{"step(5, 3)", "student", "note: when of step must be in year, but it is a plain number"}, // one note per equation
	{"step(5, stay)", "student", "note: x is declared in student, but its equation is a plain number"},
	{"min(5, 3) * stay", "year", ""},
	{"if total > arrivals * stay then 1 else 0", "student", "note: x is declared in student, but its equation is a plain number"},
	{"share * 5", "student", "x is declared in student, but its equation is a plain number"}, // share has the unit 1
	{"12", "student", ""},       // a number alone has the unit declared
	{"-(2 + 3)", "student", ""}, // and so has one made of numbers
	{"0 * salary", "student", ""},
	{"mystery + total", "student", ""}, // what is not known agrees
	{"mystery^total / 7", "student", "an exponent is a plain number, but this is in student"},
	{"students_of", "student", `"students_of" is not declared`},
	{"students_of + salary", "student", `"students_of" is not declared`},

	{"0 + total", "student", ""},
	{"total^(-1/2) * total", "student^0.5", ""},
	{"-total / +stay", "student/year", ""},

	// What does not.
	{"salary * total * share * arrivals * stay / stay + share", "1", "adds USD*student^2/year^2 and a plain number (share)"},
	{"1 - total", "1", "note: subtracts student (total) from a plain number (1)"},
	{"total + arrivals", "student", "adds student (total) and student/year (arrivals)"},
	{"total - salary", "student", "subtracts USD/year (salary) from student (total)"},
	{"total + 1", "student", "note: adds student (total) and a plain number (1)"},
	{"total > arrivals", "1", "compares student (total) with student/year (arrivals)"},
	{"total = 5", "1", "note: compares student (total) with a plain number (5)"},
	{"total mod stay", "student", "takes the remainder of student (total) by year (stay)"},
	{"if total > 0 then total else salary", "student", "returns student (total) in one case and USD/year (salary) in the other"},
	{"total", "student/year", "x is declared in student/year, but its equation is in student"},
	{"arrivals", "student", "x is declared in student, but its equation is in student/year"},
	{"share", "student", "x is declared in student, but its equation is a plain number"},
	{"exp(total)", "1", "x of exp must be a plain number, but it is in student"},
	{"smooth1(total, total)", "student", "averaging_time of smooth1 must be in year, but it is in student"},
	{"smooth1(total, 5)", "student", "note: averaging_time of smooth1 must be in year, but it is a plain number"},
	{"smooth1(total, stay, salary)", "student", "initial of smooth1 must be in student, as input is, but it is in USD/year"},
	{"min(total, salary)", "student", "b of min must be in student, as a is, but it is in USD/year"},
	{"min(0, total, salary)", "student", "b of min must be in student, but it is in USD/year"},
	{"safediv(total, stay, total)", "student/year", "otherwise of safediv must be in student/year, but it is in student"},
	{"total^share", "student", "student (total) cannot have this power: only a fixed whole number or simple fraction gives a unit"},
	{"power(2, stay)", "1", "an exponent is a plain number, but this is in year"},

	// One report a cause: what is wrong inside agrees with everything outside.
	{"(total + salary) * stay + share > arrivals", "1", "adds student (total) and USD/year (salary)"},
	{"exp(total) + total", "student", "x of exp must be a plain number, but it is in student"},
	{"(total + salary) + (stay + share)", "USD", "adds student (total) and USD/year (salary); adds year (stay) and a plain number (share)"},

	// Units that cannot be read.
	{"total", "student per year", `the unit "student per year" cannot be read: per is written /`},
	{"total", "Student", "the unit Student is not declared, but student is"},
	{"total", "studnet/year", "the unit studnet is not declared, but student is"},
	{"total", "year^x", `the unit "year^x" cannot be read: a number is missing after ^`},
}

func TestUnits(t *testing.T) {
	for _, c := range unitCases {
		text := strings.NewReplacer("%EQUATION%", c.equation, "%UNITS%", c.units).Replace(unitModel)
		list, _ := check("model.toml", text)
		var got []string
		for _, d := range list {
			switch {
			case d.Severity == diagnostic.Error:
				got = append(got, d.Message)
			case d.Code == "bare-number":
				got = append(got, d.Severity.String()+": "+d.Message)
			}
		}
		if diff := gocmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s in %s:\n%s", c.equation, c.units, diff)
		}
	}
}

// A place is that of the operator, even where TOML escapes come before it.
func TestUnitMistakeHasItsPlace(t *testing.T) {
	text := strings.NewReplacer("%EQUATION%", `total \u002A 1\n + salary`, "%UNITS%", "student").Replace(unitModel)
	list, files := check("model.toml", text)
	for _, d := range list {
		if d.Code == model.UnitMismatch {
			if got := string(files["model.toml"][d.Span.Start:d.Span.End]); got != "+" {
				t.Errorf("got %q", got)
			}
			return
		}
	}
	t.Error("nothing was reported")
}

func TestHints(t *testing.T) {
	for equation, want := range map[string]string{
		"total":           "divide by a time: per year is missing",
		"total + 1":       "a number in an equation is a plain number: if this one is in student, make it a constant with a name and units",
		"arrivals / stay": "multiply by a time in year, such as dt or the length of a stay",
		"salary":          "what is missing, or too much, has the unit student/USD",
		"exp(total)":      "divide it by a reference value of the same unit",
	} {
		text := strings.NewReplacer("%EQUATION%", equation, "%UNITS%", "student/year").Replace(unitModel)
		list, _ := check("model.toml", text)
		var got []string
		for _, d := range list {
			if d.Severity == diagnostic.Error || d.Code == "bare-number" {
				got = append(got, d.Hint)
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: got %q, want %q", equation, got, want)
		}
	}
}

func TestUnitsAsWarnings(t *testing.T) {
	list := diagnostic.List{{Code: model.UnitMismatch}, {Code: model.UnknownName}, {Code: model.UnitLookupInput, Severity: diagnostic.Warning}}
	out := model.UnitsAsWarnings(list)
	for _, d := range out {
		if want := d.Code != model.UnknownName; (d.Severity == diagnostic.Warning) != want {
			t.Errorf("%s is a %s", d.Code, d.Severity)
		}
	}
	if list[0].Severity != diagnostic.Error {
		t.Error("the list given was changed")
	}
}

// A mistake in units leaves the model runnable.
func TestUnitMistakesLeaveAModel(t *testing.T) {
	text := strings.NewReplacer("%EQUATION%", "total + salary", "%UNITS%", "student").Replace(unitModel)
	m, _ := model.Parse("model.toml", []byte(text), nil)
	if r, list := model.Check(m); r == nil || !list.HasErrors() {
		t.Errorf("got %v %v", r, list)
	}
}
