package xmile

import "weir/model"

// A linker joins what is declared: inputs of modules with their sources, stocks with
// their flows, and variables with those that their equations mention.
type linker struct {
	*importer
	needs map[*variable][]*variable // see atOnce
	inits map[*variable]bool        // whether initial values need another equation
}

// connectAll gives the inputs of a model's modules their sources, those of inner modules
// first.
func (k *linker) connectAll(sp *space) {
	vars := sp.model.kid("variables")
	if vars == nil {
		return
	}
	for _, m := range vars.all("module") {
		if kid := sp.kids[canonical(m.value("name"))]; kid != nil {
			k.connectAll(kid)
		}
	}
	k.connect(sp, sp.model)
}

// connect gives the inputs of a model's modules what their <connect> says.
func (k *linker) connect(sp *space, n *node) {
	vars := n.kid("variables")
	if vars == nil {
		return
	}
	for _, m := range vars.all("module") {
		for _, c := range append(m.all("connect"), m.all("connect2")...) {
			to, _ := c.attr("to")
			from, _ := c.attr("from")
			kid := sp.kids[canonical(m.value("name"))]
			target := k.end(sp, kid, splitPath(to.s))
			source := k.end(sp, nil, splitPath(from.s))
			switch {
			case target == nil:
				k.warn(Repaired, to.span(k.file), "", "%q, which the module %s is to be given, does not exist", to.s, m.value("name"))
			case source == nil && target.source == nil:
				k.report(model.UnknownName, from.span(k.file), "", "%q, which the module %s is to be given, does not exist", from.s, m.value("name"))
			case source != nil && source != target:
				target.source = source
			}
		}
	}
}

// end finds the variable at one end of a connection: in the module itself, in the
// model around it, or from the top.
func (k *linker) end(sp, kid *space, path []string) *variable {
	if len(path) > 1 && path[0] == "" {
		path = path[1:]
		if v := k.top.at(path); v != nil {
			return v
		}
	}
	for s := sp; s != nil; s = s.parent {
		if v := s.at(path); v != nil && (kid == nil || len(path) > 1) {
			return v
		}
	}
	if kid != nil {
		return kid.at(path)
	}
	return nil
}

// at finds the variable at a path of modules; nil if there is none.
func (sp *space) at(path []string) *variable {
	for len(path) > 1 {
		if sp = sp.kids[path[0]]; sp == nil {
			return nil
		}
		path = path[1:]
	}
	return sp.vars[path[0]]
}

// find looks a name up as an equation of this space means it.
func (sp *space) find(path []string, top *space) *variable {
	if path[0] == "" && len(path) > 1 {
		return top.at(path[1:])
	}
	if v := sp.at(path); v != nil {
		return v
	}
	if len(path) > 1 {
		for s := sp.parent; s != nil; s = s.parent {
			if v := s.at(path); v != nil {
				return v
			}
		}
	}
	return nil
}
