package lower

import (
	"strings"

	"weir/model"
)

// Write puts the variables into the model, in the file's order, and the report.
// It comes last, when every variable has been lowered. Variables that macros made are in the model,
// but not in the report, since the file does not have them.
func (im *Lowerer) Write() {
	for _, d := range im.Dims.Order {
		// Only equations tell whether the order of a dimension matters.
		if d.Ordered && d.Decl != nil {
			d.Decl.Ordered = true
		}
	}
	homes := im.findParts()
	for _, v := range im.Vars {
		row := model.ImportRow{Name: v.Name, Grade: v.Grade, How: strings.Join(v.How, "; "),
			Span: v.Node.Span(im.Sources)}
		if v.Left { // the consequences are not reported
			// A broken variable stays in the model under its name, so that equations that read it
			// are not reported as well.
			if len(v.Out) == 0 {
				v.Out = []*model.Variable{im.NewVariable(v, v.Ours, v.Kind)}
			}
			v.Out[0].Broken = true
		} else {
			im.restore(v)
		}
		im.Out.Variables = append(im.Out.Variables, v.Out...)
		homes.add(v)
		if len(v.Out) > 0 {
			row.Variable = v.Ours
		}
		if !v.Hidden {
			im.Out.Imported.Rows = append(im.Out.Imported.Rows, row)
		}
	}
}
