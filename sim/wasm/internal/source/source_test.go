package source

import (
	"bytes"
	"os"
	"testing"
)

// functions.go is what the Go of today gives.
func TestFunctionsAreUpToDate(t *testing.T) {
	want, err := Functions()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../functions.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("functions.go is out of date: run go generate ./sim/wasm")
	}
}
