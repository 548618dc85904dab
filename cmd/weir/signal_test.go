//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// busy is a model whose run takes minutes, with data and a calibration, so that every command has
// something to do for long.
const busy = `name = "Busy"
today = 1
[time]
start = 0
stop = 100000000
step = 1
save = 1000000
unit = "day"
[dimension.lake]
elements = ["1..100"]
[stock.water]
over = ["lake"]
initial = 1
inflow = ["rain"]
outflow = ["drain"]
[flow.rain]
over = ["lake"]
equation = "much * (1 + sin(time) * gate)"
[flow.drain]
over = ["lake"]
equation = "water / 40"
[constant.much]
value = 1
range = [0.5, 2]
[decision.gate]
value = 0
range = [0, 1]
[data.level]
file = "level.csv"
time = "day"
value = "level"
[calibration.fit.level]
variable = "water[1]"
data = "level"
[test.wet]
expect = "water > 0"
`

const busySet = `name = "Busy"
model = "busy.toml"
[outcome.water]
variable = "water[1]"
label = "Water"
better = "higher"
[intervention.open.change.gate]
to = 1
start = 5
[intervention.half.change.gate]
to = 0.5
start = 5
[scenario.open]
interventions = ["open"]
[scenario.half]
interventions = ["half"]
`

// worked reports whether a process has used some processor time, so that it is past its start.
func worked(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	return user >= 30 // hundredths of a second
}

// Every command ends within a second of SIGINT and of SIGTERM, whatever it is doing, says so, and
// leaves no file: while it loads (from a pipe that nobody writes to), runs, and writes (into a pipe
// that nobody reads). The bound has two seconds more, for a machine with other work.
func TestCommandsEndAtASignal(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		phase string
		args  []string
		waits bool // in the kernel, for a pipe: no processor time is used
	}{
		{"run", []string{"run", "busy.toml", "-o", "out.csv"}, false},
		{"ensemble", []string{"run", "busy.toml", "--runs", "100", "-o", "out.csv"}, false},
		{"test", []string{"test", "busy.toml", "--junit", "out.xml"}, false},
		{"loops", []string{"inspect", "busy.toml", "--print=loops"}, false},
		{"calibrate", []string{"calibrate", "busy.toml", "-o", "out.toml"}, false},
		{"compare", []string{"compare", "set.toml", "-f", "csv", "-o", "out.csv"}, false},
		{"bundles", []string{"bundles", "set.toml", "-f", "csv", "-o", "out.csv"}, false},
		{"diff", []string{"diff", "busy.toml", "other.toml", "-o", "out.html"}, false},
		{"import", []string{"import", "busy.mdl", "-o", "out"}, false},
		{"reading a model", []string{"check", "pipe.toml"}, true},
		{"reading a set", []string{"compare", "pipe.toml", "-o", "out.html"}, true},
		{"writing", []string{"export", "--format", "xmile", "busy.toml", "-o", "pipe.xmile"}, true},
	} {
		for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
			if signal == syscall.SIGTERM && c.phase != "run" {
				continue // both take one way
			}
			t.Run(c.phase+" "+signal.String(), func(t *testing.T) {
				folder := t.TempDir()
				for name, text := range map[string]string{"busy.toml": busy, "set.toml": busySet, "level.csv": "day,level\n0,1\n9,2\n",
					"other.toml": strings.Replace(busy, "/ 40", "/ 41", 1),
					"busy.mdl":   "{UTF-8}\nlake: (l1-l100) ~~|\nw[lake] = INTEG(1 - w[lake]/40, 1) ~~|\nINITIAL TIME = 0 ~~|\nFINAL TIME = 1e+08 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1e+06 ~~|\n"} {
					if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				for _, name := range []string{"pipe.toml", "pipe.xmile"} {
					if err := syscall.Mkfifo(filepath.Join(folder, name), 0o600); err != nil {
						t.Skip("no named pipes here:", err)
					}
				}
				if err := os.Symlink(self, filepath.Join(folder, "weir")); err != nil {
					t.Fatal(err)
				}
				before, _ := os.ReadDir(folder)
				cmd := exec.Command(filepath.Join(folder, "weir"), c.args...)
				var bad bytes.Buffer
				cmd.Dir, cmd.Stderr = folder, &bad
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				ended := make(chan error, 1)
				go func() { ended <- cmd.Wait() }()
				patience := 20 * time.Second
				if c.waits {
					patience = time.Second / 2 // it may be signalled at any moment
				}
				for begun := time.Now(); !worked(cmd.Process.Pid) && len(ended) == 0 && time.Since(begun) < patience; {
					time.Sleep(20 * time.Millisecond)
				}
				if err := cmd.Process.Signal(signal); err != nil {
					t.Fatalf("it had ended: %v\n%s", err, &bad)
				}
				select {
				case err := <-ended:
					var exit *exec.ExitError
					if !errors.As(err, &exit) || exit.ExitCode() != exitFailed || !strings.Contains(bad.String(), "stopped") {
						t.Errorf("%v: %s", err, &bad)
					}
				case <-time.After(3 * time.Second):
					_ = cmd.Process.Kill()
					t.Errorf("it still runs\n%s", &bad)
				}
				after, _ := os.ReadDir(folder)
				for _, e := range after {
					// A run keeps the rows before the signal in a file of that name.
					if len(after) > len(before) && strings.HasPrefix(e.Name(), "out") && !strings.HasSuffix(e.Name(), ".partial") ||
						strings.HasPrefix(e.Name(), ".weir-") {
						t.Errorf("it left %s", e.Name())
					}
				}
			})
		}
	}
}
