package equation

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNewNumberIsAsParsed(t *testing.T) {
	for x, want := range map[float64]string{
		0.5: "0.5", -3: "-3", math.Copysign(0, -1): "-0", 1e30: "1e+30", math.Inf(1): "inf", math.Inf(-1): "-inf",
	} {
		tree := NewNumber(Span{}, x)
		if got := Print(tree); got != want {
			t.Errorf("%g prints as %s, want %s", x, got, want)
		}
		back, _ := Parse(want)
		if diff := cmp.Diff(tree, back, withoutPlaces); diff != "" {
			t.Errorf("%g is not the tree that Parse makes of %s:\n%s", x, want, diff)
		}
	}
	if got := Print(NewNumber(Span{}, math.NaN())); got != "nan" {
		t.Errorf("NaN prints as %s", got)
	}
}

// Arguments get the parentheses that they need where the template puts them, and the
// nodes of the template the place of the call.
func TestTemplate(t *testing.T) {
	args := []string{"a - b", "-c", "d"}
	for text, want := range map[string]string{
		"max($1, $2)":           "max(a - b, -c)",
		"$1 * $2":               "(a - b) * -c",
		"$3 - $1":               "d - (a - b)",
		"$2 ^ 2":                "(-c)^2",
		"ramp($1, $2, $3, $4)":  "ramp(a - b, -c, d)",
		"$3($1)":                "d(a - b)",
		"if $1 then $2 else $3": "if a - b then -c else d",
		"time":                  "time",
	} {
		var trees []Expr
		for _, a := range args {
			tree, _ := Parse(a)
			trees = append(trees, tree)
		}
		at, name := Span{100, 130}, Span{100, 105}
		tree := NewTemplate(text).Apply(at, name, trees...)
		if got := Print(tree); got != want {
			t.Errorf("%s makes %s, want %s", text, got, want)
		}
		if tree.Pos() != at {
			t.Errorf("%s spans %v, want the call's %v", text, tree.Pos(), at)
		}
	}
}

func TestTemplateWithoutItsArguments(t *testing.T) {
	a, _ := Parse("a")
	if got := Print(NewTemplate("ramp($1, $2, $3)").Apply(Span{}, Span{}, a)); got != "ramp(a)" {
		t.Errorf("got %s", got)
	}
	if n := NewTemplate("$2 - max(1, $4)").Places(); n != 4 {
		t.Errorf("got %d places, want 4", n)
	}
	defer func() {
		if recover() == nil {
			t.Error("an argument in the middle is missing, and nothing is said")
		}
	}()
	NewTemplate("$1 + $2").Apply(Span{}, Span{}, a)
}

// PrintWithin refuses just the trees whose text Parse refuses.
func TestPrintWithinKeepsTheLimitsOfParse(t *testing.T) {
	wrap := map[string]func(Expr) Expr{
		"a call":  func(e Expr) Expr { return NewCall(Span{}, Span{}, "f", e) },
		"a sign":  func(e Expr) Expr { return NewUnary(Neg, Span{}, e) },
		"a power": func(e Expr) Expr { return NewBinary(Pow, Span{}, NewName(Span{}, "x"), e) },
		"an if": func(e Expr) Expr {
			return &If{Cond: NewName(Span{}, "x"), Then: e, Else: NewName(Span{}, "y")}
		},
		"parentheses": func(e Expr) Expr { return NewBinary(Sub, Span{}, NewName(Span{}, "x"), e) },
	}
	for of, deeper := range wrap {
		e := Expr(NewName(Span{}, "x"))
		for n := 1; n <= maxDepth+2; n++ {
			text, too := PrintWithin(e)
			_, mistakes := Parse(Print(e))
			if (too == "") != (len(mistakes) == 0) {
				t.Fatalf("%d times %s: PrintWithin says %q, Parse %v", n-1, of, too, mistakes)
			}
			if too == "" && text != Print(e) {
				t.Fatalf("%d times %s: another text than Print's", n-1, of)
			}
			e = deeper(e)
		}
	}
}

// A tree of shared nodes stands for a text of 2^60 names; only the limit is written.
func TestPrintWithinOfSharedNodes(t *testing.T) {
	e := Expr(NewName(Span{}, "x"))
	for range 60 {
		e = NewBinary(Add, Span{}, e, e)
	}
	if _, too := PrintWithin(e); !strings.Contains(too, "100000 characters") {
		t.Errorf("got %q", too)
	}
}

func TestCloneSharesNothing(t *testing.T) {
	const text = "if a[k] > 2 then f(-b) else c"
	e, _ := Parse(text)
	copied := Clone(e)
	Walk(copied, func(e Expr) bool {
		switch e := e.(type) {
		case *Name:
			e.Name = "z"
		case *Call:
			e.Func = "z"
		}
		return true
	})
	if Print(e) != text || Print(copied) != "if z[k] > 2 then z(-z) else z" {
		t.Errorf("the original became %s, the copy %s", Print(e), Print(copied))
	}
}
