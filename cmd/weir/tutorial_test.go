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
	path, err := filepath.Abs("../../examples/tutorial.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	commands := 0
	fresh := fence.ReplaceAllStringFunc(string(text), func(block string) string {
		parts := fence.FindStringSubmatch(block)
		switch {
		case parts[2] != "":
			extend(t, parts[2], parts[3])
		case parts[1] == "console":
			steps := tour(block)
			commands += len(steps)
			if *updateTutorial {
				return replayed(steps)
			}
			runTour(t, steps, "the tutorial")
		}
		return block
	})
	if commands < 12 {
		t.Errorf("the tutorial has %d commands", commands)
	}
	pictures := regexp.MustCompile(`\]\(pictures/tutorial/([a-z-]+\.svg)\)`).FindAllStringSubmatch(fresh, -1)
	if len(pictures) < 4 {
		t.Errorf("the tutorial has %d pictures", len(pictures))
	}
	for _, p := range pictures {
		samePicture(t, p[1], filepath.Join(filepath.Dir(path), "pictures", "tutorial", p[1]))
	}
	if *updateTutorial {
		if err := os.WriteFile(path, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	}
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
		for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	return strings.ReplaceAll(b.String(), "\n\n```", "\n```") + "```"
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
