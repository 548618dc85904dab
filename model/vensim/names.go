package vensim

import (
	"strconv"

	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/subscript"
)

// nameAll makes a name for every range, variable and element that can be written in
// weir's language. Ranges and variables share one set of names, roots first, for theirs are
// in the names of parts. Elements have a set of their own over all families: keys of
// elements' own equations hold elements and ranges, so that those may not be alike.
//
// Names are free in the order of the file, so that the same file always makes the same
// model; variables that passes have made come behind those that they serve.
func nameAll(names naming.Taken, subs *subscript.Set, vars *variables, c *clock) {
	for _, f := range subs.Families {
		if f.Root != nil {
			f.Root.Ours = names.Free(naming.Variable(f.Root.Name), "_range")
			f.RootName = f.Root.Ours
		}
	}
	for _, r := range subs.Order {
		if r.Ours == "" {
			r.Ours = names.Free(naming.Variable(r.Name), "_range")
		}
	}
	for _, f := range subs.Families {
		if f.Root == nil {
			f.RootName = names.Free(naming.Variable(f.Ranges[0].Name)+"_and_others", "_range")
		}
	}
	for _, v := range vars.order {
		if c.name(v.key) == "" {
			v.ours = names.Free(naming.Variable(v.name), "_value")
		}
	}
	given := map[string]bool{} // elements must not be named like ranges
	for _, r := range subs.Order {
		given[r.Ours] = true
	}
	for _, f := range subs.Families {
		given[f.RootName] = true
	}
	for _, f := range subs.Families {
		for _, key := range f.Elements {
			e := subs.Elements[key]
			base := naming.Element(e.Name)
			name := base
			for n := 2; given[name]; n++ {
				name = base + "_" + strconv.Itoa(n)
			}
			given[name] = true
			e.Ours = name
		}
	}
}
