package diff

import (
	"slices"
	"strings"
)

// names maps the names of variables and dimensions before to those after,
// before, where that is not the same.
type names map[string]string

// of returns a name after.
func (n names) of(name string) string {
	if now, renamed := n[name]; renamed {
		return now
	}
	return name
}

// in returns a text with the names after in it. Only whole names are replaced, never a part of one.
func (n names) in(text string) string {
	if len(n) == 0 {
		return text
	}
	var b strings.Builder
	for _, t := range tokens(text) {
		b.WriteString(n.of(t))
	}
	return b.String()
}

// spoken keys hold words for people, in which no name is looked for.
var spoken = []string{"label", "about", "title", "where", "note", "name", "owner", "source", "evidence"}

// rename finds tables that have another name and the same content, and calls them
// before as they are called after, wherever they are mentioned. It does so until nothing
// more is found: an equation that mentions a renamed variable has its content then. The first
// result maps every old name to its new one. before is not changed: the second result is a copy of
// it.
func rename(before, after []entry) (names, []entry) {
	n := names{}
	before = slices.Clone(before)
	for range before {
		found := renamedPaths(before, after)
		if len(found) == 0 {
			break
		}
		step := names{}
		for old, now := range found {
			step[nameOf(old)] = nameOf(now)
			n[nameOf(old)] = nameOf(now)
		}
		for i, e := range before {
			before[i] = e.called(found[e.path], step)
		}
	}
	return n, before
}

// nameOf returns the last part of a path: pupils of stock.pupils.
func nameOf(path string) string {
	_, name, _ := strings.Cut(path, ".")
	return name
}

// called returns an entry under its new path, if it has one, with new names in it. The keys are
// copied, since two entries may share them.
func (e entry) called(path string, n names) entry {
	if path != "" {
		e.from, e.path = e.path, path
	}
	keys := slices.Clone(e.keys)
	for i, k := range keys {
		if !slices.Contains(spoken, k.name) {
			keys[i].value = n.in(k.value)
		}
		if kindOf(e.path) == "view" {
			keys[i].name = n.in(k.name)
		}
	}
	e.keys = keys
	return e
}

// renamedPaths pairs tables that are only before with such of the same kind and content
// that are only after. Of several with the same content, the first before goes with the first
// after. Tables without keys, and those such as [time] that have no name of their own, are never
// renamed.
func renamedPaths(before, after []entry) map[string]string {
	was, is := paths(before), paths(after)
	free := map[string][]string{} // by content: the paths of tables that are only before
	for _, e := range before {
		if !is[e.path] && len(e.keys) > 0 && strings.Contains(e.path, ".") {
			key := kindOf(e.path) + e.content()
			free[key] = append(free[key], e.path)
		}
	}
	out := map[string]string{}
	for _, e := range after {
		key := kindOf(e.path) + e.content()
		if list := free[key]; !was[e.path] && len(list) > 0 {
			out[list[0]] = e.path
			free[key] = list[1:]
		}
	}
	return out
}

// paths returns the paths of tables, as a set.
func paths(list []entry) map[string]bool {
	out := map[string]bool{}
	for _, e := range list {
		out[e.path] = true
	}
	return out
}

// tables compares two lists of entries, renamed ones under their new names: those that
// changed in the order of after, then those removed; and the paths of those that are as
// they were. Both lists must have each path at most once. Labels are those after, except for a
// removed table.
func tables(before, after []entry) (changed []Table, same []string) {
	old := map[string]entry{}
	for _, e := range before {
		old[e.path] = e
	}
	for _, e := range after {
		b, was := old[e.path]
		delete(old, e.path)
		keys := differing(b, e)
		switch {
		case !was:
			changed = append(changed, Table{Path: e.path, Label: e.label, Change: Added, Keys: e.all(true)})
		case b.from != "":
			changed = append(changed, Table{Path: e.path, Label: e.label, Change: Renamed, From: b.from, Keys: keys})
		case len(keys) > 0:
			changed = append(changed, Table{Path: e.path, Label: e.label,
				Change: Changed, Keys: keys, Same: alike(b, e)})
		default:
			same = append(same, e.path)
		}
	}
	for _, e := range before {
		if _, removed := old[e.path]; removed {
			changed = append(changed, Table{Path: e.path, Label: e.label, Change: Removed, Keys: e.all(false)})
		}
	}
	return changed, same
}
