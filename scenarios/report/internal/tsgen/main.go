// Command tsgen writes the TypeScript types of the data that a page carries, from the Go
// structs that are encoded into it. It takes the file to write.
//
// A struct becomes an interface with its json names; comments go with it. A pointer may be
// null, a slice of a fixed length is a tuple, and a ts tag is taken as it is written.
package main

import (
	"fmt"
	"os"
)

// sources are the folders of the packages that are read, and the types of each that are
// generated with all that they name. Interfaces of different packages share one file, so
// that no two may have one name.
var sources = []source{
	{"internal/wire", []string{"Page", "Findings", "Looks", "Band", "Bundles", "Walk", "Runs"}},
	{"../live", []string{"Model"}},
	{"../prose", nil},
	{"../../sim/wasm", nil},
}

// main writes the TypeScript types of the payload into the named file.
func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "tsgen: name the file to write")
		os.Exit(2)
	}
	text, err := generate(".", sources)
	if err == nil {
		err = os.WriteFile(os.Args[1], []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tsgen:", err)
		os.Exit(1)
	}
}
