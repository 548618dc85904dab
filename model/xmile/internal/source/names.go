package source

import (
	"strconv"

	"weir/model/function"
	"weir/model/xmile/internal/naming"
)

// Names give out names that nothing else in the model has.
type Names struct {
	Taken map[string]bool
	Free  bool // names of functions that give theirs up may be used: the file is weir's own
}

// Take returns out a name that nothing else has: not a function, not a variable, not an
// element. A name that would be one gets an ending, then a number.
// The name is valid in weir's equations without quotes. Names are never given back.
func (t *Names) Take(name, ending string) string {
	out := name
	if t.has(out) {
		out = name + ending
	}
	for i := 2; t.has(out) || !naming.Plain(out); i++ {
		out = name + "_" + strconv.Itoa(i)
	}
	t.Taken[out] = true
	return out
}

// has reports whether something has a name already. A function that gives its name up
// is no obstacle in a file of our own.
func (t *Names) has(name string) bool {
	row := function.Find(name)
	return t.Taken[name] || row != nil && !(t.Free && row.Free)
}
