package code

import (
	"slices"

	"weir/model/diagnostic"
)

// The codes of remarks on a sound model; none is an error.
const (
	UnusedVariable diagnostic.Code = "unused"
	UnusedBinding  diagnostic.Code = "unused-binding"
	UnnamedNumber  diagnostic.Code = "unnamed-number"
	SmoothedFlow   diagnostic.Code = "smoothed-flow"
	MissesOne      diagnostic.Code = "lookup-misses-one"
	FlatLookup     diagnostic.Code = "lookup-flat"
	TurningLookup  diagnostic.Code = "lookup-turns"
	DataEnds       diagnostic.Code = "data-ends"
	AwayFromGoal   diagnostic.Code = "away-from-goal"
	NoSource       diagnostic.Code = "no-source"
	UnknownSource  diagnostic.Code = "unknown-source"
	StepTooLong    diagnostic.Code = "step-too-long"
	Unlabeled      diagnostic.Code = "no-label"
	NoEvidence     diagnostic.Code = "no-evidence"
	NoRange        diagnostic.Code = "no-range"
	NoValue        diagnostic.Code = "no-value"
)

// IsAdvice reports whether a code is one of advice: the model is sound, but somebody
// should look.
func IsAdvice(code diagnostic.Code) bool {
	return slices.ContainsFunc(adviceCodes, func(row CodeRow) bool { return row.Code == code })
}

// documented is the beginning of the examples: a stock with a flow, without gaps.
const documented = `[time]
start = 0
stop  = 10
step  = 0.25
unit  = "year"

[unit]
student = { plural = "students" }

[stock.students]
label   = "Students"
initial = 100
outflow = ["leaving"]
units   = "student"

[flow.leaving]
label    = "Students who leave"
equation = "students / stay"
units    = "student/year"

[constant.stay]
label    = "Years in school"
value    = 4
units    = "year"
source   = "the school calendar"
evidence = "measured"
`

// adviceCodes are the remarks on a sound model.
var adviceCodes = []CodeRow{
	{UnusedVariable, "A constant, decision or lookup has no effect on anything.", documented + `
[constant.seats] # WARNING unused
label    = "Seats"
value    = 500
units    = "student"
source   = "building plans"
evidence = "measured"
`},
	{NoValue, "An equation is na and nothing else, as weir import writes what it does not support.", documented + `
[aux.seats] # WARNING no-value
label    = "Seats"
equation = "na"
units    = "student"
`},
	{UnusedBinding, "A module is given a value that nothing in it reads.", `[time]
start = 0
stop  = 10
step  = 0.0625
unit  = "year"

[module.teachers]
file = "teachers.toml"
bind = { students = "enrolled", unread = "enrolled / 2" } # WARNING unused-binding

[constant.enrolled]
label    = "Students"
value    = 2500
units    = "student"
source   = "the enrollment count"
evidence = "measured"
`},
	{UnnamedNumber, "A number in an equation should be a constant with a name, units and a source.", documented + `
[aux.buses]
label    = "Buses"
equation = "students / 48" # NOTE unnamed-number
units    = "student"
`},
	{SmoothedFlow, "A flow of things is smoothed, which does not conserve them; a delay does.", documented + `
[stock.alumni]
label   = "Alumni"
initial = 0
inflow  = ["arriving"]
units   = "student"

[flow.arriving]
label    = "Leavers who have settled elsewhere"
equation = "smooth1(leaving, stay)" # WARNING smoothed-flow
units    = "student/year"
`},
	{MissesOne, "An effect is nearly 1 where its input is 1, but not quite.", documented + `
[aux.pull]
label    = "Pull of small schools"
equation = "effect_of_size(students / students)"
units    = "1"

[lookup.effect_of_size]
points = [[0, 1.5], [0.9, 1], [2, 0.5]] # NOTE lookup-misses-one
units  = "1"
`},
	{FlatLookup, "A lookup gives one number whatever its input is.", documented + `
[aux.pull]
label    = "Pull of small schools"
equation = "effect_of_size(students / students)"
units    = "1"

[lookup.effect_of_size]
points = [[0, 1], [2, 1]] # NOTE lookup-flat
units  = "1"
`},
	{TurningLookup, "An effect changes its direction more than once.", documented + `
[aux.pull]
label    = "Pull of small schools"
equation = "effect_of_size(students / students)"
units    = "1"

[lookup.effect_of_size]
points = [[0, 1.5], [1, 1], [1.5, 1.2], [2, 0.5]] # NOTE lookup-turns
units  = "1"
`},
	{DataEnds, "An equation reads recorded data at times that the record does not have.", documented + `
[data.births] # NOTE data-ends
label = "Births"
file  = "first_years.csv"
time  = "year"
value = "births"
units = "student/year"

[stock.children]
label   = "Children"
initial = 500
inflow  = ["growing"]
units   = "student"

[flow.growing]
label    = "Children born"
equation = "births"
units    = "student/year"
`},
	{AwayFromGoal, "A goal gap is the wrong way round, so that the stock flees its goal.", documented + `
[stock.teachers]
label   = "Teachers"
initial = 30
inflow  = ["hiring"]
units   = "teacher"

[flow.hiring]
label    = "Teachers hired"
equation = "(teachers - wanted) / stay" # WARNING away-from-goal
units    = "teacher/year"

[constant.wanted]
label    = "Teachers wanted"
value    = 40
units    = "teacher"
source   = "the plan"
evidence = "measured"
`},
	{NoSource, "A value is graded, but nothing supports the grade.", documented + `
[constant.seats]
label    = "Seats"
value    = 500
units    = "student"
evidence = "measured" # WARNING no-source

[aux.room]
label    = "Free seats"
equation = "seats - students"
units    = "student"
`},
	{UnknownSource, "A source is given by an id that no [source] table has.", documented + `
[source.S01]
title = "School calendar"

[constant.seats]
label    = "Seats"
value    = 500
units    = "student"
source   = "S1" # WARNING unknown-source
evidence = "measured"

[aux.room]
label    = "Free seats"
equation = "seats - students"
units    = "student"
`},
	{StepTooLong, "The step is long for the time in which a stock empties, so the result depends on the step.", `[time]
start = 0
stop  = 10
step  = 1 # WARNING step-too-long
unit  = "year"

[stock.trust]
label   = "Trust"
initial = 1
outflow = ["forgetting"]
units   = "1"

[flow.forgetting]
label    = "Forgetting"
equation = "trust / memory"
units    = "1/year"

[constant.memory]
label    = "How long people remember"
value    = 2
units    = "year"
source   = "a survey of 2019"
evidence = "study"
`},
	{Unlabeled, "Variables have no label, so the page shows their names.", documented + `
[aux.leavers_a_decade] # NOTE no-label
equation = "leaving * 10"
units    = "student/year"
`},
	{NoEvidence, "Constants have neither a source nor a grade of evidence.", documented + `
[constant.seats] # NOTE no-evidence
label = "Seats"
value = 500
units = "student"

[aux.room]
label    = "Free seats"
equation = "seats - students"
units    = "student"
`},
	{NoRange, "Constants are assumed, but have no range of what is possible.", documented + `
[constant.seats] # NOTE no-range
label    = "Seats"
value    = 500
units    = "student"
evidence = "assumed"

[aux.room]
label    = "Free seats"
equation = "seats - students"
units    = "student"
`},
}
