package scenarios

import (
	"weir/model/resolved"
	"weir/scenarios/internal/curve"
)

// An Explanation is why a scenario differs from no new decisions in an outcome. It is made by
// package explain, from runs of its own in futures of the set. Amounts are in the outcome's
// unit, of the same measure as the verdict's Difference, and each list with its Rest adds up
// to that Difference.
//
// With futures, an amount is that of the middle: each part of a future is a number beside the
// future's difference, and the amount is read at Difference on the straight line of least
// squares through them. So the parts of the middle add up to the middle, as those of
// each future add up to its own.
type Explanation struct {
	Scenario   *Scenario  `json:"-"`
	Outcome    *Outcome   `json:"-"`
	Difference float64    `json:"difference"` // that of the verdict
	Range      [2]float64 `json:"range"`      // the verdict's, too
	Futures    int        `json:"futures"`    // explained; 0: the central run alone
	Excluded   int        `json:"excluded"`   // futures in which a run broke down, left out
	Time       []float64  `json:"time"`       // of Part.Over: the saved times that the verdict looks at
	Decisions  Split      `json:"decisions"`
	Channels   Split      `json:"channels"`
	Loops      []LoopGain `json:"loops"`
	// Sentences say the above to a reader; what is not known is among them.
	Sentences []Said `json:"sentences"`
}

// A Split is a difference in parts.
type Split struct {
	Parts []Part `json:"parts"` // the largest first
	// Rest is what no part has: without any channel, the direct effect. Decisions have none.
	Rest *Part `json:"rest"`
	// Synergies of decisions: what a pair does beyond the sum of the two alone.
	Synergies []Pair `json:"synergies"`
	// Orders is how many orders were drawn where there are too many to try all; 0: exact.
	Orders int `json:"orders"`
	// How says how the parts were found, or why there are none.
	How string `json:"how"`
}

// A Part is what one decision or channel carries. Its number stands for a difference: positive
// where it makes the outcome larger.
type Part struct {
	ID        string     `json:"id"`        // of an intervention, or a channel
	Label     string     `json:"label"`     // for a reader
	Variables []string   `json:"variables"` // of a channel, or the changed decision
	Amount    float64    `json:"amount"`
	Range     [2]float64 `json:"range"` // 10th and 90th percentile over the explained futures
	// Agree is the share of explained futures in which the part has the sign of Amount, or is 0
	// if Amount is; 1 without futures. Clear is Agree at least AgreeShare.
	Agree float64 `json:"agree"`
	Clear bool    `json:"clear"`
	// Error is the standard error of Amount by the orders drawn; nil if it is exact.
	Error *float64 `json:"error"`
	// Over is the part of the difference at each time of Explanation.Time. For a cost that is
	// of the sum since today.
	Over []float64 `json:"over"`
	// Moves is how a channel of a single number differs in the scenario at the end, without
	// being held; nil of others.
	Moves *Move `json:"moves"`
	// Way is "higher" or "lower" if all numbers of a channel go that way at all times, else "".
	Way string `json:"way"`
	// Why says what happens in the channel, in words of the model, if it has them.
	Why string `json:"why"`
}

// A Move is the change of a channel's variable, in its own unit.
type Move struct {
	Baseline   float64 `json:"baseline"`
	Difference float64 `json:"difference"`
	Unit       string  `json:"unit"`
}

// A Pair is two parts together.
type Pair struct {
	A      string     `json:"a"` // IDs of parts
	B      string     `json:"b"`
	Amount float64    `json:"amount"`
	Range  [2]float64 `json:"range"`
	Clear  bool       `json:"clear"`
}

// A LoopGain is what a feedback loop does to a difference: the scenario is run again with one
// link of the loop cut, whose reader sees the values of no new decisions.
type LoopGain struct {
	ID        string   `json:"id"`
	Label     string   `json:"label"`
	Variables []string `json:"variables"` // each acts on the next, the last on the first
	// Cut is the link that is cut, from and to. Others is how many other loops pass it, as far
	// as they are known.
	Cut    [2]string `json:"cut"`
	Others int       `json:"others"`
	// Pure: the cut takes out feedback alone. Otherwise a first way of the effect passes it, too.
	Pure    bool       `json:"pure"`
	Amount  float64    `json:"amount"`  // the difference less that without the loop
	Without float64    `json:"without"` // the difference without the loop
	Range   [2]float64 `json:"range"`   // of Amount
	Agree   float64    `json:"agree"`
	Clear   bool       `json:"clear"`
	// Gain is the difference over Without; nil where Without is 0 or has the other sign.
	Gain *float64 `json:"gain"`
}

// A Said is a sentence in pieces.
type Said []SaidPiece

// A SaidPiece is words, or an amount with the exact number that it stands for.
type SaidPiece struct {
	Text  string   `json:"text"`
	Value *float64 `json:"value,omitempty"` // in the outcome's unit, or that of the share or factor it is
	Part  string   `json:"part,omitempty"`  // the ID of the part, pair (a+b) or loop that it is the amount of
}

// String returns the sentence.
func (s Said) String() string {
	text := ""
	for _, p := range s {
		text += p.Text
	}
	return text
}

// Explained returns the explanation of a scenario and an outcome, nil if there is none.
func (c *Comparison) Explained(s *Scenario, o *Outcome) *Explanation {
	for _, e := range c.Why {
		if e.Scenario == s && e.Outcome == o {
			return e
		}
	}
	return nil
}

// Course returns what verdicts look at of a series, one number for each of Comparison.Time: its
// course from today to the outcome's horizon; for a cost, the running sum.
func (c *Comparison) Course(o *Outcome, series []float64) (time, course []float64) {
	x := o.Course(curve.Curve{T: c.Time, Y: series}, c.window())
	return x.T, x.Y
}

// Measured returns the number of a series by which an outcome is judged; NaN where the series
// holds NaN.
func (c *Comparison) Measured(o *Outcome, series []float64) float64 {
	return o.Measure.Of(o.Course(curve.Curve{T: c.Time, Y: series}, c.window()))
}

// ModelKey returns a text that is the same for members of the futures that run one model: lookups
// have other points in some futures. It is "" for those that run the set's own.
func (c *Comparison) ModelKey(member int) string {
	s := c.Uncertainty.sampler
	return c.Set.PointsKey(s.World(member), s.Shapes(member))
}

// ModelIn returns the model that a member of the futures runs. Its variables are not those of
// Set.Resolved, but have the same names.
func (c *Comparison) ModelIn(member int) (*resolved.Model, error) {
	s := c.Uncertainty.sampler
	return c.Set.ModelWith(s.World(member), s.Shapes(member))
}
