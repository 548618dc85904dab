package esmodule_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"weir/model"
	"weir/model/format"
	"weir/scenarios/esmodule"
	"weir/sim"

	"github.com/chromedp/chromedp"
)

// A subject is a model with the folder of its export.
type subject struct {
	name, folder string
	program      *sim.Program
}

// export writes a model's module below a folder; nil if no module can run it, and why.
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

// subjects are all examples, and the imported models of the folder that WEIR_CONFORMANCE names, of
// which at least twenty can be exported.
func subjects(t testing.TB) []*subject {
	t.Helper()
	folder := t.TempDir()
	var list []*subject
	examples, err := filepath.Glob("../../examples/*/model.toml")
	if err != nil || len(examples) < 4 {
		t.Fatalf("%d examples, %v", len(examples), err)
	}
	for i, path := range examples {
		s, err := export(t, path, filepath.Join(folder, fmt.Sprint("example", i)), model.ImportOptions{})
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		list = append(list, s)
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
			if s, err := export(t, path, filepath.Join(folder, fmt.Sprint(ending, i)), model.ImportOptions{}); err == nil {
				list, imported = append(list, s), imported+1
			}
		}
	}
	if imported < 20 {
		t.Fatalf("%d imported models are exported, want 20", imported)
	}
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

// In Node every exported module has the bits of weir's run, as it is and with a number set, and
// models made of one module do not share their numbers.
func TestSameBitsInNode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("LEFT OUT: node is not there, so no exported module was run")
	}
	list := subjects(t)
	args := []string{"testdata/hash.mjs"}
	for _, s := range list {
		args = append(args, filepath.Join(s.folder, "model.js"))
	}
	out, err := exec.Command(node, args...).CombinedOutput()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(lines) != len(list) {
		t.Fatalf("%v, %d lines for %d models: %s", err, len(lines), len(list), out)
	}
	for i, s := range list {
		want, err := s.program.Run(context.Background(), sim.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		f := strings.Fields(lines[i])
		if f[0] != fmt.Sprint(len(want.Time)) || f[1] != fmt.Sprint(want.NonFinite == nil) || f[2] != hash(want) {
			t.Errorf("%s: the module's run is %v, the program's has %d times and %s", s.name, f, len(want.Time), hash(want))
		}
		if f[4] != "true" {
			t.Errorf("%s: after reset, or beside another model, the run is another", s.name)
		}
	}
}

// The module of the city has less than 120 kB.
func TestModuleIsSmall(t *testing.T) {
	s, err := export(t, "../../examples/st-louis/model.toml", t.TempDir(), model.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(s.folder, "model.js"))
	if err != nil || info.Size() >= 120_000 {
		t.Errorf("model.js of the city has %v bytes (%v), want less than 120,000", info.Size(), err)
	}
}

// hostile is a model whose texts would end a comment, a string or an element of a page.
const hostile = `name = "A \"model\" */ </script><script>alert(1)</script>\nalert(2)"
[time]
start = 0
stop = 5
step = 1
unit = "day"
[stock.water]
label = "Water </script> \u2028 'quoted' ${x}"
initial = 10
inflow = ["rain"]
[flow.rain]
equation = "much"
[decision.much]
label = "<img src=x onerror=alert(1)>"
value = 2
range = [0, 5]
`

// The types know the names of the model and refuse others; hostile texts stay texts.
func TestTypes(t *testing.T) {
	compiler := "../report/web/node_modules/typescript/bin/tsc"
	node, err := exec.LookPath("node")
	if _, missing := os.Stat(compiler); err != nil || missing != nil {
		t.Skip("LEFT OUT: TypeScript is not installed; make test installs it")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "hostile.toml")
	if err := os.WriteFile(path, []byte(hostile), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := export(t, path, filepath.Join(folder, "out"), model.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	use := filepath.Join(s.folder, "use.ts")
	source := `import { createModel } from "./model.js";
const m = await createModel();
export const first: number = m.set("much", 3).change("much", { to: 1, from: 2 }).run().series("water")[0]!;
// @ts-expect-error
m.set("mcuh", 3);
// @ts-expect-error
m.run().series("nothing");
// @ts-expect-error
m.set("much", "3");
// @ts-expect-error
m.change("much", { by: 3 });
`
	if err := os.WriteFile(use, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(node, compiler, "--noEmit", "--strict", "--target", "es2022", "--module", "esnext",
		"--moduleResolution", "bundler", use).CombinedOutput(); err != nil {
		t.Errorf("the compiler says %s", out)
	}
	script := `import { createModel, inputs } from "` + filepath.Join(s.folder, "model.js") + `";
const m = await createModel();
const said = (f) => { try { f(); return "nothing" } catch (e) { return e.name + ": " + e.message } };
console.log([m.run().last("water"), m.change("much", { times: 2, from: 3 }).run().last("water"), inputs[0].label,
  said(() => m.set("x", 1)), said(() => m.set("much", NaN)), said(() => m.change("much", {})), said(() => m.change("much", { to: 1, until: -1 }))].join("\n"));`
	out, err := exec.Command(node, "--input-type=module", "-e", script).CombinedOutput()
	want := `20
24
<img src=x onerror=alert(1)>
RangeError: the model has no constant or decision "x"
TypeError: much is a finite number, not NaN
TypeError: a change of much has one of to, add and times
RangeError: over is at least 0, and until after from
`
	if err != nil || string(out) != want {
		t.Errorf("%v: the module says\n%swant\n%s", err, out, want)
	}
}

// The example page runs the model in Chromium: its output follows the lever, and no text of the model
// became an element.
func TestExampleInChromium(t *testing.T) {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("LEFT OUT: there is no Chromium, so the example page was not opened")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "hostile.toml")
	if err := os.WriteFile(path, []byte(hostile), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := export(t, path, filepath.Join(folder, "out"), model.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(s.folder)))
	defer server.Close()
	alloc, stop := chromedp.NewExecAllocator(context.Background(), chromedp.Headless, chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU)
	defer stop()
	tab, done := chromedp.NewContext(alloc)
	defer done()
	tab, end := context.WithTimeout(tab, time.Minute)
	defer end()
	if err := chromedp.Do(tab, chromedp.Navigate(server.URL+"/example.html")); err != nil {
		t.Fatal(err)
	}
	shown, err := chromedp.Run(tab, chromedp.Evaluate[[]string](`(async () => {
		const last = document.getElementById("last"), lever = document.getElementById("lever");
		while (last.textContent === "") await new Promise((r) => setTimeout(r, 20));
		const first = last.textContent;
		lever.value = "4";
		lever.dispatchEvent(new Event("input"));
		return [first, last.textContent, String(document.querySelectorAll("script, img").length)];
	})()`, chromedp.EvalAwaitPromise))
	if want := []string{"20", "30", "1"}; err != nil || !slices.Equal(shown, want) {
		t.Errorf("%v: the page shows %q, want %q", err, shown, want)
	}
}

// A model whose method chooses its own step is refused, with the way out.
func TestAdaptiveMethodIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "model.toml")
	text := strings.Replace(hostile, "unit = ", "method = \"rk45\"\nunit = ", 1)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := export(t, path, t.TempDir(), model.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "--method rk4") {
		t.Errorf("rk45 is exported: %v", err)
	}
}
