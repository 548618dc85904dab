package function_test

import (
	"fmt"

	"weir/model/function"
)

func ExampleFind() {
	row := function.Find("SMTH1") // an alias, in any case
	fmt.Println(row.Signature())
	for _, s := range row.Expand(0).States {
		fmt.Printf("%s starts at %s and changes by %s\n", s.Name, s.Initial, s.Net)
	}
	// Output:
	// smooth1(input, averaging_time, initial?)
	// stage1 starts at initial and changes by (input - stage1) / (averaging_time / 1)
}
