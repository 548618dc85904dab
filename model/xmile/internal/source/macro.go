package source

import (
	"weir/model"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
)

// A Macro is a <macro>: a function made of variables.
type Macro struct {
	Node  *scan.Node
	Name  string
	Parms []*scan.Node
	next  *Macro // of the same name, with another number of arguments
}

// CollectMacros reads the macros of all files by their names.
func (im *Model) CollectMacros(root *scan.Node) {
	for _, n := range root.All("macro") {
		m := &Macro{Node: n, Name: naming.Spoken(n.Value("name")), Parms: n.All("parm")}
		key := naming.Canonical(m.Name)
		if im.filtered(n) {
			continue
		}
		if known := im.Macros[key]; key == "" || known != nil && !known.another(m) {
			im.Report(model.DuplicateName, n.Span(im.Sources), "", "a macro needs a name of its own, not %q", m.Name)
			continue
		}
		if im.Macros[key] == nil {
			im.Macros[key] = m
		}
		if n.Kid("sim_specs") != nil {
			im.Row(n, "sim_specs of "+m.Name, model.Approximated, "a macro runs with the step of the whole model")
			im.Warn(scan.Approximated, n.Span(im.Sources), "",
				"the macro %s has a clock of its own, but runs with the step of the whole model", m.Name)
		}
		im.Row(n, m.Name, model.Equivalent, "a macro is written out where it is called")
	}
}

// filtered reports whether a macro is an option filter, which changes all stocks or flows
// that have its name as an option; non_negative is built in (XMILE 1.0, 3.6.2).
func (im *Model) filtered(n *scan.Node) bool {
	a, given := n.Attr("filter")
	if !given {
		return false
	}
	if naming.Canonical(n.Value("name")) == "non_negative" {
		im.Row(n, n.Value("name"), model.Equivalent, "weir holds stocks and flows back itself")
		return true
	}
	im.Row(n, n.Value("name"), model.Unsupported, "an option filter")
	im.unsupported(a.Span(im.Sources), "call it in the equations that it is for",
		"the macro %s is an option filter, which is not supported", n.Value("name"))
	return true
}

// ForArguments returns the macro of that name with so many arguments: a name may have several
// (XMILE 1.0, 3.6.1). Without one it is the first, of which some arguments may be left out.
func (m *Macro) ForArguments(n int) *Macro {
	for other := m; other != nil; other = other.next {
		if len(other.Parms) == n {
			return other
		}
	}
	return m
}

// another puts a macro behind those of the same name, which take other numbers of
// arguments.
func (m *Macro) another(of *Macro) bool {
	if m.ForArguments(len(of.Parms)) != m || len(m.Parms) == len(of.Parms) {
		return false
	}
	last := m
	for last.next != nil {
		last = last.next
	}
	last.next = of
	return true
}
