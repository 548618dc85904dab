package sim

import "weir/model/resolved"

// text returns an expression in the modeler's names, for the present iteration of its loops.
func (x *explainer) text(e resolved.Expr) string { return resolved.FormatWith(e, x.mention) }

// mention returns the text of a name or an array function; ok is false of any other node.
func (x *explainer) mention(e resolved.Expr) (text string, ok bool) {
	switch e := e.(type) {
	case *resolved.Clock:
		if e.Kind == resolved.StepStart {
			return "time", true // the modeler's word for both
		}
	case *resolved.Ref:
		name := e.Var.Name
		if e.Var.Hidden && e.Var.Label != "" {
			name = e.Var.Label
		}
		return elementName(name, e.Var.Over, x.position(e.Var.Over, e.At)), true
	case *resolved.Reduce:
		return e.Op.Name() + "(" + x.text(e.X) + ")", true
	case *resolved.Lookup:
		return elementName(e.Table.Name, e.Table.Over, x.position(e.Table.Over, e.At)) + "(" + x.text(e.X) + ")", true
	case *resolved.ArrayCall:
		return e.Fn.Name() + "(…)", true
	}
	return "", false
}
