package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
)

// storySet reads a set with a story over gradesModel.
func storySet(story string) (*Set, diagnostic.List) {
	text := `model = "model.toml"
[outcome.filled]
variable = "filled"
better = "higher"
[intervention.i.change."seats[charter,k]"]
to = 3
start = 2025
[scenario.s]
interventions = ["i"]
` + story
	return Parse("set.toml", []byte(text), func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Parse("model.toml", []byte(gradesModel), nil)
	})
}

// Steps keep their order; what a story leaves out stays empty.
func TestStoryIsRead(t *testing.T) {
	set, list := storySet(`[story]
about = "for the board"
[story.step.z]
kind = "guess"
scenario = "s"
minutes = 5
[story.step.a]
kind = "talk"
title = "What now?"
`)
	if list.HasErrors() {
		t.Fatal(list)
	}
	s := set.Story
	if s.About != "for the board" || len(s.Steps) != 2 || s.Steps[0].ID != "z" || s.Steps[0].Scenario != set.Scenarios[0] ||
		s.Steps[0].Minutes != 5 || s.Steps[1].Kind != StepTalk || s.Steps[1].Scenario != nil {
		t.Errorf("read %+v", s)
	}
	if set, _ := storySet(""); set.Story != nil {
		t.Error("a set without a story has one")
	}
}

// Each mistake is reported at its own line.
func TestStoryMistakes(t *testing.T) {
	for story, want := range map[string]string{
		"[story.step.a]\nkind = \"gues\"\n":                                                `11: bad-value`,
		"[story.step.a]\nscenario = \"s\"\n":                                               `10: missing-key`,
		"[story.step.a]\nkind = \"guess\"\nscenario = \"t\"\n":                             `12: set-bad-story`,
		"[story.step.a]\nkind = \"talk\"\nminutes = -1\n":                                  `12: set-bad-story`,
		"[story]\nabout = \"x\"\n":                                                         `10: set-bad-story`,
		"[story.step.a]\nkind = \"talk\"\nscene = \"s\"\n":                                 `12: unknown-key`,
		"[story.step.a]\nkind = \"reveal\"\n[story.step.b]\nkind = \"guess\"\n":            `12: set-bad-story`,
		"[story.step.a]\nkind = \"why\"\nscenario=\"s\"\n[story.step.b]\nkind=\"guess\"\n": ``,
	} {
		set, list := storySet(story)
		got := ""
		for _, d := range list {
			if d.Span.File != "set.toml" {
				continue // of the model
			}
			line, _ := diagnostic.Position(set.Text, d.Span.Start)
			got += fmt.Sprintf("%d: %s %s\n", line, d.Code, d.Message)
		}
		line, code, _ := strings.Cut(want, ": ")
		if want == "" && got != "" || want != "" && (!strings.Contains(got, line+": ") || !strings.Contains(got, code)) {
			t.Errorf("%q is answered with %q, want %q", story, got, want)
		}
	}
}
