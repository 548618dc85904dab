package scenarios

import (
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/format"
	"weir/scenarios/plan"
	"weir/sim"
)

// The set, as package plan reads it.
type (
	Set          = plan.Set
	Outcome      = plan.Outcome
	Better       = plan.Better
	Measure      = plan.Measure
	MeasureKind  = plan.MeasureKind
	Intervention = plan.Intervention
	Scenario     = plan.Scenario
	Chart        = plan.Chart
	World        = plan.World
	Story        = plan.Story
	StoryStep    = plan.StoryStep
	StepKind     = plan.StepKind
	Window       = plan.Window
	Options      = plan.Options
	Sample       = plan.Sample
	Runner       = plan.Runner
)

// The directions of outcomes.
const (
	Higher = plan.Higher
	Lower  = plan.Lower
)

// The measures of outcomes.
const (
	AtEnd        = plan.AtEnd
	Mean         = plan.Mean
	Minimum      = plan.Minimum
	Maximum      = plan.Maximum
	TimeToReach  = plan.TimeToReach
	TimeToSettle = plan.TimeToSettle
	Integral     = plan.Integral
)

// The kinds of steps of a story.
const (
	StepContext = plan.StepContext
	StepRead    = plan.StepRead
	StepGuess   = plan.StepGuess
	StepReveal  = plan.StepReveal
	StepReplay  = plan.StepReplay
	StepWhy     = plan.StepWhy
	StepTalk    = plan.StepTalk
)

// MaxSeries is how many outcomes and charts a set may have; MaxMemory how many bytes the futures of
// a comparison may take.
const (
	MaxSeries = plan.MaxSeries
	MaxMemory = plan.MaxMemory
)

// FileShape lists the keys of a set's file, Codes the diagnostics that only a set can earn.
var (
	FileShape = plan.FileShape
	Codes     = plan.Codes
)

// Load is plan.Load.
func Load(path string) (*Set, diagnostic.List) { return plan.Load(path) }

// LoadOpened is plan.LoadOpened.
func LoadOpened(f *format.File) (*Set, diagnostic.List) { return plan.LoadOpened(f) }

// Parse is plan.Parse.
func Parse(file string, text []byte, load func(name string,
	o model.ImportOptions) (*model.Model, diagnostic.List)) (*Set, diagnostic.List) {
	return plan.Parse(file, text, load)
}

// Dated is plan.Dated.
func Dated(c model.Change) sim.Change { return plan.Dated(c) }

// WorldLabel is plan.WorldLabel.
func WorldLabel(w *World) string { return plan.WorldLabel(w) }
