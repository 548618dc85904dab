package plan

import (
	"weir/model"
	"weir/model/diagnostic"
)

// A CodeRow documents one code of diagnostic. Example is a whole set file over the
// model in testdata/codes, with a comment "# ERROR code" or "# WARNING code" beside
// the line that earns it; a test runs every example and expects just that. Examples may name
// posterior.toml, draws of leaving_share, and of_another_model.toml.
type CodeRow struct {
	Code     diagnostic.Code
	Sentence string // the mistake, in one sentence
	Example  string // TOML
}

// The codes that reading a set reports, besides those of model/toml and of the
// model itself.
const (
	Unreadable                        = model.Unreadable
	OutsideFolder                     = model.OutsideFolder
	NotSupported                      = model.NotSupported
	BadChange                         = model.BadChange
	UnknownVariable   diagnostic.Code = "set-unknown-variable"
	UnknownElement    diagnostic.Code = "set-unknown-element"
	WhichElement      diagnostic.Code = "set-which-element"
	NotAQuantity      diagnostic.Code = "set-not-a-quantity"
	NotData           diagnostic.Code = "set-not-data"
	NoDirection       diagnostic.Code = "set-no-direction"
	BadCost           diagnostic.Code = "set-bad-cost"
	BadMeasure        diagnostic.Code = "set-bad-measure"
	NotADecision      diagnostic.Code = "set-not-a-decision"
	NotAnAssumption   diagnostic.Code = "set-not-an-assumption"
	OnlyTo            diagnostic.Code = "set-only-to"
	OutsideRun        diagnostic.Code = "set-outside-run"
	BeforeToday       diagnostic.Code = "set-before-today"
	RampCut           diagnostic.Code = "set-ramp-cut"
	OutOfRange        diagnostic.Code = "set-out-of-range"
	ChangesNothing    diagnostic.Code = "set-changes-nothing"
	Unmoved           diagnostic.Code = "set-unmoved"
	Overlap           diagnostic.Code = "set-overlap"
	UnknownPart       diagnostic.Code = "set-unknown-intervention"
	RepeatedPart      diagnostic.Code = "set-repeated-intervention"
	UnusedPart        diagnostic.Code = "set-unused-intervention"
	EmptyScenario     diagnostic.Code = "set-empty-scenario"
	EmptyIntervention diagnostic.Code = "set-empty-intervention"
	SameLabel         diagnostic.Code = "set-same-label"
	Nothing           diagnostic.Code = "set-nothing"
	TooMany           diagnostic.Code = "set-too-many"
	NoRange           diagnostic.Code = "set-no-range"
	BadDraws          diagnostic.Code = "set-bad-distribution"
	BadCorrelation    diagnostic.Code = "set-bad-correlation"
	BadRuns           diagnostic.Code = "set-bad-runs"
	OtherModel        diagnostic.Code = "set-other-model"
	BadPosterior      diagnostic.Code = "set-bad-posterior"
	EmptyWorld        diagnostic.Code = "set-empty-world"
	SameWorld         diagnostic.Code = "set-same-world"
	BadWorld          diagnostic.Code = "set-bad-world"
	NotALookup        diagnostic.Code = "set-not-a-lookup"
	UnknownShape      diagnostic.Code = "set-unknown-shape"
	OverPosterior     diagnostic.Code = "set-over-posterior"
	BadStory          diagnostic.Code = "set-bad-story"
)

// Pieces of the examples: a set that is in order needs an outcome, an intervention
// and a scenario.
const (
	exampleOutcome = `model = "model.toml"
[outcome.children]
variable = "public_total"
better = "higher"
`

	exampleCoaching = `[intervention.coaching.change.coach_share]
to = 0.5
start = 2027
`

	exampleScenario = `[scenario.coaching]
interventions = ["coaching"]
`

	exampleRest = exampleCoaching + exampleScenario
)

// Codes are all codes that only a set can earn.
var Codes = []CodeRow{
	{UnknownVariable, "The model has no variable of that name.", `model = "model.toml"
[outcome.children]
variable = "public_totl" # ERROR set-unknown-variable
better = "higher"
` + exampleRest},
	{UnknownElement, "An array has no such element, or has another number of dimensions.", `model = "model.toml"
[outcome.children]
variable = "students[private]" # ERROR set-unknown-element
better = "higher"
` + exampleRest},
	{WhichElement, "An array is named where one number is wanted.", `model = "model.toml"
[outcome.children]
variable = "students" # ERROR set-which-element
better = "higher"
` + exampleRest},
	{NotAQuantity, "The name belongs to something that a run does not compute, such as a lookup.", exampleOutcome + `
[chart.shape]
variable = "shape" # ERROR set-not-a-quantity
` + exampleRest},
	{NotData, "History names a variable that is not recorded data.", exampleOutcome + `
history = "students" # ERROR set-not-data
` + exampleRest},
	{NoDirection, "An outcome does not say which direction is wanted.", `model = "model.toml"
[outcome.children] # ERROR set-no-direction
variable = "public_total"
` + exampleRest},
	{BadCost, "A cost outcome contradicts itself, or is not a rate of spending.", exampleOutcome + `
[outcome.cost]
variable = "spending"
better = "higher" # ERROR set-bad-cost
cost = true
` + exampleRest},
	{BadMeasure, "A measure of an outcome does not fit the outcome, or lacks its number.", exampleOutcome + exampleRest + `
[outcome.goal]
variable = "public_total"
label = "Years until there are 18,000 children"
better = "higher"
measure = "time_to_reach" # ERROR set-bad-measure
`},
	{NotADecision, "An intervention changes what nobody decides: an assumption, or something computed.", exampleOutcome + `
[intervention.loyalty.change.leaving_share] # ERROR set-not-a-decision
to = 0.02
start = 2027
[scenario.loyalty]
interventions = ["loyalty"]
`},
	{NotAnAssumption, "An assumption changes a decision, or something computed.", exampleOutcome + `
[assumption.coach_share] # ERROR set-not-an-assumption
to = 0.2
` + exampleRest},
	{OnlyTo, "An assumption gives a value by add or times.", exampleOutcome + `
[assumption.leaving_share]
times = 1.5 # ERROR set-only-to
` + exampleRest},
	{OutsideRun, "A change starts outside the run.", exampleOutcome + `
[intervention.coaching.change.coach_share]
to = 0.5
start = 2050 # ERROR set-outside-run
` + exampleScenario},
	{BeforeToday, "A change starts before today.", exampleOutcome + `
[intervention.coaching.change.coach_share]
to = 0.5
start = 2022 # WARNING set-before-today
` + exampleScenario},
	{RampCut, "A change ends, or the run does, before its ramp is over.", exampleOutcome + `
[intervention.coaching.change.coach_share]
to = 0.5
start = 2027
over = 5
until = 2030 # WARNING set-ramp-cut
` + exampleScenario},
	{OutOfRange, "A change leaves the range that the model gives.", exampleOutcome + `
[intervention.coaching.change.coach_share]
to = 1.5 # ERROR set-out-of-range
start = 2027
` + exampleScenario},
	{ChangesNothing, "A change gives the value that there is already.", exampleOutcome + `
[intervention.coaching.change.coach_share]
to = 0 # WARNING set-changes-nothing
start = 2027
` + exampleScenario},
	{Unmoved, "No scenario can change an outcome, or an intervention no outcome: no equations lead from one to the other.", exampleOutcome + exampleRest + `
[outcome.counted] # WARNING set-unmoved
variable = "usual_seats"
label = "Seats as they were"
better = "higher"
`},
	{Overlap, "Two changes move one decision at the same time.", exampleOutcome + exampleCoaching + `
[intervention.more_coaching.change.coach_share]
to = 0.8
start = 2030
[scenario.both] # ERROR set-overlap
interventions = ["coaching", "more_coaching"]
`},
	{UnknownPart, "A scenario names an intervention that the set does not have.", exampleOutcome + exampleRest + `
[scenario.other]
interventions = ["coachin"] # ERROR set-unknown-intervention
`},
	{RepeatedPart, "A scenario names an intervention twice.", exampleOutcome + exampleCoaching + `
[scenario.coaching]
interventions = [
  "coaching",
  "coaching", # ERROR set-repeated-intervention
]
`},
	{UnusedPart, "No scenario has an intervention.", exampleOutcome + exampleRest + `
[intervention.seats] # WARNING set-unused-intervention
[intervention.seats.change."seats[charter]"]
to = 2000
start = 2027
`},
	{EmptyScenario, "A scenario has no interventions.", exampleOutcome + exampleRest + `
[scenario.nothing]
interventions = [] # ERROR set-empty-scenario
`},
	{EmptyIntervention, "An intervention changes nothing.", exampleOutcome + exampleRest + `
[intervention.talk] # ERROR set-empty-intervention
label = "Talk about it"
[scenario.talk]
interventions = ["talk"]
`},
	{SameLabel, "Two things that are compared have the same label.", exampleOutcome + exampleRest + `
[scenario.again] # ERROR set-same-label
label = "Coaching"
interventions = ["coaching"]
`},
	{Nothing, "A set has no outcome, or no scenario.", `model = "model.toml" # ERROR set-nothing
` + exampleRest},
	{TooMany, "A set has more scenarios or charts than can be compared.", ""},
	{NoRange, "The model does not say how uncertain a constant is.", exampleOutcome + exampleRest + `
[uncertainty]
constants = ["take_up"] # ERROR set-no-range
`},
	{BadDraws, "A constant has a distribution from which nothing can be drawn.", exampleOutcome + exampleRest + `
[uncertainty]
constants = ["hoped_for"] # ERROR set-bad-distribution
`},
	{BadCorrelation, "A correlation is not one between two uncertain constants, or contradicts others.", exampleOutcome + exampleRest + `
[uncertainty]
constants = ["leaving_share"]
correlation = [["leaving_share", "leaving_share", 0.5]] # ERROR set-bad-correlation
`},
	{BadRuns, "A number of futures, a seed or a list of constants of [uncertainty] does not do.", exampleOutcome + exampleRest + `
[uncertainty]
constants = ["leaving_share"]
runs = 5 # ERROR set-bad-runs
`},
	{OtherModel, "A posterior was drawn for another version of the model.", exampleOutcome + exampleRest + `
[uncertainty]
constants = ["leaving_share"]
posterior = "of_another_model.toml" # ERROR set-other-model
`},
	{BadPosterior, "A posterior has mistakes, or draws what the set also draws or gives one value.", exampleOutcome + exampleRest + `
[uncertainty]
posterior = "posterior.toml" # draws leaving_share
constants = ["leaving_share"] # ERROR set-bad-posterior
`},
	{EmptyWorld, "A world is the model as written.", exampleOutcome + exampleRest + `
[world.the_same] # ERROR set-empty-world
label = "As it is"
`},
	{SameWorld, "Two worlds change the same constants and lookups to the same values.", exampleOutcome + exampleRest + `
[world.calm.constant]
leaving_share = 0.02
[world.quiet] # ERROR set-same-world
constant = { leaving_share = 0.02 }
`},
	{BadWorld, "A world has the name of the model without one, contradicts an assumption, or cannot be drawn.",
		exampleOutcome + exampleRest + `
[world.calm.constant]
leaving_share = 0.02
[uncertainty]
without = ["hoped_for"]
worlds = { as_written = 2, clam = 1 } # ERROR set-bad-world
`},
	{NotALookup, "A world gives points to what is not a lookup.", exampleOutcome + exampleRest + `
[world.steep.lookup]
leaving_share = [[0, 0], [1, 2]] # ERROR set-not-a-lookup
`},
	{UnknownShape, "A world names a shape that the lookup does not have.", exampleOutcome + exampleRest + `
[world.steep.lookup]
shape = "steep" # ERROR set-unknown-shape
`},
	{OverPosterior, "A world gives a value to a constant that the posterior draws.", exampleOutcome + exampleRest + `
[world.calm.constant]
leaving_share = 0.02 # WARNING set-over-posterior
[uncertainty]
without = ["hoped_for"]
posterior = "posterior.toml" # draws leaving_share
`},
	{BadStory, "A story has no step, or a step shows what is not there.", exampleOutcome + exampleRest + `
[story.step.first]
kind = "guess"
scenario = "coachin" # ERROR set-bad-story
`},
}
