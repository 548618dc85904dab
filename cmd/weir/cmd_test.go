package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts call weir as a command.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"weir": main,
	})
}

// TestScripts runs testdata/*.txtar: what a person types, and what must come of it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", UpdateScripts: os.Getenv("WEIR_UPDATE") != ""})
}
