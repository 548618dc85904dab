package equation_test

import (
	"fmt"

	"weir/model/equation"
)

func ExampleParse() {
	tree, _ := equation.Parse("Births - (Deaths + Moves)")
	fmt.Println(equation.Print(tree))

	const text = "births == deaths"
	_, mistakes := equation.Parse(text)
	for _, m := range mistakes {
		fmt.Printf("%q: %s; %s\n", text[m.Start:m.End], m.Message, m.Hint)
	}
	// Output:
	// births - (deaths + moves)
	// "==": == is not an operator here; write = to compare
}

// An importer lowers a call of another tool: it fills a template with the arguments' trees.
// All spans are places in the imported file.
func ExampleTemplate() {
	file := "MODULO(a - b, 7)"
	a := equation.NewName(equation.Span{Start: 7, End: 8}, "a")
	b := equation.NewName(equation.Span{Start: 11, End: 12}, "b")
	args := []equation.Expr{
		equation.NewBinary(equation.Sub, equation.Span{Start: 9, End: 10}, a, b),
		equation.NewNumber(equation.Span{Start: 14, End: 15}, 7),
	}
	tree := equation.NewTemplate("remainder($1, $2)").Apply(
		equation.Span{Start: 0, End: 16}, equation.Span{Start: 0, End: 6}, args...)
	fmt.Println(equation.Print(tree))
	first := tree.(*equation.Call).Args[0].Pos()
	fmt.Println(file[first.Start:first.End])
	// Output:
	// remainder(a - b, 7)
	// a - b
}
