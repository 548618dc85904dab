package vensim

import (
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
)

// checked returns the first message about a model, from Parse or from Check.
func checked(t *testing.T, equations string) string {
	t.Helper()
	m, list := parse(t, equations)
	if !list.HasErrors() {
		_, list = model.Check(m)
	}
	for _, d := range list {
		if d.Severity == diagnostic.Error && !strings.HasPrefix(string(d.Code), "unit-") {
			return d.Message
		}
	}
	return ""
}

// An element that no equation defines may stay so, but not be read: Vensim refuses such a
// model ("used, not computed", manual 22215). Read as :NA:, it gave -1e31 without a word.
func TestUndefinedElements(t *testing.T) {
	const land = "Land: canada, usa, mexico ~~|\nNorth: canada, usa ~~|\nOrder: (o1-o3) -> Land ~~|\n"
	for _, c := range []struct{ equations, want string }{
		{"people[Land] :EXCEPT: [mexico] = 240 ~~|\nbirths[Land] = 0.02 * people[Land] ~~|", "births reads people[mexico]"},
		{"people[North] = 240 ~~|\npeople[canada] = 3 ~~|\nx = SUM(people[North!]) ~~|", ""},
		{"people[canada] = Time ~~|\npeople[usa] = Time ~~|\nx = SUM(people[North!]) ~~|", ""},
		{"people[Land] :EXCEPT: [mexico] = Time ~~|\nx = SUM(people[Land!]) ~~|", "x reads people[mexico]"},
		{"people[Land] :EXCEPT: [mexico] = Time ~~|\nx = SUM(people[North!]) ~~|\ny = people[usa] ~~|", ""},
		{"people[Land] :EXCEPT: [North] = INTEG(1, 5) ~~|\ny = people[usa] ~~|", "y reads people[usa]"},
		{"people[Land] :EXCEPT: [North] = Time ~~|\ny = DELAY FIXED(people[canada], 1, 0) ~~|", "y reads people[canada]"},
		{"people[Land] :EXCEPT: [North] = Time ~~|\npeople[North] = 2 ~~|\ny = people[canada] ~~|", ""},
	} {
		got := checked(t, land+c.equations)
		if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.equations, got, c.want)
		}
	}
}

// Exceptions of several equations that meet at an element: Vensim gives it the equation
// that no exception takes it from. The values follow from the equations, by hand.
func TestExceptionsThatMeet(t *testing.T) {
	columns := simulate(t, `Row: r1, r2, r3 ~~|
Top: r1, r2 ~~|
Col: c1, c2, c3 ~~|
fee[Row, Col] :EXCEPT: [Top, c1], [Top, c2] = Time ~~|
fee[Top, Col] :EXCEPT: [Top, c2], [Top, c3] = -Time ~~|
fee[Top, c2] = 2 * Time ~~|
`)
	for element, slope := range map[string]float64{
		"r1,c1": -1, "r1,c2": 2, "r1,c3": 1, "r2,c1": -1, "r2,c2": 2, "r2,c3": 1, "r3,c1": 1, "r3,c2": 1, "r3,c3": 1,
	} {
		equal(t, columns, "fee["+element+"]", 0, slope, 2*slope, 3*slope, 4*slope)
	}
}
