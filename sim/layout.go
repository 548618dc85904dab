package sim

import (
	"fmt"
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

// layOut gives every variable its block: constants, decisions, stocks, memories,
// initial values, auxiliaries and flows, each in the model's order.
func (p *Program) layOut() error {
	p.slot = make([]int, len(p.model.Variables))
	next := firstNamed
	for _, k := range []resolved.Kind{resolved.Constant, resolved.Decision, resolved.Stock, resolved.Memory,
		resolved.Initial, resolved.Aux, resolved.Flow} {
		if k == resolved.Stock {
			p.stocks.from = next
		}
		for _, v := range p.model.Variables {
			if v.Kind != k {
				continue
			}
			size, err := boundedSize(v)
			if err != nil {
				return err
			}
			p.slot[v.ID] = next
			if next += size; next > maxSlots {
				return tooLarge(v)
			}
		}
		if k == resolved.Stock {
			p.stocks.to = next
		}
	}
	p.named = next
	return nil
}

// boundedSize is v.Size without overflow.
func boundedSize(v *resolved.Variable) (int, error) {
	size := 1
	for _, d := range v.Over {
		if n := len(d.Elements); n > 0 && size > maxSlots/n {
			return 0, tooLarge(v)
		}
		size *= len(d.Elements)
	}
	return size, nil
}

func tooLarge(v *resolved.Variable) error {
	return &Error{Span: v.Span, Message: fmt.Sprintf("the model is too large: with %s it has more than %d numbers", v.Name, maxSlots)}
}

// A span of slots, half-open.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

// A segment is a run of slots that are neighbours in the vector and in a saved row.
type segment struct{ slot, column, n int }

// makeColumns lists what a saved row has: declared variables in the model's order,
// then the data series that equations read.
func (p *Program) makeColumns() {
	c := &columns{index: map[string]int{}}
	for _, v := range p.model.Variables {
		if v.Hidden {
			continue
		}
		p.addSegment(segment{p.slot[v.ID], len(c.list), v.Size()})
		c.addAll(v.Name, v.Label, v.Unit, v.Over)
	}
	for _, d := range p.series {
		p.addSegment(segment{d.slot, len(c.list), len(d.table.Points)})
		c.addAll(d.table.Name, d.table.Name, "", d.table.Over)
	}
	p.columns = c
}

func (p *Program) addSegment(s segment) {
	if n := len(p.segments); n > 0 {
		last := &p.segments[n-1]
		if last.slot+last.n == s.slot && last.column+last.n == s.column {
			last.n += s.n
			return
		}
	}
	p.segments = append(p.segments, s)
}

// columns are shared by all results of a program.
type columns struct {
	list  []Column
	index map[string]int // by Column.Name
}

func (c *columns) addAll(name, label, unit string, over []*resolved.Dimension) {
	for i := range sizeOf(over) {
		col := Column{Variable: name, Elements: elementNames(over, i), Label: label, Unit: unit}
		c.index[col.Name()] = len(c.list)
		c.list = append(c.list, col)
	}
}

func sizeOf(over []*resolved.Dimension) int {
	n := 1
	for _, d := range over {
		n *= len(d.Elements)
	}
	return n
}

// elementNames are the names of the i-th element of an array, nil for a scalar.
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

// elementName is name[a,b] of the i-th element, or name for a scalar.
func elementName(name string, over []*resolved.Dimension, i int) string {
	if len(over) == 0 {
		return name
	}
	return name + "[" + strings.Join(elementNames(over, i), ",") + "]"
}

// strides are the distances in slots between neighbours in each dimension.
func strides(over []*resolved.Dimension) []int {
	s := make([]int, len(over))
	for k, n := len(over)-1, 1; k >= 0; k-- {
		s[k] = n
		n *= len(over[k].Elements)
	}
	return s
}
