package document

import (
	"strconv"
	"strings"

	"weir/model/diagnostic"
)

// A View is a [view.x] table: one picture of the model, as a modeler drew it. Places are
// in pixels from the picture's upper left corner, x to the right and y down; either may
// be negative, and neither is ever NaN or infinite. A view says where things are drawn and
// nothing else: no number, and no fingerprint of a model, depends on it. The model owns
// its views with all their slices.
type View struct {
	Name   string // full: teachers.main for the view main of the module teachers
	Label  string // what the picture is called; "" if it has no other name
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
	Width, Height float64         // of its box; 0 if the picture does not say
	Side          string          // where its name stands: one of Sides, "" if the picture does not say
	Ghost         bool            // a repetition of what is at home elsewhere: an alias, a shadow variable
	Span          diagnostic.Span // of the value
}

// Sides are where a name can stand, seen from its symbol.
var Sides = []string{"top", "bottom", "left", "right", "center"}

// Variable is the full name of what stands at the place, or a name of the clock such as
// time.
func (p Place) Variable() string { return Placed(p.Key) }

// Placed is a place's key without the number of a repetition.
func Placed(key string) string {
	name, _, _ := strings.Cut(key, "#")
	return name
}

// A Pipe is the way of a flow, from its beginning to its end. Where no stock is at an end,
// a cloud is.
type Pipe struct {
	Flow   string       // the key of the flow's place
	Points [][2]float64 // x and y of the ends and of the bends between them, two at least
	Span   diagnostic.Span
}

// An Arrow says what acts on what. Without Angle and Points it is straight.
type Arrow struct {
	From, To string       // keys of places, or names of modules' boxes
	Angle    *float64     // in which direction it sets out: degrees, counter-clockwise from the right; an arc
	Points   [][2]float64 // one: an arc through it; more: straight lines from the first to the last
	Sign     string       // "+" or "-" if the picture says it, "" if not
	Delayed  bool         // marked as a delay
	Span     diagnostic.Span
}

// A Note is a text beside the drawing, around its middle. Width and Height are 0 if the
// picture does not say them.
type Note struct {
	Text                string
	X, Y, Width, Height float64
	Span                diagnostic.Span
}

// A BoxKind is what a box stands for.
type BoxKind string

// The kinds of box.
const (
	BoxModule BoxKind = "module" // a part of the model that has a picture of its own
	BoxGroup  BoxKind = "group"  // a frame around what belongs together
)

// A Box is a rectangle with a name, around its middle. Width and Height are 0 if the
// picture does not say them.
type Box struct {
	Kind                BoxKind
	Name                string
	X, Y, Width, Height float64
	Span                diagnostic.Span
}

// Place is the place with that key, or nil.
func (v *View) Place(key string) *Place {
	for i := range v.Places {
		if v.Places[i].Key == key {
			return &v.Places[i]
		}
	}
	return nil
}

// Pipe is the pipe of the flow at that place, or nil.
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

// FreeKey is a name that is not taken yet, with a number behind it if it must have one, and
// takes it: population, population#2, population#3 with "#" between.
func FreeKey(taken map[string]int, name, between string) string {
	key := name
	for taken[key] > 0 {
		taken[name]++
		key = name + between + strconv.Itoa(taken[name])
	}
	taken[key]++
	return key
}

// FreeViewName is FreeKey for the names of views; one that would be no key, because it is too
// long, is view.
func FreeViewName(taken map[string]int, name string) string {
	if len(name) > MaxKey-10 {
		name = "view"
	}
	return FreeKey(taken, name, "_")
}
