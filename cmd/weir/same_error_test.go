package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weir/internal/outfile"
)

// modelCommands take the planted model, setCommands the planted set. OUT is a file in the folder.
var (
	modelCommands = [][]string{
		{"run", "model.toml"}, {"run", "--runs", "10", "model.toml"}, {"test", "model.toml"},
		{"inspect", "model.toml"}, {"inspect", "--print=equations", "model.toml"},
		{"export", "--format", "xmile", "-o", "OUT", "model.toml"}, {"calibrate", "model.toml"},
		{"diff", "model.toml", "sound.toml"}, {"compare", "set.toml"}, {"bundles", "set.toml"},
	}
	setCommands = [][]string{{"compare", "set.toml"}, {"bundles", "set.toml"}, {"export", "--format", "xmile", "-o",
		"OUT", "set.toml"}}
)

// errorLine is the first line of an error.
var errorLine = regexp.MustCompile(`(?m)([a-z]+\.(?:toml|csv):\d+):\d+: error ([a-z-]+): (.*)$`)

// errorsOf returns the errors that a command prints, without columns.
func errorsOf(args []string) (out string, code int) {
	var text, bad bytes.Buffer
	code = run(context.Background(), &outfile.Files{}, append([]string{"weir"}, args...), &text, &bad)
	var b strings.Builder
	for _, m := range errorLine.FindAllStringSubmatch(text.String()+bad.String(), -1) {
		b.WriteString(m[1] + " " + m[2] + ": " + m[3] + "\n")
	}
	return b.String(), code
}

// An error is an error in every command, in the same words at the same place, or in none. Mistakes
// of units alone stop weir check and no other command, which say how many there are.
func TestErrorsAreTheSameEverywhere(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "planted", "mistakes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{} // one mistake of each code, in a model and in a set
	for _, p := range readPlantings(strings.Split(string(text), "\n")) {
		kind := p.code + " in " + p.file
		if !strings.Contains(p.says, ": error ") || strings.Contains(p.says, ": error unit-") || seen[kind] {
			continue
		}
		seen[kind] = true
		t.Run(p.name, func(t *testing.T) {
			folder := p.plant(t)
			sound, err := os.ReadFile(filepath.Join("testdata", "planted", "model.toml"))
			if err == nil {
				err = os.WriteFile(filepath.Join(folder, "sound.toml"), sound, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			file, commands := "model.toml", modelCommands
			if p.file == "set.toml" {
				file, commands = p.file, setCommands
			}
			want, _ := errorsOf([]string{"check", filepath.Join(folder, file)})
			for _, c := range commands {
				args := make([]string, len(c))
				for i, a := range c {
					if args[i] = a; strings.HasSuffix(a, ".toml") {
						args[i] = filepath.Join(folder, a)
					} else if a == "OUT" {
						args[i] = filepath.Join(folder, "out.xmile")
					}
				}
				if got, code := errorsOf(args); got != want || code != exitFailed {
					t.Errorf("weir %s exits with %d and says\n%swants\n%s", strings.Join(c, " "), code, got, want)
				}
			}
		})
	}
}
