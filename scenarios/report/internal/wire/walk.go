package wire

// A Walk is the model as a place to walk in.
type Walk struct {
	Modules []Module   `json:"modules"` // without the model's own variables
	Places  []Place    `json:"places"`
	Loops   []WalkLoop `json:"loops"`    // those of the structure; empty if Scored is not
	Scored  []RunLoops `json:"scored"`   // one a run; empty if nothing was scored
	LeftOut string     `json:"left_out"` // which loops are not listed; "" if all are
}

// A Module is a part of the model with a file of its own.
type Module struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	About string `json:"about"`
}

// A Place is a variable.
type Place struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Module   string   `json:"module"` // name; "" for the model's own
	Kind     string   `json:"kind"`
	About    string   `json:"about"`
	Unit     string   `json:"unit"`
	Equation string   `json:"equation"` // as the model writes it, a line each; "" without one
	Words    string   `json:"words"`    // the same with labels for names; "" if nothing differs
	Evidence string   `json:"evidence"` // of what is known; "" of what is computed
	Source   string   `json:"source"`
	Owner    string   `json:"owner"`
	Acts     []Act    `json:"acts"`
	Columns  []int    `json:"columns"`  // of the module that computes every variable; one per element
	Elements []string `json:"elements"` // in words; empty for a single number
	Loops    []int    `json:"loops"`    // that pass it
}

// An Act is an influence on another place.
type Act struct {
	On      int    `json:"on"`
	Sign    string `json:"sign" ts:"\"+\" | \"-\" | \"?\""`
	Delayed bool   `json:"delayed"`
	// Material: it flows there, or is drained from there.
	Material bool `json:"material"`
	Initial  bool `json:"initial"` // on an initial value only
}

// A WalkLoop is a feedback loop: each place acts on the next, the last on the first.
type WalkLoop struct {
	Polarity string `json:"polarity"`
	Places   []int  `json:"places"`
}

// RunLoops are the loops of one run that explain most of its change.
type RunLoops struct {
	Key   string    `json:"key"`  // of the run
	Name  string    `json:"name"` // of the scenario
	Times []float64 `json:"times"`
	Loops []RunLoop `json:"loops"`
	Note  string    `json:"note"` // how they were found
}

// A RunLoop is a loop with its relative score over time, in thousandths: above 0 where it
// reinforces. Share is the percentage of the change that it explains, in words.
type RunLoop struct {
	Name     string `json:"name"` // its label, or R1, B2, …
	Polarity string `json:"polarity"`
	Share    string `json:"share"`
	Places   []int  `json:"places"` // with a state
	Steps    int    `json:"steps"`  // further places that it passes
	Over     []int  `json:"over"`
	Through  []int  `json:"through"` // all places that it passes, by one way or another
}
