package vensim

import (
	"fmt"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// dating is what the file's settings say of dates: the date at Time 0, and the unit of
// time, by Vensim's numbers.
type dating struct {
	year, month, day float64
	unit             int // 0 year, 1 quarter, 2 month, 3 week, 4 day, 5 hour, 6 minute, 7 second
	known            int // how many of the four are given
	shifted          bool
}

// unitDays are the days of each unit. Years, quarters and months are those of a year of
// 360 days.
var unitDays = []string{"360", "90", "30", "7", "1", "1 / 24", "1 / 1440", "1 / 86400"}

// date reads a line of the settings.
func (im *importer) date(number, rest string) {
	x, err := strconv.Atoi(strings.TrimSpace(rest))
	if err != nil {
		return
	}
	d := &im.dates
	d.known++
	switch number {
	case "37":
		d.year = float64(x)
	case "38":
		d.month = float64(x)
	case "39":
		d.day = float64(x)
	case "40":
		d.unit = x
	case "41":
		d.known--
		d.shifted = x != 0
	}
}

// timeValue is the present time or that of the start, with an offset, or what the
// calendar says of it.
func (l *lowering) timeValue(c *syntax.Call) {
	from, ok1 := l.constant(c.Args[0])
	kind, ok2 := l.constant(c.Args[2])
	if !ok1 || !ok2 || from != 0 && from != 1 {
		l.fail(c.Span, "", "GET TIME VALUE is supported with 0 or 1 as its first argument, and a number as its last")
		return
	}
	if from == 1 {
		l.v.note(model.Approximated, "GET TIME VALUE counts from the start of the run, as Vensim's manual says; version 7.3.4 has been seen to count from the present time")
	}
	before, after, ok := "", "", true
	if kind != 0 {
		before, after, ok = l.partOfDate(kind)
	}
	if !ok {
		l.fail(c.Args[2].Pos(), "write it with MODULO of Time", "Vensim does not say how it gets this from the settings' calendar, or there is none")
		return
	}
	l.w.put(before+map[float64]string{0: "time + ", 1: "start_time + "}[from], c.NameSpan)
	l.expr(c.Args[1], ofMultiply)
	l.w.put(after, c.NameSpan)
}

// partOfDate is the text around a time that makes a part of a date of it. In the years of
// 360 days these are years, quarters, months and days of a month; with real days those of
// a week and since the year 1 BC. What is a millionth of a day before a date counts as on
// it: times are rounded.
func (l *lowering) partOfDate(kind float64) (before, after string, ok bool) {
	d := l.dates
	if d.known < 4 || d.shifted || d.unit < 0 || d.unit >= len(unitDays) {
		return "", "", false
	}
	const nearly = 1e-6
	first := d.year*360 + (d.month-1)*30 + d.day - 1
	if d.unit > 2 {
		first = daysBefore(d.year, d.month, d.day)
	}
	days := fmt.Sprintf("(%s + %s * (", plain(first+nearly), unitDays[d.unit])
	switch real := d.unit > 2; {
	case kind == 1 && !real:
		return "floor(" + days, ")) / 360)", true
	case kind == 2 && !real:
		return "floor(mod" + days, "), 360) / 90) + 1", true
	case kind == 3 && !real:
		return "floor(mod" + days, "), 360) / 30) + 1", true
	case kind == 4 && !real:
		return "floor(mod" + days, "), 30)) + 1", true
	case kind == 5 && real: // the 1st of January of 1 BC was a Saturday
		return "mod(floor(6 + " + days, "))), 7)", true
	case kind == 6 && real:
		return "floor(" + days, ")))", true
	}
	return "", "", false
}

// daysBefore is how many days lie between the 1st of January of the year 0, which is
// 1 BC, and a date.
func daysBefore(year, month, day float64) float64 {
	y, m := int(year), int(month)
	if m <= 2 {
		y, m = y-1, m+12
	}
	return float64(365*y+y/4-y/100+y/400+(153*(m-3)+2)/5+int(day)-1) + 60
}
