package vensim

import (
	"strconv"
	"strings"
	"unicode"

	language "weir/model/equation"
	"weir/model/function"
)

// nameAll gives every range, variable and element a name that can be written in
// weir's language.
func (im *importer) nameAll() {
	for _, f := range im.Families {
		if f.Root != nil {
			f.Root.Ours = im.free(snake(f.Root.Name), "_range")
			f.RootName = f.Root.Ours
		}
	}
	for _, r := range im.Order {
		if r.Ours == "" {
			r.Ours = im.free(snake(r.Name), "_range")
		}
	}
	for _, f := range im.Families {
		if f.Root == nil {
			f.RootName = im.free(snake(f.Ranges[0].Name)+"_and_others", "_range")
		}
	}
	for _, v := range im.order {
		if im.clockName(v.key) == "" {
			v.ours = im.free(snake(v.name), "_value")
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
			base := elementName(e.Name)
			name := base
			for n := 2; given[name]; n++ {
				name = base + "_" + strconv.Itoa(n)
			}
			given[name] = true
			e.Ours = name
		}
	}
}

// free is a name that nothing has yet, and takes it. Ending is added to the names of
// functions and words of the language.
func (im *importer) free(name, ending string) string {
	if row := function.Find(name); row != nil && !row.Free || !isPlain(name) {
		name += ending
	}
	out := name
	for n := 2; im.taken[out]; n++ {
		out = name + "_" + strconv.Itoa(n)
	}
	im.taken[out] = true
	return out
}

// isPlain reports whether a name stands for itself in an equation.
func isPlain(name string) bool {
	tree, mistakes := language.Parse(name)
	n, ok := tree.(*language.Name)
	return ok && len(mistakes) == 0 && n.Name == name
}

// snake is a name in lower case, with underscores for all that is no letter or digit.
func snake(name string) string {
	out := words(name)
	if out == "" || !unicode.IsLetter([]rune(out)[0]) {
		out = "x_" + out
	}
	return strings.TrimRight(out, "_")
}

// elementName is snake, but may begin with a digit.
func elementName(name string) string {
	out := words(name)
	if out == "" {
		return "x"
	}
	if c := out[0]; '0' <= c && c <= '9' && strings.Trim(out, "0123456789") != "" {
		return "x_" + out
	}
	return out
}

func words(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && b.Len() > 0:
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}
