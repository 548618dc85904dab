package scenarios

// RunLoops are the feedback loops of one run with what each explains, made by package explain
// with the method "Loops that matter". The run is by Euler's method, at central values.
type RunLoops struct {
	Scenario *Scenario // nil: no new decisions
	Time     []float64 // of ScoredLoop.Over
	Loops    []ScoredLoop
	// Through has the places in Loops of those that pass a variable, by its name.
	Through map[string][]int
	Count   int // loops of the run; Loops has those that explain most
	// Merged: loops that pass the same stocks in the same order count as one. All: every loop of
	// the run was found.
	Merged, All bool
	// Departure of the run from one by the model's own method, in the stock where it is largest,
	// relative to the largest magnitude of that; 0 for a model by Euler's method.
	Departure float64
}

// A ScoredLoop is a loop of one run. Share is the part of the change in its group of stocks that
// it explains over the run, Over its relative score: above 0 where it reinforces, below where it
// balances; those of a group add up to 1 in magnitude at each time.
type ScoredLoop struct {
	ID, Label string // Label is "" for a loop that the model does not name
	// States are the stocks, and other variables with a state, that it passes in order; Steps is
	// how many further variables it passes. A loop without a state lists all of them.
	States   []string
	Steps    int
	Polarity string
	Share    float64
	Over     []float64 // means of stretches that begin at RunLoops.Time
}
