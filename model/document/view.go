package document

import (
	"strconv"
	"strings"

	"weir/model/diagnostic"
)

// A View is a [view.x] table: one diagram of the model, as a modeler drew it. Places are
// in pixels from the diagram's upper left corner, x to the right and y down; either may
// be negative, and neither is ever NaN or infinite. A view says where things are drawn and
// nothing else: no number, and no fingerprint of a model, depends on it. The model owns
// its views with all their slices.
type View struct {
	Name   string // full: teachers.main for the view main of the module teachers
	Label  string // the title of the diagram; "" if it is the name
	Module string // the full name of the module whose file has it, "" for the model's own
	Places []Place
	Pipes  []Pipe
	Arrows []Arrow
	Notes  []Note
	Boxes  []Box
	Span   diagnostic.Span // of the table's header
}

// A Place is where a variable is drawn: the middle of a stock's box, of a flow's valve, of
// any other variable's circle or name. Key names the place within its view: the variable's
// full name, and behind it "#2", "#3" … where it is drawn more than once.
type Place struct {
	Key           string
	X, Y          float64
	Width, Height float64         // of its box; 0 if the diagram has the usual size
	Side          string          // the side of the symbol on which its name is: one of Sides, or ""
	Ghost         bool            // a repetition of a variable: an alias, a shadow variable
	Span          diagnostic.Span // of the value
}

// Sides are the places of a name, seen from its symbol.
var Sides = []string{"top", "bottom", "left", "right", "center"}

// Variable returns the full name of the variable at the place, or a name of the clock such
// as time.
func (p Place) Variable() string { return Placed(p.Key) }

// Placed returns a place's key without the number of a repetition.
func Placed(key string) string {
	name, _, _ := strings.Cut(key, "#")
	return name
}

// A Pipe is the line of a flow, from its beginning to its end. An end without a stock has a
// cloud.
type Pipe struct {
	Flow   string       // the key of the flow's place
	Points [][2]float64 // x and y of the ends and of the bends between them, two at least
	Span   diagnostic.Span
}

// An Arrow is a causal link as drawn. Without Angle and Points it is straight.
type Arrow struct {
	From, To string       // keys of places, or names of modules' boxes
	Angle    *float64     // of its start, in degrees, counter-clockwise from the right; nil: not an arc
	Points   [][2]float64 // one: an arc through it; more: straight lines from the first to the last
	Sign     string       // "+" or "-" as drawn, or ""
	Delayed  bool         // marked as a delay
	Span     diagnostic.Span
}

// A Note is a text beside the drawing, around its middle. Width and Height are 0 if the
// diagram does not give them.
type Note struct {
	Text                string
	X, Y, Width, Height float64
	Span                diagnostic.Span
}

// A BoxKind is the meaning of a box.
type BoxKind string

// The kinds of box.
const (
	BoxModule BoxKind = "module" // a part of the model that has a diagram of its own
	BoxGroup  BoxKind = "group"  // a frame around a group of variables
)

// A Box is a rectangle with a name, around its middle. Width and Height are 0 if the
// diagram does not give them.
type Box struct {
	Kind                BoxKind
	Name                string
	X, Y, Width, Height float64
	Span                diagnostic.Span
}

// Place returns the place with that key, or nil.
func (v *View) Place(key string) *Place {
	for i := range v.Places {
		if v.Places[i].Key == key {
			return &v.Places[i]
		}
	}
	return nil
}

// Pipe returns the pipe of the flow at that place, or nil.
func (v *View) Pipe(flow string) *Pipe {
	for i := range v.Pipes {
		if v.Pipes[i].Flow == flow {
			return &v.Pipes[i]
		}
	}
	return nil
}

// MaxKey bounds a place's key, in bytes, as TOML's reader does.
const MaxKey = 128

// FreeKey returns a name that is not taken yet, with a number behind it if it must have one,
// and takes it: population, population#2, population#3 with "#" between.
func FreeKey(taken map[string]int, name, between string) string {
	key := name
	for taken[key] > 0 {
		taken[name]++
		key = name + between + strconv.Itoa(taken[name])
	}
	taken[key]++
	return key
}

// FreeViewName is FreeKey for the names of views. It replaces a name that is too long for a
// key by view.
func FreeViewName(taken map[string]int, name string) string {
	if len(name) > MaxKey-10 {
		name = "view"
	}
	return FreeKey(taken, name, "_")
}
