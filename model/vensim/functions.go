package vensim

import (
	"fmt"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/syntax"
)

// call writes a call of a function or a lookup.
func (l *lowering) call(c *syntax.Call, least int) {
	if v := l.vars[c.Key]; v != nil {
		l.lookupCall(v, c)
		return
	}
	r := ruleByName[c.Key]
	if r == nil || r.grade == model.Unsupported {
		l.unsupported(c)
		return
	}
	if n := len(c.Args); n < r.least || n > r.most {
		l.failWith(model.ArgumentCount, c.Span, "", "%s takes %s, not %d", c.Name, arity(r.least, r.most), n)
		return
	}
	if r.grade != "" {
		l.v.note(r.grade, r.how)
	}
	switch {
	case r.special && (c.Key == "if_then_else" || c.Key == "get_time_value"):
		l.group(ofIf, least, c.Span, func() { l.special(c) })
	case r.special:
		l.special(c)
	case r.binds > 0:
		l.group(r.binds, least, c.Span, func() { l.template(r.text, c, r.binds+1) })
	case r.binds < 0:
		l.expr(c.Args[0], least)
	default:
		l.template(r.text, c, ofIf)
	}
}

// special writes the calls that a text cannot say.
func (l *lowering) special(c *syntax.Call) {
	switch c.Key {
	case "if_then_else":
		l.ifThenElse(c)
	case "smooth_n":
		l.chain("smooth_n", c)
	case "delay_n":
		l.chain("delay_n", c)
	case "delay_information", "delay_material":
		l.pipe(c.Key, c)
	case "delay_conveyor":
		l.conveyor(c)
	case "random_normal":
		l.normal(c)
	case "random_gamma", "random_beta", "random_binomial", "random_negative_binomial":
		l.sumOfDraws(c)
	case "shift_if_true": // shifts has written out all that are sound
		l.fail(c.Span, "name a stock by the first of the elements, with numbers for how many there are and whether the last one gathers", "SHIFT IF TRUE must stand alone, and be about the elements of a stock")
	case "sum":
		l.reduce("sum", c)
	case "prod":
		l.reduce("prod", c)
	case "vmin":
		l.reduce("min", c)
	case "vmax":
		l.reduce("max", c)
	case "elmcount":
		l.elementCount(c)
	case "vector_elm_map":
		l.elementMap(c)
	case "vector_sort_order":
		l.vector("sort_order", c)
	case "vector_rank":
		l.vector("vector_rank", c)
	case "vector_select":
		l.vectorSelect(c)
	case "vector_reorder":
		l.reorder(c)
	case "invert_matrix":
		l.invertMatrix(c)
	case "allocate_available":
		l.allocateAvailable(c)
	case "find_market_price":
		l.marketPrice(c)
	case "demand_at_price", "supply_at_price":
		l.atPrice(c)
	case "allocate_by_priority":
		l.allocateByPriority(c)
	case "with_lookup":
		l.withLookup(c)
	case "get_data_at_time":
		l.dataAt(c)
	case "get_data_between_times":
		l.dataBetween(c)
	case "get_data_first_time", "get_data_last_time", "get_data_total_points", "get_data_min", "get_data_max", "get_data_mean":
		l.dataFact(c)
	case "time_shift":
		l.timeShift(c)
	case "get_time_value":
		l.timeValue(c)
	}
}

func arity(least, most int) string {
	if least == most {
		return fmt.Sprintf("%d arguments", least)
	}
	return fmt.Sprintf("%d to %d arguments", least, most)
}

// template writes a text with arguments in it. An argument that an operator stands
// next to gets parentheses where it needs them; those not given are left out.
func (l *lowering) template(text string, c *syntax.Call, binds int) {
	for text != "" {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			l.w.put(text, c.NameSpan)
			return
		}
		n := int(text[i+1] - '0')
		before, after := text[:i], text[i+3:]
		if n >= len(c.Args) {
			l.w.put(strings.TrimSuffix(before, ", "), c.NameSpan)
			text = after
			continue
		}
		l.w.put(before, c.NameSpan)
		least := binds
		if beside(before, after) {
			least = ofSign
		}
		l.expr(c.Args[n], least)
		text = after
	}
}

// beside reports whether a place in a template stands next to an operator.
func beside(before, after string) bool {
	before, after = strings.TrimRight(before, " "), strings.TrimLeft(after, " ")
	return before != "" && strings.ContainsRune("+-*/^<>=", rune(before[len(before)-1])) || after != "" && strings.ContainsRune("+-*/^<>=", rune(after[0]))
}

// unsupported says that a function has no counterpart, and which one is nearest.
func (l *lowering) unsupported(c *syntax.Call) {
	var names []string
	for _, r := range rules {
		if r.grade != model.Unsupported {
			names = append(names, r.name)
		}
	}
	hint := ""
	if near := diagnostic.Nearest(c.Key, names); near != "" && near != c.Key {
		hint = "did you mean " + shout(near) + "?"
	} else if near := nearestSupported[c.Key]; near != "" {
		hint = "the nearest supported function is " + near
	} else if near := l.nearest(c.Key); near != "" {
		hint = near
	}
	l.fail(c.NameSpan, hint, "the function %s is not supported", c.Name)
}

// nearestSupported names what comes closest to functions that are not supported.
var nearestSupported = map[string]string{
	"delay_profile": "DELAY N", "queue_fifo": "DELAY CONVEYOR",
	"find_zero": "an equation solved for the unknown", "simultaneous": "an equation solved for the unknown",
	"allocate":         "ALLOCATE AVAILABLE",
	"random_lognormal": "EXP of RANDOM NORMAL", "random_lookup": "RANDOM TRIANGULAR",
	"internal_rate_of_return": "NPVE", "net_present_value": "NPVE", "vector_lookup": "VECTOR ELM MAP", "depreciate_by_schedule": "DEPRECIATE STRAIGHTLINE", "get_data_stdv": "GET DATA MEAN",
	"probit": "a lookup", "tabxl": "a lookup",
}

// shout is a folded name as Vensim prints functions.
func shout(key string) string { return strings.ToUpper(strings.ReplaceAll(key, "_", " ")) }

// lookupCall writes a lookup or a data variable at an argument.
func (l *lowering) lookupCall(v *variable, c *syntax.Call) {
	if v.kind != model.KindLookup && v.kind != model.KindData {
		l.failWith(model.UnknownFunction, c.NameSpan, "to multiply, write * between them", "%s is neither a function nor a lookup", c.Name)
		return
	}
	if len(c.Args) != 1 {
		l.failWith(model.ArgumentCount, c.Span, "", "the lookup %s takes one argument, not %d", c.Name, len(c.Args))
		return
	}
	l.w.put(v.ours, c.NameSpan)
	l.subs(v, c.Subs, c.NameSpan)
	l.w.put("(", c.NameSpan)
	l.expr(c.Args[0], ofIf)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}

func (l *lowering) ifThenElse(c *syntax.Call) {
	l.w.put("if ", c.NameSpan)
	l.expr(c.Args[0], ofIf+1)
	l.w.put(" then ", c.NameSpan)
	l.expr(c.Args[1], ofIf+1)
	l.w.put(" else ", c.NameSpan)
	l.expr(c.Args[2], ofIf)
}

// chain is a delay or smooth of a given order, which must be known before the run.
func (l *lowering) chain(name string, c *syntax.Call) {
	n, ok := l.startValue(c.Args[3])
	if !ok || n != float64(int(n)) || n < 1 || n > 100 {
		l.fail(c.Args[3].Pos(), "write the number itself, from 1 to 100", "the order of %s is not a whole number that is known before the run", c.Name)
		return
	}
	if _, constant := l.constant(c.Args[3]); !constant {
		l.v.note(model.Equivalent, "the order of "+c.Name+" is the one at the start")
	}
	l.w.put(name+"(", c.NameSpan)
	l.expr(c.Args[0], ofIf)
	l.w.put(", ", c.NameSpan)
	l.expr(c.Args[1], ofIf)
	l.w.put(", "+strconv.Itoa(int(n))+", ", c.Args[3].Pos())
	l.expr(c.Args[2], ofIf)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}

// reduce combines what ! marks; of nothing marked, it is the argument itself.
func (l *lowering) reduce(name string, c *syntax.Call) {
	marked := false
	mentions(c.Args[0], func(s syntax.Sub) { marked = marked || s.Bang })
	if !marked {
		l.w.put("(", c.NameSpan)
		l.expr(c.Args[0], ofIf)
		l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
		return
	}
	l.w.put(name+"(", c.NameSpan)
	l.expr(c.Args[0], ofIf)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}

func (l *lowering) elementCount(c *syntax.Call) {
	if r, ok := c.Args[0].(*syntax.Ref); ok && l.Ranges[r.Key] != nil {
		l.w.put(strconv.Itoa(len(l.Ranges[r.Key].Elements)), c.Span)
		return
	}
	l.failWith(model.UnknownDimension, c.Args[0].Pos(), "", "ELMCOUNT takes the name of a range")
}

// withLookup reads points that stand in the equation itself.
func (l *lowering) withLookup(c *syntax.Call) {
	switch t := c.Args[1].(type) {
	case *syntax.Table:
		l.w.put(l.addTable(t.Points, t.Span), c.NameSpan)
	case *syntax.Ref:
		l.ref(t)
	default:
		l.failWith(model.BadPoints, c.Args[1].Pos(), "", "WITH LOOKUP takes points, as in ((0,0),(1,1))")
		return
	}
	l.w.put("(", c.NameSpan)
	l.expr(c.Args[0], ofIf)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}
