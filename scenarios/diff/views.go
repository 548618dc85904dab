package diff

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
)

// views returns the pictures of a model: a line for each thing drawn in them, whose place is
// its value. Views of modules are left out, since they come with the module's own file.
func views(m *model.Model) []entry {
	var out []entry
	for _, v := range m.Views {
		if v.Module != "" {
			continue
		}
		e := entry{path: "view." + v.Name, label: v.Label, keys: []pair{{"label", v.Label}}}
		add := func(kind, name string, value ...any) {
			e.keys = append(e.keys, pair{kind + " " + name, fmt.Sprint(value...)})
		}
		for _, p := range v.Places {
			add("places", p.Key, p.X, " ", p.Y, " ", p.Width, " ", p.Height, p.Side, p.Ghost)
		}
		for _, b := range v.Boxes {
			add("boxes", b.Name, b.Kind, b.X, " ", b.Y, " ", b.Width, " ", b.Height)
		}
		for _, p := range v.Pipes {
			add("pipes", p.Flow, p.Points)
		}
		for _, a := range v.Arrows {
			angle := ""
			if a.Angle != nil {
				angle = fmt.Sprint(*a.Angle)
			}
			add("arrows", a.From+" → "+a.To, angle, a.Points, a.Sign, a.Delayed)
		}
		for _, n := range v.Notes {
			add("notes", n.Text, n.X, " ", n.Y, " ", n.Width, " ", n.Height)
		}
		out = append(out, e)
	}
	return out
}

// mostNames is how many names a line about a picture has.
const mostNames = 4

// drawn lists, in a line for each kind, the parts of a diagram that were added, moved and removed.
// Coordinates mean nothing to a reader of a list, so they are left out. A change of the label comes
// first, if there is one.
func drawn(keys []Key) []Key {
	var out []Key
	for _, kind := range []string{"places", "boxes", "pipes", "arrows", "notes"} {
		var moved, added, gone []string
		for _, k := range keys {
			name, is := strings.CutPrefix(k.Name, kind+" ")
			switch {
			case !is:
			case k.Before == "":
				added = append(added, name)
			case k.After == "":
				gone = append(gone, name)
			default:
				moved = append(moved, name)
			}
		}
		if words := slices.Concat(named("added", added), named("changed", moved)); words != nil {
			out = append(out, Key{Name: kind, After: strings.Join(words, "; ")})
		}
		if gone != nil {
			out = append(out, Key{Name: kind,
				Before: strings.Join(gone[:min(len(gone), mostNames)], ", ") + more(len(gone))})
		}
	}
	for _, k := range keys {
		if k.Name == "label" && k.Before+k.After != "" {
			out = append([]Key{k}, out...)
		}
	}
	return out
}

// named returns a list of names, or nothing. For example: named("added", [a b]) is ["added a, b"].
// At most mostNames are named.
func named(verb string, names []string) []string {
	if names == nil {
		return nil
	}
	return []string{verb + " " + strings.Join(names[:min(len(names), mostNames)], ", ") + more(len(names))}
}

// more writes how many names are left out of a list. It is "" if none is left out.
func more(n int) string {
	if n <= mostNames {
		return ""
	}
	return fmt.Sprintf(" and %d more", n-mostNames)
}
