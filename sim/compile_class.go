package sim

import "weir/model/resolved"

// phaseOf returns the phase in which a value of class k is computed, from where the
// compiler stands. Initial values are computed in order, so nothing is moved out of
// that phase but equations that depend on constants alone.
func (c *compiler) phaseOf(k class) phase {
	switch {
	case k == classConst:
		return phaseConst
	case k == classInitial && c.phase != phaseInit:
		return phaseStart
	}
	return c.phase
}

// classify finds the class of every variable. Auxiliaries and flows begin as constant
// and rise until nothing changes; their equations are in order, so that is soon.
func (c *compiler) classify() {
	c.class = make([]class, len(c.p.model.Variables))
	for _, v := range c.p.model.Variables {
		switch v.Kind {
		case resolved.Constant, resolved.Decision:
			if c.p.varying[v.ID] {
				c.class[v.ID] = classFlow
			}
		case resolved.Stock, resolved.DelayState:
			c.class[v.ID] = classFlow
		case resolved.Initial:
			c.class[v.ID] = classInitial
		}
	}
	for changed := true; changed; {
		changed = false
		for _, list := range [][]resolved.Assign{c.p.model.Init, c.p.model.Flows} {
			for _, a := range list {
				computed := a.Var.Kind == resolved.Aux || a.Var.Kind == resolved.Flow
				if k := c.classOf(a.Part.Expr); computed && k > c.class[a.Var.ID] {
					c.class[a.Var.ID] = k
					changed = true
				}
			}
		}
	}
}

// classOf returns the class of an expression under the present knowledge.
func (c *compiler) classOf(e resolved.Expr) class {
	k := classConst
	switch e := e.(type) {
	case *resolved.Clock:
		if e.Kind == resolved.Now || e.Kind == resolved.StepStart {
			k = classFlow
		}
	case *resolved.Ref:
		k = c.class[e.Var.ID]
	case *resolved.Draw:
		k = classFlow
	}
	for _, x := range resolved.Children(e) {
		k = max(k, c.classOf(x))
	}
	return k
}
