// Package wire holds the data that a page carries for its script, in the form of their
// JSON. Every number comes with its words, so that the script rounds none of them.
// TypeScript's types are generated from these (see tsgen); a ts tag gives a field the type
// that Go's cannot say.
package wire

import "weir/scenarios/prose"

// A Page is the data of the page of a comparison.
type Page struct {
	Lit       int        `json:"lit"`    // how many lines are lit at first
	Band      string     `json:"band"`   // what a band is, in a sentence; "" without futures
	Credit    string     `json:"credit"` // model, set and version, for pictures that leave the page
	Downloads []Download `json:"downloads"`
	Steps     []Step     `json:"steps"` // for a room; empty if there is nothing to guess
	Names     Named      `json:"names"`
}

// Findings are the numbers of the page, which it carries compressed.
type Findings struct {
	// Times and Dates are those of the figures that have none of their own.
	Times   []float64 `json:"times" ts:"number[] | null"`
	Dates   []string  `json:"dates" ts:"string[] | null"`
	Figures []Figure  `json:"figures" ts:"Figure[] | null"`
	Reasons []Reason  `json:"reasons" ts:"Reason[] | null"` // of the main outcome, in the order of scenarios
}

// Looks are the options of ECharts that all charts of a page share, and the looks of their lines by
// key. Lines and dashes apart from each other, because go-echarts has no list of dashes.
type Looks struct {
	Base   any              `json:"base" ts:"Record<string, unknown>"`
	Lines  any              `json:"lines" ts:"Record<string, { color: string; width: number }>"`
	Dashes map[string][]int `json:"dashes" ts:"Record<string, number[] | null>"` // lengths of strokes and gaps; null: a whole line
}

// A Step is one screen of the page shown to a room.
type Step struct {
	Kind    string  `json:"kind"`
	Title   string  `json:"title"`
	Text    string  `json:"text"`
	Notes   string  `json:"notes"` // for the facilitator only
	Minutes float64 `json:"minutes"`
	Key     string  `json:"key"`  // of the scenario that it shows
	Name    string  `json:"name"` // of the scenario
}

// A Named names a page for its minutes: model and set with the hashes of their files.
type Named struct {
	Model     string `json:"model"`
	ModelHash string `json:"model_hash"`
	Set       string `json:"set"`
	SetHash   string `json:"set_hash"`
	Version   string `json:"version"` // of weir
}

// A Download is a file that the page carries, compressed.
type Download struct {
	Name  string `json:"name"`
	About string `json:"-"`
	Size  string `json:"-"` // in words
	Type  string `json:"type"`
	Data  string `json:"data"` // gzip, base64
}

// A Figure is one chart.
type Figure struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Unit     string     `json:"unit"`
	Wide     bool       `json:"wide"` // the lines' names are written at their ends
	X        prose.Axis `json:"x"`
	Y        prose.Axis `json:"y"`
	Today    float64    `json:"today"`
	Known    float64    `json:"known"`                      // time from which no new decisions is extrapolation
	Times    []float64  `json:"times" ts:"number[] | null"` // null: those of the page
	Dates    []string   `json:"dates" ts:"string[] | null"`
	Lines    []Line     `json:"lines"`
	Recorded []Point    `json:"recorded" ts:"Point[] | null"`
	File     string     `json:"file"`   // name of downloads, without ending
	Now      int        `json:"now"`    // row from which bands are drawn
	Source   string     `json:"source"` // of the recorded points; "" if none is given
	Notes    []Note     `json:"notes"`
	Misfit   *Misfit    `json:"misfit" ts:"Misfit | null"` // of the chart of differences
}

// A Note is written at a point of a line while that line is picked.
type Note struct {
	Key   string  `json:"key"`
	Time  float64 `json:"time"`
	Value float64 `json:"value"`
	Words string  `json:"words"`
}

// A Misfit is how far the model is from its own record on average, in the unit of the chart.
type Misfit struct {
	Half  float64 `json:"half"`
	Words string  `json:"words"`
}

// A Line is one line of a figure, its numbers in words.
type Line struct {
	Key    string     `json:"key"`
	Name   string     `json:"name"`
	First  int        `json:"first"`  // row of the first of Values: the line is not drawn before
	Values []*float64 `json:"values"` // null where a number is not finite
	Words  []string   `json:"words"`  // one per time of the figure; "" where the line is not drawn
	Label  []string   `json:"label"`  // at the line's end: number, then name
	End    *float64   `json:"end"`
}

// A Point is a recorded value.
type Point struct {
	Time  float64 `json:"time"`
	Value float64 `json:"value"`
	Words string  `json:"words"`
}

// A Band is the range of a line over the futures, from its figure's now on. Low and High
// are to six figures; null where a number is not finite. Futures are single ones in parts
// of the chart's height (see Fineness): the first number, then the steps from one to the
// next, null as well, and then the next step counts from the last that was finite.
type Band struct {
	Low     []*float64 `json:"low"`
	High    []*float64 `json:"high"`
	Futures [][]*int   `json:"futures"`
	Words   []string   `json:"words"` // the range at each row
}

// Fineness is how many parts the height of a chart has in a single future of a Band.
const Fineness = 4000

// Bundles are the data of the page of combinations.
type Bundles struct {
	Bundles  []Bundle `json:"bundles"`
	Outcomes []string `json:"outcomes"`
	Shown    []int    `json:"shown"` // the picture's outcomes: the gain, then the cost; -1 for none
	Futures  bool     `json:"futures"`
	Labels   []string `json:"labels"` // of the interventions
	IDs      []string `json:"ids"`
	Pairs    []Pair   `json:"pairs"`
	Apart    [][2]int `json:"apart"` // pairs that cannot be combined
	First    int      `json:"first"` // the one picked at first
	Plane    *Plane   `json:"plane"` // null without a cost
}

// A Plane is the picture of cost against outcome. Stairs are the places of the bundles on the
// frontier in the list, the cheapest first.
type Plane struct {
	Title  string     `json:"title"` // the picture in words
	X      prose.Axis `json:"x"`
	Y      prose.Axis `json:"y"`
	Budget *float64   `json:"budget"`
	Stairs []int      `json:"stairs"`
	Lower  bool       `json:"lower"` // less of the outcome is better
}

// A Bundle is one combination of interventions.
type Bundle struct {
	Parts []int       `json:"parts"`
	X     float64     `json:"x"`    // its cost
	Y     float64     `json:"y"`    // its gain
	XBar  [2]float64  `json:"xbar"` // the range of its cost, as far as it is on the scale
	YBar  [2]float64  `json:"ybar"`
	Rows  [][4]string `json:"rows"` // per outcome: difference, range, worst tenth, better in; "" for none
	Says  []string    `json:"says"` // further sentences
	Best  bool        `json:"best"` // on the frontier
	Look  string      `json:"look" ts:"\"best\" | \"unpriced\" | \"dear\" | \"other\""`
	Name  string      `json:"name"` // the letters of its parts
}

// A Pair is the effect of two interventions beyond the sum of each, in words.
type Pair struct {
	A, B  int
	Words string
}
