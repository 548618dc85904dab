package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/internal/outfile"
)

// plantedFiles are a sound model, its data and a set over it, in testdata/planted.
var plantedFiles = []string{"model.toml", "set.toml", "record.csv"}

// A planting is one block of testdata/planted/mistakes.txt: one mistake that a modeler makes.
type planting struct {
	name, code string // the code that finds it
	file       string // the one that is changed
	hunks      []hunk
	says       string // all that weir check says; "nothing\n" for a mistake that is not found
	from, to   int    // the lines of says in the text
}

// A hunk is lines of a file, which are there once, and those in their place.
type hunk struct{ old, new string }

// plantings returns the blocks of a text in the form that its first lines describe.
func readPlantings(lines []string) []*planting {
	var all []*planting
	var p *planting
	for i, line := range lines {
		kind, rest, _ := strings.Cut(line, " ")
		switch {
		case kind == "#":
			p = &planting{file: "model.toml"}
			p.name, p.code, _ = strings.Cut(rest, ": ")
			all = append(all, p)
		case p == nil || line == "" || kind == "##":
		case kind == "-":
			if n := len(p.hunks); n == 0 || p.hunks[n-1].new != "" {
				p.hunks = append(p.hunks, hunk{})
			}
			p.hunks[len(p.hunks)-1].old += rest + "\n"
		case kind == "+":
			p.hunks[len(p.hunks)-1].new += rest + "\n"
		case kind == ">":
			p.says += rest + "\n"
			p.from, p.to = cmp.Or(p.from, i), i+1
		default:
			p.file = line
		}
	}
	return all
}

// plant writes a copy of the files with the mistake in it and returns its folder.
func (p *planting) plant(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range plantedFiles {
		text, err := os.ReadFile(filepath.Join("testdata", "planted", name))
		if err != nil {
			t.Fatal(err)
		}
		if name == p.file {
			for _, h := range p.hunks {
				whole := "\n" + string(text)
				if n := strings.Count(whole, "\n"+h.old); n != 1 {
					t.Fatalf("%q is %d times in %s", h.old, n, name)
				}
				text = []byte(strings.Replace(whole, "\n"+h.old, "\n"+h.new, 1)[1:])
			}
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// checked returns the diagnostics of weir check, one a line with its place and hint.
func checked(t *testing.T, file string) string {
	t.Helper()
	var out, bad bytes.Buffer
	run(context.Background(), &outfile.Files{}, []string{"weir", "check", "--format", "json", file}, &out, &bad)
	var list []struct {
		Code, Severity, File, Message, Hint string
		Line                                int
	}
	if err := json.Unmarshal(out.Bytes(), &list); err != nil || bad.Len() > 0 {
		t.Fatal(err, out.String(), bad.String())
	}
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s:%d: %s %s: %s\n", filepath.Base(d.File), d.Line, d.Severity, d.Code, d.Message)
		if d.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", d.Hint)
		}
	}
	return cmp.Or(b.String(), "nothing\n")
}

// Of at least 120 mistakes that modelers make 112 are found, each at its line, with a hint that leads
// to it, and without its consequences. WEIR_UPDATE=1 writes what is said now into the file, to be
// read by a person.
func TestPlantedMistakes(t *testing.T) {
	for _, file := range []string{"model.toml", "set.toml"} {
		if says := checked(t, filepath.Join("testdata", "planted", file)); says != "nothing\n" {
			t.Fatalf("the sound %s: %s", file, says)
		}
	}
	file := filepath.Join("testdata", "planted", "mistakes.txt")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	all, found := readPlantings(lines), 0
	changes := map[string]string{}
	for _, p := range all {
		t.Run(p.name, func(t *testing.T) {
			change := fmt.Sprint(p.file, p.hunks)
			if other := changes[change]; other != "" {
				t.Errorf("this is the mistake %q again", other)
			}
			changes[change] = p.name
			says := checked(t, filepath.Join(p.plant(t), strings.Replace(p.file, "record.csv", "model.toml", 1)))
			if strings.Contains(says, " "+p.code+": ") {
				found++
			} else if p.says != "nothing\n" {
				t.Errorf("no %s among\n%s", p.code, says)
			}
			if os.Getenv("WEIR_UPDATE") != "" {
				lines[p.from] = strings.TrimSuffix("> "+strings.ReplaceAll(says, "\n", "\n> "), "\n> ")
				for i := p.from + 1; i < p.to; i++ {
					lines[i] = "\x00"
				}
			} else if says != p.says {
				t.Errorf("says\n%swants\n%s", says, p.says)
			}
		})
	}
	if os.Getenv("WEIR_UPDATE") != "" {
		out := strings.ReplaceAll(strings.Join(lines, "\n"), "\x00\n", "")
		if err := os.WriteFile(file, []byte(out), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d planted mistakes are found", found, len(all))
	if len(all) < 120 || found*120 < 112*len(all) {
		t.Error("fewer than 112 of 120")
	}
}
