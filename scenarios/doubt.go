package scenarios

// Doubt is what would change the answer of a comparison about its main outcome: for each claim, the
// values of a constant at which it turns, and what it would be worth to know one before deciding.
// It is made by package sensitivity.
type Doubt struct {
	Outcome     *Outcome     `json:"-"`
	Claims      []Claim      `json:"claims"`
	Information *Information `json:"information"` // nil without futures, and for a single choice
	Sentences   []string     `json:"sentences"`   // what the above says to a reader
	Notes       []string     `json:"notes,omitempty"`
}

// A Claim is that one choice does better than another in the main outcome, with every constant at
// its own value.
type Claim struct {
	Better *Scenario `json:"-"` // nil: no new decisions
	Worse  *Scenario `json:"-"`
	Lead   float64   `json:"lead"`  // of the better over the worse there, above 0, in the outcome's unit
	Least  float64   `json:"least"` // the lead from which the claim holds: the noise of the step
	// Share of the futures in which the claim holds; nil without futures.
	Share *float64 `json:"share"`
	// Turns are the constants that turn it inside their ranges, the nearest first.
	Turns []Turn `json:"turns"`
}

// A Turn is a constant that turns a claim while all others keep their own values.
type Turn struct {
	Constant string  `json:"constant"`
	Label    string  `json:"label"`
	Unit     string  `json:"unit"`
	Own      float64 `json:"own"` // its value; of an array, the mean of its elements
	Low      float64 `json:"low"` // the range that was looked at
	High     float64 `json:"high"`
	// Stretches cover the range from Low to High; a claim turns where one ends and the next
	// begins.
	Stretches []Stretch `json:"stretches"`
}

// A Stretch is values of a constant in which a claim holds, or does not.
type Stretch struct {
	From    float64  `json:"from"`
	To      float64  `json:"to"`
	Holds   bool     `json:"holds"`   // all other constants at their own values
	Futures int      `json:"futures"` // with the constant in it, whatever the others are
	Share   *float64 `json:"share"`   // of these, how many the claim holds in; nil for none
}

// Information is what knowledge would be worth to somebody who chooses, by the main outcome
// alone, the scenario, no new decisions among them, that is best on average over the futures.
// Values are in the outcome's unit: how much better the outcome would be on average.
type Information struct {
	Choice  *Scenario `json:"-"`       // best on average; nil: no new decisions
	Perfect float64   `json:"perfect"` // of knowing everything
	Changes float64   `json:"changes"` // share of futures in which another choice is best
	Values  []Worth   `json:"values"`  // by constant, the most valuable first
	Futures int       `json:"futures"`
}

// A Worth is the value of knowing one constant before choosing.
type Worth struct {
	Constant string  `json:"constant"`
	Label    string  `json:"label"`
	Value    float64 `json:"value"`
	// Chance is what the estimate gives on average for a constant that says nothing: an estimate
	// is too high by up to about as much. Sure reports a value that hardly any such constant
	// reaches, and that is at least a twentieth of Perfect.
	Chance  float64 `json:"chance"`
	Sure    bool    `json:"sure"`
	Changes float64 `json:"changes"` // share of futures in which the choice would be another
}
