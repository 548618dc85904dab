package esmodule_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weir/model"
	"weir/model/format"
	"weir/scenarios/esmodule"
	"weir/scenarios/open"
	"weir/sim"

	"github.com/chromedp/chromedp"
)

// A subject is a model with the folder of its export.
type subject struct {
	name, folder string
	program      *sim.Program
}

// export writes a model's module into a folder. The error says why no module can run it.
func export(t testing.TB, path, folder string, o model.ImportOptions) (*subject, error) {
	t.Helper()
	m, list := format.Load(path, o)
	if m == nil || list.HasErrors() {
		return nil, fmt.Errorf("it has mistakes")
	}
	r, _ := model.Check(m)
	if r == nil {
		return nil, fmt.Errorf("it has mistakes")
	}
	p, err := sim.Compile(r)
	if err != nil {
		return nil, err
	}
	files, err := esmodule.Files(m, p, sim.Settings{}, "test")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	files["package.json"] = []byte(`{"type":"module"}`)
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return &subject{name: path, folder: folder, program: p}, nil
}

// subjects exports, below a folder, every model of the examples, and imported models of the folder that
// WEIR_CONFORMANCE names, of which at least twenty can be exported.
func subjects(t testing.TB, folder string) []*subject {
	t.Helper()
	var list []*subject
	examples, err := filepath.Glob("../../examples/*/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for i, path := range examples {
		if !open.IsModel(format.Open(path)) {
			continue
		}
		s, err := export(t, path, filepath.Join(folder, fmt.Sprint("example", i)), model.ImportOptions{})
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		list = append(list, s)
	}
	if len(list) < 6 { // four studies, and two parts of the city that run alone
		t.Fatalf("%d models are in the examples", len(list))
	}
	root := os.Getenv("WEIR_CONFORMANCE")
	if root == "" {
		t.Log("LEFT OUT: imported models; WEIR_CONFORMANCE must name their folder")
		return list
	}
	imported := 0
	for _, ending := range []string{"mdl", "xmile", "stmx"} {
		paths, err := filepath.Glob(filepath.Join(root, "*", "*."+ending))
		if err != nil {
			t.Fatal(err)
		}
		const each = 30
		for i, path := range paths[:min(each, len(paths))] {
			at := filepath.Join(folder, fmt.Sprint(ending, i))
			if s, err := export(t, path, at, model.ImportOptions{}); err == nil {
				list, imported = append(list, s), imported+1
			}
		}
	}
	if imported < 20 {
		t.Fatalf("%d imported models are exported, want 20", imported)
	}
	t.Logf("%d models, of which %d are imported", len(list), imported)
	return list
}

// hash returns the SHA-256 of a run's times and numbers, column by column.
func hash(r *sim.Result) string {
	var b []byte
	for _, x := range r.Time {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	for k := range r.Columns {
		for i := range r.Time {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(r.Row(i)[k]))
		}
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

// A moduleRun is a run that testdata/hash.mjs reports: how it was set up, and what came out.
type moduleRun struct {
	Times    int
	Complete bool
	Bits     string
	Set      map[string]float64
	Change   *struct {
		Name              string
		Add               float64
		From, Over, Until float64
	}
}

// settings returns those of weir for the same run.
func (m *moduleRun) settings() sim.Settings {
	s := sim.Settings{Set: m.Set}
	if c := m.Change; c != nil {
		s.Changes = []sim.Change{{Variable: c.Name, Kind: sim.Add, Amount: c.Add, Start: c.From, Over: c.Over,
			Until: c.Until}}
	}
	return s
}

// haveBits holds the lines of testdata/hash.mjs against runs of the same models by weir: as they are,
// with a number set, and with a change in the run.
func haveBits(t *testing.T, list []*subject, lines []string) {
	t.Helper()
	if len(lines) != len(list) {
		t.Fatalf("%d lines for %d models: %q", len(lines), len(list), lines)
	}
	set, changed := 0, 0 // runs that depart from the usual one
	for i, s := range list {
		var said struct {
			Runs []moduleRun
			Same bool
		}
		if err := json.Unmarshal([]byte(lines[i]), &said); err != nil {
			t.Fatalf("%s: %v in %q", s.name, err, lines[i])
		}
		for _, got := range said.Runs {
			want, err := s.program.Run(context.Background(), got.settings())
			if err != nil {
				if got.Complete { // weir refuses a value that the module must not run through
					t.Errorf("%s %+v: the module's run is complete, and weir says %v", s.name, got, err)
				}
				continue
			}
			if got.Times != len(want.Time) || got.Complete != (want.NonFinite == nil) || got.Bits != hash(want) {
				t.Errorf("%s: the module's run is %+v, weir's has %d times and %s", s.name, got, len(want.Time),
					hash(want))
			}
			if got.Bits != said.Runs[0].Bits {
				if got.Set != nil {
					set++
				} else {
					changed++
				}
			}
		}
		if !said.Same {
			t.Errorf("%s: after reset, or beside another model, the run is another", s.name)
		}
	}
	if set < len(list)/2 || changed < 4 {
		t.Errorf("of %d models only %d runs differ by a number that is set, and %d by a change", len(list), set,
			changed)
	}
}

// In Node every exported module has the bits of weir's run, as it is, with a number set and with a
// change, and models made of one module do not share their numbers.
func TestSameBitsInNode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("LEFT OUT: node is not there, so no exported module was run")
	}
	list := subjects(t, t.TempDir())
	args := []string{"testdata/hash.mjs"}
	for _, s := range list {
		args = append(args, filepath.Join(s.folder, "model.js"))
	}
	out, err := exec.Command(node, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	haveBits(t, list, strings.Split(strings.TrimSpace(string(out)), "\n"))
}

// tab returns a tab of Chromium, which is closed with the test.
func tab(t *testing.T) context.Context {
	t.Helper()
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("LEFT OUT: there is no Chromium, so no exported module was run in it")
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), chromedp.Headless,
		chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU)
	t.Cleanup(stop)
	ctx, done := chromedp.NewContext(ctx)
	t.Cleanup(done)
	ctx, end := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(end)
	return ctx
}

// In Chromium, too, every exported module has the bits of weir's run.
func TestSameBitsInChromium(t *testing.T) {
	ctx := tab(t)
	folder := t.TempDir()
	list := subjects(t, folder)
	var paths []string
	for _, s := range list {
		at, err := filepath.Rel(folder, s.folder)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, "/"+filepath.ToSlash(at)+"/model.js")
	}
	script, err := os.ReadFile("testdata/hash.mjs")
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "hash.mjs"), script, 0o644)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "empty.html"), []byte("<!doctype html><title>empty</title>"), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(folder)))
	defer server.Close()
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/empty.html")); err != nil {
		t.Fatal(err)
	}
	names, err := json.Marshal(paths)
	if err != nil {
		t.Fatal(err)
	}
	run := `import("/hash.mjs").then((m) => m.lines(` + string(names) + `))`
	lines, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](run, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	haveBits(t, list, lines)
}
