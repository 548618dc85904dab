package unit

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// system is the one of the tests: a student has a plural, a dollar two names.
func system() *System {
	s := &System{}
	s.Declare("student", "students", "")
	s.Declare("USD", "dollar", "dollars")
	return s
}

var read = []struct{ text, want string }{
	{"student/year", "student/year"},
	{"students / years", "student/year"},
	{"dollars/student/year", "USD/(student*year)"},
	{"USD/(student*year)", "USD/(student*year)"},
	{"year*student", "student*year"},
	{"student*student/year^2", "student^2/year^2"},
	{"student/student", "1"},
	{"1/year", "1/year"},
	{"year^-1", "1/year"},
	{"1", "1"}, {"dmnl", "1"}, {"Dimensionless", "1"}, {"unitless", "1"},
	{"student^0.5", "student^0.5"},
	{"student^(1/3)", "student^(1/3)"},
	{"(student*year)^-2", "1/(student^2*year^2)"},
	{"$/year", "$/year"},
	{"élève", "élève"},
	{"Student", "Student"}, // letter for letter (Vensim; semantics row 29)
	{"people/person", "people/person"},
	{"m^0", "1"},
}

func TestParse(t *testing.T) {
	for _, c := range read {
		u, err := system().Parse(c.text)
		if err != nil || u.String() != c.want {
			t.Errorf("%s: got %s %v, want %s", c.text, u, err, c.want)
		}
	}
}

// ‹ and › stand around what is complained about.
var wrong = []struct{ text, want string }{
	{"‹›", "the unit is empty / write 1 for a plain number"},
	{"student/‹›", "a unit is missing at the end"},
	{"‹/›year", "a unit is missing before / / write 1/year for per year"},
	{"student ‹per› year", "per is written / / write student/year"},
	{"student ‹year›", "year follows without an operator / write * between two units, / for per, or an underscore within one name"},
	{"‹1000› student", "1000 is not a unit / a unit has no size: give the number a variable of its own"},
	{"‹%›", "% has no meaning in a unit / write 1 for a fraction, or name a unit percent"},
	{"m‹²›", "² has no meaning in a unit / write ^2"},
	{"year‹-›1", "- has no meaning in a unit / write year^-1, or 1/year"},
	{"‹(›a*b", "this ( is never closed / close it with )"},
	{"a‹)›", ") has no meaning in a unit / delete it, or open it before"},
	{"a^‹›b", "a number is missing after ^ / a power is a number, as in m^2"},
	{"‹a^3.14159›", "no unit has such a power / a power is a whole number or a simple fraction, as in m^2 or m^0.5"},
	{"‹a^100*a^100›", "no unit has such a power / a power is a whole number or a simple fraction, as in m^2 or m^0.5"},
	{"a^(1/3‹›", "this power is never closed / close it with )"},
	{"a‹\x00›", "there is a character here that cannot be shown / delete it"},
}

func TestMistakes(t *testing.T) {
	for _, c := range wrong {
		before, rest, _ := strings.Cut(c.text, "‹")
		inside, after, _ := strings.Cut(rest, "›")
		_, err := system().Parse(before + inside + after)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s is no mistake", c.text)
			continue
		}
		said := strings.TrimSuffix(e.Message+" / "+e.Hint, " / ")
		if said != c.want || e.Start != len(before) || e.End != len(before+inside) {
			t.Errorf("%s: got %d to %d, %s", c.text, e.Start, e.End, said)
		}
	}
}

func TestTooMuch(t *testing.T) {
	for _, text := range []string{strings.Repeat("(", 900), strings.Repeat("a*", 5000) + "a"} {
		if _, err := system().Parse(text); err == nil {
			t.Errorf("%.10s… was read", text)
		}
	}
}

func TestPow(t *testing.T) {
	area := Named("m").Mul(Named("m"))
	if side, ok := area.Pow(0.5); !ok || !side.Equal(Named("m")) {
		t.Errorf("the side of a square is measured in m, got %s", side)
	}
	for _, x := range []float64{math.Pi, math.NaN(), math.Inf(1), 1e9} {
		if u, ok := area.Pow(x); ok {
			t.Errorf("m^2 to the power %v is %s", x, u)
		}
		if u, ok := (Unit{}).Pow(x); !ok || !u.IsOne() {
			t.Errorf("1 to the power %v is %s", x, u)
		}
	}
}

func TestReplace(t *testing.T) {
	rule, _ := (&System{}).Parse("a^0.5/time")
	with := map[string]Unit{"a": Named("m").Mul(Named("m")), "time": Named("year")}
	u, ok := rule.Replace(func(name string) (Unit, bool) { v, ok := with[name]; return v, ok })
	if !ok || u.String() != "m/year" {
		t.Errorf("got %s", u)
	}
	if u, ok := rule.Replace(func(string) (Unit, bool) { return Unit{}, false }); ok {
		t.Errorf("nothing to put in its place, but got %s", u)
	}
}

func TestDeclaredNameIsItself(t *testing.T) {
	s := &System{}
	s.Declare("days", "day")
	if a, b := s.Name("day"), s.Name("days"); a != "days" || b != "days" {
		t.Errorf("got %s and %s", a, b)
	}
}

var units = rapid.Custom(func(t *rapid.T) Unit {
	u := Unit{}
	for range rapid.IntRange(0, 4).Draw(t, "factors") {
		f := Named(rapid.SampledFrom([]string{"student", "USD", "year", "m"}).Draw(t, "name"))
		p, ok := f.Pow(rapid.SampledFrom([]float64{1, 2, -1, 0.5, -1.0 / 3}).Draw(t, "power"))
		if !ok {
			t.Fatal("a plain power was refused")
		}
		u = u.Mul(p)
	}
	return u
})

func TestAlgebra(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := units.Draw(t, "a"), units.Draw(t, "b"), units.Draw(t, "c")
		same := func(what string, x, y Unit) {
			if !x.Equal(y) || x.String() != y.String() {
				t.Fatalf("%s: %s and %s", what, x, y)
			}
		}
		same("a*b = b*a", a.Mul(b), b.Mul(a))
		same("(a*b)*c = a*(b*c)", a.Mul(b).Mul(c), a.Mul(b.Mul(c)))
		same("a*b/b = a", a.Mul(b).Div(b), a)
		same("a/a = 1", a.Div(a), Unit{})
		square, _ := a.Pow(2)
		same("a^2 = a*a", square, a.Mul(a))
		root, _ := square.Pow(0.5)
		same("root of a^2 = a", root, a)
		back, err := (&System{}).Parse(a.String())
		if err != nil {
			t.Fatal(err)
		}
		same("Parse undoes String", back, a)
	})
}

func FuzzParse(f *testing.F) {
	for _, c := range read {
		f.Add(c.text)
	}
	for _, c := range wrong {
		f.Add(strings.NewReplacer("‹", "", "›", "").Replace(c.text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, err := system().Parse(text)
		var e *Error
		if errors.As(err, &e) {
			if e.Start < 0 || e.End < e.Start || e.End > len(text) || e.Message == "" {
				t.Fatalf("bad report %+v", e)
			}
			return
		}
		if back, err := system().Parse(u.String()); err != nil || !back.Equal(u) {
			t.Fatalf("%q is %s, which reads as %s %v", text, u, back, err)
		}
	})
}
