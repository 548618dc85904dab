package report

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
)

// lagoon remembers its quotas, so that what was decided when matters.
var lagoon = strings.Replace(strings.Replace(pond, `inflow = ["births"]`, "inflow = [\"births\"]\noutflow = [\"caught\"]", 1),
	"[constant.rate]",
	"[flow.caught]\nover = [\"lake\"]\nequation = \"min(fish, quota) / 2\"\n[constant.rate]", 1) +
	"[decision.closed]\nlabel = \"Share of the coast closed\"\nvalue = 0.2\nrange = [0, 1]\n" +
	"[aux.open]\nequation = \"sum(fish[*]) * (1 - closed)\"\n"

// A game stops at each turn, ends its line there, and takes turns back. At its end it has the bits of
// the engine, whether by its own changes or by the scenario that it hands on.
func TestGameInAPage(t *testing.T) {
	v := runView(t, "today = 2002\n"+strings.Replace(lagoon, "name = \"Pond </script><b>\"", "name = \"Lagoon\"", 1))
	b := launch(t, chromium(t))
	b.load(runPageFile(t, v))
	press := func(text string) {
		t.Helper()
		b.is(text, fmt.Sprintf(`(() => {
			const seen = [...document.querySelectorAll("#levers-of-run button")].filter((x) => x.offsetParent);
			const x = seen.find((x) => x.textContent.startsWith(%q));
			if (!x || x.disabled) return false;
			x.click();
			return true })()`, text))
	}
	put := func(name, value string) {
		t.Helper()
		b.is("a field of "+name, fmt.Sprintf(`(() => {
			const f = document.querySelector("#input-%s").closest(".input").querySelector(".field");
			f.value = %q;
			f.dispatchEvent(new Event("change"));
			return true })()`, name, value))
	}
	now := func(text string) {
		t.Helper()
		b.wait(fmt.Sprintf(`document.querySelector(".game .now").textContent.startsWith(%q)`, text))
	}
	moves := func(want ...string) {
		t.Helper()
		b.wait(fmt.Sprintf(`[...document.querySelectorAll(".game ol li")].map((x) => x.textContent).join("\n") === %q`,
			strings.Join(want, "\n")))
	}
	put("rate", "0.15") // an assumption of the player, which holds throughout
	press("Play year by year")
	now("2002")
	b.is("assumptions are out of the way",
		`getComputedStyle(document.querySelector("#levers-of-run .assumptions")).display === "none"`)
	b.is("turns", `(() => {
		const f = document.getElementById("turn");
		f.value = "3";
		f.dispatchEvent(new Event("change"));
		return f.value === "3" })()`)
	put("quota", "20")
	moves("2002: quota 20")
	press("Go on to 2005")
	now("2005")
	b.wait(`[...document.querySelectorAll("#board figure")].every((f) =>
		f.dataset.ends.split(" ").every((x) => x === "NaN"))`) // nobody sees what comes
	b.is("others to their end", `(() => { const x = document.getElementById("ahead"); x.click(); return x.checked })()`)
	b.wait(`document.querySelector("#board figure").dataset.ends.split(" ").map((x) => x === "NaN").join() === "false,true"`)
	put("quota", "50")
	put("closed", "0.4")
	moves("2002: quota 20", "2005: quota 50", "2005: Share of the coast closed 0.4")
	put("quota", "20") // as before, which is no move
	press("Go on to 2008")
	put("quota", "5")
	press("Take back")
	now("2005")
	press("Go on to 2008")
	put("quota", "10")
	press("To the end")
	now("2010: the end.")
	put("quota", "3")
	b.is("nothing is decided after the end",
		`document.querySelector(".game .remark").textContent.startsWith("The run is over.")`)
	b.checkAccess("a game")

	toml := eval[string](b, `(async () => {
		let blob;
		const old = URL.createObjectURL;
		URL.createObjectURL = (x) => { blob = x; return old.call(URL, x) };
		[...document.querySelectorAll("button")].find((x) => x.textContent === "Save as a scenario").click();
		while (!blob) await new Promise((r) => setTimeout(r, 20));
		URL.createObjectURL = old;
		return blob.text() })()`)
	const outcome = "model = \"m.toml\"\n[outcome.left]\nvariable = \"left\"\nlabel = \"Left\"\nbetter = \"higher\"\n"
	set, list := scenarios.Parse("set.toml", []byte(outcome+toml),
		func(string, model.ImportOptions) (*model.Model, diagnostic.List) { return v.Model, nil })
	if list.HasErrors() {
		t.Fatalf("%v\n%s", list, toml)
	}
	c, err := scenarios.Compare(context.Background(), set, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, lake := range []string{"north", "south"} {
		s := c.Runs[0].Result.Series("fish[" + lake + "]")
		if math.IsNaN(s[len(s)-1]) {
			t.Fatal(lake, "has no last number")
		}
		b.wait(fmt.Sprintf(`[...document.querySelectorAll("#board figure")].find((f) =>
			f.querySelector("h3").textContent === "Fish (adult) (%s)").dataset.ends.split(" ")[1] === String(%v)`,
			lake, s[len(s)-1]))
	}
	press("Keep")
	now("2002")
	b.wait(`document.getElementById("legend").textContent.includes("game 1")`)
	press("Stop")
	b.wait(`document.querySelector(".game > div").hidden`)

	// The list of runs: switched off, and removed.
	b.is("a run is switched off", `(document.getElementById("draw-s0").click(), true)`)
	b.wait(`document.querySelector("#board figure").dataset.ends.split(" ").length === 2`) // the slider's, the game's
	b.is("a game is removed",
		`(document.querySelector("#legend [aria-label='Remove game 1']").click(), true)`)
	b.wait(`!document.getElementById("legend").textContent.includes("game 1")`)
	b.quiet()
}
