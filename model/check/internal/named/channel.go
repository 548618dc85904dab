package named

import (
	"slices"

	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/resolved"
)

// Channels finds the variables of each [channel.x] in a resolved model, and reports those
// through which nothing can pass.
func Channels(c *state.State, r *resolved.Model) {
	taken := map[string]*document.Channel{}
	for _, x := range c.Model.Channels {
		if len(x.Through) == 0 {
			c.Report(code.BadChannel, x.Span, "name its variable: through = \"families\"",
				"the channel %s has no variable", x.Name)
		}
		out := &resolved.Channel{Name: x.Name, Label: x.Label, Higher: x.Higher, Lower: x.Lower}
		for i, name := range x.Through {
			at := x.Span
			if i < len(x.Spans) {
				at = x.Spans[i]
			}
			if c.Model.LeftOut(name) != "" || !passable(c, x, name, at) {
				continue
			}
			if first := taken[name]; first != nil {
				c.Report(code.BadChannel, at, "take it out of one of them", "%s is in the channel %s already", name,
					first.Name)
				c.Relate(first.Span, first.Name+" is here")
				continue
			}
			taken[name] = x
			if v := declared(r, name); v != nil {
				out.Variables = append(out.Variables, v)
			}
		}
		if len(out.Variables) > 0 {
			r.Channels = append(r.Channels, out)
		}
	}
}

// declared returns a variable of a resolved model by its name.
func declared(r *resolved.Model, name string) *resolved.Variable {
	i := slices.IndexFunc(r.Variables, func(v *resolved.Variable) bool { return !v.Hidden && v.Name == name })
	if i < 0 {
		return nil
	}
	return r.Variables[i]
}

// passable reports whether a variable may be a channel, after reporting why not.
func passable(c *state.State, x *document.Channel, name string, at diagnostic.Span) bool {
	v := c.Names[name]
	switch {
	case v == nil:
		all := c.VariableNames(func(*document.Variable) bool { return true })
		c.Report(code.UnknownName, at, diagnostic.DidYouMean(name, all), "%q is not declared", name)
		return false
	case v.Kind == document.KindConstant || v.Kind == document.KindData || v.Kind == document.KindLookup:
		c.Report(code.BadChannel, at, "name stocks, flows or auxiliaries",
			"%s is %s: it is the same in every scenario, so nothing passes through it", name, document.WithArticle(v.Kind))
		return false
	case v.Kind == document.KindDecision:
		c.Report(code.BadChannel, at, "name a variable that it acts on",
			"%s is a decision: that is where an effect begins, not a channel of it", name)
		return false
	}
	return true
}
