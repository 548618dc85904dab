package xmile

import (
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
)

// Point is a point of a graphical function.
type Point = resolved.Point

// newVariable is a variable of the model with what all kinds have.
func (im *importer) newVariable(v *variable, name string, kind model.Kind) *model.Variable {
	out := &model.Variable{Name: name, Kind: kind, Label: display(v.name), Span: v.n.span(im.file), Keys: map[string]diagnostic.Span{}}
	if v.source == nil || v.sp.macro == nil {
		out.About = sentence(v.n.words("doc"))
	}
	if u := v.n.kid("units"); u != nil {
		out.Units = im.units.text(u.text().s)
		out.Keys["units"] = u.text().span(im.file)
	}
	if v.sp.macro != nil {
		out.Units = "" // it differs from call to call
	}
	for _, d := range v.over {
		out.Over = append(out.Over, d.ours)
	}
	return out
}

// sentence is a comment on one line, without what translators from Vensim leave in it.
func sentence(doc string) string {
	doc = strings.ReplaceAll(strings.ReplaceAll(doc, `\n`, " "), "~:SUPPLEMENTARY", "")
	return strings.Join(strings.Fields(strings.ReplaceAll(doc, "~ :SUPPLEMENTARY", "")), " ")
}

// lowerAll gives every variable its equations. Macros add variables as it goes.
func (im *lowerer) lowerAll() {
	for i := 0; i < len(im.vars); i++ {
		im.lower(im.vars[i])
	}
}

func (im *lowerer) lower(v *variable) {
	switch {
	case v.out != nil: // made with its equation already
	case v.source != nil:
		im.lowerInput(v)
	case im.isData(v):
		im.asData(v)
	case v.kind == model.KindLookup:
		v.out = []*model.Variable{im.makeTable(v)}
	case v.kind == model.KindStock:
		im.lowerStock(v)
	default:
		im.lowerEquation(v)
	}
}

// lowerInput is an input of a module: the value that it is given.
func (im *lowerer) lowerInput(v *variable) {
	from := v.resolve()
	if from.kind == model.KindLookup || from.eqn == nil && from.table != "" {
		v.note(model.Equivalent, "the graphical function is read as %s", from.name)
		return
	}
	v.note(model.Equivalent, "connected to %s", v.source.name)
	out := im.newVariable(v, v.ours, model.KindAux)
	out.Equation = words(v.source.ours, v.n.start).text(v.n.span(im.file))
	v.out = []*model.Variable{out}
}

// lowerEquation is a flow or auxiliary.
func (im *lowerer) lowerEquation(v *variable) {
	if v.end {
		v.note(model.Equivalent, "what comes out of the conveyor")
		v.out = []*model.Variable{im.newVariable(v, v.ours, v.kind)}
		return
	}
	parts := im.parts(v, v.atInit == v)
	if len(parts) == 0 {
		return
	}
	if v.table != "" {
		im.lowerGraph(v, parts)
		return
	}
	if v.kind == model.KindAux && allLiteral(parts) && v.initEqn == nil && v.sp.macro == nil {
		v.out = []*model.Variable{im.constant(v, parts)}
		return
	}
	out := im.newVariable(v, v.ours, v.kind)
	v.out = []*model.Variable{out}
	im.fillEquation(v, out, parts)
}

func allLiteral(parts []equationPart) bool {
	for _, p := range parts {
		if p.literal == nil {
			return false
		}
	}
	return true
}

// constant is a variable whose equations are numbers.
func (im *lowerer) constant(v *variable, parts []equationPart) *model.Variable {
	out := im.newVariable(v, v.ours, model.KindConstant)
	if len(parts) > 1 && len(parts) == product(v.over) && parts[0].key != "" {
		out.Value = make([]float64, len(parts))
		out.Keys["value"] = parts[0].n.text().span(im.file)
		for _, p := range parts {
			out.Value[v.number(p.at)] = *p.literal
		}
		return out
	}
	for _, p := range parts {
		at := p.n.text().span(im.file)
		if p.key == "" {
			out.Value = []float64{*p.literal}
			out.Keys["value"] = at
			continue
		}
		out.At = append(out.At, model.ElementText{Key: p.key, KeySpan: at, Text: p.text.text(at), Value: p.literal})
	}
	return out
}

// fillEquation writes the equations into a variable.
func (im *lowerer) fillEquation(v *variable, out *model.Variable, parts []equationPart) {
	if out.Kind == model.KindFlow {
		out.NonNeg = v.uniflow && !v.leak
	}
	for _, p := range parts {
		at := p.n.text().span(im.file)
		if v.uniflow && v.atInit == v {
			p.text = compose("max(0, $1)", p.n.start, p.text)
		}
		if p.key == "" {
			out.Equation = p.text.text(at)
			out.Keys["equation"], out.Keys["initial"] = at, at
			continue
		}
		out.At = append(out.At, model.ElementText{Key: p.key, KeySpan: at, Text: p.text.text(at)})
	}
}

// lowerGraph is a variable with a graphical function of what its equation says.
func (im *lowerer) lowerGraph(v *variable, parts []equationPart) {
	table := im.makeTable(v)
	if v.table == v.ours {
		table.Input = parts[0].text.text(parts[0].n.text().span(im.file))
		table.Keys["input"] = table.Input.Span
		v.out = []*model.Variable{table}
		return
	}
	table.Label += ", graph"
	out := im.newVariable(v, v.ours, v.kind)
	called := func(p equationPart) equationPart {
		index := ""
		if p.at != nil {
			var list []subscript
			for i, at := range p.at {
				if at < 0 {
					list = append(list, subscript{text: v.over[i].ours})
					continue
				}
				list = append(list, subscript{text: v.over[len(v.over)-len(p.at)+i].index(at)})
			}
			index = brackets(list)
		}
		p.text = compose(v.table+index+"($1)", p.n.start, p.text)
		return p
	}
	var apart []equationPart
	for _, p := range parts {
		apart = append(apart, called(p))
	}
	im.fillEquation(v, out, apart)
	v.out = []*model.Variable{out, table}
}

// batchKind is queue or oven if a stock is one, else "".
func batchKind(v *variable) string {
	for _, kind := range []string{"queue", "oven"} {
		if v.n.kid(kind) != nil {
			return kind
		}
	}
	return ""
}

// lowerStock is a stock: its equation is the initial value. One without flows never
// changes, and is an auxiliary that keeps what it has at the start.
func (im *lowerer) lowerStock(v *variable) {
	for _, c := range v.conversions {
		c.fill(im, v)
	}
	if v.conveyor != nil {
		im.lowerConveyor(v)
		return
	}
	if kind := batchKind(v); kind != "" {
		im.reject(v, v.n.kid(kind).span(im.file), "write it with stocks and delays", "%s is not supported", map[string]string{"queue": "a queue", "oven": "an oven"}[kind])
	}
	parts := im.parts(v, true)
	if len(v.inflow)+len(v.outflow) == 0 {
		v.note(model.Equivalent, "a stock without flows keeps its initial value")
		if allLiteral(parts) {
			v.out = []*model.Variable{im.constant(v, parts)}
			return
		}
		out := im.newVariable(v, v.ours, model.KindAux)
		for i := range parts {
			parts[i].text = compose("init($1)", parts[i].n.start, parts[i].text)
		}
		im.fillEquation(v, out, parts)
		v.out = []*model.Variable{out}
		return
	}
	im.stock(v, parts)
}

func (im *lowerer) stock(v *variable, parts []equationPart) *model.Variable {
	out := im.newVariable(v, v.ours, model.KindStock)
	out.Inflow, out.Outflow, out.NonNeg = v.inflow, v.outflow, v.nonNeg
	im.fillEquation(v, out, parts)
	v.out = append([]*model.Variable{out}, v.copies...)
	return out
}
