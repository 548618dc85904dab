package link

import (
	"weir/model"
	"weir/model/code"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// ConnectAll gives the inputs of a model's modules their sources, those of inner modules
// first.
func (k *Linker) ConnectAll(sp *source.Space) {
	vars := source.Declarations(sp.Model)
	if vars == nil {
		return
	}
	for _, m := range vars.All("module") {
		if kid := sp.Kids[naming.Canonical(m.Value("name"))]; kid != nil {
			k.ConnectAll(kid)
		}
	}
	k.connect(sp, sp.Model)
}

// connect joins the inputs of a model's modules with the sources that <connect> names.
func (k *Linker) connect(sp *source.Space, n *scan.Node) {
	vars := source.Declarations(n)
	if vars == nil {
		return
	}
	for _, m := range vars.All("module") {
		for _, c := range append(m.All("connect"), m.All("connect2")...) {
			to, _ := c.Attr("to")
			from, _ := c.Attr("from")
			kid := sp.Kids[naming.Canonical(m.Value("name"))]
			target := k.end(sp, kid, naming.SplitPath(to.Value))
			source := k.end(sp, nil, naming.SplitPath(from.Value))
			switch {
			// A connection to a module without that input changes nothing; without its source
			// an input would have no value.
			case target == nil:
				k.Warn(scan.Repaired, to.Span(k.Sources), "",
					"%q, which the module %s is to be given, does not exist", to.Value, m.Value("name"))
			case source == nil && target.Source == nil:
				k.Report(model.UnknownName, from.Span(k.Sources), "",
					"%q, which the module %s is to be given, does not exist", from.Value, m.Value("name"))
			case source != nil && source != target:
				k.join(m, to, target, source)
			}
		}
	}
}

// join gives an input its source. One that has another already, or an equation of its own without
// being an input, is a mistake: only one of the two values can count, and the file does not say
// which.
func (k *Linker) join(m *scan.Node, to scan.Text, target, source *source.Variable) {
	switch {
	case target.Source != nil && target.Source != source:
		k.Report(model.DuplicateName, to.Span(k.Sources), "take one of the connections out",
			"%s is connected twice: to %s and to %s", target.Name, target.Source.Name, source.Name)
	case !target.Input && target.HasEquation():
		k.Report(code.BadBinding, to.Span(k.Sources), `give it access="input" in its model, or take the connection out`,
			"%s is no input of the module %s: it has an equation of its own", target.Name, m.Value("name"))
	default:
		target.Source = source
	}
}

// end finds the variable at one end of a connection: in the module itself, in the
// model around it, or from the top.
// It returns nil if there is no such variable; the caller decides whether that matters.
func (k *Linker) end(sp, kid *source.Space, path []string) *source.Variable {
	if len(path) > 1 && path[0] == "" {
		path = path[1:]
		if v := k.Top.At(path); v != nil {
			return v
		}
	}
	// Files name the ends from the model that holds the module, from the module itself, or from
	// the top; a single word is one of the module's own.
	for s := sp; s != nil; s = s.Parent {
		if v := s.At(path); v != nil && (kid == nil || len(path) > 1) {
			return v
		}
	}
	if kid != nil {
		return kid.At(path)
	}
	return nil
}
