// Generate writes functions.go of package wasm: the functions of model/numeric/maths, those of
// whole arrays and the driver as WebAssembly.
package main

import (
	"fmt"
	"os"

	"weir/sim/wasm/internal/source"
)

// main writes functions.go for package wasm.
func main() {
	text, err := source.Functions()
	if err == nil {
		err = os.WriteFile("functions.go", text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
