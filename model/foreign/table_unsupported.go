package foreign

import "weir/model/document"

// unsupported are functions that are known, with the reason why they are not supported.
// Rows of Stella's take any number of arguments, so that a call is refused for the function and not
// for its arguments. Those that need single batches share the texts of their reasons.
var unsupported = []Row{
	{
		Vensim: "DELAY PROFILE", Least: 5, Most: 5,
		Grade: document.Unsupported,
		Note:  "Vensim publishes no rule for how the profile is cut into steps",
		Near:  "the nearest supported function is DELAY N",
	},
	{
		Vensim: "FIND ZERO", Least: 9, Most: 9,
		Grade: document.Unsupported, Note: "equations that depend on themselves are an error here",
		Near: "the nearest is an equation solved for the unknown",
	},
	{
		Vensim: "SIMULTANEOUS", Least: 2, Most: 2,
		Grade: document.Unsupported, Note: "equations that depend on themselves are an error here",
		Near: "the nearest is an equation solved for the unknown",
	},
	{
		Vensim: "RANDOM LOOKUP", Least: 6, Most: 6,
		Grade: document.Unsupported, Near: "the nearest supported function is RANDOM TRIANGULAR",
	},
	{
		Vensim: "GET DATA STDV", Least: 3, Most: 3,
		Grade: document.Unsupported,
		Note:  "Vensim does not say of which deviation, that of a sample or of a population",
		Near:  "the nearest supported function is GET DATA MEAN",
	},
	{
		Vensim: "INTERNAL RATE OF RETURN", Least: 4, Most: 4,
		Grade: document.Unsupported, Near: "the nearest supported function is NPVE",
	},
	{
		Vensim: "NET PRESENT VALUE", Least: 5, Most: 5,
		Grade: document.Unsupported, Near: "the nearest supported function is NPVE",
	},
	{
		Vensim: "DEPRECIATE BY SCHEDULE", Least: 5, Most: 5,
		Grade: document.Unsupported,
		Near:  "the nearest supported function is DEPRECIATE STRAIGHTLINE",
	},
	{
		Vensim: "VECTOR LOOKUP", Least: 5, Most: 5,
		Grade: document.Unsupported, Near: "the nearest supported function is VECTOR ELM MAP",
	},
	{
		Stella: []string{"counter"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: "sources differ on when it begins again",
		Near: "write start + (TIME - STARTTIME) MOD (end - start), or what you mean",
	},
	{
		Stella: []string{"clocktime"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: "a run does not depend on the time of day",
		Near: "write a number",
	},
	{
		Stella: []string{"runcount"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: "a run does not depend on others before it",
		Near: "write a number",
	},
	{
		Stella: []string{"sensiruncount"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: "a run does not depend on others before it",
		Near: "vary a constant of your own from run to run",
	},
	{
		Stella: []string{"irr"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: "it is NaN before a stream of money has changed its sign",
		Near: "NPV is supported",
	},
	{
		Stella: []string{"lookupmean"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: "its definition is not published",
		Near: "LOOKUPAREA is supported",
	},
	{
		Stella: []string{"rework"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: "it sends single batches back",
		Near: "the nearest that is supported is MONTECARLO",
	},
	{
		Stella: []string{"mlpann"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: "a neural network is not supported",
		Near: "a graphical function may hold its values",
	},
	{
		Stella: []string{"capacity"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: "a conveyor's capacity is not read by equations",
		Near: "give the capacity a name, and use that",
	},
	{
		Stella: []string{"throughput"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"cycletime"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"ctmean"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"ctmax"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"ctmin"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"ctstddev"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"ctflow"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"proctime"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"ostate"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"qelem"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"qlen"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"attrcount"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"attrmax"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"attrmin"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"attrmean"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
	{
		Stella: []string{"attrstddev"}, Least: 0, Most: -1,
		Grade: document.Unsupported, Note: singleBatches, Near: onlyConveyor,
	},
}
