package wire

import "weir/scenarios/prose"

// Runs are the data of the page of a run, beside its model (live.Model) and walk.
type Runs struct {
	Title    string     `json:"title"`
	File     string     `json:"file"` // name of downloads, without ending
	Credit   string     `json:"credit"`
	X        prose.Axis `json:"x"`
	Charts   []int      `json:"charts"` // columns that are drawn at first
	Columns  []string   `json:"columns"`
	Variants []Variant  `json:"variants"`
	Earlier  []Earlier  `json:"earlier"`
	Set      []Setting  `json:"set"` // otherwise than in the model's file, for the whole run
}

// A Setting is the number of a constant or decision, or of one element. If one element of an array
// is otherwise than in the file, all of them are listed.
type Setting struct {
	Place    int     `json:"place"` // among the module's values
	Name     string  `json:"name"`
	Value    float64 `json:"value"`
	Decision bool    `json:"decision"`
}

// A Variant is a run with other values for constants and decisions.
type Variant struct {
	Name   string       `json:"name"`
	Said   string       `json:"said"`   // its settings, as they were written
	Values [][2]float64 `json:"values"` // place among the module's values, and number
}

// An Earlier is a result that was read from a file. Its numbers stand at its own times.
type Earlier struct {
	Name    string          `json:"name"`
	Said    string          `json:"said"` // which file, and what is not carried; "" if all is
	Columns []EarlierColumn `json:"columns"`
}

// An EarlierColumn is a column of an earlier result: base64 of float64s, compressed, times and then
// values, as many of each.
type EarlierColumn struct {
	Column int    `json:"column"`
	Data   string `json:"data"`
}
