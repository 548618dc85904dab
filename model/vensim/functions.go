package vensim

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
)

// A rule says what a function of Vensim is in weir's language: a text in which {0} is
// its first argument, or special for what a text cannot say.
type rule struct {
	name    string // folded
	least   int    // arguments
	most    int
	text    string
	binds   int         // precedence of the text; 0: a call
	special bool        // see special
	grade   model.Grade // of what uses it; "": exact
	how     string
}

const (
	ownDraws = "random numbers come from another generator"
	halfStep = "the same as Vensim's, at step boundaries"
)

// rules are Vensim's functions.
var rules = []rule{
	{name: "abs", least: 1, most: 1, text: "abs({0})"},
	{name: "arccos", least: 1, most: 1, text: "arccos({0})"},
	{name: "arcsin", least: 1, most: 1, text: "arcsin({0})"},
	{name: "arctan", least: 1, most: 1, text: "arctan({0})"},
	{name: "cos", least: 1, most: 1, text: "cos({0})"},
	{name: "cosh", least: 1, most: 1, text: "cosh({0})"},
	{name: "exp", least: 1, most: 1, text: "exp({0})"},
	{name: "gamma_ln", least: 1, most: 1, text: "gamma_ln({0})"},
	{name: "integer", least: 1, most: 1, text: "trunc({0})"},
	{name: "int", least: 1, most: 1, text: "trunc({0})"},
	{name: "ln", least: 1, most: 1, text: "ln({0})"},
	{name: "log", least: 2, most: 2, text: "log({0}, {1})"},
	{name: "max", least: 2, most: 2, text: "max({0}, {1})"},
	{name: "min", least: 2, most: 2, text: "min({0}, {1})"},
	{name: "modulo", least: 2, most: 2, text: "remainder({0}, {1})"},
	{name: "power", least: 2, most: 2, text: "power({0}, {1})"},
	{name: "quantum", least: 2, most: 2, text: "quantum({0}, {1})"},
	{name: "sin", least: 1, most: 1, text: "sin({0})"},
	{name: "sinh", least: 1, most: 1, text: "sinh({0})"},
	{name: "sqrt", least: 1, most: 1, text: "sqrt({0})"},
	{name: "tan", least: 1, most: 1, text: "tan({0})"},
	{name: "tanh", least: 1, most: 1, text: "tanh({0})"},
	{name: "xidz", least: 3, most: 3, text: "xidz({0}, {1}, {2})"},
	{name: "zidz", least: 2, most: 2, text: "zidz({0}, {1})"},
	{name: "if_then_else", least: 3, most: 3, special: true},

	{name: "step", least: 2, most: 2, text: "step({0}, {1})"},
	{name: "ramp", least: 2, most: 3, text: "ramp({0}, {1}, {2})"},
	{name: "pulse", least: 2, most: 2, text: "pulse_between({0}, {1})"},
	{name: "pulse_train", least: 4, most: 4, text: "pulse_train({0}, {1}, {2}, {3})"},
	{name: "sample_if_true", least: 3, most: 3, text: "sample_if_true({0}, {1}, {2})"},
	{name: "time_base", least: 2, most: 2, text: "{0} + {1} * time", binds: ofAdd},

	{name: "smooth", least: 2, most: 2, text: "smooth1({0}, {1})"},
	{name: "smoothi", least: 3, most: 3, text: "smooth1({0}, {1}, {2})"},
	{name: "smooth3", least: 2, most: 2, text: "smooth3({0}, {1})"},
	{name: "smooth3i", least: 3, most: 3, text: "smooth3({0}, {1}, {2})"},
	{name: "smooth_n", least: 4, most: 4, special: true},
	{name: "delay1", least: 2, most: 2, text: "delay1({0}, {1})"},
	{name: "delay1i", least: 3, most: 3, text: "delay1({0}, {1}, {2})"},
	{name: "delay3", least: 2, most: 2, text: "delay3({0}, {1})"},
	{name: "delay3i", least: 3, most: 3, text: "delay3({0}, {1}, {2})"},
	{name: "delay_n", least: 4, most: 4, special: true},
	{name: "delay_fixed", least: 3, most: 3, text: "delay_fixed({0}, {1}, {2})"},
	{name: "trend", least: 3, most: 3, text: "trend({0}, {1}, {2})"},
	{name: "forecast", least: 3, most: 4, text: "forecast({0}, {1}, {2}, {3})"},
	{name: "npv", least: 4, most: 4, text: "npv({0}, {1}, {2}, {3})"},
	{name: "depreciate_straightline", least: 4, most: 4, text: "depreciate_straightline({0}, {1}, {2}, {3})"},
	{name: "initial", least: 1, most: 1, text: "init({0})"},
	{name: "reinitial", least: 1, most: 1, text: "init({0})", grade: model.Approximated, how: "REINITIAL is read once, at the start"},
	{name: "game", least: 1, most: 1, text: "{0}", binds: -1},
	{name: "simultaneous", least: 2, most: 2, special: true},

	{name: "random_uniform", least: 3, most: 3, text: "uniform({0}, {1})", grade: model.Approximated, how: ownDraws},
	{name: "random_0_1", least: 0, most: 0, text: "uniform(0, 1)", grade: model.Approximated, how: ownDraws},
	{name: "random_normal", least: 5, most: 5, text: "normal_between({0}, {1}, {2}, {3})", grade: model.Approximated, how: ownDraws},
	{name: "random_exponential", least: 5, most: 5, text: "max({0}, min({1}, exponential(1) * {3} + {2}))", grade: model.Approximated, how: ownDraws},
	{name: "random_poisson", least: 6, most: 6, text: "max({0}, min({1}, poisson({2}) * {4} + {3}))", grade: model.Approximated, how: ownDraws},
	{name: "random_triangular", least: 6, most: 6, text: "max({0}, min({1}, triangular({2}, {3}, {4})))", grade: model.Approximated, how: ownDraws},
	{name: "random_weibull", least: 6, most: 6, text: "max({0}, min({1}, weibull({2}, 1) * {4} + {3}))", grade: model.Approximated, how: ownDraws},
	{name: "random_lognormal", least: 6, most: 6, text: "max({0}, min({1}, lognormal({2}, {3})))", grade: model.Unsupported},

	{name: "sum", least: 1, most: 1, special: true},
	{name: "prod", least: 1, most: 1, special: true},
	{name: "vmin", least: 1, most: 1, special: true},
	{name: "vmax", least: 1, most: 1, special: true},
	{name: "elmcount", least: 1, most: 1, special: true},
	{name: "vector_select", least: 5, most: 5, special: true},
	{name: "vector_elm_map", least: 2, most: 2, special: true},
	{name: "vector_sort_order", least: 2, most: 2, special: true},
	{name: "vector_rank", least: 2, most: 2, special: true},
	{name: "vector_reorder", least: 2, most: 2, special: true},
	{name: "invert_matrix", least: 1, most: 2, special: true},
	{name: "allocate_available", least: 3, most: 3, special: true},
	{name: "allocate_by_priority", least: 5, most: 5, special: true},

	{name: "with_lookup", least: 2, most: 2, special: true},
	{name: "lookup_forward", least: 2, most: 2, text: "lookup_forward({0}, {1})"},
	{name: "lookup_backward", least: 2, most: 2, text: "lookup_backward({0}, {1})"},
	{name: "lookup_extrapolate", least: 2, most: 2, text: "lookup_extrapolate({0}, {1})"},
	{name: "lookup_invert", least: 2, most: 2, text: "lookup_invert({0}, {1})"},
	{name: "lookup_slope", least: 2, most: 3, text: "lookup_slope({0}, {1})"},
	{name: "lookup_area", least: 3, most: 3, text: "lookup_area({0}, {1}, {2})"},
	{name: "get_data_at_time", least: 2, most: 2, special: true},
	{name: "get_data_between_times", least: 3, most: 3, special: true},
	{name: "get_data_first_time", least: 1, most: 1, special: true},
	{name: "get_data_last_time", least: 1, most: 1, special: true},
	{name: "get_time_value", least: 3, most: 3, special: true},
}

var ruleByName = func() map[string]*rule {
	m := map[string]*rule{}
	for i := range rules {
		m[rules[i].name] = &rules[i]
	}
	return m
}()

// call writes a call of a function or a lookup.
func (l *lowering) call(c *call, least int) {
	if v := l.vars[c.key]; v != nil {
		l.lookupCall(v, c)
		return
	}
	r := ruleByName[c.key]
	if r == nil || r.grade == model.Unsupported {
		l.unsupported(c)
		return
	}
	if n := len(c.args); n < r.least || n > r.most {
		l.failWith(model.ArgumentCount, c.span, "", "%s takes %s, not %d", c.name, arity(r.least, r.most), n)
		return
	}
	if r.grade != "" {
		l.v.note(r.grade, r.how)
	}
	switch {
	case r.special && (c.key == "if_then_else" || c.key == "get_time_value"):
		l.group(ofIf, least, c.span, func() { l.special(c) })
	case r.special:
		l.special(c)
	case r.binds > 0:
		l.group(r.binds, least, c.span, func() { l.template(r.text, c, r.binds+1) })
	case r.binds < 0:
		l.expr(c.args[0], least)
	default:
		l.template(r.text, c, ofIf)
	}
}

// special writes the calls that a text cannot say.
func (l *lowering) special(c *call) {
	switch c.key {
	case "if_then_else":
		l.ifThenElse(c)
	case "smooth_n":
		l.chain("smooth_n", c)
	case "delay_n":
		l.chain("delay_n", c)
	case "simultaneous":
		l.unsupported(c)
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
	case "allocate_by_priority":
		l.allocateByPriority(c)
	case "with_lookup":
		l.withLookup(c)
	case "get_data_at_time":
		l.dataAt(c)
	case "get_data_between_times":
		l.dataBetween(c)
	case "get_data_first_time":
		l.dataEnd(c, false)
	case "get_data_last_time":
		l.dataEnd(c, true)
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
func (l *lowering) template(text string, c *call, binds int) {
	for text != "" {
		i := strings.IndexByte(text, '{')
		if i < 0 {
			l.w.put(text, c.nameSpan)
			return
		}
		n := int(text[i+1] - '0')
		before, after := text[:i], text[i+3:]
		if n >= len(c.args) {
			l.w.put(strings.TrimSuffix(before, ", "), c.nameSpan)
			text = after
			continue
		}
		l.w.put(before, c.nameSpan)
		least := binds
		if strings.HasSuffix(before, "* ") || strings.HasPrefix(after, " *") || strings.HasSuffix(before, "+ ") {
			least = ofSign
		}
		l.expr(c.args[n], least)
		text = after
	}
}

// unsupported says that a function has no counterpart, and which one is nearest.
func (l *lowering) unsupported(c *call) {
	var names []string
	for _, r := range rules {
		names = append(names, r.name)
	}
	hint := ""
	if near := diagnostic.Nearest(c.key, names); near != "" && near != c.key {
		hint = "did you mean " + shout(near) + "?"
	} else if near := nearestSupported[c.key]; near != "" {
		hint = "the nearest supported function is " + near
	} else if near := l.nearest(c.key); near != "" {
		hint = near
	}
	l.fail(c.nameSpan, hint, "the function %s is not supported", c.name)
}

// nearestSupported names what comes closest to functions that are not supported.
var nearestSupported = map[string]string{
	"delay_conveyor": "DELAY FIXED", "delay_batch": "DELAY FIXED", "delay_profile": "DELAY N", "delay_material": "DELAY3", "delay_information": "SMOOTH3",
	"delayp": "DELAY3", "shift_if_true": "SAMPLE IF TRUE", "find_zero": "an equation solved for the unknown", "simultaneous": "an equation solved for the unknown",
	"allocate": "ALLOCATE AVAILABLE", "demand_at_price": "ALLOCATE AVAILABLE", "supply_at_price": "ALLOCATE AVAILABLE", "find_market_price": "ALLOCATE AVAILABLE",
	"random_lognormal": "RANDOM NORMAL", "random_gamma": "RANDOM EXPONENTIAL", "random_beta": "RANDOM TRIANGULAR", "random_pink_noise": "RANDOM NORMAL with SMOOTH",
	"internal_rate_of_return": "NPV", "depreciate_by_schedule": "DEPRECIATE STRAIGHTLINE", "get_data_stdv": "GET DATA BETWEEN TIMES", "get_data_mean": "GET DATA BETWEEN TIMES",
	"probit": "a lookup", "message": "none", "tabxl": "a lookup",
}

// shout is a folded name as Vensim prints functions.
func shout(key string) string { return strings.ToUpper(strings.ReplaceAll(key, "_", " ")) }

// lookupCall writes a lookup or a data variable at an argument.
func (l *lowering) lookupCall(v *variable, c *call) {
	if v.kind != model.KindLookup && v.kind != model.KindData {
		l.failWith(model.UnknownFunction, c.nameSpan, "to multiply, write * between them", "%s is neither a function nor a lookup", c.name)
		return
	}
	if len(c.args) != 1 {
		l.failWith(model.ArgumentCount, c.span, "", "the lookup %s takes one argument, not %d", c.name, len(c.args))
		return
	}
	l.w.put(v.ours, c.nameSpan)
	l.subs(v, c.subs, c.nameSpan)
	l.w.put("(", c.nameSpan)
	l.expr(c.args[0], ofIf)
	l.w.put(")", span{c.end - 1, c.end})
}

func (l *lowering) ifThenElse(c *call) {
	l.w.put("if ", c.nameSpan)
	l.expr(c.args[0], ofIf+1)
	l.w.put(" then ", c.nameSpan)
	l.expr(c.args[1], ofIf+1)
	l.w.put(" else ", c.nameSpan)
	l.expr(c.args[2], ofIf)
}

// chain is a delay or smooth of a given order, which must be known before the run.
func (l *lowering) chain(name string, c *call) {
	n, ok := l.startValue(c.args[3])
	if !ok || n != float64(int(n)) || n < 1 || n > 100 {
		l.fail(c.args[3].pos(), "write the number itself, from 1 to 100", "the order of %s is not a whole number that is known before the run", c.name)
		return
	}
	if _, constant := l.constant(c.args[3]); !constant {
		l.v.note(model.Equivalent, "the order of "+c.name+" is the one at the start")
	}
	l.w.put(name+"(", c.nameSpan)
	l.expr(c.args[0], ofIf)
	l.w.put(", ", c.nameSpan)
	l.expr(c.args[1], ofIf)
	l.w.put(", "+strconv.Itoa(int(n))+", ", c.args[3].pos())
	l.expr(c.args[2], ofIf)
	l.w.put(")", span{c.end - 1, c.end})
}

// reduce combines what ! marks; of nothing marked, it is the argument itself.
func (l *lowering) reduce(name string, c *call) {
	marked := false
	mentions(c.args[0], func(s sub) { marked = marked || s.bang })
	if !marked {
		l.w.put("(", c.nameSpan)
		l.expr(c.args[0], ofIf)
		l.w.put(")", span{c.end - 1, c.end})
		return
	}
	l.w.put(name+"(", c.nameSpan)
	l.expr(c.args[0], ofIf)
	l.w.put(")", span{c.end - 1, c.end})
}

func (l *lowering) elementCount(c *call) {
	if r, ok := c.args[0].(*ref); ok && l.ranges[r.key] != nil {
		l.w.put(strconv.Itoa(len(l.ranges[r.key].elements)), c.span)
		return
	}
	l.failWith(model.UnknownDimension, c.args[0].pos(), "", "ELMCOUNT takes the name of a range")
}

// withLookup reads points that stand in the equation itself.
func (l *lowering) withLookup(c *call) {
	switch t := c.args[1].(type) {
	case *table:
		l.w.put(l.addTable(t.points, t.span), c.nameSpan)
	case *ref:
		l.ref(t)
	default:
		l.failWith(model.BadPoints, c.args[1].pos(), "", "WITH LOOKUP takes points, as in ((0,0),(1,1))")
		return
	}
	l.w.put("(", c.nameSpan)
	l.expr(c.args[0], ofIf)
	l.w.put(")", span{c.end - 1, c.end})
}

// vector is a function whose result is an array: it runs along the last subscript of
// its first argument.
func (l *lowering) vector(name string, c *call) {
	key := l.lastRange(c.args[0])
	if key == "" {
		l.failWith(model.SubscriptCount, c.args[0].pos(), "", "%s takes an array with its range", c.name)
		return
	}
	l.w.put(name+"(", c.nameSpan)
	for i, a := range c.args {
		if i > 0 {
			l.w.put(", ", c.nameSpan)
		}
		l.star(a, key)
	}
	l.w.put(")", span{c.end - 1, c.end})
}

// star writes an argument that runs over ranges instead of following the left side.
func (l *lowering) star(e expr, keys ...string) {
	var added []string
	for _, k := range keys {
		if l.ranges[k] != nil && !l.starred[k] {
			l.starred[k] = true
			added = append(added, k)
		}
	}
	l.expr(e, ofIf)
	for _, k := range added {
		delete(l.starred, k)
	}
}

// lastRange is the last range among the subscripts of the first array in an expression.
func (l *lowering) lastRange(e expr) string {
	key := ""
	walk(e, func(e expr) bool {
		if r, ok := e.(*ref); ok && key == "" {
			for _, s := range r.subs {
				if l.ranges[s.key] != nil {
					key = s.key
				}
			}
		}
		return key == ""
	})
	return key
}

func (l *lowering) invertMatrix(c *call) {
	r, ok := c.args[0].(*ref)
	if !ok || len(r.subs) < 2 {
		l.failWith(model.SubscriptCount, c.args[0].pos(), "", "INVERT MATRIX takes an array of at least two ranges")
		return
	}
	n := len(r.subs)
	if v := l.vars[r.key]; r.subs[n-2].key == r.subs[n-1].key && v != nil && len(v.over) == n && v.over[n-1].rng != nil {
		one := *r // Vensim takes [row, row] for the whole matrix
		one.subs = slices.Clone(r.subs)
		one.subs[n-1].key = v.over[n-1].rng.key
		r = &one
	}
	l.w.put("invert_matrix(", c.nameSpan)
	l.star(r, r.subs[n-2].key, r.subs[n-1].key)
	l.w.put(")", span{c.end - 1, c.end})
}

// allocateAvailable passes the columns of the priority profile one by one, but for the
// extra one, which only constant elasticity needs.
func (l *lowering) allocateAvailable(c *call) {
	request, ok1 := c.args[0].(*ref)
	profile, ok2 := c.args[1].(*ref)
	if !ok1 || !ok2 || len(request.subs) == 0 || len(profile.subs) < 2 {
		l.fail(c.span, "", "ALLOCATE AVAILABLE takes an array of requests and one of priority profiles")
		return
	}
	n := len(profile.subs)
	v := l.vars[profile.key]
	if request = l.wholeLast(request); n > 1 && v != nil && len(v.over) == n { // the first element may stand for all
		copied := *profile
		copied.subs = slices.Clone(profile.subs)
		if copied.subs[n-2] = l.wholeSub(copied.subs[n-2], v.over[n-2]); copied.subs[n-2].key != "" {
			profile = &copied
		}
	}
	over := request.subs[len(request.subs)-1].key
	first := profile.subs[n-1].key
	if v == nil || len(v.over) != n || !slices.Contains(v.over[n-1].elements, first) {
		l.fail(profile.span, "", "the priority profile names no element for its type")
		return
	}
	columns := v.over[n-1].elements
	at := slices.Index(columns, first)
	if at+3 > len(columns) {
		l.fail(profile.span, "", "the priority profile needs four columns: type, priority, width and extra")
		return
	}
	l.w.put("allocate_available(", c.nameSpan)
	l.star(request, over)
	for _, column := range columns[at : at+3] {
		one := *profile
		one.subs = slices.Clone(profile.subs)
		one.subs[n-1].key = column
		l.w.put(", ", c.nameSpan)
		l.star(&one, one.subs[n-2].key)
	}
	l.w.put(", ", c.nameSpan)
	l.expr(c.args[2], ofIf)
	l.w.put(")", span{c.end - 1, c.end})
}

func (l *lowering) allocateByPriority(c *call) {
	key := l.lastRange(c.args[0])
	l.w.put("allocate_by_priority(", c.nameSpan)
	l.star(c.args[0], key)
	l.w.put(", ", c.nameSpan)
	l.star(c.args[1], l.lastRange(c.args[1]))
	l.w.put(", ", c.nameSpan)
	l.expr(c.args[3], ofIf)
	l.w.put(", ", c.nameSpan)
	l.expr(c.args[4], ofIf)
	l.w.put(")", span{c.end - 1, c.end})
}

// elementMap is an element of an array, counted from the one that is named, through
// the array row by row.
func (l *lowering) elementMap(c *call) {
	r, ok := c.args[0].(*ref)
	v := (*variable)(nil)
	if ok {
		v = l.vars[r.key]
	}
	if v == nil || len(v.over) == 0 || len(r.subs) != len(v.over) {
		l.failWith(model.SubscriptCount, c.args[0].pos(), "", "VECTOR ELM MAP takes an element of an array")
		return
	}
	l.w.put("element_at("+v.ours+"[", c.nameSpan)
	for i := range v.over {
		if i > 0 {
			l.w.put(", ", c.nameSpan)
		}
		l.w.put("*", r.subs[i].span)
	}
	l.w.put("], ", c.nameSpan)
	stride := v.size()
	for i, d := range v.over {
		stride /= len(d.elements)
		switch {
		case i == len(v.over)-1:
			l.indexIn(d, r.subs[i])
		default:
			l.w.put("(", c.nameSpan)
			l.indexIn(d, r.subs[i])
			l.w.put(fmt.Sprintf(" - 1) * %d", stride), c.nameSpan)
		}
		l.w.put(" + ", c.nameSpan)
	}
	l.expr(c.args[1], ofSign)
	l.w.put(")", span{c.end - 1, c.end})
}

// timeValue is the present time or that of the start, with an offset.
func (l *lowering) timeValue(c *call) {
	from, ok1 := l.constant(c.args[0])
	kind, ok2 := l.constant(c.args[2])
	if !ok1 || !ok2 || kind != 0 || from != 0 && from != 1 {
		l.fail(c.span, "", "GET TIME VALUE is supported with 0 or 1 as its first argument and 0 as its last")
		return
	}
	l.w.put(map[float64]string{0: "time + ", 1: "start_time + "}[from], c.nameSpan)
	l.expr(c.args[1], ofMultiply)
}

// selections are the numerical actions of VECTOR SELECT, by their numbers from 0: what is
// combined, and the action of vector_select. Of the fifth the manual has base and
// exponent the other way round, but not Vensim.
var selections = []struct{ between, action string }{
	{"*", "0"}, {"*", "4"}, {"*", "1"}, {"*", "3"}, {"*", "2"}, {"^", "4"}, {"", "0"}, {"", "4"}, {"", "1"}, {"", "3"}, {"", "2"},
}

// vectorSelect combines the elements whose selection is not 0, by a number that says how.
func (l *lowering) vectorSelect(c *call) {
	if e, is := l.constant(c.args[4]); !is || e != 0 {
		l.v.note(model.Equivalent, "VECTOR SELECT raises no error when it selects too many or too few")
	}
	how, ok := l.constant(c.args[3])
	switch {
	case ok && (how == 1 || how == 2 || how == 4):
		l.fail(c.args[3].pos(), "where the selection is 0 or 1, actions 7 (product), 8 (minimum) and 10 (mean) leave no doubt",
			"Vensim's manual and published results disagree on action %g of VECTOR SELECT", how)
	case ok && how >= 0 && how <= 10 && how == math.Trunc(how):
		l.selection(c, int(how))
	case ok:
		l.fail(c.args[3].pos(), "", "the actions of VECTOR SELECT are 0 to 10")
	default:
		l.v.note(model.Equivalent, "the actions of VECTOR SELECT are those of Vensim's manual")
		l.w.put("(", c.nameSpan)
		for n := range selections[:10] {
			l.w.put("if ", c.nameSpan)
			l.expr(c.args[3], ofCompare+1)
			l.w.put(fmt.Sprintf(" = %d then ", n), c.nameSpan)
			l.selection(c, n)
			l.w.put(" else ", c.nameSpan)
		}
		l.selection(c, 10)
		l.w.put(")", span{c.end - 1, c.end})
	}
}

// selection writes VECTOR SELECT with one action.
func (l *lowering) selection(c *call, n int) {
	s := selections[n]
	l.w.put("vector_select(", c.nameSpan)
	l.expr(c.args[0], ofIf)
	l.w.put(", ", c.nameSpan)
	switch s.between {
	case "*":
		l.expr(c.args[0], ofMultiply)
		l.w.put(" * ", c.nameSpan)
		l.expr(c.args[1], ofSign)
	case "^":
		l.expr(c.args[1], ofAtom)
		l.w.put("^", c.nameSpan)
		l.expr(c.args[0], ofSign)
	default:
		l.expr(c.args[1], ofIf)
	}
	l.w.put(", ", c.nameSpan)
	l.expr(c.args[2], ofIf)
	l.w.put(", "+s.action+")", span{c.end - 1, c.end})
}

// reorder is the array in an order that another one gives, counted from 0.
func (l *lowering) reorder(c *call) {
	r, ok := c.args[0].(*ref)
	if !ok || len(r.subs) == 0 {
		l.failWith(model.SubscriptCount, c.args[0].pos(), "", "VECTOR REORDER takes an array with its range")
		return
	}
	l.w.put("element_at(", c.nameSpan)
	l.star(r, r.subs[len(r.subs)-1].key)
	l.w.put(", ", c.nameSpan)
	l.expr(c.args[1], ofAdd)
	l.w.put(" + 1)", span{c.end - 1, c.end})
}

// wholeLast is a mention of an array with a range for its last subscript, where that is
// an element: Vensim takes the first element for all.
func (l *lowering) wholeLast(r *ref) *ref {
	v := l.vars[r.key]
	if v == nil || len(v.over) != len(r.subs) {
		return r
	}
	out := *r
	out.subs = slices.Clone(r.subs)
	last := len(out.subs) - 1
	out.subs[last] = l.wholeSub(out.subs[last], v.over[last])
	return &out
}

// wholeSub is the range of a dimension for an element of it.
func (l *lowering) wholeSub(s sub, d *dimension) sub {
	if l.ranges[s.key] == nil && d.rng != nil {
		s.key, s.name = d.rng.key, d.rng.name
	}
	return s
}
