package model_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"

	"weir/model"
	"weir/model/structure"
)

var wordPattern = regexp.MustCompile(`[a-z_0-9.]+|"[^"]*"|[][(){}=+*/,-]`)

// mangle spoils a model as a hand slips: a line lost, doubled or moved, a word put
// where another one was.
func mangle(rng *rand.Rand, text string) string {
	for range 1 + rng.IntN(3) {
		lines := strings.Split(text, "\n")
		at, other := rng.IntN(len(lines)), rng.IntN(len(lines))
		switch rng.IntN(6) {
		case 0:
			lines = append(lines[:at], lines[at+1:]...)
		case 1:
			lines[at] += "\n" + lines[at]
		case 2:
			lines[at], lines[other] = lines[other], lines[at]
		default:
			words := wordPattern.FindAllStringIndex(text, -1)
			a, b := words[rng.IntN(len(words))], words[rng.IntN(len(words))]
			text = text[:a[0]] + text[b[0]:b[1]] + text[a[1]:]
			continue
		}
		text = strings.Join(lines, "\n")
	}
	return text
}

// Spoiled models are refused or run, but nothing breaks: every diagnostic lies in
// its file, a model without errors is resolved, one with errors is not.
func TestMangledModels(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.toml")
	more, _ := filepath.Glob("testdata/check/*.toml")
	for _, path := range append(files, more...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(30) {
			mangled := mangle(rand.New(rand.NewPCG(seed, 7)), string(text))
			t.Run(fmt.Sprint(filepath.Base(path), "/", seed), func(t *testing.T) { holdTogether(t, mangled) })
		}
	}
}

func holdTogether(t *testing.T, text string) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("%v in\n%s\n%s", r, text, debug.Stack())
		}
	}()
	m, list := model.Parse("m.toml", []byte(text), os.DirFS("testdata/data"))
	r, more := model.Check(m)
	list = append(list, more...)
	for _, d := range list {
		if s := d.Span; s.Start < 0 || s.End < s.Start || s.End > len(m.Files[s.File]) {
			t.Errorf("%s at %v, outside of the file: %s", d.Code, s, d.Message)
		}
	}
	if holds(t, m, r, list); t.Failed() {
		t.Log(text)
	}
	if r != nil {
		structure.Of(r, nil) // must not panic
	}
}
