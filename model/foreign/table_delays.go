package foreign

import "weir/model/document"

// delays are functions with a state, and those that read other times of a run.
var delays = []Row{
	// Vensim has a function for each number of arguments, XMILE optional ones: I stands for an
	// initial value.
	{Vensim: "SMOOTH", Least: 2, Most: 2, Means: means("smooth1($1, $2)")},
	{Vensim: "SMOOTHI", Least: 3, Most: 3, Means: means("smooth1($1, $2, $3)")},
	{Vensim: "SMOOTH3", Least: 2, Most: 2, Means: means("smooth3($1, $2)")},
	{Vensim: "SMOOTH3I", Least: 3, Most: 3, Means: means("smooth3($1, $2, $3)")},
	{
		XMILE: "SMTH1", Stella: []string{"smooth"}, Least: 2, Most: 3,
		Means: means("smooth1($1, $2, $3)"), Exports: "smooth1",
	},
	{
		XMILE: "SMTH3", Stella: []string{"smooth3"}, Least: 2, Most: 3,
		Means: means("smooth3($1, $2, $3)"), Exports: "smooth3",
	},
	// Vensim's order is the fourth argument and XMILE's the third. A file that has DELAY_N or
	// SMOOTH_N with four arguments has Vensim's, whoever wrote it: XMILE's names are others.
	{
		Vensim: "SMOOTH N", Least: 4, Most: 4,
		Means: means("smooth_n($1, $2, $4, $3)"), lower: reducing,
		InStages: means("smooth_n_by_steps($1, $2, $4, $3)"),
		Differs: "d stages as stocks, held within a step under Runge-Kutta; Vensim publishes no formula for a b " +
			"that varies",
	},
	{
		XMILE: "SMTHN", Least: 3, Most: 4,
		Means: means("smooth_n($1, $2, $3, $4)"), lower: chain(2),
		Differs: "c stages as stocks; tools differ where b varies", Exports: "smooth_n",
	},
	{
		Stella: []string{"smooth_n"}, Least: 3, Most: 3,
		Means: means("smooth_n($1, $2, $3)"), lower: chain(2),
		Differs: "c stages as stocks; tools differ where b varies",
	},
	{
		Vensim: "DELAY1", Least: 2, Most: 2,
		Means:   means("delay1($1, $2)"),
		Differs: "a delay shorter than a step is a warning here, and an error in TOML",
	},
	{Vensim: "DELAY1I", Least: 3, Most: 3, Means: means("delay1($1, $2, $3)")},
	{
		Vensim: "DELAY3", Least: 2, Most: 2,
		Means:   means("delay3($1, $2)"),
		Differs: "a delay shorter than a step is a warning here, and an error in TOML",
	},
	{Vensim: "DELAY3I", Least: 3, Most: 3, Means: means("delay3($1, $2, $3)")},
	{
		Vensim: "DELAYP", Least: 2, Most: 2,
		Means:   means("delay3($1, $2)"),
		Differs: "DELAYP(a, b : c) also has the stock c of what is on its way",
	},
	{XMILE: "DELAY1", Least: 2, Most: 3, Means: means("delay1($1, $2, $3)"), Exports: "delay1"},
	{XMILE: "DELAY3", Least: 2, Most: 3, Means: means("delay3($1, $2, $3)"), Exports: "delay3"},
	{
		Vensim: "DELAY N", Least: 4, Most: 4,
		Means: means("delay_n($1, $2, $4, $3)"), lower: reducing,
		InStages: means("delay_n_by_steps($1, $2, $4, $3)"),
		Differs: "d stages as stocks, held within a step under Runge-Kutta; Vensim publishes no formula for a b " +
			"that varies",
	},
	{
		XMILE: "DELAYN", Least: 3, Most: 4,
		Means: means("delay_n($1, $2, $3, $4)"), lower: chain(2),
		Differs: "c stages as stocks; tools differ where b varies", Exports: "delay_n",
	},
	{
		Stella: []string{"delay_n"}, Least: 3, Most: 3,
		Means: means("delay_n($1, $2, $3)"), lower: chain(2),
		Differs: "c stages as stocks; tools differ where b varies",
	},
	// Read once, rounded to whole steps, one at least: in both languages.
	{
		Vensim: "DELAY FIXED", Least: 3, Most: 3,
		Means:   means("delay_fixed($1, $2, $3)"),
		Differs: "b is read once and rounded to whole steps, at least one",
	},
	{
		XMILE: "DELAY", Least: 2, Most: 3,
		Means:   means("delay_fixed($1, $2, $3)"),
		Differs: "b is read once and rounded to whole steps, at least one",
		Exports: "delay_fixed",
	},
	{
		Stella: []string{"delay_fixed"}, Least: 2, Most: 2,
		Means:   means("delay_fixed($1, $2)"),
		Differs: "b is read once and rounded to whole steps, at least one",
	},
	{
		Vensim: "DELAY INFORMATION", Least: 3, Most: 3,
		Means: means("delay_information($1, $2, $3)"), lower: pipe,
		Differs: "b is rounded to whole steps",
	},
	{
		Vensim: "DELAY MATERIAL", Least: 4, Most: 4,
		Means: means("delay_material($1, $2, $3, $4)"), lower: pipe,
		Differs: "b is rounded to whole steps",
	},
	// The leak and the initial profile decide which of the two meanings it is.
	{
		Vensim: "DELAY CONVEYOR", Least: 6, Most: 6,
		Means:   means("delay_fixed($1, $2, $5 / $6)", "delay_conveyor($1, $2, $3, $5 / $6)"),
		Special: ConveyorDelay, Says: "delay_conveyor($1, $2, $3, $5 / $6)",
		Differs: "b must not change; d must be flat: Vensim publishes no rule for either",
	},
	{
		Vensim: "DELAY BATCH", Least: 6, Most: 6,
		Means: means("delay_batch($1, $2, $3, $4, $5, $6)"), Grade: document.Approximated,
		Note: "a batch starts at the first step at which enough has come in, and comes out within one step",
	},
	{
		Vensim: "TREND", Least: 3, Most: 3,
		Means:   means("trend($1, $2, $3)"),
		Differs: "the starting trend is given; 0 in XMILE if it is not",
	},
	{XMILE: "TREND", Least: 2, Most: 3, Means: means("trend($1, $2, $3)"), Exports: "trend"},
	{Vensim: "FORECAST", Least: 3, Most: 4, Means: means("forecast($1, $2, $3, $4)")},
	{
		XMILE: "FORCST", Least: 3, Most: 4,
		Means: means("forecast($1, $2, $3, $4)"), Exports: "forecast",
	},
	{Vensim: "INITIAL", Least: 1, Most: 1, Means: means("init($1)")},
	{XMILE: "INIT", Least: 1, Most: 1, Means: means("init($1)"), Exports: "init"},
	// Vensim reads it again when a simulation is continued, which weir does not do.
	{
		Vensim: "REINITIAL", Least: 1, Most: 1,
		Means: means("init($1)"), Grade: document.Approximated,
		Note: "REINITIAL is read once, at the start",
	},
	{
		Vensim: "GAME", Least: 1, Most: 1, Means: means("$1"),
		Grade: document.Equivalent, Note: "GAME(…) is the expression in it",
	},
	// Without an initial value Stella's is 0.
	{
		XMILE: "PREVIOUS", Least: 1, Most: 2,
		Means:   means("previous($1, 0)", "previous($1, $2)"),
		Differs: "one step ago, not one saved row", Exports: "previous",
	},
	{
		Stella: []string{"active_initial"}, Least: 2, Most: 2,
		Means: means("$1", "$2"), Special: ActiveInitial, Says: "$1, and $2 for initial values",
	},
	{
		Stella: []string{"derivn"}, Least: 2, Most: 2,
		Means: means("($1 - previous($1, $1)) / dt"), lower: derivative,
		Says: "differences over a step", Grade: document.Approximated,
		Note: "a derivative is the change in the last step, 0 at the start",
	},
	{
		Stella: []string{"endval"}, Least: 1, Most: 2,
		Means: means("init($1)", "init($2)"), Grade: document.Equivalent,
		Note: "no run came before this one: what it gives in a first run",
	},
}
