package report

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weir/scenarios"
	"weir/scenarios/report/internal/answer"
	"weir/scenarios/report/internal/draw"
)

var update = flag.Bool("update", false, "draw the pictures of the guides in examples again")

// The pictures in the guides of examples are those of the page of teacher retention, with its own
// futures: the guides explain pages, so they may not show a number that no page has any more.
func TestPicturesOfTheGuides(t *testing.T) {
	set, list := scenarios.Load(filepath.Join("..", "..", "examples", "teacher-retention", "scenarios.toml"))
	if list.HasErrors() {
		t.Fatal(list)
	}
	c, err := scenarios.Compare(context.Background(), set, scenarios.Options{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if err := scenarios.AddBundles(context.Background(), c, scenarios.Options{}); err != nil {
		t.Fatal(err)
	}
	b := newMaker(c)
	slots := len(c.Runs) + 1
	for name, picture := range map[string]template.HTML{
		"difference.svg": b.Difference.Picture, "rows.svg": rowsOf(b.answer.Board()), "frontier.svg": b.answer.Frontier().Picture,
	} {
		file := filepath.Join("..", "..", "examples", "pictures", name)
		want := alone(string(picture), slots)
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the page of teacher retention shows now (%v): look at its guides, then run\n"+
				"go test ./scenarios/report -run TestPicturesOfTheGuides -update", file, err)
		}
		if len(want) > 40<<10 {
			t.Errorf("%s has %d bytes", name, len(want))
		}
	}
}

// The steps in the guide for facilitators fit the set that it is about.
func TestStoryOfTheGuide(t *testing.T) {
	examples := filepath.Join("..", "..", "examples")
	text, err := os.ReadFile(filepath.Join(examples, "for-facilitators.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "```toml\n")
	story, _, found := strings.Cut(after, "```")
	if !found {
		t.Fatal("the guide has no steps")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(examples)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "st-louis", "scenarios.toml")
	set, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(set, story...), 0o600); err != nil {
		t.Fatal(err)
	}
	read, list := scenarios.Load(file)
	if list.HasErrors() || read.Story == nil || len(read.Story.Steps) != strings.Count(story, "[story.step.") {
		t.Fatalf("the steps do not fit the set: %v", list)
	}
	for _, d := range list {
		if strings.Contains(d.Message, "guess") {
			t.Errorf("%v", d)
		}
	}
}

// rowsOf draws the rows of the first screen as the page has them: name, bar, effect and facts.
func rowsOf(b answer.Board) template.HTML {
	const width, pitch = 960.0, 58.0
	c := &draw.Canvas{}
	c.Open("static", 0, 0, width, pitch*float64(len(b.Rows)), "The rows of a page: each scenario with its effect and range.")
	inside := regexp.MustCompile(`(?s)^<svg[^>]*>(.*)</svg>$`)
	for i, r := range b.Rows {
		y := pitch*float64(i) + 22
		c.Text(8, y, "label", "start", r.Name)
		c.Put(`<g class="bar %v" transform="translate(520 %v)">`, r.Key, y-13)
		if m := inside.FindStringSubmatch(string(r.Bar)); m != nil {
			c.WriteString(m[1])
		}
		c.Put(`</g>`)
		c.Text(width-20, y, "number", "end", r.Effect)
		c.Text(8, y+20, "tick", "start", strings.Join(append([]string{r.Range}, r.Facts...), " · "))
	}
	c.Close()
	return template.HTML(c.String())
}

// alone returns a picture of the page as a file of its own: with the page's rules for what is in
// it, on white.
func alone(svg string, slots int) []byte {
	var rules strings.Builder
	rules.WriteString("svg{background:#fff}")
	block := regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)
	media := regexp.MustCompile(`(?s)@[^{]*\{([^{}]*\{[^{}]*\})*[^{}]*\}`)
	class := regexp.MustCompile(`\.([a-zA-Z][\w-]*)`)
	var used []string
	for _, m := range regexp.MustCompile(`class="([^"]*)"`).FindAllStringSubmatch(svg, -1) {
		used = append(used, strings.Fields(m[1])...)
	}
	has := " " + strings.Join(used, " ") + " "
	for _, m := range block.FindAllStringSubmatch(media.ReplaceAllString(style+pageStyle+liveStyle+draw.PaletteCSS(slots), ""), -1) {
		for selector := range strings.SplitSeq(strings.TrimSpace(m[1]), ",") {
			names := class.FindAllStringSubmatch(selector, -1)
			wanted := len(names) > 0 || selector == ":root"
			for _, n := range names {
				wanted = wanted && strings.Contains(has, " "+n[1]+" ")
			}
			if wanted {
				fmt.Fprintf(&rules, "%s{%s}", selector, m[2])
			}
		}
	}
	at := strings.Index(svg, ">") + 1
	head := svg[:at]
	if !strings.Contains(head, "xmlns=") {
		head = strings.Replace(head, "<svg", `<svg xmlns="http://www.w3.org/2000/svg"`, 1)
	}
	return []byte(head + "<style>" + rules.String() + "</style>" + svg[at:] + "\n")
}
