// Package live makes the payload with which a page runs a model itself: the model as a
// WebAssembly module, its inputs, the scenarios as dated changes, and the futures of a
// comparison. All of it is plain data; the types are the wire format of the page, and
// TypeScript's are generated from them (see scenarios/report/web/src/generated.ts).
package live

import (
	"weir/scenarios/prose"
	"weir/sim/wasm"
)

// A Model is a model that runs in a page. The module computes; every number that the script
// prints has the words and the rounding of the rest of the page.
type Model struct {
	Code    string   `json:"code"` // the module: gzip, base64
	Layout  Layout   `json:"layout"`
	Time    Time     `json:"time"`
	Inputs  []Input  `json:"inputs"`
	Presets []Preset `json:"presets"` // the first is no new decisions
	Views   []View   `json:"views"`
	Futures Futures  `json:"futures"`
	Whole   Whole    `json:"whole"`
}

// A Whole is a second module that gives every variable of the model, for single runs. It has no
// vector instructions, so that a browser without them runs it for everything.
type Whole struct {
	Code    string   `json:"code"` // gzip, base64
	Layout  Layout   `json:"layout"`
	Columns []string `json:"-"` // names of the columns
}

// A Layout is the part of wasm.Layout that the page needs: addresses in the module's
// memory, in bytes, and the sizes of its tables.
type Layout struct {
	Header      wasm.Header `json:"header"`
	Lanes       int         `json:"lanes"`  // runs side by side
	Values      int         `json:"values"` // of each place those of all lanes
	Count       int         `json:"count"`  // of values
	Changes     int         `json:"changes"`
	ChangeSize  int         `json:"change_size"`
	ChangeRoom  int         `json:"change_room"`
	ChangeCount int         `json:"change_count"` // of the set's assumptions: they stay
	State       int         `json:"state"`
	Out         int         `json:"out"`
	Width       int         `json:"width"` // numbers in a row: of each column those of all lanes
	Rows        int         `json:"rows"`
	Steps       int         `json:"steps"`
	Start       float64     `json:"start"`
	Step        float64     `json:"step"` // of time
}

// A Time gives the dates of the run, in model time and in words.
type Time struct {
	Start float64  `json:"start"`
	Stop  float64  `json:"stop"`
	Today float64  `json:"today"`
	From  float64  `json:"from"` // from when on a decision is changed, at first
	Save  float64  `json:"save"`
	End   string   `json:"end"`   // the horizon in words
	Since string   `json:"since"` // today in words
	Unit  string   `json:"unit"`
	Dates []string `json:"dates"` // of every row
}

// An Input is a decision or an assumption that a reader can move.
type Input struct {
	Name     string `json:"name"`
	Label    string `json:"label"`
	About    string `json:"about"`
	Decision bool   `json:"decision"`
	Who      string `json:"who"` // decides it, or the grade of what is known
	Hatched  bool   `json:"hatched"`
	At       []int  `json:"at"` // places among the module's values
	// Base are the numbers at these places that the input's value multiplies; nil if the
	// value itself is put there.
	Base  []float64 `json:"base" ts:"number[] | null"`
	Value float64   `json:"value"`
	Low   float64   `json:"low"`
	High  float64   `json:"high"`
	Step  float64   `json:"step"`
	Words Quantity  `json:"words"`
}

// A Preset is a scenario: its own dated changes.
type Preset struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"`
	Key     string   `json:"key"` // of its colour in the style sheet; the page fills it in
	About   string   `json:"about"`
	Changes []Change `json:"changes"`
}

// A Change is a row of the module's table of changes. At is the place of its parameter;
// Kind is that of sim.ChangeKind; times are model time.
type Change struct {
	At     int      `json:"at"`
	Kind   int      `json:"kind"`
	Amount float64  `json:"amount"`
	Start  float64  `json:"start"`
	Over   float64  `json:"over"`
	Until  *float64 `json:"until"` // null: for good
}

// A View is a chart in terms of the module's rows.
type View struct {
	Title   string    `json:"title"`
	Unit    string    `json:"unit"`
	Column  int       `json:"column"`
	Whole   int       `json:"whole"` // its column in the module of every variable
	Words   Quantity  `json:"words"`
	Judged  bool      `json:"judged"`
	Better  string    `json:"better" ts:"\"higher\" | \"lower\" | \"\""` // "" where it is not judged
	Weights []float64 `json:"weights" ts:"number[] | null"`              // of a cost: its sum over the rows; else null
	Noise   float64   `json:"noise"`
	// Usual is the number of no new decisions at the horizon that the page prints; of a
	// cost, its sum. Nil if it is not finite.
	Usual *float64   `json:"usual"`
	Y     prose.Axis `json:"y"`
}

// Futures are the draws of the comparison.
type Futures struct {
	Of     int     `json:"of"`     // how many were compared
	Count  int     `json:"count"`  // how many the page has
	Places [][]int `json:"places"` // of each number that varies, among the module's values
	Values string  `json:"values"` // member by member: float64, little-endian, gzip, base64
	Thin   []int   `json:"thin"`   // those drawn as single lines
	Agree  float64 `json:"agree"`
	// Draws of the model: by which seed, and by which number of each future; empty for a
	// model without draws.
	Seed    uint64 `json:"seed"`
	Numbers []int  `json:"numbers"`
}

// A Quantity is prose.Quantity in the form that the script reads.
type Quantity struct {
	Kind     string  `json:"kind" ts:"\"plain\" | \"money\" | \"share\" | \"index\""`
	Unit     string  `json:"unit"`
	Rate     string  `json:"rate"`
	Finest   float64 `json:"finest"`
	Coarse   float64 `json:"coarse"`
	Millions bool    `json:"millions"`
}

// quantityOf returns a quantity in the form that the script reads.
func quantityOf(q prose.Quantity) Quantity {
	kinds := map[prose.Kind]string{prose.Plain: "plain", prose.Money: "money", prose.Share: "share",
		prose.Index: "index"}
	return Quantity{
		Kind: kinds[q.Kind], Unit: q.Unit, Rate: q.Rate,
		Finest: q.Finest, Coarse: q.Coarse, Millions: q.Millions,
	}
}
