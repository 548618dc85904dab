package xmile

import (
	"strings"

	"weir/model"
)

func containsWord(s, word string) bool { return strings.Contains(strings.ToLower(s), word) }

// leaveOut takes out what is not supported and all that depends on it, where the
// caller goes on without it.
func (im *importer) leaveOut() {
	if !im.options.AllowPartial {
		return
	}
	for changed := true; changed; {
		changed = false
		for _, v := range im.vars {
			if v.left {
				continue
			}
			for d := range v.deps {
				if d.left {
					v.left, changed = true, true
					v.note(model.Unsupported, "it depends on %s", first(v.deps))
					break
				}
			}
		}
	}
}

// first is the first of the left-out variables by name.
func first(deps map[*variable]bool) string {
	name := ""
	for d := range deps {
		if d.left && (name == "" || d.name < name) {
			name = d.name
		}
	}
	return name
}

// write puts the variables into the model, in the file's order, and the report.
func (im *importer) write() {
	for _, d := range im.order {
		if d.ordered && d.decl != nil {
			d.decl.Ordered = true
		}
	}
	for _, v := range im.vars {
		row := model.ImportRow{Name: v.name, Grade: v.grade, How: strings.Join(v.how, "; "), Span: v.n.span(im.file)}
		if !v.left {
			im.restore(v)
			im.m.Variables = append(im.m.Variables, v.out...)
			if len(v.out) > 0 {
				row.Variable = v.ours
			}
		}
		if !v.hidden {
			im.m.Imported.Rows = append(im.m.Imported.Rows, row)
		}
	}
}
