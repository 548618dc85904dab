package wasm_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"weir/sim"
	"weir/sim/wasm"
)

// V8, the browser's engine, gives the rows of the program, by their hash, for every
// model and method.
func TestSameBitsInV8(t *testing.T) {
	dir := t.TempDir()
	var names []string
	want := map[string]string{}
	for k, s := range subjects(t) {
		p, err := sim.Compile(s.model)
		if err != nil {
			t.Fatal(err)
		}
		for n, settings := range variants(p) {
			name := fmt.Sprintf("%d-%d-%s-%v", k, n, settings.Method, settings.Step != nil)
			m, err := wasm.EmitFor(p, settings)
			if err != nil {
				t.Fatal(s.name, err)
			}
			write(t, filepath.Join(dir, name), m)
			names = append(names, filepath.Join(dir, name))
			want[name] = fmt.Sprintf("%s: %s", s.name, ended(t, p, settings))
		}
	}
	for _, line := range inNode(t, 1, names) {
		f := strings.Fields(line)
		of, result, _ := strings.Cut(want[f[0]], ": ")
		if got := strings.Join(f[1:4], " "); got != result {
			t.Errorf("%s, %s: V8 gives %s, the program %s", of, f[0], got, result)
		}
	}
}

// ended is how a run ends: the status that its module should have, the rows and their
// hash.
func ended(t *testing.T, p *sim.Program, s sim.Settings) string {
	r, err := p.Run(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	status := wasm.Complete
	if r.NonFinite != nil {
		status = wasm.NonFinite
	}
	return fmt.Sprintf("%d %d %s", status, len(r.Time), hash(r))
}

// hash is the SHA-256 of the rows, as they lie in memory.
func hash(r *sim.Result) string {
	var b []byte
	for i := range r.Time {
		for _, x := range r.Row(i) {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		}
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

// write writes a module for the script that node runs.
func write(t testing.TB, path string, m *wasm.Module) {
	t.Helper()
	layout, err := json.Marshal(m.Layout)
	if err == nil {
		err = os.WriteFile(path+".json", layout, 0o600)
	}
	if err == nil {
		err = os.WriteFile(path+".wasm", m.Code, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// inNode runs modules in V8 and gives what the script says of each.
func inNode(t testing.TB, times int, names []string) []string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("LEFT OUT: node is not there, so no module was run in V8")
	}
	cmd := exec.Command(node, append([]string{"testdata/run.mjs", fmt.Sprint(times)}, names...)...)
	var wrong bytes.Buffer
	cmd.Stderr = &wrong
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, wrong.String())
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != len(names) {
		t.Fatalf("%d results of %d modules", len(lines), len(names))
	}
	return lines
}
