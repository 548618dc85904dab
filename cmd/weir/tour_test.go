package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"weir/internal/outfile"
)

// TestReadmeTour runs the tour of the README, command by command, and holds what
// it prints against what is written there. A line "..." stands for any lines.
func TestReadmeTour(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	steps := tour(string(text))
	if len(steps) < 6 {
		t.Fatalf("the README's tour has %d steps", len(steps))
	}
	t.Chdir(t.TempDir())
	runTour(t, steps, "the README")
}

// TestManualTour runs the commands of the manual over the files that stand there.
func TestManualTour(t *testing.T) {
	text, err := os.ReadFile("../../examples/manual/README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for language, name := range map[string]string{"mdl": "pond.mdl", "set": "set.toml"} {
		_, block, found := strings.Cut(string(text), "\n```"+language+"\n")
		block, _, _ = strings.Cut(block, "```")
		if err := os.WriteFile(name, []byte(block), 0o644); err != nil || !found {
			t.Fatal(name, err)
		}
	}
	_, chapter, _ := strings.Cut(string(text), "\n## 11. ")
	chapter, _, _ = strings.Cut(chapter, "\n## ")
	var talk string
	for _, block := range strings.Split(chapter, "```toml\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		talk += block + "\n"
	}
	if err := os.WriteFile("talk.toml", []byte(talk), 0o644); err != nil || talk == "" {
		t.Fatal("talk.toml", err)
	}
	// Chapter 12 has files that begin with their names.
	_, chapter, _ = strings.Cut(string(text), "\n## 12. ")
	for _, block := range strings.Split(chapter, "```toml\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		name, _, _ := strings.Cut(strings.TrimPrefix(block, "# "), "\n")
		if err := os.WriteFile(name, []byte(block), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	steps := tour(string(text))
	if len(steps) < 4 {
		t.Fatalf("the manual's tour has %d steps", len(steps))
	}
	steps = append(steps, tourStep{command: "weir check set.toml -q", output: []string{"..."}},
		tourStep{command: "weir compare set.toml", output: []string{"...", "Small fish (higher is better)", "..."}})
	runTour(t, steps, "the manual")
}

func runTour(t *testing.T, steps []tourStep, who string) {
	t.Helper()
	for _, s := range steps {
		var out bytes.Buffer
		run(context.Background(), &outfile.Files{}, fields(s.command), &out, &out)
		if !matches(strings.Split(strings.TrimRight(out.String(), "\n"), "\n"), s.output) {
			t.Errorf("$ %s\nprints\n%s\nand %s says\n%s", s.command, out.String(), who, strings.Join(s.output, "\n"))
		}
	}
}

type tourStep struct {
	command string
	output  []string
}

// tour reads the console blocks: a line "$ weir …" and what it prints.
func tour(text string) []tourStep {
	var steps []tourStep
	for _, block := range strings.Split(text, "```console\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for _, line := range strings.Split(strings.TrimRight(block, "\n"), "\n") {
			if command, ok := strings.CutPrefix(line, "$ weir"); ok {
				steps = append(steps, tourStep{command: "weir" + command})
			} else if n := len(steps); n > 0 && line != "" {
				steps[n-1].output = append(steps[n-1].output, line)
			}
		}
	}
	return steps
}

// fields splits a command as a shell would, as far as the README needs it.
func fields(command string) []string {
	var out []string
	for _, f := range strings.Fields(command) {
		out = append(out, strings.Trim(f, `'"`))
	}
	return out
}

// matches compares lines, blank ones aside.
func matches(got, want []string) bool {
	for len(got) > 0 && got[0] == "" {
		got = got[1:]
	}
	switch {
	case len(want) == 0:
		return len(got) == 0
	case want[0] == "...":
		for i := range len(got) + 1 {
			if matches(got[i:], want[1:]) {
				return true
			}
		}
		return false
	case len(got) == 0:
		return false
	}
	return strings.TrimRight(got[0], " ") == strings.TrimRight(want[0], " ") && matches(got[1:], want[1:])
}
