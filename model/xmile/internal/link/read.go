package link

import (
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// IsRead reports whether any equation reads a variable, or a stock has it as its flow.
func (k *Linker) IsRead(v *source.Variable) bool {
	if k.read == nil {
		k.findRead()
	}
	return k.read[v]
}

// findRead marks all variables that equations name: those of variables and elements,
// initial ones, and those of conveyors.
// Macros are not looked into: their arguments are in the equations that call them.
func (k *Linker) findRead() {
	k.read = map[*source.Variable]bool{}
	for _, v := range k.Vars {
		if v.Source != nil {
			k.read[v.Source] = true
			continue
		}
		k.readIn(v, v.Node)
		for _, key := range []string{"inflow", "outflow"} {
			for _, f := range k.flowsNamed(v, key) {
				k.read[f] = true
			}
		}
	}
}

// equationElements are the elements whose text is an equation.
var equationElements = []string{"eqn", "init_eqn", "len", "capacity", "in_limit", "arrest", "sample", "multiplier", "leak",
	"leak_fraction"}

// readIn marks the variables that the equations in an element name.
func (k *Linker) readIn(v *source.Variable, n *scan.Node) {
	for _, name := range equationElements {
		for _, e := range n.All(name) {
			list, _ := k.Grammar().Parse(k.EquationText(v, e).Value)
			for _, tree := range list {
				k.readBy(v, tree)
			}
		}
	}
	for _, name := range []string{"element", "conveyor"} {
		for _, inner := range n.All(name) {
			k.readIn(v, inner)
		}
	}
}

// readBy marks the variables that a tree names.
func (k *Linker) readBy(v *source.Variable, tree expr.Expr) {
	expr.Walk(tree, func(e expr.Expr) bool {
		if r, ok := e.(*expr.Ref); ok {
			if w := v.Space.Find(r.Path, k.Top); w != nil {
				k.read[w] = true
			}
		}
		return true
	})
}
