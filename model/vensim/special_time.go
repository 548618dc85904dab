package vensim

import (
	"fmt"

	"weir/model"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/vensim/internal/syntax"
)

// unitDays are the days of each unit of time, by Vensim's numbers. Years, quarters and
// months are those of a year of 360 days.
var unitDays = []string{"360", "90", "30", "7", "1", "1 / 24", "1 / 1440", "1 / 86400"}

// timeValue is the present time or that of the start, with an offset, or a part of its
// date. The first and the last argument must be known before the run, for each number is
// another formula.
func (l *lowering) timeValue(c *syntax.Call, _ *foreign.Row) equation.Expr {
	from, ok1 := l.constants.value(c.Args[0])
	kind, ok2 := l.constants.value(c.Args[2])
	if !ok1 || !ok2 || from != 0 && from != 1 {
		l.fail(c.Span, "", "GET TIME VALUE is supported with 0 or 1 as its first argument, and a number as its last")
		return none(c.Span)
	}
	if from == 1 {
		l.v.note(model.Approximated, "GET TIME VALUE counts from the start of the run, as Vensim's manual says; "+
			"version 7.3.4 has been seen to count from the present time")
	}
	part := "$1"
	if kind != 0 {
		if part = l.dates.part(kind); part == "" {
			l.fail(c.Args[2].Pos(), "write it with MODULO of Time",
				"Vensim does not say how it gets this from the settings' calendar, or there is none")
			return none(c.Span)
		}
	}
	name := at(c.NameSpan)
	origin := equation.NewName(name, map[float64]string{0: "time", 1: "start_time"}[from])
	when := equation.NewBinary(equation.Add, name, origin, l.expr(c.Args[1]))
	return equation.NewTemplate(part).Apply(at(c.Span), name, when)
}

// part returns the template of a part of a date, by Vensim's number of the part, for the
// time that is its argument; "" of a part that is not known. In the years of 360 days
// these are years, quarters, months and days of a month; with real days those of a week
// and since the year 1 BC. A time that is a millionth of a day before a date counts as on
// it: times are rounded.
func (d dating) part(kind float64) string {
	if d.known < 4 || d.shifted || d.unit < 0 || d.unit >= len(unitDays) {
		return ""
	}
	const nearly = 1e-6
	real := d.unit > 2
	first := d.year*360 + (d.month-1)*30 + d.day - 1
	if real {
		first = daysBefore(d.year, d.month, d.day)
	}
	days := fmt.Sprintf("%s + %s * $1", decimal(first+nearly), unitDays[d.unit])
	switch {
	case kind == 1 && !real:
		return "floor((" + days + ") / 360)"
	case kind == 2 && !real:
		return "floor(mod(" + days + ", 360) / 90) + 1"
	case kind == 3 && !real:
		return "floor(mod(" + days + ", 360) / 30) + 1"
	case kind == 4 && !real:
		return "floor(mod(" + days + ", 30)) + 1"
	case kind == 5 && real: // the 1st of January of 1 BC was a Saturday
		return "mod(floor(6 + (" + days + ")), 7)"
	case kind == 6 && real:
		return "floor(" + days + ")"
	}
	return ""
}

// daysBefore returns the days from the 1st of January of the year 0, which is 1 BC, to a
// date.
func daysBefore(year, month, day float64) float64 {
	y, m := int(year), int(month)
	if m <= 2 {
		y, m = y-1, m+12
	}
	return float64(365*y+y/4-y/100+y/400+(153*(m-3)+2)/5+int(day)-1) + 60
}
