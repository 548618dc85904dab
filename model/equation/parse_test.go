package equation

import (
	"fmt"
	"strings"
	"testing"
)

// grouped writes a tree with every parenthesis there could be.
func grouped(e Expr) string {
	switch e := e.(type) {
	case *Unary:
		return "(" + e.Op.String() + " " + grouped(e.X) + ")"
	case *Binary:
		return "(" + grouped(e.X) + " " + e.Op.String() + " " + grouped(e.Y) + ")"
	case *If:
		return "(if " + grouped(e.Cond) + " then " + grouped(e.Then) + " else " + grouped(e.Else) + ")"
	case *Call:
		var args []string
		for _, a := range e.Args {
			args = append(args, grouped(a))
		}
		return e.Func + index(e.Index) + "(" + strings.Join(args, ", ") + ")"
	case *Name:
		return e.Name + index(e.Index)
	}
	return Print(e)
}

func index(list []Index) string {
	var b strings.Builder
	for _, i := range list {
		fmt.Fprintf(&b, "[%d %s %+d]", i.Kind, i.Name, i.Offset)
	}
	return b.String()
}

var grammar = []struct{ text, want string }{
	// Precedence (XMILE 1.0, 3.3.1; semantics row 27).
	{"-3^2", "(- (3 ^ 2))"},
	{"2^-1", "(2 ^ (- 1))"},
	{"2^3^2", "(2 ^ (3 ^ 2))"},
	{"2^-3^2", "(2 ^ (- (3 ^ 2)))"},
	{"-a * b", "((- a) * b)"},
	{"a * -b", "(a * (- b))"},
	{"a - b - c", "((a - b) - c)"},
	{"a / b * c", "((a / b) * c)"},
	{"a mod b * c", "((a mod b) * c)"},
	{"a + b mod c", "(a + (b mod c))"},
	{"a + b < c * d", "((a + b) < (c * d))"},
	{"a < b = c > d", "((a < b) = (c > d))"},
	{"a or b and c", "(a or (b and c))"},
	{"not a and b", "((not a) and b)"},
	{"not a = b", "(not (a = b))"},
	{"not not a", "(not (not a))"},
	{"(a + b) * c", "((a + b) * c)"},
	{"- -a", "(- (- a))"},
	{"+a", "(+ a)"},

	// If takes everything to its right.
	{"if a > 0 then b else c + 1", "(if (a > 0) then b else (c + 1))"},
	{"if a then b else if c then d else e", "(if a then b else (if c then d else e))"},
	{"if a then if b then c else d else e", "(if a then (if b then c else d) else e)"},
	{"2 * (if a then b else c)", "(2 * (if a then b else c))"},
	{"IF a THEN b ELSE c", "(if a then b else c)"},

	// Names and numbers.
	{"Total_Students", "total_students"},
	{`"Total  Students" + 'pay gap'`, "(total_students + pay gap)"},
	{"élèves / Ñandú_2", "(élèves / ñandú_2)"},
	{".5 + 1e-3 + 2E6 + 7.", "(((.5 + 1e-3) + 2E6) + 7.)"},
	{"a { people } + { more } b", "(a + b)"},
	{"a\n\t+ b", "(a + b)"},
	{"iffy + thenceforth", "(iffy + thenceforth)"},

	// Calls, lookups and subscripts.
	{"Smooth3(x, 5)", "smooth3(x, 5)"},
	{"f()", "f()"},
	{"mod(a, b)", "mod(a, b)"},
	{"crowding[school](load)", "crowding[0 school +0](load)"},
	{"x[District, grade - 1]", "x[0 district +0][0 grade -1]"},
	{"x[grade + 2]", "x[0 grade +2]"},
	{"x[*, upper!]", "x[1  +0][2 upper +0]"},
	{"x[9, '9 to 12', 9th]", "x[0 9 +0][0 9_to_12 +0][0 9th +0]"},
}

func TestGrammar(t *testing.T) {
	for _, c := range grammar {
		e, errors := Parse(c.text)
		if len(errors) > 0 {
			t.Errorf("%s: %v", c.text, errors)
			continue
		}
		want := strings.ReplaceAll(c.want, "pay gap", "pay_gap")
		if got := grouped(e); got != want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, want)
		}
	}
}

// Mistakes are marked in the text: the span that is complained about stands
// between ‹ and ›. There may be several.
var mistakes = []struct {
	text string
	want []string
}{
	{"‹›", []string{"the equation is empty"}},
	{"a ‹+›", []string{"a value is missing after +"}},
	{"‹*› a", []string{"a value is missing before *"}},
	{"a ‹+› * b", []string{"+ is followed by * / delete one of the two, or write a value between them"}},
	{"total ‹students›", []string{"an operator is missing before students / if this is one name, write total_students"}},
	{"new ‹students› per year", []string{"an operator is missing before students / if this is one name, write new_students_per_year"}},
	{"x[a]‹[›b]", []string{"an operator is missing before [ / write all subscripts in one pair of brackets: x[a, b]"}},
	{"(a) ‹[›b]", []string{"an operator is missing before [ / brackets follow a name directly"}},
	{"a ‹'b c'›", []string{"an operator is missing before 'b c' / to multiply, write a * 'b c'"}},
	{"3 ‹4›", []string{"an operator is missing before 4 / write a number without spaces"}},
	{"x‹!›", []string{"! has no meaning here / write not x for the opposite; dimension! stands in brackets only"}},
	{"a‹,› b", []string{"this comma is not inside a function's parentheses / delete it"}},
	{"x[‹,› a]", []string{"a subscript is missing before this comma"}},
	{"‹then› a", []string{"a value is missing before then / delete it, or write what comes before"}},
	{"y ‹:=› x", []string{":= is not an operator here / write only what stands to the right of it"}},
	{"a ‹=› = b = c", []string{"= is followed by ="}},
	{"2‹(›a + b)", []string{"an operator is missing before ( / to multiply, write 2 * ("}},
	{"(a) ‹b›", []string{"an operator is missing before b / to multiply, write ) * b"}},
	{"‹2x›", []string{"2x is neither a number nor a name / names begin with a letter; to multiply, write 2 * x"}},
	{"‹1_000› + a", []string{"1_000 is neither a number nor a name / write 1000"}},
	{"1‹,›000", []string{"this comma is not inside a function's parentheses / write numbers without commas: 1000, and 0.5 with a point"}},
	{"‹1e999›", []string{"1e999 is too large for a number / the largest is about 1.8e308"}},
	{"‹(›a + b", []string{"this ( is never closed / close it with )"}},
	{"a + b‹)›", []string{"this ) closes nothing / delete it, or open it before"}},
	{"(a + b‹]›", []string{"( was opened and ] closes it / close it with )"}},
	{"f(a‹,›)", []string{"nothing follows this comma / delete it"}},
	{"f(‹,› a)", []string{"an argument is missing before this comma"}},
	{"f(a ‹b›)", []string{"an operator is missing before b / if this is one name, write a_b"}},
	{"x‹[]›", []string{"these brackets are empty / write x alone, or say which element"}},
	{"x‹[›a", []string{"this [ is never closed / close it with ]"}},
	{"x[a ‹*› 2]", []string{"* cannot stand in a subscript"}},
	{"x[a - ‹b›]", []string{"an offset is a whole number, as in grade - 1"}},
	{"x[‹(›a)]", []string{"( cannot stand in a subscript"}},
	{"‹[›a + b] * c", []string{"these brackets follow no name / use parentheses ( ) for grouping, and brackets after a name only"}},
	{"‹if› a then b", []string{"this if has no else / say what it is otherwise: else 0"}},
	{"‹if› a", []string{"this if has no then / write if condition then a else b"}},
	{"a ‹else› b", []string{"this else belongs to no if / write if a then b else c"}},
	{"‹IF› THEN ELSE(a > b, c, d)", []string{"if then else is not a function / write if condition then a else b, without commas"}},
	{"if(a‹,› b, c)", []string{"if is not a function / write if condition then a else b, without commas"}},
	{"2 * ‹if› a then b else c", []string{"an if cannot follow an operator / put it in parentheses: (if a then b else c)"}},
	{"a + ‹not› b", []string{"not cannot follow this operator / put it in parentheses: (not x)"}},
	{"a < b ‹<› c", []string{"two comparisons in a row compare a yes or no (1 or 0) with a number / write a < b and b < c, or use parentheses"}},
	{"a ‹==› b", []string{"== is not an operator here / write = to compare"}},
	{"a ‹!=› b ‹&&› c ‹||› d", []string{"!= is not an operator here / write <> for different", "&& is not an operator here / write and", "|| is not an operator here / write or"}},
	{"‹!›a", []string{"! is not an operator / write not x"}},
	{"a ‹**› 2", []string{"** is not an operator here / write ^ for a power"}},
	{"a ‹%› 2", []string{"% is not an operator here / write a mod b for the remainder, or x / 100 for a percentage"}},
	{"a ‹:AND:› b", []string{":AND: is not an operator here / write and"}},
	{"a ‹−› b", []string{"− is not an operator here / this is a typographic minus; write -"}},
	{"a ‹mod›", []string{"a value is missing after mod"}},
	{"‹mod› b", []string{"a value is missing before mod / write a mod b, or mod(a, b)"}},
	{"a + b ‹#› note", []string{"# has no meaning in an equation / write a comment in braces: { like this }"}},
	{"a + ‹$›5", []string{"$ has no meaning in an equation / write the number alone and put the currency into its units"}},
	{"a ‹\u200b›+ b", []string{"there is an invisible character here (U+200B) / delete it"}},
	{"a + ‹\xff›", []string{"there is a byte here that is not text / save the file as UTF-8"}},
	{"a ‹{› b", []string{"this comment is never closed / end it with }"}},
	{"a + ‹\"›b", []string{"this quoted name is never closed / end the name with \""}},
	{"a + ‹' '›", []string{"this is no name / write a name between the quotes"}},
	{"a ‹*› / f(‹2x›) ‹b›", []string{"* is followed by /", "2x is neither", "an operator is missing before b"}},
}

func TestMistakes(t *testing.T) {
	for _, c := range mistakes {
		text, spans := unmark(c.text)
		_, errors := Parse(text)
		if len(errors) != len(c.want) {
			t.Errorf("%s: got %d mistakes, want %d: %v", c.text, len(errors), len(c.want), errors)
			continue
		}
		for i, e := range errors {
			said := strings.TrimSuffix(e.Message+" / "+e.Hint, " / ")
			if e.Span != spans[i] || !strings.HasPrefix(said, c.want[i]) {
				t.Errorf("%s: got %v %s\nwant %v %s", c.text, e.Span, said, spans[i], c.want[i])
			}
		}
	}
}

// unmark takes the marks out of a text and gives the places they stood at.
func unmark(marked string) (text string, spans []Span) {
	for {
		before, rest, found := strings.Cut(marked, "‹")
		text += before
		if !found {
			return text, spans
		}
		inside, after, _ := strings.Cut(rest, "›")
		spans = append(spans, Span{len(text), len(text) + len(inside)})
		text += inside
		marked = after
	}
}

func TestSpans(t *testing.T) {
	const text = "if (a + b) > 2 then f[k](-x) else y[z - 1]"
	e, _ := Parse(text)
	var got []string
	Walk(e, func(e Expr) bool {
		got = append(got, text[e.Pos().Start:e.Pos().End])
		return true
	})
	want := []string{text, "(a + b) > 2", "a + b", "a", "b", "2", "f[k](-x)", "-x", "x", "y[z - 1]"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestWalkPassesOver(t *testing.T) {
	e, _ := Parse("f(a + b) * c")
	var names []string
	Walk(e, func(e Expr) bool {
		if n, ok := e.(*Name); ok {
			names = append(names, n.Name)
		}
		_, call := e.(*Call)
		return !call
	})
	if fmt.Sprint(names) != "[c]" {
		t.Errorf("got %v, want only what is outside the call", names)
	}
}

func TestTooMuch(t *testing.T) {
	for what, text := range map[string]string{
		"parentheses": strings.Repeat("(", 50_000),
		"signs":       strings.Repeat("-", 50_000) + "a",
		"nots":        strings.Repeat("not ", 20_000) + "a",
		"powers":      strings.Repeat("2^", 50_000) + "a",
		"calls":       strings.Repeat("f(", 50_000),
		"brackets":    strings.Repeat("[", 50_000),
		"ifs":         strings.Repeat("if ", 30_000),
		"elses":       strings.Repeat("if a then b else ", 5_000) + "c",
		"length":      strings.Repeat("a + ", 50_000) + "a",
	} {
		e, errors := Parse(text)
		if e != nil || len(errors) == 0 || !strings.Contains(errors[0].Message+errors[0].Hint, "name parts of it") {
			t.Errorf("%s: got %v", what, errors[:min(1, len(errors))])
		}
	}
}

func TestLongSum(t *testing.T) {
	text := strings.Repeat("a + ", 20_000) + "a"
	e, errors := Parse(text)
	if len(errors) > 0 || Print(e) != text {
		t.Errorf("a long sum is no mistake: %v", errors)
	}
}
