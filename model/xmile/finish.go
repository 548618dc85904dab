package xmile

import (
	"strings"

	"weir/model"
)

func containsWord(s, word string) bool { return strings.Contains(strings.ToLower(s), word) }

// write puts the variables into the model, in the file's order, and the report.
func (im *lowerer) write() {
	for _, d := range im.dims.order {
		if d.ordered && d.decl != nil {
			d.decl.Ordered = true
		}
	}
	for _, v := range im.vars {
		row := model.ImportRow{Name: v.name, Grade: v.grade, How: strings.Join(v.how, "; "), Span: v.n.span(im.file)}
		if v.left { // what follows from it is not reported
			if len(v.out) == 0 {
				v.out = []*model.Variable{im.newVariable(v, v.ours, v.kind)}
			}
			v.out[0].Broken = true
		} else {
			im.restore(v)
		}
		im.m.Variables = append(im.m.Variables, v.out...)
		if len(v.out) > 0 {
			row.Variable = v.ours
		}
		if !v.hidden {
			im.m.Imported.Rows = append(im.m.Imported.Rows, row)
		}
	}
}
