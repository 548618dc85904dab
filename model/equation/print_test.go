package equation

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPrint(t *testing.T) {
	for text, want := range map[string]string{
		"A+B*C":                       "a + b * c",
		"(a+b)*c":                     "(a + b) * c",
		"((a))":                       "a",
		"a-(b-c)":                     "a - (b - c)",
		"(a-b)-c":                     "a - b - c",
		"(-3)^2":                      "(-3)^2",
		"-(3^2)":                      "-3^2",
		"(2^3)^2":                     "(2^3)^2",
		"2^(-1)":                      "2^-1",
		"(a<b)<c":                     "(a < b) < c",
		"not (a and b)":               "not (a and b)",
		"(not a)*2":                   "(not a) * 2",
		"2*(if a then b else c)":      "2 * (if a then b else c)",
		"'If' + \"K-5 Charter\"":      `"if" + "k-5_charter"`,
		`'say "no"'`:                  `'say_"no"'`,
		"x[ Grade-1 , *,upper ! , 9]": "x[grade - 1, *, upper!, 9]",
		"MOD(a,b) mod c":              "mod(a, b) mod c",
	} {
		e, errors := Parse(text)
		if len(errors) > 0 {
			t.Errorf("%s: %v", text, errors)
			continue
		}
		if got := Print(e); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// expressions draws trees of every kind.
func expressions(depth int) *rapid.Generator[Expr] {
	return rapid.Custom(func(t *rapid.T) Expr {
		name := rapid.SampledFrom([]string{"a", "total_students", "if", "k-5", "mod", "é", "_", `o'neill`}).Draw(t, "name")
		draw := func() Expr { return expressions(depth-1).Draw(t, "part") }
		kind := rapid.IntRange(0, 6).Draw(t, "kind")
		if depth == 0 {
			kind %= 2
		}
		switch kind {
		case 0:
			return &Number{Value: 0.5, Text: ".5"}
		case 1:
			return &Name{Name: name, Index: subscripts.Draw(t, "index")}
		case 2:
			return &Unary{Op: rapid.SampledFrom([]Op{Neg, Plus, Not}).Draw(t, "op"), X: draw()}
		case 3:
			return &If{Cond: draw(), Then: draw(), Else: draw()}
		case 4:
			return &Call{Func: name, Index: subscripts.Draw(t, "index"), Args: []Expr{draw(), draw()}}
		}
		op := rapid.SampledFrom([]Op{Or, And, Eq, Ne, Lt, Le, Gt, Ge, Add, Sub, Mul, Div, Mod, Pow}).Draw(t, "op")
		return &Binary{Op: op, X: draw(), Y: draw()}
	})
}

var subscripts = rapid.Custom(func(t *rapid.T) []Index {
	return rapid.SampledFrom([][]Index{nil, {{Name: "9"}}, {{Kind: IndexStar}, {Name: "grade", Offset: -1}},
		{{Kind: IndexBang, Name: "upper"}, {Name: "k", Offset: 2}, {Name: "9th_grade"}, {Name: "then"}}}).Draw(t, "subscripts")
})

func TestParseUndoesPrint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := expressions(4).Draw(t, "e")
		text := Print(e)
		back, errors := Parse(text)
		if len(errors) > 0 {
			t.Fatalf("%s: %v", text, errors)
		}
		if diff := cmp.Diff(e, back, withoutPlaces); diff != "" {
			t.Fatalf("%s\n%s", text, diff)
		}
	})
}

var withoutPlaces = cmp.Comparer(func(a, b Span) bool { return true })

func FuzzParse(f *testing.F) {
	for _, c := range grammar {
		f.Add(c.text)
	}
	for _, c := range mistakes {
		text, _ := unmark(c.text)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, errors := Parse(text)
		if e == nil && len(errors) == 0 {
			t.Fatal("no tree and no reason")
		}
		for _, m := range errors {
			if m.Start < 0 || m.End < m.Start || m.End > len(text) || m.Message == "" {
				t.Fatalf("bad report %+v", m)
			}
		}
		if e == nil {
			return
		}
		printed := Print(e)
		back, errors := Parse(printed)
		if len(errors) > 0 || Print(back) != printed {
			t.Fatalf("%q prints as %q, which is not the same again: %v", text, printed, errors)
		}
	})
}

// A dialect that writes as XMILE does: its not binds as a sign, x(y) is written x*y.
func TestDialect(t *testing.T) {
	d := &Dialect{NotAsSign: true, If: "IF", Then: "THEN", Else: "ELSE", Word: func(op Op) string { return strings.ToUpper(op.String()) }}
	d.Name = func(n *Name) string { return "[" + n.Name + "]" }
	d.Call = func(c *Call) string { return c.Func + "(" + d.Print(c.Args[0]) + ")" }
	d.Instead = func(e Expr) Expr {
		if c, ok := e.(*Call); ok && c.Func == "times" {
			return NewBinary(Mul, c.Span, c.Args[0], c.Args[1])
		}
		return e
	}
	for text, want := range map[string]string{
		"not a and b":              "NOT [a] AND [b]",
		"not (a < b)":              "NOT ([a] < [b])",
		"-(-a)":                    "-(-[a])",
		"a^2":                      "[a] ^ 2",
		"(if a then b else c) + 1": "(IF [a] THEN [b] ELSE [c]) + 1",
		"if (if a then b else c) then d else if e then f else g": "IF (IF [a] THEN [b] ELSE [c]) THEN [d] ELSE IF [e] THEN [f] ELSE [g]",
		"f(if a then b else c)":                                  "f(IF [a] THEN [b] ELSE [c])",
		"times(a + b, c) mod 2":                                  "([a] + [b]) * [c] MOD 2",
	} {
		tree, mistakes := Parse(text)
		if len(mistakes) > 0 {
			t.Fatal(text, mistakes)
		}
		if got := d.Print(tree); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
