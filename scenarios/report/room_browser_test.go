package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"weir/scenarios"
	"weir/scenarios/report/internal/fixture"
	"weir/sim"
)

// spokenTree is what a screen reader can reach: the names of all parts of the page.
func (b *tab) spokenTree() string {
	b.t.Helper()
	tree, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	b.must(err)
	names := []string{}
	for _, n := range tree.Nodes {
		if n.Name != nil && !n.Ignored {
			names = append(names, string(n.Name.Value))
		}
	}
	return strings.Join(names, "\n")
}

// drawn waits for the chart of the room's step.
func (b *tab) drawn() {
	b.t.Helper()
	b.wait(`document.querySelector(".room-plot").hidden || document.querySelectorAll(".room-plot .chart path").length > 5`)
}

// inRoom opens the page in the room, at its first step of a kind.
func inRoom(t *testing.T, c *scenarios.Comparison, kind string) *tab {
	t.Helper()
	b := launch(t, chromium(t))
	b.view(1920, 1080)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate("file://"+pageFile(t, c)+"#room")))
	b.ready()
	for range 20 {
		if eval[string](b, `document.querySelector(".room-view").dataset.kind`) == kind {
			b.drawn()
			return b
		}
		b.key(kb.PageDown)
	}
	t.Fatalf("no step of the kind %s", kind)
	return nil
}

// Before the reveal no number of the result is on the screen or in what a screen reader reads;
// after it, it is.
func TestRoomGuessesBeforeItSees(t *testing.T) {
	c := fixture.Example(t)
	b := inRoom(t, c, "guess")
	best := newMaker(c).Best()
	v := newMaker(c).Verdict(c.Runs[best-1].Scenario, c.Set.Outcomes[0])
	q := newMaker(c).Figs[0].QuantityFor()
	results := []string{q.Signed(v.Difference), q.Between(v.Range[0], v.Range[1]), "with no new decisions (",
		"better in"}
	for _, seen := range []string{eval[string](b, `document.body.innerText`), b.spokenTree()} {
		for _, r := range results {
			if strings.Contains(seen, r) {
				t.Errorf("%q can be read before the reveal", r)
			}
		}
	}
	b.is("no line of a scenario", `(({lines, bands}) => bands.length === 0 && lines.length > 0 && lines.every((l) => l.key === "s0"))(drawn(document.querySelector(".room-plot")))`)
	b.key(kb.PageDown)
	b.wait(`drawn(document.querySelector(".room-plot")).lines.some((l) => l.key !== "s0")`)
	b.wait(`document.querySelector(".room-plot").dataset.motion === ""`)
	if seen := b.spokenTree(); !strings.Contains(seen, q.Gap(v.Difference)) {
		t.Errorf("the reveal does not say %q", q.Gap(v.Difference))
	}
	b.quiet()
}

// A clicker's keys and the keyboard go through the room and out of it; a line grows at its
// reveal unless motion is unwanted.
func TestRoomFollowsAClicker(t *testing.T) {
	c := fixture.Example(t)
	b := inRoom(t, c, "context")
	at := func(want string) {
		t.Helper()
		if got := eval[string](b, `document.querySelector(".where").textContent.split(" ")[0]`); got != want {
			t.Errorf("at step %s, want %s", got, want)
		}
	}
	for _, step := range []struct{ key, want string }{{kb.PageDown, "2"}, {" ", "3"}, {kb.ArrowLeft, "2"},
		{kb.ArrowRight, "3"}, {kb.PageUp, "2"},
		{kb.Home, "1"}, {kb.PageUp, "1"}} {
		b.key(step.key)
		at(step.want)
	}
	b.is("letters are read from the last row", `[...document.querySelectorAll(".room-view *")].filter((e) => e.offsetParent && e.childNodes.length && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
		.every((e) => parseFloat(getComputedStyle(e).fontSize) >= 24)`)
	b.is("so is the chart", `[...document.querySelectorAll(".room-plot text")].every((e) => parseFloat(getComputedStyle(e).fontSize) >= 24)`)
	for eval[string](b, `document.querySelector(".room-view").dataset.kind`) != "reveal" {
		b.key(kb.PageDown)
	}
	watch := `(() => { window.seen = []; window.watch = new MutationObserver(() => { const w = Math.min(...[...document.querySelectorAll(".room-plot clipPath path")].map((e) => Number(/l([\d.]+) 0/.exec(e.getAttribute("d"))[1]))); if (seen.at(-1) !== w) seen.push(w) });
		watch.observe(document.querySelector(".room-plot .chart"), {childList: true, subtree: true, attributes: true}); return true })()`
	b.drawn()
	eval[bool](b, watch)
	b.key("r")
	b.wait(`document.querySelector(".room-plot").dataset.motion === "moving"`)
	b.wait(`document.querySelector(".room-plot").dataset.motion === ""`)
	b.is("it grew", `seen.length > 5 && seen.every((d, i) => i === 0 || d >= seen[i - 1] || i === 1)`)
	b.media(&emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"})
	eval[bool](b, watch)
	b.key("r")
	b.wait(`document.querySelector(".room-plot").dataset.motion === ""`)
	b.is("it stands at once", `seen.length <= 2`)
	b.key(kb.Escape)
	b.is("the page is back",
		`!document.querySelector(".room-view") && document.querySelector("#answer").offsetHeight > 0`)
	b.quiet()
}

// A story of the set is shown as it is written, in its words; hostile ones stay text.
func TestStoryOfTheSetIsShown(t *testing.T) {
	c := *fixture.Example(t)
	set := *c.Set
	set.Story = &scenarios.Story{Steps: []*scenarios.StoryStep{
		{Kind: scenarios.StepContext, Title: fixture.Evil, Text: fixture.Evil, Notes: fixture.Evil},
		{Kind: scenarios.StepTalk, Title: "Who decides?"},
	}}
	c.Set = &set
	b := inRoom(t, &c, "context")
	want := fmt.Sprintf("%q", fixture.Evil)
	b.is("its title", `document.querySelector(".room-view h2").textContent === `+want)
	b.is("its text", `document.querySelector(".room-view .say").textContent === `+want)
	b.key(kb.PageDown)
	b.is("its second step", `document.querySelector(".room-view h2").textContent === "Who decides?"`)
	b.is("no more", `document.querySelector(".where").textContent === "2 of 2"`)
	b.quiet()
}

// The facilitator's window has the notes, the next step and the clock, and its keys move the
// room; where it is refused the room says so.
func TestNotesWindow(t *testing.T) {
	b := inRoom(t, fixture.Example(t), "context")
	eval[bool](b, `(() => { window.sent = []; window.open = (url) => { window.asked = url; const f = document.createElement("iframe"); document.body.append(f);
		f.contentWindow.postMessage = (m) => sent.push(m); return f.contentWindow }; return true })()`)
	eval[bool](b, `[...document.querySelectorAll(".room-tools button")].find((x) => x.textContent === "Notes window").click(), true`)
	b.is("the same file", `asked.endsWith("page.html#notes")`)
	b.is("it is told the step", `sent.at(-1).cue.next.length > 0 && sent.at(-1).cue.notes.length > 0`)
	eval[bool](b, `(() => { window.open = () => null; [...document.querySelectorAll(".room-tools button")].find((x) => x.textContent === "Notes window").click(); return true })()`)
	b.is("a refusal is said", `document.querySelector(".room-view .remark").textContent.includes("refused")`)
	b.quiet()
}

// Two windows for real: the notes open in a window of their own, follow the room, and their keys
// move it; once closed they open again.
func TestNotesInASecondWindow(t *testing.T) {
	b := inRoom(t, fixture.Example(t), "context")
	notes := b.notesWindow()
	title := func(of *tab, selector string) string {
		return eval[string](of, fmt.Sprintf(`document.querySelector(%q).textContent`, selector))
	}
	notes.wait(`document.querySelector("h1") !== null`)
	if got, want := title(notes, "h1"), title(b, ".room-view h2"); got != want {
		t.Errorf("the notes are of %q, the room shows %q", got, want)
	}
	notes.is("clock and notes", `/\d\d:\d\d/.test(document.querySelector(".clock").textContent) && document.querySelector(".notes-text").textContent.length > 20`)
	next := strings.TrimPrefix(title(notes, ".next"), "Next: ")
	for _, key := range []string{kb.PageDown, kb.PageUp, kb.ArrowRight} {
		notes.key(key)
	}
	b.wait(fmt.Sprintf(`document.querySelector(".room-view h2").textContent === %q`, next))
	notes.wait(fmt.Sprintf(`document.querySelector("h1").textContent === %q`, next))
	b.key(kb.PageDown)
	at := title(b, ".room-view .where")
	notes.wait(fmt.Sprintf(`document.querySelector(".where").textContent.startsWith(%q)`, at))
	eval[bool](notes, `(setTimeout(() => window.close(), 50), true)`)
	again := b.notesWindow()
	again.wait(fmt.Sprintf(`document.querySelector(".where")?.textContent.startsWith(%q)`, at))
	again.quiet()
	b.quiet()
}

// notesWindow opens the notes by key, as a browser lets a window open only then, once no earlier
// one is left.
func (b *tab) notesWindow() *tab {
	b.t.Helper()
	isNotes := func(i *target.Info) bool { return strings.HasSuffix(i.URL, "#notes") }
	for range 200 {
		targets, err := chromedp.Targets(b.ctx)
		b.must(err)
		if !slices.ContainsFunc(targets, isNotes) {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	opened := chromedp.WaitNewTarget(b.ctx, isNotes)
	eval[bool](b, `[...document.querySelectorAll(".room-tools button")].find((x) => x.textContent === "Notes window").focus(), true`)
	b.key(kb.Enter)
	ctx, stop := chromedp.NewContext(b.ctx, chromedp.WithTargetID(<-opened), chromedp.WithDetachOnCancel())
	b.t.Cleanup(stop)
	notes := &tab{t: b.t, ctx: ctx}
	b.must(chromedp.Listen(ctx, notes.hear))
	eval[bool](notes, "(() => {"+helpers+"return true })()")
	return notes
}

// A whole sitting by keyboard and hand: guess, reveal, replay, a lever, an assumption, a pin, a
// note, minutes; opened again they run to the numbers of the engine, digit for digit.
func TestSitting(t *testing.T) {
	c := fixture.Example(t)
	b := inRoom(t, c, "guess")
	eval[bool](b, `document.getElementById("way-1").focus(), true`)
	b.key(" ")
	b.key(kb.Tab)
	b.key("12" + kb.Enter)
	eval[bool](b, `document.getElementById("hands-more").focus(), true`)
	b.key("7")
	b.must(chromedp.Do(b.ctx, chromedp.Focus(`.guess-form button[type=submit]`)))
	b.key(kb.Enter)
	b.is("the guess is on the chart",
		`drawn(document.querySelector(".room-plot")).lines.find((l) => l.key === "yours").d.length > 20`)
	eval[bool](b, `document.querySelector(".room-view").focus(), true`)
	b.key(kb.PageDown)
	b.wait(`document.querySelector(".room-plot").dataset.motion === ""`)
	b.is("the guess stays",
		`drawn(document.querySelector(".room-plot")).lines.find((l) => l.key === "yours").d.length > 20`)
	b.key("r")
	b.wait(`document.querySelector(".room-plot").dataset.motion === ""`)
	b.key(kb.Escape)
	b.futures(c)
	decision, assumption := b.input("decisions"), b.input("assumptions")
	b.slide(decision, 40)
	eval[bool](b,
		`[...document.querySelectorAll(".stage button")].find((x) => x.textContent.startsWith("Pin")).click(), true`)
	b.slide(assumption, 70)
	b.futures(c)
	v, a := b.value(decision), b.value(assumption)
	eval[bool](b, `(() => { const n = document.getElementById("record-note"); for (let d = n.closest("details"); d; d = d.parentElement.closest("details")) d.open = true; n.focus(); return true })()`)
	b.key(fixture.Evil + kb.Enter)
	b.is("the record has everything", `["Guessed about", "hands: 7 more", "Revealed", "Tried:", "Pinned as", "Said: "].every((w) => document.querySelector(".entries").textContent.includes(w))`)
	b.is("notes stay text", `!document.querySelector(".entries script") && document.querySelector(".entries").textContent.includes("<script>")`)
	eval[bool](b, `(() => { window.blobs = []; const make = URL.createObjectURL; URL.createObjectURL = (x) => { blobs.push(x); return make.call(URL, x) };
		for (const text of ["Save minutes", "Save as JSON"]) [...document.querySelectorAll("#record button")].find((x) => x.textContent === text).click(); return true })()`)
	b.wait(`blobs.length === 2`)
	minutes := []string{eval[string](b, `blobs[0].text()`), eval[string](b, `blobs[1].text()`)}
	link := eval[string](b, `location.hash`)
	b.quiet()

	change := sim.Change{Variable: decision, Kind: sim.To, Amount: v, Start: c.Today + 1, Until: math.Inf(1)}
	set := map[string]float64{assumption: a}
	again := launch(t, chromium(t))
	again.must(chromedp.Do(again.ctx, chromedp.Navigate("file://"+pageFile(t, c)+link)))
	again.futures(c)
	again.columns(c, moved(t, c, nil, nil, set), moved(t, c, nil, []sim.Change{change}, set))
	again.asTheCommand(c, fmt.Sprintf("%s=%v", assumption, a))
	for _, text := range minutes {
		again.openMinutes(text)
		again.is("every run has its numbers", `/2 of 2 runs gave the same numbers again, digit for digit/.test(document.querySelector("#record .remark").textContent)`)
		again.is("nothing differs",
			`!document.querySelector("#record .remark").textContent.includes("another version")`)
	}
	other := strings.ReplaceAll(minutes[1], c.Set.Model.Hash, strings.Repeat("0", 64))
	again.openMinutes(other)
	again.is("another version is said", `document.querySelector("#record .remark").textContent.includes("another version") && document.querySelector("#record .remark").textContent.includes("000000000000")`)
	eval[bool](again, `document.querySelector(".old button").click(), true`)
	again.near(".old .own-plot")
	again.wait(`drawn(document.querySelector(".old")).lines.length === 2`)
	again.openMinutes("nonsense")
	again.is("garbage is refused", `document.querySelector("#record .remark").textContent.includes("holds no minutes")`)
	again.quiet()

	// The minutes stand alone: they run nothing and ask for nothing.
	file := filepath.Join(t.TempDir(), "minutes.html")
	if err := os.WriteFile(file, []byte(minutes[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	alone := launch(t, chromium(t))
	alone.must(chromedp.Do(alone.ctx, chromedp.Navigate("file://"+file)))
	alone.is("they can be read", `document.body.innerText.includes("Guessed about")`)
	alone.quiet()
	if !slices.Contains(strings.Split(minutes[0], "\n"), "<!DOCTYPE html>") {
		t.Error("the minutes are no page")
	}
}

// asTheCommand wants the page's run without decisions to end, digit for digit, as the built command
// has it for the same settings.
func (b *tab) asTheCommand(c *scenarios.Comparison, settings string) {
	b.t.Helper()
	weir := filepath.Join(b.t.TempDir(), "weir")
	if out, err := exec.Command("go", "build", "-o", weir, "weir/cmd/weir").CombinedOutput(); err != nil {
		b.t.Fatalf("%v\n%s", err, out)
	}
	text, err := exec.Command(weir, "run", filepath.Join("..", "..", "examples", "teacher-retention", "model.toml"),
		"--set", settings,
		"--format", "csv").Output()
	b.must(err)
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	b.must(err)
	seen := 0
	for i, o := range c.Set.Outcomes {
		at := slices.Index(rows[0], o.Variable)
		if o.Cost || at < 0 {
			continue
		}
		want, err := strconv.ParseFloat(rows[len(rows)-1][at], 64)
		b.must(err)
		if got := b.shown(i, 1); math.Float64bits(got) != math.Float64bits(want) {
			b.t.Errorf("%s is shown as %v, weir run --set %s gives %v", o.Label, got, settings, want)
		}
		seen++
	}
	if seen == 0 {
		b.t.Errorf("no outcome is a column of %q", rows[0])
	}
}

// openMinutes gives the page a file of minutes.
func (b *tab) openMinutes(text string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`(async () => { const i = document.getElementById("record-open"), d = new DataTransfer();
		document.querySelector("#record .remark").textContent = "";
		d.items.add(new File([%q], "minutes.json")); i.files = d.files; i.dispatchEvent(new Event("change"));
		while (document.querySelector("#record .remark").textContent === "") await new Promise((r) => setTimeout(r, 20)); return true })()`, text))
}
