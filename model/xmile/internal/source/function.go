package source

import (
	"strings"

	"weir/model/document"
	"weir/model/foreign"
	"weir/model/function"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/scan"
)

// head returns the function of weir that a call becomes, with the name as the file has it;
// "" if it becomes anything else.
func (im *Model) head(name string, args int) string {
	row := foreign.XMILE(name, args, im.Tool())
	if row == nil || len(row.Means) == 0 {
		return ""
	}
	head, _, called := strings.Cut(row.Means[len(row.Means)-1].String(), "(")
	if !called {
		return ""
	}
	return head
}

// Later reports whether a function's value does not depend on those of its arguments in
// the same step.
func (im *Model) Later(name string, args int) bool {
	if row := foreign.XMILE(name, args, im.Tool()); row != nil && row.Special == foreign.History {
		return true
	}
	head := im.head(name, args)
	return head == "previous" || head == "init" || strings.HasPrefix(head, "delay") || strings.HasPrefix(head, "smooth")
}

// isDelay reports whether an equation is nothing but a function with a state.
func (im *Model) isDelay(t scan.Text) bool {
	list, mistakes := im.Grammar().Parse(t.Value)
	if len(list) != 1 || mistakes != nil {
		return false
	}
	call, ok := list[0].(*expr.Call)
	if !ok || len(call.Of.Path) != 1 {
		return false
	}
	row := function.Find(im.head(call.Of.Path[0], len(call.Args)))
	return row != nil && (row.Kind == function.DelayState || row.Kind == function.Pipeline || row.Chain != nil || len(row.State) > 0)
}

// heldState reports whether a <stock> is no stock, but a function with a state, as Vensim
// writes it: it has no flows, and its equation is not its initial value.
func (im *Model) heldState(v *Variable) bool {
	if !im.OwnExport || v.Kind != document.KindStock || v.Node.Kid("inflow") != nil || v.Node.Kid("outflow") != nil {
		return false
	}
	if v.Eqn != nil {
		return im.isDelay(im.EquationText(v, v.Eqn))
	}
	for _, e := range v.Elements {
		if e.Eqn == nil || !im.isDelay(im.EquationText(v, e.Eqn)) {
			return false
		}
	}
	return len(v.Elements) > 0
}

// Declarations returns the element that holds the variables of a model, or nil: Stella and
// iThink wrote them into <model> itself before XMILE 1.0.
func Declarations(m *scan.Node) *scan.Node {
	if vars := m.Kid("variables"); vars != nil {
		return vars
	}
	for _, k := range m.Kids {
		if isDeclaration(k) {
			return m
		}
	}
	return nil
}

// isDeclaration reports whether an element declares a variable or a module.
func isDeclaration(n *scan.Node) bool {
	switch strings.ToLower(n.Name) {
	case "stock", "flow", "aux", "gf", "module":
		return true
	}
	return false
}
