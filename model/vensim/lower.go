package vensim

import (
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// A lowerer makes the model's variables of those of the file, whose kinds, names and
// dimensions are known. It adds variables of its own where weir has no words for a part of
// an equation: the points of a lookup within it, a net flow, the places of elements, facts
// of data. Their names are free ones, made from the names of the variables they serve.
type lowerer struct {
	*report.Report
	partial   bool           // leave out parts that are not supported
	subs      *subscript.Set // with our names of dimensions and elements
	vars      *variables     // all of them, those made by passes too
	clock     *clock         // whose names equations may mention
	units     *units         // spell the units of variables
	constants *constants     // of the equations as they are after all passes before
	read      *reader        // for equations that read files
	names     naming.Taken   // to make more
	dates     dating         // for GET TIME VALUE
	m         *model.Model   // gets the variables

	flowsOf  map[*variable]*stockFlows    // of the stocks that integrate a sum of flows
	extra    []*model.Variable            // made along with the present variable
	numbered map[*subscript.Family]string // the constants with the places of a family's elements
	placed   map[*dimension]string        // the constants with the places of a dimension's elements
	blank    []string                     // the variables without an equation
	blankAt  syntax.Span                  // the place of the first of them
}

// lower adds every variable to the model, in the order of the file, and a row for each
// to the report. The flows of stocks are found first, for a variable that is a flow is
// written as one wherever it is in the file. Variables that an equation needs for itself,
// such as the points of a WITH LOOKUP, come right behind the variable.
func (lo *lowerer) lower() {
	lo.flowsOf, lo.numbered, lo.placed = map[*variable]*stockFlows{}, map[*subscript.Family]string{},
		map[*dimension]string{}
	for _, v := range lo.vars.order {
		lo.prepareFlows(v)
	}
	for _, v := range lo.vars.order {
		if v.ours == "" {
			continue
		}
		lo.variable(v)
		if v.out != nil {
			for _, w := range append([]*model.Variable{v.out}, lo.extra...) {
				w.Group = v.group
				lo.m.Variables = append(lo.m.Variables, w)
			}
			lo.extra = nil
		}
		lo.Row(v.name, v.ours, v.grade, strings.Join(v.how, "; "), v.at())
	}
	if v := lo.clock.endsBy; v != nil {
		lo.m.Time.Ends, lo.m.Time.KeySpans["ends"] = v.ours, lo.Place(v.at())
	}
	lo.reportUnwritten()
}

// variable makes the model's variable, and its equation unless a mistake in it is reported
// already. Another equation may need the points of a data variable that comes later: it is
// made twice then, with the same result.
// The result is in v.out. A broken variable has its name, kind and dimensions all the same, so that
// equations that mention it can be checked.
func (lo *lowerer) variable(v *variable) {
	v.out = &model.Variable{Name: v.ours, Kind: v.kind, Span: lo.Place(v.at()), Keys: map[string]diagnostic.Span{},
		Broken: v.broken}
	if v.name != v.ours {
		v.out.Label = v.name
	}
	v.out.Units = lo.units.weir(lo.units.text(v))
	for _, eq := range v.equations {
		// The first comment counts: later equations of an array mostly repeat it.
		if v.out.About == "" && !v.derived {
			v.out.About = eq.Comment
		}
	}
	for _, d := range v.over {
		v.out.Over = append(v.out.Over, d.ours)
	}
	if v.broken {
		return
	}
	switch v.kind {
	case model.KindConstant, model.KindDecision:
		lo.constant(v)
	case model.KindLookup:
		lo.lookup(v)
	case model.KindData:
		lo.data(v)
	case model.KindStock:
		lo.stock(v)
	default:
		lo.aux(v)
	}
	v.out.Broken = v.broken
}

// aux makes an auxiliary or a flow.
func (lo *lowerer) aux(v *variable) {
	if lo.withLookup(v) {
		return
	}
	if v.flow {
		v.out.Kind = model.KindFlow
	}
	v.out.Equation, v.out.At = lo.texts(v, func(eq *syntax.Equation) syntax.Expr { return eq.Expr })
}

// texts returns one expression of each of a variable's equations in weir's language: the
// text for all elements, and those for some. Elements without an equation are na, and
// noted as undefined.
// of picks the expression of an equation, such as the initial value of a stock; an equation for
// which it returns nil adds nothing.
func (lo *lowerer) texts(v *variable, of func(*syntax.Equation) syntax.Expr) (model.Text, []model.ElementText) {
	var whole model.Text
	var at []model.ElementText
	defined := make([]bool, v.size())
	for i, eq := range v.equations {
		e := of(eq)
		if c, ok := e.(*syntax.Call); eq.Kind == syntax.EqNumbers || ok && sheet.Reads(c.Key, "constants") {
			at = append(at, lo.numberTexts(v, i, defined)...)
			continue
		}
		if e == nil {
			continue
		}
		l := lo.lowering(v, eq)
		for _, p := range l.allPieces(e, i) {
			text := l.text(e, p)
			v.eachElement(p.box, func(_ []string, element int) { defined[element] = true })
			if p.key() == "" {
				whole = text
				continue
			}
			at = append(at, model.ElementText{Key: p.key(), KeySpan: lo.Place(eq.NameSpan), Text: text})
		}
	}
	if whole.Text == "" && len(at) > 0 && slices.Contains(defined, false) {
		whole = lo.notAvailable(v.at())
		lo.leaveUndefined(v, defined, "elements without an equation are :NA:")
	}
	return whole, at
}

// leaveUndefined notes the elements of a variable that the file does not define.
// defined has a value for each element, row by row, and is copied.
func (lo *lowerer) leaveUndefined(v *variable, defined []bool, how string) {
	v.note(model.Equivalent, how)
	if lo.Imported.Undefined == nil {
		lo.Imported.Undefined = map[string][]bool{}
	}
	undefined := make([]bool, len(defined))
	for i := range defined {
		undefined[i] = !defined[i]
	}
	lo.Imported.Undefined[v.ours] = undefined
}

// numberTexts returns the numbers of the i-th equation as texts, one for each element, and
// marks the elements as defined.
func (lo *lowerer) numberTexts(v *variable, i int, defined []bool) []model.ElementText {
	at := v.equations[i].NameSpan
	values := map[int]float64{}
	lo.read.numbersOf(v, i, func(element int, x float64) { values[element], defined[element] = x, true })
	var out []model.ElementText
	boxes, _ := lo.read.coverage(v, i, true)
	for _, b := range boxes {
		v.eachElement(b, func(keys []string, element int) {
			text, _ := document.NewText(number(at, values[element]), lo.Place(at))
			out = append(out, model.ElementText{Key: v.elementKey(lo.subs.Elements, keys), KeySpan: lo.Place(at),
				Text: text})
		})
	}
	return out
}

// number returns a number that the file does not have in this form as a tree.
func number(at syntax.Span, x float64) equation.Expr {
	if x == syntax.NotAvailable {
		return equation.NewName(equation.Span(at), "na")
	}
	return equation.NewNumber(equation.Span(at), x)
}

// notAvailable returns na as the text at a place.
func (lo *lowerer) notAvailable(at syntax.Span) model.Text {
	text, _ := document.NewText(number(at, syntax.NotAvailable), lo.Place(at))
	return text
}

// lowering returns the lowering of one equation of a variable.
func (lo *lowerer) lowering(v *variable, eq *syntax.Equation) *lowering {
	return &lowering{lowerer: lo, v: v, eq: eq, place: map[string]int{}, fixed: map[string]string{},
		starred: map[string]bool{}}
}

// leaveUnwritten notes a variable without an equation.
// A variable of several such equations is counted once.
func (l *lowering) leaveUnwritten(c *syntax.Call) {
	if l.failed {
		return
	}
	l.failed = true
	l.v.note(model.Unsupported, "it has no equation yet")
	l.v.broken = l.v.broken || !l.partial
	if len(l.blank) == 0 {
		l.blankAt = c.Span
	}
	if !slices.Contains(l.blank, l.v.name) {
		l.blank = append(l.blank, l.v.name)
	}
}

// mostBlank is how many variables without an equation are named.
const mostBlank = 5

// reportUnwritten reports all variables without an equation at once, at the first of
// them: a model that is a drawing so far has many.
func (lo *lowerer) reportUnwritten() {
	switch n := len(lo.blank); {
	case n == 0:
		return
	case n == 1:
		lo.ErrorAt(model.NotSupported, lo.blankAt, "write its equation in Vensim, or go on without it: --allow-partial",
			"%s: it has no equation yet", lo.blank[0])
	default:
		names := strings.Join(lo.blank[:min(n, mostBlank)], ", ")
		if n > mostBlank {
			names += " and " + strconv.Itoa(n-mostBlank) + " more"
		}
		lo.ErrorAt(model.NotSupported, lo.blankAt,
			"write their equations in Vensim, or go on without them: --allow-partial",
			"%d variables have no equation yet: %s", n, names)
	}
	if lo.partial {
		lo.List[len(lo.List)-1].Severity = diagnostic.Warning
	}
}
