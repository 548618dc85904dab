package plan

import (
	"slices"

	"weir/model/diagnostic"
	"weir/model/toml"
)

// story reads [story], after all scenarios.
func (r *reader) story() {
	if !r.root.Has("story") {
		return
	}
	t := r.root.Table("story")
	s := &Story{About: t.String("about"), Span: t.Span}
	for _, step := range t.Tables("step") {
		s.Steps = append(s.Steps, readStep(r, step))
	}
	t.Done(storyShape)
	switch n := len(s.Steps); {
	case n == 0:
		r.report(BadStory, t.Span, "add [story.step.x] with kind, or take [story] out: the page has a story of its own",
			"the story has no step")
	case n > MaxSteps:
		r.report(TooMany, t.Span, "split the session", "the story has %d steps; at most %d are shown", n, MaxSteps)
	}
	warnOfGuesses(r, s)
	r.set.Story = s
}

// readStep reads one [story.step.x].
func readStep(r *reader, t *toml.Table) *StoryStep {
	s := &StoryStep{ID: t.Name, Title: t.String("title"), Text: t.String("text"), Notes: t.String("notes"),
		Span: t.Span,
		Kind: StepKind(t.OneOf("kind", stepKinds...))}
	if x, ok := t.Number("minutes"); ok {
		s.Minutes = x
		if x < 0 || x > 600 {
			r.report(BadStory, t.At("minutes"), "", "a step takes 0 to 600 minutes, not %v", x)
		}
	}
	if text := t.Text("scenario"); text != nil {
		s.Scenario = storyScenario(r, text)
	}
	t.Done(stepShape)
	return s
}

// storyScenario returns the scenario that a step names; nil, reported, if there is none.
func storyScenario(r *reader, text *toml.Text) *Scenario {
	names := []string{}
	for _, s := range r.set.Scenarios {
		if s.ID == text.Text {
			return s
		}
		names = append(names, s.ID)
	}
	hint := "there are " + shortList(names)
	if near := diagnostic.Nearest(text.Text, names); near != "" {
		hint = "did you mean " + near + "?"
	}
	r.report(BadStory, text.Span, hint, "the set has no scenario %q", text.Text)
	return nil
}

// warnOfGuesses warns of a guess about a scenario that an earlier step has shown already.
func warnOfGuesses(r *reader, s *Story) {
	shown := []*Scenario{}
	for _, step := range s.Steps {
		switch {
		case step.Kind == StepReveal || step.Kind == StepReplay || step.Kind == StepWhy:
			shown = append(shown, step.Scenario)
		case step.Kind == StepGuess && slices.Contains(shown, step.Scenario):
			r.warn(BadStory, step.Span, "let the room guess first",
				"step %s asks for a guess that an earlier step has given away", step.ID)
		}
	}
}
