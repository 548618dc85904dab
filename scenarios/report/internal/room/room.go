// Package room makes the steps in which a comparison is shown to a room: those of the set's
// story, or a story of its own. What the room reads before it guesses has no number of the
// result.
package room

import (
	"cmp"

	"weir/scenarios"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/verdict"
	"weir/scenarios/report/internal/wire"
)

// A Teller makes the steps of a comparison.
type Teller struct {
	*chart.Charts
	verdict *verdict.Teller
}

// New returns the teller of a comparison, which borrows the words of another.
func New(c *chart.Charts, v *verdict.Teller) *Teller { return &Teller{c, v} }

// Steps returns the steps. There are none without an outcome and a scenario: a room has nothing
// to guess then.
func (b *Teller) Steps() []wire.Step {
	out := []wire.Step{}
	if b.Difference == nil || b.Figs[0].Outcome == nil || b.Best() == 0 {
		return out
	}
	for _, s := range b.story() {
		out = append(out, b.step(s))
	}
	return out
}

// story returns the set's story, or one in the order in which a room learns most: it guesses
// before it sees, sees again, and talks.
func (b *Teller) story() []*scenarios.StoryStep {
	if s := b.C.Set.Story; s != nil {
		return s.Steps
	}
	out := []*scenarios.StoryStep{{Kind: scenarios.StepContext, Minutes: 10}, {Kind: scenarios.StepRead, Minutes: 5}}
	shown := []*scenarios.Scenario{b.C.Runs[b.Best()-1].Scenario}
	// A scenario that first goes the other way is what a room guesses wrong most often.
	for _, v := range b.Ranked(b.Figs[0].Outcome) {
		if (v.Worse != nil || v.Swings != nil) && v.Scenario != shown[0] {
			shown = append(shown, v.Scenario)
			break
		}
	}
	for _, s := range shown {
		for _, x := range []scenarios.StoryStep{
			{Kind: scenarios.StepGuess, Minutes: 8}, {Kind: scenarios.StepReveal, Minutes: 5},
			{Kind: scenarios.StepReplay, Minutes: 3}, {Kind: scenarios.StepWhy, Minutes: 7},
		} {
			x.Scenario = s
			out = append(out, &x)
		}
	}
	return append(out, &scenarios.StoryStep{Kind: scenarios.StepTalk, Minutes: 20})
}

// step returns a step with the words that the story leaves to the page.
func (b *Teller) step(s *scenarios.StoryStep) wire.Step {
	name, slot := b.of(s.Scenario)
	// What the set writes has the last word; the page fills the gaps, one text at a time.
	out := wire.Step{Kind: string(s.Kind), Title: s.Title, Text: s.Text, Notes: s.Notes, Minutes: s.Minutes,
		Key: draw.SlotKey(slot), Name: name}
	title, text, notes := b.words(s, name, slot)
	out.Title, out.Text, out.Notes = cmp.Or(out.Title, title), cmp.Or(out.Text, text), cmp.Or(out.Notes, notes)
	return out
}

// of returns the name and the slot of a scenario; nil is the best. A step without a scenario of
// its own, such as the talk at the end, has the best one, too, and shows nothing of it.
func (b *Teller) of(s *scenarios.Scenario) (name string, slot int) {
	for i, r := range b.C.Runs {
		if r.Scenario == s {
			return r.Label, i + 1
		}
	}
	return b.C.Runs[b.Best()-1].Label, b.Best()
}

// words returns what the page says in a step of its own: the title and the text for the room,
// and notes for the facilitator. Before a reveal none of them may have a number of the result; a
// test of the room reads the screen and the accessibility tree for it.
func (b *Teller) words(s *scenarios.StoryStep, name string, slot int) (title, text, notes string) {
	f := b.Figs[0]
	end := b.Cal.Date(b.C.HorizonOf(f.Outcome))
	subject := b.Names.Inside(f.Title)
	scenario := b.C.Runs[slot-1].Scenario
	switch s.Kind {
	case scenarios.StepContext:
		return b.C.Set.Name, b.C.Set.About,
			"Say where the data come from and who made the model before anybody asks. The points are records."
	case scenarios.StepRead:
		return "How to read this chart", "The line at zero is no new decisions. Above it there is more of “" + f.Title +
				"” than with no new decisions, below it less. Time runs from left to right, from " +
				b.Cal.Date(b.C.Today) + " to " + end + ".",
			"Point at the axis, at today and at zero. Ask one person to say what a line below zero would mean."
	case scenarios.StepGuess:
		return "Your guess: " + name, scenario.About + " What happens to “" + f.Title + "” by " + end +
				": more, less, or about the same as with no new decisions? About how much? " +
				"Does it go one way all the time?",
			"Give a minute of silence. Count hands, then draw what the room says. Do not comment."
	case scenarios.StepReveal:
		return name, b.verdict.Sentence(scenario),
			"Let the line grow in silence. Ask what is different from the guess before you explain."
	case scenarios.StepReplay:
		return "Once more", "Watch where " + subject + " turns, and when.",
			"Replay as often as asked (R). Stop at the turn."
	case scenarios.StepWhy:
		return "Why", b.verdict.Course(scenario),
			"Ask for reasons before you show any. Which of them is in the model?"
	}
	return "What now?", "Who would have to decide this, and what would they need to know first? " +
			"What is missing in the model?",
		"Write down what is said. End with who does what by when."
}
