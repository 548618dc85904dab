package read

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"weir/model/code"
	"weir/model/document"
	"weir/model/keys"
	"weir/model/toml"
	"weir/model/toml/shape"
)

// A variableReader reads the tables of variables.
type variableReader struct{ *reader }

// variableTables have the reader and the shape of each kind of variable.
var variableTables = []struct {
	kind  document.Kind
	shape *shape.Shape
	read  func(variableReader, *toml.Table, *document.Variable)
}{
	{document.KindStock, keys.Stock, variableReader.stock},
	{document.KindFlow, keys.Flow, variableReader.flow},
	{document.KindAux, keys.Aux, variableReader.computed},
	{document.KindConstant, keys.Constant, variableReader.constant},
	{document.KindDecision, keys.Decision, variableReader.decision},
	{document.KindLookup, keys.Lookup, variableReader.lookup},
	{document.KindData, keys.Data, variableReader.data},
}

// variables reads every table that declares a variable, in file order. A variable is broken if its
// table has a mistake of form, since checks of its content would then report consequences.
func (r variableReader) read() {
	for _, row := range variableTables {
		for _, t := range r.root.Tables(string(row.kind)) {
			before := r.doc.Count()
			v := r.common(t, row.kind, row.shape.What)
			row.read(r, t, v)
			t.Done(row.shape)
			at := t.Table("at")
			v.Broken = v.Broken || r.doc.Count() > before || t.Damaged || at != nil && at.Damaged
			r.m.Variables = append(r.m.Variables, v)
		}
	}
	byPlace := func(a, b *document.Variable) int { return cmp.Compare(a.Span.Start, b.Span.Start) }
	slices.SortStableFunc(r.m.Variables, byPlace)
}

// common returns a variable with the keys that every kind has.
func (r variableReader) common(t *toml.Table, kind document.Kind, article string) *document.Variable {
	r.name(t, article)
	return &document.Variable{
		Name: t.Name, Kind: kind, Span: t.Span, Keys: t.Places(),
		Label: t.String("label"), About: t.String("about"), Units: t.String("units"), Over: t.Strings("over"),
		Source: t.String("source"), Evidence: t.OneOf("evidence", keys.EvidenceGrades...),
	}
}

// stock reads [stock.x]. Its equation is the initial value.
func (r variableReader) stock(t *toml.Table, v *document.Variable) {
	v.Inflow, v.Outflow, v.NonNeg = t.Strings("inflow"), t.Strings("outflow"), t.Bool("non_negative")
	r.equation(t, v, "initial")
	if c := t.Table("conveyor"); c != nil {
		v.Conveyor = r.conveyor(c)
	}
}

// conveyor returns the table [stock.x.conveyor].
func (r variableReader) conveyor(t *toml.Table) *document.Conveyor {
	c := &document.Conveyor{Leak: t.Strings("leak"), Exponential: t.Bool("exponential"), Span: t.Span}
	c.Transit, c.Capacity = r.equationText(t, "transit"), r.equationText(t, "capacity")
	c.InflowLimit = r.equationText(t, "inflow_limit")
	c.Arrest, c.Sample = r.equationText(t, "arrest"), r.equationText(t, "sample")
	if v := t.Value("start"); v != nil {
		c.Start = r.list(t, "start", v)
	}
	for _, k := range t.Table("zone").NamedKeys() {
		if z := r.list(t, "a zone", k.Value); len(z) == 2 {
			if c.Zone == nil {
				c.Zone = map[string][2]float64{}
			}
			c.Zone[k.Full] = [2]float64(z)
		} else if z != nil {
			r.report(code.BadConveyor, k.Value.Span, "for example [0, 0.25]",
				"a zone is two numbers, where it begins and where it ends")
		}
	}
	t.Done(keys.Conveyor)
	return c
}

// list returns a list of numbers, or nil with a mistake in it.
func (r variableReader) list(t *toml.Table, what string, v *toml.Value) []float64 {
	if v.Kind != toml.KindArray {
		r.report(code.BadConveyor, v.Span, "for example [0, 0.25]", "%s is a list of numbers", what)
		return nil
	}
	out := []float64{}
	for _, item := range v.Items {
		if !t.Finite("a number of "+what, item) {
			return nil
		}
		out = append(out, item.Number)
	}
	return out
}

// flow reads [flow.x]. The flow at the end of a conveyor has no equation.
func (r variableReader) flow(t *toml.Table, v *document.Variable) {
	v.NonNeg = t.Bool("non_negative")
	r.equation(t, v, "equation")
}

// computed reads [aux.x].
func (r variableReader) computed(t *toml.Table, v *document.Variable) { r.equation(t, v, "equation") }

// equation reads the equation of a key for all elements, and the table at of single ones. The
// equations are not parsed here. One that is missing has an empty text, which Check reports.
func (r variableReader) equation(t *toml.Table, v *document.Variable, key string) {
	v.Equation = r.equationText(t, key)
	at := t.Table("at")
	for _, k := range at.Keys() {
		v.At = append(v.At, document.ElementText{Key: k.Name, KeySpan: k.Span, Text: r.equationText(at, k.Name)})
	}
}

// constant reads [constant.x].
func (r variableReader) constant(t *toml.Table, v *document.Variable) {
	r.numbers(t, v)
	v.Dist = r.distribution(t, v)
}

// decision reads [decision.x].
func (r variableReader) decision(t *toml.Table, v *document.Variable) {
	r.numbers(t, v)
	v.Owner = t.String("owner")
}

// numbers reads value, range and at. A value with a mistake becomes 0, and the table broken. The
// range is read before the values, which are compared with it. An element whose number cannot be
// read keeps a nil Value.
func (r variableReader) numbers(t *toml.Table, v *document.Variable) {
	v.Range = r.bounds(t)
	switch value := t.Value("value"); {
	case value == nil:
	case value.Kind == toml.KindTable:
		v.Value = dataReader(r).constants(value.Table, v)
	default:
		v.Value = r.values(t, v, value)
	}
	at := t.Table("at")
	for _, k := range at.Keys() {
		e := document.ElementText{Key: k.Name, KeySpan: k.Span, Text: document.Text{Span: k.Value.Span}}
		if x, ok := at.Number(k.Name); ok {
			e.Value = &x
			r.within(v, k.Name, x, k.Value.Span)
		}
		v.At = append(v.At, e)
	}
}

// bounds returns the numbers of range = [lower, upper], or nil.
func (r variableReader) bounds(t *toml.Table) *[2]float64 {
	v := t.Value("range")
	switch {
	case v == nil:
		return nil
	case v.Kind != toml.KindArray || len(v.Items) != 2:
		r.report(code.BadRange, v.Span, "for example range = [0.1, 0.5]",
			"a range is two numbers, the lower and the upper")
		return nil
	case !t.Finite("the lower end of range", v.Items[0]) || !t.Finite("the upper end of range", v.Items[1]):
		return nil
	}
	low, high := v.Items[0].Number, v.Items[1].Number
	if low > high {
		r.report(code.BadRange, v.Span, "write the lower one first",
			"the lower end of the range (%v) is above the upper one (%v)", low, high)
		return nil
	}
	return &[2]float64{low, high}
}

// values returns the numbers of value: one for all elements, or one per element from nested
// lists, one level per dimension, or from a single list, row-major. The result is never nil, also
// after a report, so that the variable does not seem to lack the key.
func (r variableReader) values(t *toml.Table, v *document.Variable, x *toml.Value) []float64 {
	if x.Kind != toml.KindArray {
		if !r.isNumber(t, v, x) {
			return []float64{0}
		}
		r.within(v, "value", x.Number, x.Span)
		return []float64{x.Number}
	}
	shape, known := r.shape(v)
	if !known {
		return []float64{0} // Check reports the dimension
	}
	if len(shape) == 0 {
		r.report(code.ValueCount, x.Span, `add over = ["…"]`, "%s is a single number, but value is a list", v.Name)
		return []float64{0}
	}
	flat := len(x.Items) > 0 && x.Items[0].Kind != toml.KindArray
	if flat && len(shape) > 1 {
		n := 1
		for _, size := range shape {
			n *= size
		}
		shape = []int{n}
	}
	out, ok := r.flatten(t, v, x, shape, nil)
	if !ok {
		return []float64{0}
	}
	return out
}

// isNumber reports whether a value is a number that the variable may have, after a report if
// not. A constant without a range may be infinite: a limit that does not bind.
func (r variableReader) isNumber(t *toml.Table, v *document.Variable, x *toml.Value) bool {
	if v.Kind == document.KindConstant && v.Range == nil && math.IsInf(x.Number, 0) {
		return true
	}
	return t.Finite("value", x)
}

// flatten appends the numbers of a list with such a shape. It returns false after a report. It goes
// on to the next item after a mistake in one, so that all of them are reported.
func (r variableReader) flatten(t *toml.Table, v *document.Variable, x *toml.Value,
	shape []int, into []float64) ([]float64, bool) {
	if len(shape) == 0 {
		if !r.isNumber(t, v, x) {
			return into, false
		}
		r.within(v, "value", x.Number, x.Span)
		return append(into, x.Number), true
	}
	if x.Kind != toml.KindArray {
		r.report(code.ValueCount, x.Span, "", "a list of %d values is expected here", shape[0])
		return into, false
	}
	if len(x.Items) != shape[0] {
		r.report(code.ValueCount, x.Span, "", "%s has %s, but %s given here",
			v.Name, elementsInWords(v, shape[0]), valuesInWords(len(x.Items)))
		return into, false
	}
	ok := true
	for _, item := range x.Items {
		var good bool
		into, good = r.flatten(t, v, item, shape[1:], into)
		ok = ok && good
	}
	return into, ok
}

// elementsInWords returns how many elements an array has and over which dimensions, for a message.
func elementsInWords(v *document.Variable, n int) string {
	if n == 1 {
		return "1 element"
	}
	return strconv.Itoa(n) + " elements " + document.OverWords(v.Over)
}

// valuesInWords returns the beginning of a sentence about a number of values.
func valuesInWords(n int) string {
	if n == 1 {
		return "1 value is"
	}
	return strconv.Itoa(n) + " values are"
}
