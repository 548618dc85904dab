package unit

import "testing"

func TestSameWord(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"student", "students", true}, {"Boxes", "box", true}, {"city", "cities", true}, {"person", "People", true},
		{"persons", "people", true}, {"USD", "usd", true}, {"student", "student", true},
		{"student", "teacher", false}, {"m", "ms", true}, {"gas", "ga", true}, {"day", "daies", true}, {"kg", "g", false},
	} {
		if got := SameWord(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: got %v", c.a, c.b, got)
		}
	}
}

func TestRatio(t *testing.T) {
	var s System
	for text, want := range map[string]string{"students/student": "students student", "1/year": "", "a*b": "", "a^2/b": "", "zebra/ape": "zebra ape", "a": ""} {
		u, err := s.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		above, below, ok := u.Ratio()
		if got := above + " " + below; ok != (want != "") || ok && got != want {
			t.Errorf("%s: got %q, %v", text, got, ok)
		}
	}
}
