package model_test

import (
	"strings"
	"testing"
)

// planted is a sound model of a school district, into which the mistakes of the table below
// are planted one by one.
const planted = `name = "District"
[time]
start = 2020
stop = 2030
step = 0.25
unit = "year"
[unit]
student = { plural = "students" }
teacher = { plural = "teachers" }
[dimension.grade]
elements = ["k", "1..3"]
ordered = true
[stock.students]
over = ["grade"]
initial = "students_at_start"
inflow = ["arriving"]
outflow = ["leaving"]
units = "student"
[stock.teachers]
initial = "60"
inflow = ["hiring"]
outflow = ["quitting"]
units = "teacher"
[flow.arriving]
over = ["grade"]
equation = "arrivals * share"
units = "student/year"
[flow.leaving]
over = ["grade"]
equation = "students / stay"
units = "student/year"
[flow.hiring]
equation = "max(0, wanted - teachers) / hiring_time"
units = "teacher/year"
[flow.quitting]
equation = "teachers * quit_rate * effect_of_load(workload)"
units = "teacher/year"
[aux.total]
equation = "sum(students[*])"
units = "student"
[aux.wanted]
equation = "total / class_size"
units = "teacher"
[aux.workload]
equation = "smooth3(total / teachers / class_size, perception_time)"
units = "1"
[constant.students_at_start]
value = 300
units = "student"
[constant.arrivals]
value = 80
units = "student/year"
[constant.share]
value = 1
units = "1"
[constant.stay]
value = 4
units = "year"
[constant.hiring_time]
value = 2
units = "year"
[constant.quit_rate]
value = 0.1
units = "1/year"
range = [0, 1]
[constant.class_size]
value = 20
units = "student/teacher"
[constant.perception_time]
value = 3
units = "year"
[lookup.effect_of_load]
points = [[0, 0.5], [1, 1], [2, 2]]
units = "1"
`

// plantings are mistakes that modelers make: a text of the model, the text in its place, the
// code that must be reported and a part of its message or hint.
var plantings = []struct{ name, old, new, code, says string }{
	// Names.
	{"a letter left out", `"total / class_size"`, `"total / clas_size"`, "unknown-name", "did you mean class_size?"},
	{"two letters swapped", `"students / stay"`, `"students / saty"`, "unknown-name", "did you mean stay?"},
	{"a plural", `"arrivals * share"`, `"arrivals * shares"`, "unknown-name", "did you mean share?"},
	{"a name that is nowhere", `"total / class_size"`, `"total / ratio"`, "unknown-name", "[constant.ratio]"},
	{"an unknown function", `smooth3(`, `smoth3(`, "unknown-function", "did you mean smooth3?"},
	{"a function as a value", `"total / class_size"`, `"total / max"`, "not-a-value", "write max("},
	{"a lookup that is not called", `effect_of_load(workload)`, `effect_of_load`, "lookup-not-called", "effect_of_load(x)"},
	{"a variable called like a function", `effect_of_load(workload)`, `workload(total)`, "unknown-function", "to multiply, write workload *"},
	{"a dimension as a value", `"arrivals * share"`, `"arrivals * grade"`, "not-a-value", "it belongs in brackets"},
	{"an element as a value", `"arrivals * share"`, `"arrivals * k"`, "not-a-value", "element of grade"},
	{"a name declared twice", `[constant.share]`, `[aux.stay]`, "duplicate-name", "declared twice"},
	{"a reserved name", `[constant.share]`, `[constant.max]`, "reserved-name", "choose another name"},
	{"a misspelt table", `[flow.hiring]`, `[flwo.hiring]`, "unknown-key", "did you mean flow?"},
	{"a misspelt key", `initial = "60"`, `inital = "60"`, "unknown-key", "did you mean initial?"},
	// Stocks and flows.
	{"an unknown flow", `inflow = ["hiring"]`, `inflow = ["hirings"]`, "unknown-flow", "did you mean hiring?"},
	{"an auxiliary as flow", `inflow = ["hiring"]`, `inflow = ["wanted"]`, "unknown-flow", "not a flow but an auxiliary"},
	{"an outflow named twice", `outflow = ["quitting"]`, `outflow = ["quitting", "quitting"]`, "flow-used-twice", "named twice"},
	{"a flow out of two stocks", `outflow = ["leaving"]`, `outflow = ["quitting"]`, "flow-used-twice", "a flow of its own"},
	{"a flow in and out", `outflow = ["quitting"]`, `outflow = ["hiring"]`, "flow-used-twice", "flows into teachers and out of it"},
	{"a stock without flows", "inflow = [\"hiring\"]\noutflow = [\"quitting\"]\n", "", "stock-without-flows", "so it never changes"},
	{"a flow that no stock has", `outflow = ["quitting"]`, `outflow = []`, "unused-flow", "fills and drains no stock"},
	{"no initial value", "initial = \"60\"\n", "", "missing-key", "add a line initial"},
	{"a flow of other dimensions", "[flow.leaving]\nover = [\"grade\"]\n", "[flow.leaving]\n", "flow-dimensions", "dimensions of its stock"},
	{"a wrong sign", `"teachers * quit_rate`, `"teachers + quit_rate`, "unit-mismatch", "adds teacher"},
	// Cycles.
	{"simultaneous equations", `"total / class_size"`, `"total / class_size + hiring * stay"`, "cycle", "delay the influence"},
	{"a variable of itself", `"sum(students[*])"`, `"sum(students[*]) + total"`, "cycle", "total → total"},
	{"initial values of each other", `initial = "60"`, `initial = "workload * 60"`, "initial-cycle", "simultaneous initial equations"},
	// Units.
	{"per time is missing", `"students / stay"`, `"students"`, "unit-equation", "per year is missing"},
	{"a time too much", `"total / class_size"`, `"total / class_size * stay"`, "unit-equation", "declared in teacher"},
	{"apples and pears", `wanted - teachers`, `total - teachers`, "unit-mismatch", "need the same unit"},
	{"a flow in its stock's unit", "[flow.arriving]\nover = [\"grade\"]\nequation = \"arrivals * share\"\nunits = \"student/year\"", "[flow.arriving]\nover = [\"grade\"]\nequation = \"arrivals * share\"\nunits = \"student\"", "unit-flow", "a flow of students is in student/year"},
	{"a misspelt unit", "value = 300\nunits = \"student\"", "value = 300\nunits = \"studnet\"", "unit-misspelled", "did you mean student?"},
	{"a unit in words", "value = 80\nunits = \"student/year\"", "value = 80\nunits = \"student per year\"", "unit-syntax", "per is written /"},
	{"swapped arguments of a smooth", `smooth3(total / teachers / class_size, perception_time)`, `smooth3(perception_time, total / teachers / class_size)`, "unit-argument", "averaging_time of smooth3 must be in year"},
	{"an exponent with a unit", `"arrivals * share"`, `"arrivals * share ^ stay"`, "unit-power", "an exponent is a plain number"},
	{"a lookup read with a unit", `effect_of_load(workload)`, `effect_of_load(total)`, "unit-lookup-input", "divide it by a reference value"},
	{"a number where a time is wanted", `, perception_time)`, `, 3)`, "bare-number", "make it a constant"},
	{"the logarithm of people", `"total / class_size"`, `"total / class_size * ln(total)"`, "unit-argument", "must be a plain number"},
	{"no units", "value = 20\nunits = \"student/teacher\"", "value = 20", "undeclared-units", "class_size has no units"},
	// Arguments.
	{"an argument too few", `, perception_time)`, `)`, "argument-count", "smooth3(input, averaging_time"},
	{"arguments too many", `max(0, wanted - teachers)`, `abs(0, wanted - teachers)`, "argument-count", "takes 1 argument"},
	{"an if without else", `"arrivals * share"`, `"if share > 0 then arrivals"`, "syntax", "else"},
	{"a parenthesis too few", `max(0, wanted - teachers)`, `max(0, wanted - teachers`, "syntax", ")"},
	{"two operators", `"students / stay"`, `"students / * stay"`, "syntax", "*"},
	{"a comma in a number", `value = 300`, `value = 1,300`, "not-toml", "one key a line"},
	{"a percent sign", `"teachers * quit_rate`, `"teachers * 10%`, "syntax", "%"},
	{"the order of a delay by name", `smooth3(total / teachers / class_size, perception_time)`, `smooth_n(total / teachers / class_size, perception_time, share)`, "bad-order", "write the number itself"},
	// Arrays.
	{"an unknown element", `sum(students[*])`, `students[4]`, "unknown-element", "no element"},
	{"an array where a number is wanted", `"sum(students[*])"`, `"students"`, "missing-dimension", "sum(students"},
	{"a subscript on a number", `wanted - teachers`, `wanted[k] - teachers`, "subscript-count", "a single number"},
	{"one subscript too many", `students[*]`, `students[*, *]`, "subscript-count", "one subscript"},
	{"a star outside of a sum", `"sum(students[*])"`, `"students[*]"`, "star-outside", "write sum("},
	{"the sum of a number", `sum(students[*])`, `sum(teachers)`, "nothing-to-reduce", "name an array"},
	{"leaving the range", `"students / stay"`, `"students[grade - 1] / stay"`, "offset-out-of-range", "an equation of its own"},
	{"an unknown dimension", "[flow.arriving]\nover = [\"grade\"]", "[flow.arriving]\nover = [\"grades\"]", "unknown-dimension", "did you mean grade?"},
	{"an unknown key of an array", "[flow.hiring]", "[flow.arriving.at]\n\"5\" = \"1\"\n[flow.hiring]", "unknown-element", "no element"},
	// The clock and numbers.
	{"no step", "step = 0.25\n", "", "missing-key", "step"},
	{"stop before start", `stop = 2030`, `stop = 2010`, "bad-time", "stop"},
	{"an unknown method", `unit = "year"`, "unit = \"year\"\nmethod = \"rk5\"", "bad-value", "rk4"},
	{"a step too long for a stock", `value = 4`, `value = 0.5`, "step-too-long", "take a step of at most 0.125"},
	{"a goal gap faster than the step", `max(0, wanted - teachers) / hiring_time`, `(wanted - teachers) / hiring_time * 50`, "step-too-long", "swings ever wider"},
	{"a delay shorter than a step", "value = 3\n", "value = 0.3\n", "delay-shorter-than-step", "make the time at least 0.75"},
	{"points out of order", `[[0, 0.5], [1, 1], [2, 2]]`, `[[0, 0.5], [2, 2], [1, 1]]`, "bad-points", "sort the points by x"},
	{"a value outside its range", "value = 0.1\n", "value = 10\n", "bad-range", "outside the range of quit_rate"},
	{"an unused constant", `"arrivals * share"`, `"arrivals"`, "unused", "nothing depends on constant share"},
	{"an unnamed number", `"total / class_size"`, `"total / class_size * 1.07"`, "unnamed-number", "has no name"},
}

// Every planted mistake is found, with a hint that leads to it.
func TestPlantedMistakes(t *testing.T) {
	if list, _ := check("m.toml", planted); list.HasErrors() {
		t.Fatal(messages(list))
	}
	for _, p := range plantings {
		t.Run(p.name, func(t *testing.T) {
			if !strings.Contains(planted, p.old) {
				t.Fatalf("%q is not in the model", p.old)
			}
			list, _ := check("m.toml", strings.Replace(planted, p.old, p.new, 1))
			for _, d := range list {
				if string(d.Code) == p.code && strings.Contains(d.Message+"\n"+d.Hint, p.says) {
					return
				}
			}
			t.Errorf("no %s with %q in%s", p.code, p.says, messages(list))
		})
	}
}
