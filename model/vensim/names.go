package vensim

import (
	"strconv"

	"weir/model/vensim/internal/naming"
)

// nameAll gives every range, variable and element a name that can be written in
// weir's language.
func (im *importer) nameAll() {
	for _, f := range im.Families {
		if f.Root != nil {
			f.Root.Ours = im.names.Free(naming.Snake(f.Root.Name), "_range")
			f.RootName = f.Root.Ours
		}
	}
	for _, r := range im.Order {
		if r.Ours == "" {
			r.Ours = im.names.Free(naming.Snake(r.Name), "_range")
		}
	}
	for _, f := range im.Families {
		if f.Root == nil {
			f.RootName = im.names.Free(naming.Snake(f.Ranges[0].Name)+"_and_others", "_range")
		}
	}
	for _, v := range im.order {
		if im.clockName(v.key) == "" {
			v.ours = im.names.Free(naming.Snake(v.name), "_value")
		}
	}
	given := map[string]bool{} // elements must not be named like ranges
	for _, r := range im.Order {
		given[r.Ours] = true
	}
	for _, f := range im.Families {
		given[f.RootName] = true
	}
	for _, f := range im.Families {
		for _, key := range f.Elements {
			e := im.Elements[key]
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
