package keys

import (
	"weir/model/document"
	"weir/model/method"
	"weir/model/toml/shape"
)

// ChangeShape is a dated change of a variable, in tests and in scenario sets.
var Change = &shape.Shape{
	What: "a change",
	Keys: append([]shape.Key{
		{Name: "to", Form: shape.Number, About: "The new value."},
		{Name: "add", Form: shape.Number, About: "What is added to the old value."},
		{Name: "times", Form: shape.Number, About: "What the old value is multiplied with."},
	}, ChangeTimes...),
	Must: [][]string{{"to", "add", "times"}},
}

// ChangeTimes are the keys that say when a change is.
var ChangeTimes = []shape.Key{
	{Name: "start", Form: shape.Number,
		About: "From when on; the start of the run in a test, today in a scenario set."},
	{Name: "over", Form: shape.From(0), About: "How long it takes to arrive, in a straight line."},
	{Name: "until", Form: shape.Number, About: "When all is as before again."},
}

// runKeys say what a run of a test changes.
var runKeys = []shape.Key{
	{Name: "set", Form: shape.Named(shape.Number),
		About: "Constants and decisions with other values throughout."},
	{Name: "change", Form: shape.Named(shape.In(Change)), About: "Dated changes, by variable."},
}

// TestRun has the keys of one of the runs that a test compares.
var TestRun = &shape.Shape{What: "a run of a test", Keys: runKeys}

// Test has the keys of [test.x].
var Test = &shape.Shape{What: "a test", Keys: append([]shape.Key{
	{Name: "about", Form: shape.Text, About: "What must hold, in words."},
	{Name: "expect", Form: shape.Names, Of: shape.Expression,
		About:  "Equations that must be true at every saved time.",
		Needed: `add expect = "…", or conserve = true`, Unless: []string{"conserve", "same_as"}},
	{Name: "conserve", Form: shape.Either(shape.Flag, shape.Names), Of: shape.Variable,
		About: "Stocks that change by their flows only; true for all."},
	{Name: "same_as", Form: shape.Name, Of: shape.File,
		About: "A file of results that the test's run must give again; weir test --keep writes it."},
	{Name: "variables", Form: shape.Names, Of: shape.Variable,
		About: "Which variables, or elements, must be the same; all that the file has if nothing is said."},
	{Name: "tolerance", Form: shape.From(0),
		About: "How far they may be off, as a share of the variable's largest value in the file; 1e-9 if nothing is said."},
	{Name: "absolute_tolerance", Form: shape.From(0),
		About: "How far they may be off in any case, in the unit of each variable; 0 if nothing is said."},
	{Name: "run", Form: shape.Each(shape.In(TestRun)),
		About: "Other runs to compare with, by name: abrupt(confidence)."},
	{Name: "step", Form: shape.From(0), About: "Another step."},
	{Name: "stop", Form: shape.Number, About: "Another end."},
	{Name: "method", Form: shape.OneWord(method.Names()...), About: "Another integrator."},
	{Name: "futures", Form: shape.WholeFrom(2, 100_000),
		About: "In how many draws of the constants that have a range expectations are judged."},
	{Name: "share", Form: shape.AboveTo(0, 1), About: "In which share of the futures each must hold; 1 if nothing is said."},
	{Name: "extremes", Form: shape.Flag,
		About: "Expectations are judged at both ends of all ranges, one by one, and at all pairs of decisions."},
	{Name: "from", Form: shape.Number, About: "From when on it must hold."},
	{Name: "to", Form: shape.Number, About: "Until when it must hold."},
}, runKeys...)}

// Channel has the keys of [channel.x].
var Channel = &shape.Shape{What: "a channel", Keys: []shape.Key{
	{Name: "label", Form: shape.Text, About: "What readers call it, in words that can follow \"through\"."},
	{Name: "about", Form: shape.Text, About: "What passes through it, in a sentence."},
	{Name: "through", Form: shape.Either(shape.Name, shape.Names), Of: shape.Variable,
		About:  "Its variable, or variables: stocks, flows or auxiliaries. An effect that passes one of them passes the channel.",
		Needed: shape.Add},
	{Name: "higher", Form: shape.Text,
		About: "What happens where its variables are higher, in words that can follow \"because\"."},
	{Name: "lower", Form: shape.Text, About: "What happens where they are lower: \"fewer families leave\"."},
}}

// Loop has the keys of [loop.x].
var Loop = &shape.Shape{What: "a loop", Keys: []shape.Key{
	{Name: "label", Form: shape.Text, About: "What readers call it."},
	{Name: "about", Form: shape.Text, About: "What it does, in a sentence."},
	{Name: "through", Form: shape.Names, Of: shape.Variable,
		About:  "Variables that it passes, in the order in which one acts on the next: so many that one loop passes them.",
		Needed: shape.Add},
}}

// windowKeys bound the record that counts.
var windowKeys = []shape.Key{
	{Name: "from", Form: shape.Number, About: "The first time that counts."},
	{Name: "to", Form: shape.Number, About: "The last time that counts."},
}

// Calibration has the keys of [calibration].
var Calibration = &shape.Shape{What: "[calibration]", Keys: append([]shape.Key{
	{Name: "constants", Form: shape.Names, Of: shape.Variable,
		About: "What is fitted; every constant that has a range if nothing is said."},
	{Name: "without", Form: shape.Names, Of: shape.Variable, About: "What is left out of those."},
	{Name: "prior", Form: shape.Flag,
		About: "Distributions of constants count as knowledge beside the data."},
	{Name: "fit", Form: shape.Each(shape.In(Fit)),
		About:  "What is fitted to which data, by name.",
		Needed: "add [calibration.fit.x] with variable and data"},
}, windowKeys...)}

// Fit has the keys of [calibration.fit.x].
var Fit = &shape.Shape{What: "a fit", Keys: append([]shape.Key{
	{Name: "variable", Form: shape.Name, Of: shape.Expression,
		About:  "What the model gives: an expression of one number.",
		Needed: shape.Add},
	{Name: "data", Form: shape.Name, Of: shape.Variable, About: "What was recorded: a data series.", Needed: shape.Add},
	{Name: "weight", Form: shape.Above(0), About: "How much it counts against the other fits."},
	{Name: "error", Form: shape.OneWord(document.ErrorKinds...),
		About: "How errors are measured; log if nothing is said."},
}, windowKeys...)}

// placeForm is [x, y] or [x, y, width, height], and the side on which a name stands.
var placeForm = shape.Either(
	shape.Tuple(shape.Number, shape.Number),
	shape.Tuple(shape.Number, shape.Number, shape.OneWord(document.Sides...)),
	shape.Tuple(shape.Number, shape.Number, shape.From(0), shape.From(0)),
	shape.Tuple(shape.Number, shape.Number, shape.From(0), shape.From(0), shape.OneWord(document.Sides...)),
)

// boxForm is a place without a name.
var boxForm = shape.Either(
	shape.Tuple(shape.Number, shape.Number),
	shape.Tuple(shape.Number, shape.Number, shape.From(0), shape.From(0)),
)

// View has the keys of [view.x], a picture of the model.
var View = &shape.Shape{What: "a view", Keys: []shape.Key{
	{Name: "label", Form: shape.Text, About: "What readers call it."},
	{Name: "at", Form: shape.Named(placeForm),
		About: "Places of variables, in pixels: [x, y], or [x, y, width, height]."},
	{Name: "ghost", Form: shape.Named(placeForm), About: "Further places of variables."},
	{Name: string(document.BoxModule), Form: shape.Each(boxForm), Free: shape.ModuleName, About: "Places of modules."},
	{Name: string(document.BoxGroup), Form: shape.Each(boxForm),
		About: "Frames around what goes together."},
	{Name: "pipe", Form: shape.Named(shape.ListOf(2, shape.Tuple(shape.Number, shape.Number))),
		About: "The way of a flow, from point to point."},
	{Name: "arrows", Form: shape.List(shape.In(Arrow)), About: "What works on what."},
	{Name: "notes", Form: shape.List(shape.In(Note)), About: "Texts in the picture."},
}}

// Arrow has the keys of an arrow in a picture.
var Arrow = &shape.Shape{What: "an arrow", Keys: []shape.Key{
	{Name: "from", Form: shape.Name, Of: shape.Variable, About: "Where it begins.", Needed: shape.Add},
	{Name: "to", Form: shape.Name, Of: shape.Variable, About: "Where it ends.", Needed: shape.Add},
	{Name: "sign", Form: shape.OneWord("+", "-"),
		About: "Whether more of the one makes more of the other."},
	{Name: "delayed", Form: shape.Flag, About: "It works late."},
	{Name: "angle", Form: shape.Number, About: "The angle at which it leaves, in degrees."},
	{Name: "through", Form: PointsForm, About: "Points on its way."},
}}

// Note has the keys of a text in a picture.
var Note = &shape.Shape{What: "a note", Keys: []shape.Key{
	{Name: "text", Form: shape.Text, About: "What it says.", Needed: shape.Add},
	{Name: "at", Form: boxForm, About: "Its place.", Needed: shape.Add},
}}

// MaxPixel bounds a view's coordinates and sizes.
const MaxPixel = 1_000_000.0
