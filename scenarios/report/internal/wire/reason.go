package wire

// A Reason is why a scenario differs from no new decisions in an outcome. Amounts are in the
// outcome's unit, and each list with its rest adds up to the difference.
type Reason struct {
	Key        string        `json:"key"` // of the scenario
	Outcome    string        `json:"outcome"`
	Difference float64       `json:"difference"`
	Words      string        `json:"words"`
	Futures    int           `json:"futures"` // explained; 0: the central run
	Times      []float64     `json:"times"`   // of the parts over time
	Decisions  ReasonSplit   `json:"decisions"`
	Channels   ReasonSplit   `json:"channels"`
	Loops      []ReasonLoop  `json:"loops"`
	Said       [][]SaidPiece `json:"said"` // sentences
}

// A ReasonSplit is the difference in parts, the largest first.
type ReasonSplit struct {
	Parts []ReasonPart `json:"parts"`
	Rest  *ReasonPart  `json:"rest"` // what no part has; null for decisions
	Pairs []ReasonPair `json:"pairs"`
	How   string       `json:"how"` // the parts were found
}

// A ReasonPart is what one decision or channel carries.
type ReasonPart struct {
	ID        string    `json:"id"`
	Label     string    `json:"label"`
	Variables []string  `json:"variables"`
	Amount    float64   `json:"amount"`
	Words     string    `json:"words"` // of the amount, with its sign
	Range     string    `json:"range"` // in words; "" without futures
	Clear     bool      `json:"clear"` // nine in ten futures share its sign
	Way       string    `json:"way"`   // of a channel: higher, lower or ""
	Why       string    `json:"why"`   // what happens in a channel, in words of the model
	Over      []float64 `json:"over"`  // one per time
}

// A ReasonPair is what two decisions do beyond the sum of each.
type ReasonPair struct {
	Of     [2]string `json:"of"`
	Amount float64   `json:"amount"`
	Words  string    `json:"words"`
	Clear  bool      `json:"clear"`
}

// A ReasonLoop is what a feedback loop does to the difference.
type ReasonLoop struct {
	ID        string   `json:"id"`
	Label     string   `json:"label"`
	Variables []string `json:"variables"` // each acts on the next, the last on the first
	Amount    float64  `json:"amount"`
	Words     string   `json:"words"`
	Without   string   `json:"without"` // the difference without it, in words
	Clear     bool     `json:"clear"`
	Gain      *float64 `json:"gain"`
}

// A SaidPiece is words of a sentence, or an amount with its exact number.
type SaidPiece struct {
	Text  string   `json:"text"`
	Value *float64 `json:"value"`
	Part  string   `json:"part"` // the ID of the part, pair or loop that it is the amount of; "" for others
}
