package plan

import "weir/model/diagnostic"

// A Story is [story]: the steps in which a facilitator shows a comparison to a room.
type Story struct {
	About string // for the facilitator: whom it is for, how long it takes
	Steps []*StoryStep
	Span  diagnostic.Span
}

// A StoryStep is one screen. Empty texts are filled in by the page.
type StoryStep struct {
	ID, Title string
	Kind      StepKind
	Text      string    // what the room reads
	Notes     string    // what only the facilitator reads
	Minutes   float64   // planned; 0 if not given
	Scenario  *Scenario // of a step that shows one; nil for the best, or none
	Span      diagnostic.Span
}

// A StepKind says what a step of a story shows.
type StepKind string

// The kinds of step, in the order of a story that is made from a comparison. A room guesses
// before it sees: Guess shows the chart without the scenario, Reveal draws it.
const (
	StepContext StepKind = "context"
	StepRead    StepKind = "read"
	StepGuess   StepKind = "guess"
	StepReveal  StepKind = "reveal"
	StepReplay  StepKind = "replay"
	StepWhy     StepKind = "why"
	StepTalk    StepKind = "talk"
)

// stepKinds are the kinds as a set writes them.
var stepKinds = []string{string(StepContext), string(StepRead), string(StepGuess), string(StepReveal),
	string(StepReplay), string(StepWhy), string(StepTalk)}

// MaxSteps bounds the steps of a story: more is no session that a room sits through.
const MaxSteps = 60
