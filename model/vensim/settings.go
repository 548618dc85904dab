package vensim

import (
	"strconv"
	"strings"

	"weir/model"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/syntax"
)

// dating is the calendar in a file's settings: the date at Time 0, and the unit of time,
// by Vensim's numbers.
type dating struct {
	year, month, day float64 // the date at Time 0
	unit             int     // 0 year, 1 quarter, 2 month, 3 week, 4 day, 5 hour, 6 minute, 7 second
	known            int     // how many of the four are set
	shifted          bool    // an offset that Vensim does not document
}

// readSettings reads the settings after the drawing: the method of integration, the units
// that mean the same, the files behind names, and the calendar.
func readSettings(r *report.Report, src string, at syntax.Span, files *sheet.Files, units *units,
	t *model.TimeSettings) dating {
	var dates dating
	for _, line := range strings.Split(src[at.Start:at.End], "\n") {
		// A line is a number, a colon and its values. Other numbers do not
		// matter here.
		number, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		switch number {
		case "15":
			readMethod(r, rest, at, t)
		case "22":
			units.same(rest, at)
		case "30":
			files.MapFile(rest)
		case "37", "38", "39", "40", "41":
			dates.read(number, rest)
		}
	}
	return dates
}

// read reads one line of the calendar.
// A value that is no whole number is left out and does not count as known.
func (d *dating) read(number, rest string) {
	x, err := strconv.Atoi(strings.TrimSpace(rest))
	if err != nil {
		return
	}
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

// methods are weir's methods of integration by Vensim's numbers: 0 Euler, 1 Runge-Kutta
// with steps as needed, 2 difference equations, 3 and 4 Runge-Kutta of second order, 5
// Runge-Kutta of fourth.
var methods = map[string]struct{ name, how string }{
	"0": {"euler", ""},
	"1": {"rk4", "Runge-Kutta of fourth order with the model's own step; Vensim shortens it as needed"},
	"2": {"euler", "difference equations are integrated by Euler's method"},
	"3": {"heun", "Runge-Kutta of second order with the model's own step; Vensim shortens it as needed"},
	"4": {"heun", ""},
	"5": {"rk4", ""},
}

// readMethod reads the method, which is the fourth number of the settings of a run. Other
// numbers leave Euler's method; one that means something else here is a row of the report.
func readMethod(r *report.Report, rest string, at syntax.Span, t *model.TimeSettings) {
	fields := strings.Split(rest, ",")
	if len(fields) < 4 || methods[fields[3]].name == "" {
		return
	}
	m := methods[fields[3]]
	t.Method = m.name
	if m.how != "" {
		r.Row("integration type", "", model.Approximated, m.how, syntax.Span{Start: at.Start, End: at.Start})
	}
}
