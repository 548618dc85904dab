package esmodule_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weir/model"

	"github.com/chromedp/chromedp"
)

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
	ctx := tab(t)
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
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/example.html")); err != nil {
		t.Fatal(err)
	}
	shown, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(async () => {
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
