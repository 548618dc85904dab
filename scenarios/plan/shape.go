package plan

import (
	"weir/model"
	"weir/model/toml/shape"
	"weir/sim/sampling"
)

// FileShape lists the keys of a scenario set's file. The reader's keys come from here,
// and so does the JSON Schema for editors.
var FileShape = &shape.Shape{
	What:  "a scenario set",
	About: "What could be done about a model for weir, to compare with no new decisions.",
	Keys: []shape.Key{
		{Name: "model", Form: shape.Name, Of: shape.File,
			About: "The model file, in the set's folder or below it.", Needed: shape.Add},
		{Name: "name", Form: shape.Text, About: "What the set is called, for readers."},
		{Name: "about", Form: shape.Text, About: "What it is about, in a sentence or two."},
		{Name: "data", Form: shape.Names, Of: shape.File, About: "Data files that a model of another tool reads."},
		{Name: "allow_partial", Form: shape.Flag,
			About: "Takes a model of another tool although a part of it is not supported."},
		{Name: "decisions", Form: shape.Names, Of: shape.Variable,
			About: "Constants of a model of another tool that somebody decides."},
		{Name: "today", Form: shape.Number, About: "Where history ends in a model of another tool."},
		{Name: "outcome", Form: shape.Each(shape.In(outcomeShape)), About: "By what scenarios are judged, by name."},
		{Name: "chart", Form: shape.Each(shape.In(chartShape)), About: "What is shown beside the outcomes, by name."},
		{Name: "assumption", Form: shape.Named(shape.In(assumptionShape)),
			About: "Constants with another value in all runs, by variable."},
		{Name: "world", Form: shape.Each(shape.In(worldShape)), Free: shape.WorldID, Declares: true,
			About: "Other ways in which things may be, by name: every verdict says in which it holds."},
		{Name: "intervention", Form: shape.Each(shape.In(interventionShape)),
			Free: shape.InterventionID, Declares: true, About: "What somebody could do, by name."},
		{Name: "scenario", Form: shape.Each(shape.In(scenarioShape)), Free: shape.ScenarioID, Declares: true,
			About: "Interventions together, by name."},
		{Name: "uncertainty", Form: shape.In(uncertaintyShape), About: "In which futures all is compared."},
		{Name: "story", Form: shape.In(storyShape), About: "The steps in which the page is shown to a room."},
	},
	Must: [][]string{{"outcome"}, {"scenario"}},
}

// shownKeys say how a quantity is shown.
var shownKeys = []shape.Key{
	{Name: "variable", Form: shape.Name, Of: shape.Variable,
		About: "A variable of the model, or an element: \"seats[charter]\".", Needed: shape.Add},
	{Name: "label", Form: shape.Text, About: "What readers call it; the model's label if nothing is said."},
	{Name: "about", Form: shape.Text, About: "What a reader should know about it."},
	{Name: "unit", Form: shape.Text, About: "The unit, as it is read after a number."},
}

var outcomeShape = &shape.Shape{What: "an outcome", Keys: append([]shape.Key{
	{Name: "better", Form: shape.OneWord(string(Higher), string(Lower)), About: "Which direction is wanted."},
	{Name: "measure", Form: shape.OneWord(measureKinds...),
		About: "Which number of its course is judged: the value at the end, a mean, an extreme, a time or a sum."},
	{Name: "at", Form: shape.Number, About: "With measure end: the date at which it is judged."},
	{Name: "level", Form: shape.Number, About: "With measure time_to_reach: the value to reach."},
	{Name: "within", Form: shape.Number,
		About: "With measure time_to_settle: how near to its last value it has to stay."},
	{Name: "index", Form: shape.Flag, About: "An index: its size says nothing, only its change."},
	{Name: "cost", Form: shape.Flag, About: "A rate of spending, which is added up over time."},
	{Name: "discount", Form: shape.AboveTo(-1, 1), About: "The discount rate of a cost, a year: 0.03."},
	{Name: "history", Form: shape.Name, Of: shape.Variable, About: "A data series of the model: the record."},
}, shownKeys...)}

var chartShape = &shape.Shape{What: "a chart", Keys: shownKeys}

var assumptionShape = &shape.Shape{What: "an assumption", Keys: append([]shape.Key{
	{Name: "about", Form: shape.Text, About: "Why."},
	{Name: "to", Form: shape.Number, About: "The value."},
}, model.ChangeTimes...), Must: [][]string{{"to"}}}

var worldShape = &shape.Shape{What: "a world", Keys: []shape.Key{
	{Name: "label", Form: shape.Text, About: "What readers call it."},
	{Name: "about", Form: shape.Text, About: "What would have to be true."},
	{Name: "source", Form: shape.Name, About: "Who holds that it is so, and why."},
	{Name: "constant", Form: shape.Named(shape.Number), About: "Constants with another value in it, by variable."},
	{Name: "lookup", Form: shape.Named(shape.Either(shape.Name, model.PointsForm)),
		About: "Lookups with other points in it, by variable: the name of a shape of the model, or [[x, y], …]."},
}}

var interventionShape = &shape.Shape{What: "an intervention", Keys: []shape.Key{
	{Name: "label", Form: shape.Text, About: "What readers call it."},
	{Name: "about", Form: shape.Text, About: "What would be done."},
	{Name: "owner", Form: shape.Name, About: "Who decides."},
	{Name: "source", Form: shape.Name, About: "Where the idea and its size come from."},
	{Name: "caution", Form: shape.Text, About: "What could go wrong, or is not known."},
	{Name: "cost", Form: shape.Text, About: "What is known of its cost, in words."},
	{Name: "change", Form: shape.Named(shape.In(model.ChangeShape)), About: "Dated changes of decisions, by variable."},
}, Must: [][]string{{"change"}}}

var scenarioShape = &shape.Shape{What: "a scenario", Keys: []shape.Key{
	{Name: "label", Form: shape.Text, About: "What readers call it; its interventions if nothing is said."},
	{Name: "about", Form: shape.Text, About: "What it is for."},
	{Name: "interventions", Form: shape.Names, Of: shape.InterventionID,
		About: "The names of its interventions.", Needed: shape.Add},
}}

var uncertaintyShape = &shape.Shape{What: "[uncertainty]", Keys: []shape.Key{
	{Name: "runs", Form: shape.WholeFrom(MinRuns, mostRuns), About: "How many futures."},
	{Name: "method", Form: shape.OneWord(sampling.Methods...), About: "How they are drawn; sobol if nothing is said."},
	{Name: "seed", Form: shape.WholeFrom(0, mostSeed), About: "The same seed gives the same futures."},
	{Name: "constants", Form: shape.Names, Of: shape.Variable,
		About: "What is drawn: a list, or \"all\" that have a range."},
	{Name: "without", Form: shape.Names, Of: shape.Variable, About: "What is left out of those."},
	{Name: "correlation", Of: shape.Variable,
		Form: shape.List(shape.Tuple(shape.Name, shape.Name, shape.Between(-1, 1))), About: "What goes together: [[\"a\", \"b\", 0.6]]."},
	{Name: "posterior", Form: shape.Name, Of: shape.File, About: "A file of draws that weir calibrate made."},
	{Name: "worlds", Form: shape.Either(shape.OneWord("all"), shape.Each(shape.From(0))), Free: shape.WorldID,
		About: "Draws the world of each future: \"all\" alike, or by weights, as_written among them."},
}}

var storyShape = &shape.Shape{What: "[story]", Keys: []shape.Key{
	{Name: "about", Form: shape.Text, About: "For the facilitator: whom it is for."},
	{Name: "step", Form: shape.Each(shape.In(stepShape)), About: "The steps, by name, in their order."},
}, Must: [][]string{{"step"}}}

var stepShape = &shape.Shape{What: "a step", Keys: []shape.Key{
	{Name: "kind", Form: shape.OneWord(stepKinds...), About: "What the step shows.", Needed: shape.Add},
	{Name: "title", Form: shape.Text, About: "Its title; one of the page's if nothing is said."},
	{Name: "text", Form: shape.Text, About: "What the room reads."},
	{Name: "notes", Form: shape.Text, About: "What only the facilitator reads."},
	{Name: "minutes", Form: shape.Between(0, 600), About: "How long it takes."},
	{Name: "scenario", Form: shape.Name, Of: shape.ScenarioID,
		About: "The scenario it shows; the best if nothing is said."},
}}
