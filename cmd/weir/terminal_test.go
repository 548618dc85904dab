package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/internal/outfile"
	"weir/internal/terminal"
	"weir/model/diagnostic"
)

// hostile are an escape sequence that clears the screen, a bell and an override that turns the
// words after it round.
const hostile = "\x1b[2J\a\u202e"

// hostileFiles are models and a set in which every name and text is hostile.
var hostileFiles = map[string]string{
	"pupils.mdl": "{UTF-8}\n\"pupils " + hostile + "\" = INTEG(\"in " + hostile + "\", 5) ~ pupil " + hostile + " ~ about " + hostile + " |\n" +
		"\"in " + hostile + "\" = \"rate " + hostile + "\" * 1 ~~|\n\"rate " + hostile + "\" = 2 ~~|\n" +
		"INITIAL TIME = 0 ~~|\nFINAL TIME = 4 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n",
	"wrong.mdl": "{UTF-8}\n\"x " + hostile + "\" = \"nothing " + hostile + "\" ~~|\n" +
		"INITIAL TIME = 0 ~~|\nFINAL TIME = 4 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n",
	"model.toml": strings.ReplaceAll(`name = "HOSTILE"
about = "HOSTILE"
[time]
start = 0
stop = 4
step = 1
unit = "year"
[stock.pupils]
label = "Pupils HOSTILE"
about = "HOSTILE"
initial = 5
inflow = ["coming"]
[flow.coming]
label = "Coming HOSTILE"
equation = "rate * coaches"
[constant.rate]
label = "Rate HOSTILE"
source = "HOSTILE"
value = 2
range = [1, 3]
[decision.coaches]
label = "Coaches HOSTILE"
owner = "HOSTILE"
value = 1
range = [0, 3]
[test.grows]
about = "HOSTILE"
expect = "pupils < 6"
`, "HOSTILE", `\u001b[2J\u0007\u202e`),
	"set.toml": strings.ReplaceAll(`model = "model.toml"
name = "HOSTILE"
[outcome.pupils]
variable = "pupils"
label = "Pupils HOSTILE"
[intervention.more]
label = "More HOSTILE"
about = "HOSTILE"
[intervention.more.change.coaches]
to = 2
[scenario.more]
label = "More HOSTILE"
interventions = ["more"]
`, "HOSTILE", `\u001b[2J\u0007\u202e`),
}

// Nothing that a model says reaches the terminal as a command, from any command.
func TestNamesDoNotCommandTheTerminal(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir) // weir import writes folders
	for name, text := range hostileFiles {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	in := func(name string) string { return filepath.Join(dir, name) }
	for _, args := range [][]string{
		{"run", in("pupils.mdl")}, {"run", in("pupils.mdl"), "--format", "csv"}, {"run", in("pupils.mdl"), "--format", "json"},
		{"run", in("pupils.mdl"), "--set", "rate " + hostile + "=x"}, {"run", in("wrong.mdl")}, {"run", in(hostile)},
		{"check", in("pupils.mdl")}, {"check", in("wrong.mdl")}, {"check", in("wrong.mdl"), "--format", "json"},
		{"import", in("pupils.mdl")}, {"import", in("pupils.mdl"), "-o", "-"}, {"export", in("pupils.mdl"), "--format", "xmile", "-o", "-"},
		{"inspect", in("pupils.mdl"), "--print=equations"}, {"inspect", in("pupils.mdl"), "--print=order"},
		{"inspect", in("pupils.mdl"), "--print=units"}, {"inspect", in("pupils.mdl"), "--print=program"},
		{"inspect", in("pupils.mdl"), "--print=loops"}, {"inspect", in("model.toml"), "--print=documentation"},
		{"run", in("model.toml")}, {"run", in("model.toml"), "--runs", "4"}, {"test", in("model.toml")}, {"test", in("model.toml"), "--verbose"},
		{"compare", in("set.toml")}, {"compare", in("set.toml"), "--format", "csv"}, {"compare", in("set.toml"), "--format", "json"},
		{"bundles", in("set.toml")}, {"diff", in("model.toml"), in("pupils.mdl")}, {"diff", in("model.toml"), in("set.toml")},
		{"calibrate", in("model.toml")}, {hostile}, {"run", "--" + hostile},
	} {
		var stdout, stderr bytes.Buffer
		run(context.Background(), &outfile.Files{}, append([]string{"weir"}, args...), &stdout, &stderr)
		if stdout.Len()+stderr.Len() == 0 {
			t.Errorf("%q writes nothing", args)
		}
		for _, text := range []string{stdout.String(), stderr.String()} {
			if i := strings.IndexFunc(text, diagnostic.Unsafe); i >= 0 {
				t.Errorf("%q writes %q", args, text[max(0, i-20):min(len(text), i+20)])
			}
		}
	}
}

// Bytes that are no text pass a stream as they are.
func TestBinaryOutput(t *testing.T) {
	var out bytes.Buffer
	want := []byte{'P', 'A', 'R', '1', 0, 0x1b, 0xff, 0xe2, 0x80}
	if _, err := terminal.Binary(terminal.NewStream(&out)).Write(want); err != nil || !bytes.Equal(out.Bytes(), want) {
		t.Errorf("got %q, %v", out.Bytes(), err)
	}
}
