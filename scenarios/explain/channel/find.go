package channel

import (
	"cmp"
	"fmt"
	"slices"

	"weir/model/resolved"
)

// Most is how many channels there are at most: more than that nobody reads.
const Most = 10

// A Channel is variables through which an effect may pass. It is held, or not, as a whole.
type Channel struct {
	ID        string
	Label     string // for a reader
	Variables []*resolved.Variable
	// Higher and Lower are clauses that say what happens if the channel's variables are higher
	// or lower than with no new decisions; "" if the model has none.
	Higher, Lower string
}

// Named returns the channels that the model names and that lie between decisions and an
// outcome. Aside are the labels of those that do not; own are those that hold the outcome itself,
// through which all of it would pass.
func (w *Web) Named(r *resolved.Model, from []*resolved.Variable, to *resolved.Variable) (list []Channel, aside,
	own []string) {
	on := w.between(w.places(from), w.place[to])
	for _, c := range r.Channels {
		x := Channel{ID: c.Name, Label: cmp.Or(c.Label, single(c.Variables[0]).Label), Variables: c.Variables,
			Higher: c.Higher, Lower: c.Lower}
		switch {
		case slices.Contains(c.Variables, to):
			own = append(own, x.Label)
		case slices.ContainsFunc(c.Variables, func(v *resolved.Variable) bool { return on[w.place[v]] }):
			list = append(list, x)
		default:
			aside = append(aside, x.Label)
		}
	}
	return list, aside, own
}

// Find returns the channels through which decisions reach an outcome, and how they were
// chosen. These are the last stocks before the outcome, and the last variables that one module
// has from another: every path from the decisions that passes any such variable has a last
// one. Those of which the outcome is only the sum are not among them, since they would carry
// all of it and say nothing. Paths that pass none are cut at as few other variables as can
// be. If that makes more than Most, the variables of one module are one channel, and after
// that the nearest are taken; what passes none of the channels is the direct effect.
func (w *Web) Find(from []*resolved.Variable, to *resolved.Variable) (list []Channel, how string) {
	f := &finder{Web: w, from: w.places(from), to: w.place[to]}
	f.on = w.between(f.from, f.to)
	if !f.on[f.to] {
		return nil, "no path leads from the decisions to it"
	}
	f.outcome()
	last := f.lastSlow()
	how = "found: the last stocks and module outputs before the outcome"
	if room := Most - len(last); room > 0 {
		if cut := f.bypass(last); len(cut) > 0 {
			if len(last) == 0 {
				how = "found: the fewest variables that cut all paths"
			} else {
				how += ", and the fewest variables that cut the paths around them"
			}
			last = append(last, cut[:min(room, len(cut))]...)
		}
	}
	if len(last) > Most {
		return f.byModule(last), how + ", by module"
	}
	slices.Sort(last)
	for _, i := range last {
		list = append(list, single(w.vars[i]))
	}
	if len(list) == 0 {
		how = "none: the decisions act on the outcome without a variable between that could be held"
	}
	return list, how
}

// single returns the channel of one variable, under its label.
func single(v *resolved.Variable) Channel {
	return Channel{ID: v.Name, Label: cmp.Or(v.Label, v.Name), Variables: []*resolved.Variable{v}}
}

// A finder is one search.
type finder struct {
	*Web
	from []int
	to   int
	on   []bool // on a path
	own  []bool // of which the outcome is the sum, with their flows
}

// outcome marks the outcome with all that it only adds up, and other sums of the same: their
// values are its own.
func (f *finder) outcome() {
	f.own = make([]bool, len(f.vars))
	var mark func(i int)
	mark = func(i int) {
		if f.own[i] {
			return
		}
		f.own[i] = true
		v := f.vars[i]
		for _, flow := range slices.Concat(v.Inflows, v.Outflows) {
			if n, ok := f.of(flow); ok {
				f.own[n] = true
			}
		}
		if v.Kind == resolved.Stock || !adds(v) {
			return
		}
		for _, u := range f.last[i] {
			if k := f.vars[u].Kind; k == resolved.Stock || k == resolved.Aux && adds(f.vars[u]) {
				mark(u)
			}
		}
	}
	mark(f.to)
	for again := true; again; {
		again = false
		for i, v := range f.vars {
			other := func(u int) bool { return !f.own[u] }
			if !f.own[i] && v.Kind == resolved.Aux && adds(v) && len(f.last[i]) > 0 && !slices.ContainsFunc(f.last[i],
				other) {
				f.own[i], again = true, true
			}
		}
	}
}

// adds reports whether a variable is only a sum of others.
func adds(v *resolved.Variable) bool {
	var plain func(e resolved.Expr) bool
	plain = func(e resolved.Expr) bool {
		switch e := e.(type) {
		case *resolved.Ref:
			return true
		case *resolved.Apply:
			if e.Op != resolved.Add && e.Op != resolved.Sub {
				return false
			}
			return plain(e.Args[0]) && plain(e.Args[1])
		case *resolved.Reduce:
			return e.Op == resolved.Sum && plain(e.X)
		}
		return false
	}
	for _, p := range v.Parts {
		if !plain(p.Expr) {
			return false
		}
	}
	return len(v.Parts) > 0
}

// candidate reports whether a variable may be a channel of the first kind: a stock, or read by
// another module.
func (f *finder) candidate(i int) bool {
	if !f.on[i] || f.own[i] || slices.Contains(f.from, i) {
		return false
	}
	if f.slow[i] {
		return true
	}
	return slices.ContainsFunc(f.next[i], func(n int) bool {
		return f.on[n] && module(f.vars[n].Name) != module(f.vars[i].Name)
	})
}

// lastSlow returns the last candidates before the outcome.
func (f *finder) lastSlow() []int {
	var found []int
	f.reach(f.last, f.owned(), func(i int) bool {
		if f.candidate(i) {
			if !slices.Contains(found, i) {
				found = append(found, i)
			}
			return true
		}
		return !f.on[i]
	})
	return found
}

// owned returns the variables that are the outcome's own.
func (f *finder) owned() []int {
	var list []int
	for i, own := range f.own {
		if own && f.on[i] {
			list = append(list, i)
		}
	}
	return list
}

// byModule returns the channels of variables, those of one module together.
func (f *finder) byModule(list []int) []Channel {
	var out []Channel
	for _, i := range list {
		name := module(f.vars[i].Name)
		at := slices.IndexFunc(out, func(c Channel) bool { return name != "" && c.ID == name })
		switch {
		case at >= 0:
			out[at].Variables = append(out[at].Variables, f.vars[i])
			out[at].Label = fmt.Sprintf("%s (%d variables)", name, len(out[at].Variables))
		case name == "":
			out = append(out, single(f.vars[i]))
		default:
			c := single(f.vars[i])
			c.ID = name
			out = append(out, c)
		}
	}
	return out[:min(Most, len(out))]
}
