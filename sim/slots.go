package sim

import (
	"strings"

	"weir/model/resolved"
)

// The first slots of the vector. They are the run's own.
const (
	slotNow       = iota // time
	slotStepStart        // time at the start of the step
	slotStep             // dt
	slotStart
	slotStop
	firstNamed
)

// Bounds on sizes, checked before anything is allocated.
const (
	maxSlots      = 1 << 24 // 128 MB
	maxRemembered = 1 << 25 // positions of gathered, scattered, looked up and drawn numbers
	maxSaved      = 1 << 27 // 1 GB of saved numbers
	maxSteps      = 1 << 30
)

// A span of slots, half-open.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

// A segment is a run of slots that are neighbours in the vector and in a saved row.
type segment struct {
	slot, column, n int
	open            bool // its numbers may be infinite or NaN, see resolved.Model.Open
}

// columns are shared by all results of a program.
type columns struct {
	list   []Column
	index  map[string]int    // by Column.Name
	of     map[string]span   // by Column.Variable: its columns
	folded map[string][]span // by Column.Variable in one case
}

// addAll adds a column for each element of a variable, last dimension fastest.
func (c *columns) addAll(name, label, unit string, over []*resolved.Dimension) {
	c.of[name] = span{len(c.list), len(c.list) + sizeOf(over)}
	c.folded[folded(name)] = append(c.folded[folded(name)], c.of[name])
	for i := range sizeOf(over) {
		col := Column{Variable: name, Elements: elementNames(over, i), Label: label, Unit: unit}
		c.index[col.Name()] = len(c.list)
		c.list = append(c.list, col)
	}
}

// sizeOf returns the number of elements of an array; 1 of a scalar.
func sizeOf(over []*resolved.Dimension) int {
	n := 1
	for _, d := range over {
		n *= len(d.Elements)
	}
	return n
}

// elementNames returns the names of the i-th element of an array, nil for a scalar.
func elementNames(over []*resolved.Dimension, i int) []string {
	if len(over) == 0 {
		return nil
	}
	names := make([]string, len(over))
	for k := len(over) - 1; k >= 0; k-- {
		n := len(over[k].Elements)
		names[k] = over[k].Elements[i%n]
		i /= n
	}
	return names
}

// elementName returns name[a,b] of the i-th element, or name for a scalar.
func elementName(name string, over []*resolved.Dimension, i int) string {
	if len(over) == 0 {
		return name
	}
	return name + "[" + strings.Join(elementNames(over, i), ",") + "]"
}

// strides returns the distances in slots between neighbours in each dimension.
func strides(over []*resolved.Dimension) []int {
	s := make([]int, len(over))
	for k, n := len(over)-1, 1; k >= 0; k-- {
		s[k] = n
		n *= len(over[k].Elements)
	}
	return s
}
