package annex

import (
	"fmt"
	"strings"
)

// A View holds the parts of a view that XMILE 1.0 has no element for. Keys are those of
// places, by the canonical names of the file.
type View struct {
	Name      string   `json:",omitempty"`
	Label     string   `json:",omitempty"`
	Other     []string `json:",omitempty"` // homes that XMILE takes for repetitions, and the other way round
	Clock     []Place  `json:",omitempty"` // places of time and its like
	Modules   []Box    `json:",omitempty"`
	Pipes     []Pipe   `json:",omitempty"` // of variables that are no flows in XMILE's diagram
	Arrows    []Arrow  `json:",omitempty"`
	NoModules []string `json:",omitempty"` // modules that nobody placed
	Added     []string `json:",omitempty"` // places that nobody chose: weir laid them out
	Laid      []string `json:",omitempty"` // flows whose pipes nobody drew
	Derived   int      `json:",omitempty"` // the number of the first arrow that nobody drew, 0 if there is none
}

// A Box is a rectangle by its middle, in pixels.
type Box struct {
	Name                string
	X, Y, Width, Height float64
}

// A Place is a place of the clock, and which of all places it is.
type Place struct {
	Box
	At    int
	Side  string `json:",omitempty"`
	Ghost bool   `json:",omitempty"`
}

// A Pipe is the path of a flow, or of something else that has one.
type Pipe struct {
	Key    string
	Points Points
}

// Points are written on one line, "x,y x,y".
type Points [][2]float64

// MarshalText writes the points.
func (p Points) MarshalText() ([]byte, error) {
	var words []string
	for _, at := range p {
		words = append(words, Decimal(at[0])+","+Decimal(at[1]))
	}
	return []byte(strings.Join(words, " ")), nil
}

// UnmarshalText reads points as MarshalText writes them.
func (p *Points) UnmarshalText(text []byte) error {
	for _, word := range strings.Fields(string(text)) {
		f := Floats(strings.Split(word, ","))
		if len(f) != 2 {
			return fmt.Errorf("%q is no point", word)
		}
		*p = append(*p, [2]float64{f[0], f[1]})
	}
	return nil
}

// A Arrow is the rest of the connector with the number ID, or, with From, an arrow that
// is no connector.
type Arrow struct {
	ID       int
	From, To string   `json:",omitempty"`
	Angle    *float64 `json:",omitempty"`
	Points   Points   `json:",omitempty"`
	Straight bool     `json:",omitempty"`
	Sign     string   `json:",omitempty"`
	Delayed  bool     `json:",omitempty"`
}
