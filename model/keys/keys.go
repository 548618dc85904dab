// Package keys has the shapes of a model file: which tables it may have, which keys they take,
// and of which form their values are. The reader's keys come from here, and so does the JSON
// Schema for editors.
package keys

import (
	"weir/model/document"
	"weir/model/method"
	"weir/model/toml/shape"
)

// FileShape is what a model file may hold. The reader's keys come from here, and so does
// the JSON Schema for editors.
var File = &shape.Shape{
	What:  "a model file",
	About: "A stock-and-flow model for weir.",
	Keys: []shape.Key{
		{Name: "name", Form: shape.Text, About: "What the model is called, for readers."},
		{Name: "about", Form: shape.Text, About: "What it is about, in a sentence or two."},
		{Name: "today", Form: shape.Number,
			About: "The time where history ends and scenarios may begin."},
		{Name: "calibrated", Form: shape.Name, Of: shape.File,
			About: "The file of fitted values that weir calibrate writes."},
		{Name: "time", Form: shape.In(Time),
			About:  "The clock of the run.",
			Needed: "add [time] with start, stop, step and unit"},
		{Name: "unit", Form: shape.Each(shape.In(Unit)), Free: shape.Units, Declares: true, About: "Units by name."},
		{Name: "source", Form: shape.Each(shape.In(Source)), Free: shape.SourceID, Declares: true,
			About: "Sources by their ids."},
		{Name: "dimension", Form: shape.Each(shape.In(Dimension)), Free: shape.Dimension, Declares: true,
			About: "Dimensions of arrays, by name."},
		{Name: string(document.KindStock), Form: shape.Each(shape.In(Stock)), Free: shape.Variable, Declares: true,
			About: "What accumulates, by name."},
		{Name: string(document.KindFlow), Form: shape.Each(shape.In(Flow)), Free: shape.Variable, Declares: true,
			About: "What fills and drains stocks, by name."},
		{Name: string(document.KindAux), Form: shape.Each(shape.In(Aux)), Free: shape.Variable, Declares: true,
			About: "What is computed at every moment, by name."},
		{Name: string(document.KindConstant), Form: shape.Each(shape.In(Constant)),
			Free: shape.Variable, Declares: true, About: "Assumptions, by name: numbers that nobody decides."},
		{Name: string(document.KindDecision), Form: shape.Each(shape.In(Decision)),
			Free: shape.Variable, Declares: true, About: "Levers, by name: numbers that somebody decides."},
		{Name: string(document.KindLookup), Form: shape.Each(shape.In(Lookup)), Free: shape.Variable, Declares: true,
			About: "Graphical functions, by name."},
		{Name: string(document.KindData), Form: shape.Each(shape.In(Data)), Free: shape.Variable, Declares: true,
			About: "Recorded series from CSV files, by name."},
		{Name: "function", Form: shape.Each(shape.In(Function)), Free: shape.Variable, Declares: true,
			About: "Functions of one's own, by name."},
		{Name: "module", Form: shape.Each(shape.In(Module)), Free: shape.ModuleName, Declares: true,
			About: "Other model files as parts of this one, by name."},
		{Name: "view", Form: shape.Each(shape.In(View)), About: "Pictures of the model, by name."},
		{Name: "calibration", Form: shape.In(Calibration),
			About: "What weir calibrate fits to which data."},
		{Name: "test", Form: shape.Each(shape.In(Test)), About: "Behaviour tests, by name."},
		{Name: "channel", Form: shape.Each(shape.In(Channel)),
			About: "Variables through which effects may pass, by a name of theirs."},
		{Name: "loop", Form: shape.Each(shape.In(Loop)), About: "Feedback loops that have a name, by that name."},
	},
}

// Time has the keys of [time], the clock of a run.
var Time = &shape.Shape{What: "[time]", Keys: []shape.Key{
	{Name: "start", Form: shape.Number, About: "When the run starts.", Needed: shape.Add},
	{Name: "stop", Form: shape.Number, About: "When it stops.", Needed: shape.Add},
	{Name: "step", Form: shape.Above(0),
		About:  "The time from one step to the next.",
		Needed: shape.Add},
	{Name: "save", Form: shape.Above(0),
		About: "The time between saved rows, a whole multiple of step. Every step if it is not given."},
	{Name: "unit", Form: shape.Name, Of: shape.Units,
		About:  "The unit of time, such as \"year\".",
		Needed: shape.Add},
	{Name: "method", Form: shape.OneWord(method.Names()...),
		About: "The integrator; euler if none is named."},
	{Name: "relative_tolerance", Form: shape.Above(0),
		About: "The error of a substep that rk45 and stiff accept, as a share of a stock; 1e-6 if not given."},
	{Name: "absolute_tolerance", Form: shape.Above(0),
		About: "The error that they accept of the smallest stocks, in the stock's unit; 1e-9 if not given."},
	{Name: "ends", Form: shape.Name, Of: shape.Variable,
		About: "A variable: the run ends at the first step at which time has reached it. Such a model can be run, not compared."},
	{Name: "short_delays", Form: shape.Flag,
		About: "Delays may be shorter than a step, as in models of other tools."},
}}

// Unit has the keys of a row of [unit].
var Unit = &shape.Shape{What: "a unit", Keys: []shape.Key{
	{Name: "plural", Form: shape.Name, About: "How it is read after a number."},
	{Name: "alias", Form: shape.Names, About: "Other spellings of it."},
}}

// Source has the keys of [source.x], which evidence names.
var Source = &shape.Shape{What: "a source", Keys: []shape.Key{
	{Name: "title", Form: shape.Name, About: "Author, year, title.", Needed: shape.Add},
	{Name: "where", Form: shape.Text, About: "Where it can be found."},
	{Name: "note", Form: shape.Text, About: "What a reader should know about it."},
}}

// Dimension has the keys of [dimension.x], whose elements arrays run over.
var Dimension = &shape.Shape{What: "a dimension", Keys: []shape.Key{
	{Name: "elements", Form: shape.Either(shape.Text, shape.List(shape.Either(shape.Text, shape.Integer))),
		About: "Its elements in their order; \"1..12\" stands for twelve of them.", Needed: shape.Add},
	{Name: "of", Form: shape.Name, Of: shape.Dimension, About: "The dimension of which it is a part."},
	{Name: "ordered", Form: shape.Flag,
		About: "Equations may go from an element to the next: grade - 1."},
	{Name: "label", Form: shape.Text, About: "What readers call it."},
	{Name: "labels", Form: shape.Each(shape.Text), Free: shape.Element, About: "What readers call its elements."},
}}

// Module has the keys of [module.x], another model file in this one.
var Module = &shape.Shape{What: "a module", Keys: []shape.Key{
	{Name: "file", Form: shape.Name, Of: shape.File,
		About:  "The model file, from the folder of this one.",
		Needed: shape.Add},
	{Name: "label", Form: shape.Text, About: "What readers call it."},
	{Name: "about", Form: shape.Text, About: "What it is."},
	{Name: "bind", Form: shape.Named(shape.Equation),
		About: "What variables of it are in this file's names."},
}}

// AnyDistribution is the table form of a distribution that has no name yet: the parameters of all.
var AnyDistribution = func() *shape.Shape {
	s := &shape.Shape{What: "a distribution", Keys: []shape.Key{{Name: "name", Form: shape.Text, Needed: shape.Add}}}
	for _, row := range DistributionRows {
		for _, p := range row.Params {
			if !s.Has(p) {
				s.Keys = append(s.Keys, shape.Key{Name: p, Form: shape.Number})
			}
		}
	}
	return s
}()

// distributionShapes are the table forms of distributions, in the order of their rows;
// the parameters go with the name.
var Distributions = func() (out []*shape.Shape) {
	params := map[string]shape.Key{
		"mode": {Name: "mode", Form: shape.Number, About: "The most likely value."},
		"mean": {Name: "mean", Form: shape.Number, About: "The mean of the quantity."},
		"sd":   {Name: "sd", Form: shape.Above(0), About: "The standard deviation of the quantity."},

		"log_mean": {Name: "log_mean", Form: shape.Number, About: "The mean of its logarithm."},
		"log_sd":   {Name: "log_sd", Form: shape.Above(0), About: "The standard deviation of its logarithm."},
	}
	for _, row := range DistributionRows {
		s := &shape.Shape{What: "the distribution " + row.Name, Keys: []shape.Key{
			{Name: "name", Form: shape.OneWord(row.Name), Needed: shape.Add},
		}}
		for _, p := range row.Params {
			s.Keys = append(s.Keys, params[p])
		}
		out = append(out, s)
	}
	return out
}()

// distributionForm is a distribution by its name, or as a table.
func distributionForm() *shape.Form {
	var names []string
	var forms []*shape.Form
	for i, row := range DistributionRows {
		names = append(names, row.Name)
		forms = append(forms, shape.In(Distributions[i]))
	}
	return shape.Either(append(forms, shape.OneWord(names...))...)
}

// A DistributionRow is a distribution of an uncertain constant.
type DistributionRow struct {
	Name   string
	Params []string
	Needs  string // "range", or the parameter without which a range is needed
}

// distributions are how an uncertain constant may be drawn. What is not given comes
// from the constant's range and value; see the comments.
var DistributionRows = []DistributionRow{
	{"uniform", nil, "range"},                 // over the range
	{"triangular", []string{"mode"}, "range"}, // over the range; mode: value
	{"normal", []string{"mean", "sd"}, "sd"},  // mean: value; sd: a quarter of the range, which then holds 95 percent
	// mean and sd: of the quantity; log_mean and log_sd: of its logarithm. Without sd and
	// log_sd, log_sd is a quarter of the range of logarithms; without mean and log_mean, the
	// value is the mean beside sd, else the median.
	{"lognormal", []string{"mean", "sd", "log_mean", "log_sd"}, "sd"},
}

// Function is a function that the file's equations call.
var Function = &shape.Shape{What: "a function", Keys: []shape.Key{
	{Name: "about", Form: shape.Text, About: "What it computes, in a sentence."},
	{Name: "arguments", Form: shape.Names,
		About:  "Names that stand for numbers in the equation, in the order of a call.",
		Needed: shape.Add},
	{Name: "equation", Form: shape.Equation, About: "Its value, from its arguments alone.", Needed: shape.Add},
}}
