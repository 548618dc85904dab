package foreign_test

import (
	"fmt"

	"weir/model/document"
	"weir/model/equation"
	"weir/model/foreign"
)

// One name means different things to different tools. The importer lowers the arguments,
// here the names start and width, and the row makes the tree.
func ExampleRow_Lower() {
	at := equation.Span{Start: 0, End: 19} // of PULSE(start, width)
	call := &foreign.Call{At: at, Name: equation.Span{Start: 0, End: 5}, Function: "PULSE",
		Args: []equation.Expr{
			equation.NewName(equation.Span{Start: 6, End: 11}, "start"),
			equation.NewName(equation.Span{Start: 13, End: 18}, "width"),
		},
		Remark: func(grade document.Grade, how string) { fmt.Println(grade, "since", how) },
	}
	for _, row := range []*foreign.Row{
		foreign.Vensim("pulse"),
		foreign.XMILE("pulse", 2, foreign.AnyTool),
		foreign.XMILE("pulse", 2, foreign.ByStella),
	} {
		tree, _ := row.Lower(call)
		fmt.Println(equation.Print(tree))
	}
	// Output:
	// pulse_between(start, width)
	// pulse(start, width)
	// equivalent since a PULSE without an interval comes every step in Stella
	// pulse(start, width, dt)
}
