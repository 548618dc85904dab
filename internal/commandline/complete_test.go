package commandline

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// app is a small program with a flag of each kind.
func app() *cli.App {
	return &cli.App{Commands: []*cli.Command{
		{Name: "run", Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "set", Usage: "a value"},
			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Usage: "one of table, csv, json"},
			&cli.StringFlag{Name: "output", Usage: "a file"},
			&cli.BoolFlag{Name: "quiet"},
		}},
		{Name: "schema", ArgsUsage: "model|set"}, {Name: "help"},
	}}
}

func TestComplete(t *testing.T) {
	known := Known{Topics: func() []string { return []string{"units", "worlds"} },
		Variables: func(file string) []string {
			if file == "m.toml" {
				return []string{"rate", "part.rate"}
			}
			return nil
		}}
	for line, want := range map[string]string{
		"":                      "run schema help",
		"r":                     "run",
		"-":                     "--help --version",
		"run ":                  "",
		"run --":                "--set --format --output --quiet --help",
		"run --q":               "--quiet",
		"run m.toml --set ":     "rate= part.rate=",
		"run m.toml --set p":    "part.rate=",
		"run other.toml --set ": "",
		"run --set ":            "",
		"run -f c":              "csv",
		"run --format ":         "table csv json",
		"run --output ":         "",
		"run --quiet ":          "",
		"schema ":               "model set",
		"help u":                "units",
		"help r":                "run",
		"nonsense ":             "",
		"nonsense --set ":       "",
	} {
		if got := strings.Join(Complete(app(), strings.Split(line, " "), known), " "); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	if got := Complete(app(), nil, known); !slices.Contains(got, "run") {
		t.Errorf("nothing typed: %v", got)
	}
}

// The scripts are sound in the shells that are here, and each asks by the flag.
func TestScripts(t *testing.T) {
	for _, shell := range Shells {
		if !strings.Contains(Script(shell), Flag) {
			t.Errorf("%s does not ask", shell)
		}
		path, err := exec.LookPath(shell)
		if err != nil {
			t.Logf("NOT TESTED: there is no %s here", shell)
			continue
		}
		c := exec.Command(path, "-n")
		c.Stdin = strings.NewReader(Script(shell))
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", shell, err, out)
		}
	}
	if Script("tcsh") != "" {
		t.Error("a script for a shell that is not known")
	}
}
