package fold_test

import (
	"fmt"
	"testing"

	"weir/model/equation"
	"weir/model/fold"
)

// equations are variables by name; a folder of their trees counts what it reads.
type equations map[string]equation.Expr

func of(texts map[string]string) equations {
	out := equations{}
	for name, text := range texts {
		out[name], _ = equation.Parse(text)
	}
	return out
}

func (eqs equations) folder(reads *int) *fold.Folder[equation.Expr] {
	f := &fold.Folder[equation.Expr]{}
	f.Read = func(e equation.Expr) fold.Meaning[equation.Expr] {
		*reads++
		switch e := e.(type) {
		case *equation.Number:
			return fold.Number[equation.Expr](e.Value)
		case *equation.Name:
			if tree := eqs[e.Name]; tree != nil {
				return fold.Same(tree)
			}
		case *equation.Unary:
			return fold.Operator(e.Op, e.X)
		case *equation.Binary:
			return fold.Operator(e.Op, e.X, e.Y)
		case *equation.If:
			return f.If(e.Cond, e.Then, e.Else)
		case *equation.Call:
			if e.Func == "max" {
				return fold.Function(func(x []float64) float64 { return max(x[0], x[1]) }, e.Args...)
			}
		}
		return fold.Meaning[equation.Expr]{}
	}
	return f
}

func TestValue(t *testing.T) {
	eqs := of(map[string]string{
		"a": "2", "b": "a * 3", "c": "-(b ^ 2) + +1", "d": "7 mod 4", "e": "max(a, b)",
		"f": "if a > 3 then time else b", "g": "if a > 1 then time else b", "h": "time", "i": "a + h",
		"j": "not (a < b and b <> 6) or 1 <= 0", "k": "k + 1", "l": "m", "m": "l", "n": "nothing",
	})
	for name, want := range map[string]string{
		"b": "6", "c": "-35", "d": "3", "e": "6", "f": "6", "j": "1",
		"g": "", "h": "", "i": "", "k": "", "l": "", "m": "", "n": "",
	} {
		reads, got := 0, ""
		if x, known := eqs.folder(&reads).Value(eqs[name]); known {
			got = fmt.Sprint(x)
		}
		if got != want {
			t.Errorf("%s = %s: got %q, want %q", name, equation.Print(eqs[name]), got, want)
		}
	}
}

// A chain in which every variable reads the one before twice has 2^k paths; each of its
// three nodes a variable is read once.
func TestTimeIsLinear(t *testing.T) {
	const n = 10_000
	texts := map[string]string{"x0": "1"}
	for i := 1; i <= n; i++ {
		texts[fmt.Sprintf("x%d", i)] = fmt.Sprintf("(x%d + x%[1]d) / 2", i-1)
	}
	eqs, reads := of(texts), 0
	x, known := eqs.folder(&reads).Value(eqs[fmt.Sprintf("x%d", n)])
	if !known || x != 1 || reads > 5*n+1 {
		t.Errorf("got %g, %v after %d reads, want 1 after %d", x, known, reads, 5*n+1)
	}
}
