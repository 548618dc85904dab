package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weir/internal/outfile"
)

var updateTutorial = flag.Bool("update-tutorial", false, "write outputs and pictures of the tutorial anew")

// fence finds a block: its language, the file that it belongs to (if any) and its text.
var fence = regexp.MustCompile("(?ms)^```([a-z]+)(?: ([a-z.]+))?\n(.*?)^```$")

// signed finds the version that signs a picture; it differs between builds.
var signed = regexp.MustCompile(`weir [^ <]+</text>`)

// TestTutorial goes through the tutorial from top to bottom: a block with the name of a file
// is written at the end of that file, a command runs on the files that are there by then.
// Pictures are those that its commands draw.
func TestTutorial(t *testing.T) {
	followed(t, "tutorial", 12, 4)
}

// TestHowTo goes through the page of structures in the same way: a model is one block of at
// most 25 lines, and its curve is drawn.
func TestHowTo(t *testing.T) {
	text := followed(t, "how-to", 30, 10)
	for _, parts := range fence.FindAllStringSubmatch(text, -1) {
		if lines := strings.Count(parts[3], "\n"); parts[1] == "toml" && lines > 25 {
			t.Errorf("%s has %d lines", parts[2], lines)
		}
	}
	for _, bad := range []string{": error ", ": warning ", "\nFAIL "} {
		if strings.Contains(text, bad) {
			t.Errorf("a model of how-to.md prints %q", bad)
		}
	}
}

// followed does what a page of examples/ tells, which has so many commands and pictures at
// least, and returns its text.
func followed(t *testing.T, page string, commands, pictures int) string {
	t.Helper()
	path, err := filepath.Abs("../../examples/" + page + ".md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	told := 0
	fresh := fence.ReplaceAllStringFunc(string(text), func(block string) string {
		parts := fence.FindStringSubmatch(block)
		switch {
		case parts[2] != "":
			extend(t, parts[2], parts[3])
		case parts[1] == "console":
			steps := tour(block)
			told += len(steps)
			if *updateTutorial {
				return replayed(steps)
			}
			runTour(t, steps, page+".md")
		}
		return block
	})
	drawn := regexp.MustCompile(`\]\(pictures/`+page+`/([a-z-]+\.svg)\)`).FindAllStringSubmatch(fresh, -1)
	if told < commands || len(drawn) < pictures {
		t.Errorf("%s.md has %d commands and %d pictures", page, told, len(drawn))
	}
	for _, p := range drawn {
		samePicture(t, p[1], filepath.Join(filepath.Dir(path), "pictures", page, p[1]))
	}
	if *updateTutorial {
		if err := os.WriteFile(path, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return fresh
}

// extend writes a block of the tutorial at the end of a file, after an empty line.
func extend(t *testing.T, name, text string) {
	t.Helper()
	old, err := os.ReadFile(name)
	if err == nil {
		if strings.HasSuffix(name, ".toml") {
			old = append(old, '\n')
		}
	} else if !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(old, text...), 0o644); err != nil {
		t.Fatal(err)
	}
}

// replayed returns a console block with the outputs that its commands have now.
func replayed(steps []tourStep) string {
	var b strings.Builder
	b.WriteString("```console\n")
	for i, s := range steps {
		if i > 0 {
			b.WriteString("\n")
		}
		var out bytes.Buffer
		run(context.Background(), &outfile.Files{}, fields(s.command), &out, &out)
		b.WriteString("$ " + s.command + "\n")
		if printed := strings.TrimSpace(out.String()); printed != "" {
			for line := range strings.SplitSeq(printed, "\n") {
				b.WriteString(strings.TrimRight(line, " ") + "\n")
			}
		}
	}
	return b.String() + "```"
}

// samePicture holds a picture that a command drew against the one that stands in the project.
func samePicture(t *testing.T, drawn, kept string) {
	t.Helper()
	got, err := os.ReadFile(drawn)
	if err != nil {
		t.Fatal("no command of the tutorial draws it:", err)
	}
	got = signed.ReplaceAll(got, []byte("weir</text>"))
	if *updateTutorial {
		if err := os.MkdirAll(filepath.Dir(kept), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(kept, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not the picture that the tutorial's command draws; write it anew with -update-tutorial", kept)
	}
}
