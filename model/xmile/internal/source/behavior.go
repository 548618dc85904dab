package source

import "weir/model/xmile/internal/scan"

// around returns the defaults of the file that a model or macro is in.
func (f *Files) around(sp *Space, n *scan.Node) defaults {
	p := f.Home[n]
	if p == nil {
		p = f.ByPath[""]
	}
	return f.behavior(p.Root, defaults{})
}

// behavior returns the defaults of a file or model: its own, and else those around it (XMILE
// 1.0, 2.7).
func (f *Files) behavior(n *scan.Node, around defaults) defaults {
	b := n.Kid("behavior")
	if b == nil {
		return around
	}
	all := defaults{Flag(b, "non_negative", around.stocks), Flag(b, "non_negative", around.flows)}
	if s := b.Kid("stock"); s != nil {
		all.stocks = Flag(s, "non_negative", all.stocks)
	}
	if flow := b.Kid("flow"); flow != nil {
		all.flows = Flag(flow, "non_negative", all.flows)
	}
	return all
}

// defaults are the properties that <behavior> gives all stocks and flows: whether they are
// non-negative.
type defaults struct{ stocks, flows bool }
