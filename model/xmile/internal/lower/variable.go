package lower

import (
	"slices"

	"weir/model"
	"weir/model/equation"
	"weir/model/xmile/internal/source"
)

// LowerAll gives every variable its equations. Macros add variables as it goes.
// The loop counts instead of ranging, so that it reaches these too.
func (im *Lowerer) LowerAll() {
	im.findInfinite()
	for i := 0; i < len(im.Vars); i++ {
		im.lower(im.Vars[i])
	}
}

// lower gives one variable its equations.
func (im *Lowerer) lower(v *source.Variable) {
	switch {
	case v.Out == nil && v.IsLimit():
		out := im.NewVariable(v, v.Ours, model.KindConstant)
		out.Value, out.Keys["value"] = []float64{*v.Infinity}, v.Eqn.Text().Span(im.Sources)
		v.Out = []*model.Variable{out}
	case v.Out != nil || v.Infinity != nil || v.Resolve().Infinity != nil && !v.Resolve().IsLimit():
		// made with its equation already, or written into others
	case v.Source != nil:
		im.lowerInput(v)
	case im.IsData(v):
		im.asData(v)
	case v.Kind == model.KindLookup:
		v.Out = []*model.Variable{im.makeTable(v)}
	case v.Kind == model.KindStock:
		im.lowerStock(v)
	default:
		im.lowerEquation(v)
	}
}

// lowerInput makes an input of a module: an auxiliary with the value of its source.
// An input that stands for a graphical function makes no variable, for calls of it read the source
// itself.
func (im *Lowerer) lowerInput(v *source.Variable) {
	from := v.Resolve()
	if from.Kind == model.KindLookup || from.Eqn == nil && from.Table != "" {
		v.Note(model.Equivalent, "the graphical function is read as %s", from.Name)
		return
	}
	v.Note(model.Equivalent, "connected to %s", v.Source.Name)
	out := im.NewVariable(v, v.Ours, model.KindAux)
	out.Equation = source.TextAt(v.Source.Ours, v.Node.Start, v.Node.Span(im.Sources))
	v.Out = []*model.Variable{out}
}

// lowerEquation makes a flow or auxiliary: a constant if its equations are numbers.
// A variable without any equation gets none and makes no variable of the model.
func (im *Lowerer) lowerEquation(v *source.Variable) {
	if v.End {
		v.Note(model.Equivalent, "the flow at the end of the conveyor")
		v.Out = []*model.Variable{im.NewVariable(v, v.Ours, v.Kind)}
		return
	}
	parts := im.parts(v, v.AtInit == v)
	if len(parts) == 0 {
		return
	}
	// The equation is the input of the graph.
	if v.Table != "" {
		im.lowerGraph(v, parts)
		return
	}
	// Numbers make a constant, which can be varied; an initial equation makes it a variable. So does
	// the word of weir, which wrote an auxiliary.
	aux := im.Weir && im.Annex.Variables[v.Node.Value("name")].Kind == model.KindAux
	if v.Kind == model.KindAux && !aux && allLiteral(parts) && v.InitEqn == nil && v.Space.Macro == nil {
		v.Out = []*model.Variable{im.constant(v, parts)}
		return
	}
	out := im.NewVariable(v, v.Ours, v.Kind)
	v.Out = []*model.Variable{out}
	im.fillEquation(v, out, parts)
}

// allLiteral reports whether all parts are numbers.
func allLiteral(parts []equationPart) bool {
	for _, p := range parts {
		if p.literal == nil {
			return false
		}
	}
	return true
}

// oneEach reports whether each part is for a single element.
// A position below 0 stands for all elements of a dimension.
func oneEach(parts []equationPart) bool {
	return !slices.ContainsFunc(parts, func(p equationPart) bool { return len(p.at) == 0 || slices.Min(p.at) < 0 })
}

// constant returns a variable whose equations are numbers.
// Parts for each single element become one list of numbers, row by row; others stay texts of their
// own.
func (im *Lowerer) constant(v *source.Variable, parts []equationPart) *model.Variable {
	out := im.NewVariable(v, v.Ours, model.KindConstant)
	if len(parts) > 1 && len(parts) == source.Product(v.Over) && parts[0].key != "" && oneEach(parts) {
		out.Value = make([]float64, len(parts))
		out.Keys["value"] = parts[0].n.Text().Span(im.Sources)
		for _, p := range parts {
			out.Value[v.Number(p.at)] = *p.literal
		}
		return out
	}
	for _, p := range parts {
		at := p.n.Text().Span(im.Sources)
		if p.key == "" {
			out.Value = []float64{*p.literal}
			out.Keys["value"] = at
			continue
		}
		out.At = append(out.At, model.ElementText{Key: p.key, KeySpan: at, Text: im.Text(v, p.tree, at),
			Value: p.literal})
	}
	return out
}

// fillEquation writes the equations into a variable.
func (im *Lowerer) fillEquation(v *source.Variable, out *model.Variable, parts []equationPart) {
	if out.Kind == model.KindFlow {
		out.NonNeg = v.Uniflow && !v.Leak
	}
	for _, p := range parts {
		at := p.n.Text().Span(im.Sources)
		if v.Uniflow && v.AtInit == v {
			p.tree = im.fill(atLeastZero, p.n, p.tree)
		}
		if p.key == "" {
			out.Equation = im.Text(v, p.tree, at)
			out.Keys["equation"], out.Keys["initial"] = at, at
			continue
		}
		out.At = append(out.At, model.ElementText{Key: p.key, KeySpan: at, Text: im.Text(v, p.tree, at)})
	}
}

// lowerGraph makes a variable whose value is a graphical function of its equation.
func (im *Lowerer) lowerGraph(v *source.Variable, parts []equationPart) {
	table := im.makeTable(v)
	// A variable over no dimensions and its table are one lookup with an input.
	if v.Table == v.Ours {
		table.Input = im.Text(v, parts[0].tree, parts[0].n.Text().Span(im.Sources))
		table.Keys["input"] = table.Input.Span
		v.Out = []*model.Variable{table}
		return
	}
	table.Label += ", graph"
	out := im.NewVariable(v, v.Ours, v.Kind)
	called := func(p equationPart) equationPart {
		var index []equation.Index
		for i, at := range p.at {
			if at < 0 {
				index = append(index, dimension(v.Over[i]).index)
				continue
			}
			index = append(index, element(v.Over[len(v.Over)-len(p.at)+i], at).index)
		}
		at := im.at(p.n)
		p.tree = &equation.Call{Span: at, Func: v.Table, FuncSpan: at, Index: index, Args: []equation.Expr{p.tree}}
		return p
	}
	var apart []equationPart
	for _, p := range parts {
		apart = append(apart, called(p))
	}
	im.fillEquation(v, out, apart)
	v.Out = []*model.Variable{out, table}
}

// lowerStock makes a stock: its equation is the initial value. One without flows never
// changes, and is an auxiliary that keeps its initial value.
func (im *Lowerer) lowerStock(v *source.Variable) {
	for _, c := range v.Conversions {
		im.convert(c, v)
	}
	if v.Conveyor != nil {
		im.lowerConveyor(v)
		return
	}
	if kind := source.BatchKind(v); kind != "" {
		im.Reject(v, v.Node.Kid(kind).Span(im.Sources), "write it with stocks and delays", "%s is not supported",
			map[string]string{"queue": "a queue", "oven": "an oven"}[kind])
	}
	parts := im.parts(v, true)
	if len(v.Inflow)+len(v.Outflow) == 0 {
		v.Note(model.Equivalent, "a stock without flows keeps its initial value")
		if allLiteral(parts) {
			v.Out = []*model.Variable{im.constant(v, parts)}
			return
		}
		out := im.NewVariable(v, v.Ours, model.KindAux)
		for i := range parts {
			parts[i].tree = im.fill(initOf, parts[i].n, parts[i].tree)
		}
		im.fillEquation(v, out, parts)
		v.Out = []*model.Variable{out}
		return
	}
	im.stock(v, parts)
}

// stock makes a stock with its flows and initial values.
func (im *Lowerer) stock(v *source.Variable, parts []equationPart) *model.Variable {
	out := im.NewVariable(v, v.Ours, model.KindStock)
	out.Inflow, out.Outflow, out.NonNeg = v.Inflow, v.Outflow, v.NonNeg
	im.fillEquation(v, out, parts)
	v.Out = append([]*model.Variable{out}, v.Copies...)
	return out
}
