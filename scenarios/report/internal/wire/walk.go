package wire

// A Walk is the model as a place to walk in.
type Walk struct {
	Modules []Module   `json:"modules"` // without the model's own variables
	Places  []Place    `json:"places"`
	Loops   []WalkLoop `json:"loops"`
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
	Initial bool   `json:"initial"` // on an initial value only
}

// A WalkLoop is a feedback loop: each place acts on the next, the last on the first.
type WalkLoop struct {
	Polarity string `json:"polarity"`
	Places   []int  `json:"places"`
}
