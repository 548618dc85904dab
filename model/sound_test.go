package model_test

import (
	"os"
	"path/filepath"
	"testing"
)

// The models in testdata/check use what the language can do, together. All of them
// can be run, and their variables, hidden ones included, are all put in order.
func TestSoundModels(t *testing.T) {
	files, err := filepath.Glob("testdata/check/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal("no test models", err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			wholeInOrder(t, resolve(t, string(text)))
		})
	}
}
