// Package macro writes out the calls of the macros of a .mdl file: every call makes the
// equations of its macro again, over the subscripts of the equation that calls.
package macro

import (
	"fmt"
	"slices"

	"weir/model"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// maxDerived bounds how many equations macros may be written out to.
const maxDerived = 200_000

// A macro is equations that every call writes out again, over the subscripts of the
// calling equation.
type macro struct {
	name, key string             // as written, folded
	at        syntax.Span        // the place of its name
	inputs    []string           // keys
	outputs   []string           // keys of further results
	equations []*syntax.Equation // as parsed; they are never changed
	locals    map[string]bool    // keys of the variables that its equations define
	numbers   map[string]number  // locals that are plain numbers
	calls     int                // written out so far
	weight    int                // see Macros.weight; 0: not counted yet
	open      bool               // being written out
}

// A number is how a macro's local that is a plain number is written out.
type number uint8

const (
	perCall number = iota + 1 // its units are those of an input
	shared                    // once for all calls
)

// findNumbers finds the locals that are plain numbers.
func (m *macro) findNumbers(src string) {
	defined := map[string]int{}
	for _, eq := range m.equations {
		m.locals[eq.Key] = true
		defined[eq.Key]++
	}
	for _, eq := range m.equations {
		if eq.Key == m.key || defined[eq.Key] > 1 || !isNumber(eq) || slices.Contains(m.outputs, eq.Key) {
			continue
		}
		m.numbers[eq.Key] = shared
		syntax.EachUnit(src[eq.Units.Start:eq.Units.End], func(name string) string {
			if slices.Contains(m.inputs, syntax.Key(name)) {
				m.numbers[eq.Key] = perCall
			}
			return name
		})
	}
}

// Macros are the macros of a file and, once they are expanded, the equations that they
// make.
type Macros struct {
	*report.Report
	src       string                      // the decoded file
	ranges    map[string]*subscript.Range // of the model, by folded name
	byKey     map[string]*macro           // by folded name
	order     []*macro                    // in the order of the file; of two of one name the first
	open      *macro                      // the one whose equations are being read
	equations []*syntax.Equation          // of the model, with those that the calls make
	prefixes  map[string]bool             // of the names of the variables that calls make
	derived   int                         // how many equations the calls have made
}

// New returns the macros of the decoded file src: none yet.
func New(r *report.Report, src string) *Macros {
	return &Macros{Report: r, src: src, byKey: map[string]*macro{}, prefixes: map[string]bool{}}
}

// Line reads the head or the end of a macro.
func (ms *Macros) Line(st syntax.Statement) {
	head := syntax.ParseMacroHead(ms.src, st.Equation)
	if head.Ends {
		if ms.open == nil {
			ms.ErrorAt(model.Syntax, st.Equation, "", "a macro ends here, but none has begun")
		}
		ms.open = nil
		return
	}
	if ms.open != nil {
		ms.ErrorAt(model.Syntax, st.Equation, "write :END OF MACRO: before it", "a macro begins within the macro %s",
			ms.open.name)
	}
	m := &macro{
		name: head.Name, key: syntax.Key(head.Name), at: head.At, inputs: head.Inputs, outputs: head.Outputs,
		locals: map[string]bool{}, numbers: map[string]number{},
	}
	if ms.byKey[m.key] != nil {
		ms.ErrorAt(model.DuplicateName, m.at, "", "the macro %s is defined twice", m.name)
	} else {
		ms.order = append(ms.order, m)
	}
	ms.byKey[m.key], ms.open = m, m
}

// Take reports whether an equation belongs to the macro that is being read, and keeps it
// then.
func (ms *Macros) Take(eq *syntax.Equation) bool {
	if ms.open == nil {
		return false
	}
	ms.open.equations = append(ms.open.equations, eq)
	return true
}

// End reports a macro that never ends.
func (ms *Macros) End() {
	if ms.open != nil {
		ms.ErrorAt(model.Syntax, ms.open.at, "write :END OF MACRO: after its last equation",
			"the macro %s never ends", ms.open.name)
	}
}

// TooMany reports whether the calls made more equations than a model may have, which is
// reported.
func (ms *Macros) TooMany() bool { return ms.derived >= 2*maxDerived }

// Defines reports whether the file has a macro of a name.
func (ms *Macros) Defines(key string) bool { return ms.byKey[key] != nil }

// Expand writes out every call of a macro in the equations and returns these with the
// equations that the calls make. Ranges are those of the model: a call is written out
// over the ranges of the equation that it is in.
func (ms *Macros) Expand(equations []*syntax.Equation, ranges map[string]*subscript.Range) []*syntax.Equation {
	ms.equations, ms.ranges = equations, ranges
	for _, m := range ms.order {
		m.findNumbers(ms.src)
	}
	for i := 0; i < len(ms.equations); i++ { // calls append equations, and expand those themselves
		eq := ms.equations[i]
		if !eq.Derived && eq.Expr != nil {
			x := &expansion{Macros: ms, owner: eq}
			eq.Expr = x.in(eq.Expr)
		}
	}
	for _, m := range ms.order {
		how := fmt.Sprintf("a macro, written out at each of its %d calls", m.calls)
		switch m.calls {
		case 0:
			how = "a macro that nothing calls"
		case 1:
			how = "a macro, written out where it is called"
		}
		ms.Row(m.name, "", model.Equivalent, how, m.at)
	}
	return ms.equations
}
