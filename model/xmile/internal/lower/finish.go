package lower

import (
	"strings"

	"weir/model"
)

// Write puts the variables into the model, in the file's order, and the report.
func (im *Lowerer) Write() {
	for _, d := range im.Dims.Order {
		if d.Ordered && d.Decl != nil {
			d.Decl.Ordered = true
		}
	}
	for _, v := range im.Vars {
		row := model.ImportRow{Name: v.Name, Grade: v.Grade, How: strings.Join(v.How, "; "),
			Span: v.Node.Span(im.Sources)}
		if v.Left { // the consequences are not reported
			if len(v.Out) == 0 {
				v.Out = []*model.Variable{im.NewVariable(v, v.Ours, v.Kind)}
			}
			v.Out[0].Broken = true
		} else {
			im.restore(v)
		}
		im.Out.Variables = append(im.Out.Variables, v.Out...)
		if len(v.Out) > 0 {
			row.Variable = v.Ours
		}
		if !v.Hidden {
			im.Out.Imported.Rows = append(im.Out.Imported.Rows, row)
		}
	}
}
