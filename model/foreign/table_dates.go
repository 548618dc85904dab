package foreign

// pulses are the two functions with that name, for readers.
const pulses = "a volume within one step; without c once by the standard, every step in Stella; " +
	"PULSE of Vensim is a 1 for a while"

// dates are functions of the present time.
var dates = []Row{
	// STEP, RAMP and PULSE have a name in both languages. A step is the same; a pulse is
	// another thing in each of three tools.
	{Vensim: "STEP", Least: 2, Most: 2, Means: means("step($1, $2)")},
	{
		XMILE: "STEP", Least: 1, Most: 2,
		Means: means("step($1, start_time)", "step($1, $2)"), Exports: "step",
	},
	{
		Vensim: "RAMP", Least: 2, Most: 3,
		Means: means("ramp($1, $2, $3)"), InStages: means("held(ramp($1, $2, $3))"),
		Differs: "starts after b, without the half step of STEP; held within a step under Runge-Kutta",
	},
	{
		XMILE: "RAMP", Least: 1, Most: 3,
		Means:   means("ramp($1, start_time)", "ramp($1, $2, $3)"),
		Differs: "starts after b, without the half step of STEP", Exports: "ramp",
	},
	{
		Vensim: "PULSE", Least: 2, Most: 2,
		Means:   means("pulse_between($1, $2)"),
		Differs: "1 from a for b time units, of no unit; PULSE of XMILE delivers a volume within one step",
	},
	{
		XMILE: "PULSE", Least: 1, Most: 3,
		Means:   means("pulse($1, start_time)", "pulse($1, $2, $3)"),
		Differs: pulses,
		Exports: "pulse",
	},
	{
		XMILE: "PULSE", By: ByStella, Least: 1, Most: 3,
		Means:   means("pulse($1, start_time, dt)", "pulse($1, $2, dt)", "pulse($1, $2, $3)"),
		lower:   everyStep,
		Differs: pulses,
	},
	{Vensim: "PULSE TRAIN", Least: 4, Most: 4, Means: means("pulse_train($1, $2, $3, $4)")},
	{Vensim: "SAMPLE IF TRUE", Least: 3, Most: 3, Means: means("sample_if_true($1, $2, $3)")},
	// Moves the contents of a stock's elements to the next one: it becomes flows, and is no
	// value.
	{
		Vensim: "SHIFT IF TRUE", Least: 5, Most: 5,
		Special: ShiftIfTrue, Says: "flows between the elements of the stock $1",
	},
	{Vensim: "TIME BASE", Least: 2, Most: 2, Means: means("$1 + $2 * time")},
	// Reads the calendar of an .mdl file's settings, which XMILE does not have.
	{
		Vensim: "GET TIME VALUE", Least: 3, Most: 3,
		Special: TimeValue, Says: "time + $2, or a part of its date",
	},
	// A value at a past time needs a delay state of its own: a fixed time, or TIME less a
	// number.
	{
		Stella: []string{"history"}, Least: 2, Most: 2,
		Special: History, Says: "sample_if_true(abs(steptime - $2) < dt / 2, $1, 0)",
		Differs: "0 until the time has come; b is known before the run, or TIME less a number",
	},
	{
		Stella: []string{"sinwave"}, Least: 2, Most: 2,
		Means:   means("$1 * sin(2 * pi * time / $2)", "$1 * sin(2 * pi * (time - start_time) / $2)"),
		Special: Wave, Says: "$1 * sin(2 * pi * time / $2)",
		Differs: "the phase counts from the start of the run where that is not at a whole period",
	},
	{
		Stella: []string{"coswave"}, Least: 2, Most: 2,
		Means:   means("$1 * cos(2 * pi * time / $2)", "$1 * cos(2 * pi * (time - start_time) / $2)"),
		Special: Wave, Says: "$1 * cos(2 * pi * time / $2)",
		Differs: "the phase counts from the start of the run where that is not at a whole period",
	},
}
