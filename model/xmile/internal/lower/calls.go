package lower

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/function"
	"weir/model/xmile/internal/expr"
)

// A rule says what a function of XMILE or Stella is in our language.
type rule struct {
	least, most int // arguments; most is -1 if there is no largest number
	// write is a template an argument count, from the smallest on: $1 is the first
	// argument. The last one serves larger counts.
	write []string
	// how grades what becomes of it: "" is exact.
	how string
	// other says that the numbers differ.
	other bool
	apply func(*scope, *expr.Call) piece // instead of write
}

const ownDraws = "random numbers come from weir's own generator: other draws of the same distribution"

// calls are the functions by their canonical names: XMILE 1.0, 3.5, those of Stella's
// help, and those of Vensim under which translators write them.
var calls = map[string]rule{}

func init() {
	maps.Copy(calls, rules)
	maps.Copy(calls, stellaRules)
	maps.Copy(calls, vensimRules)
}

func same(least, most int, name string) rule {
	args := ""
	r := rule{least: least, most: most}
	for i := 1; i <= max(most, least); i++ {
		if args += "$" + strconv.Itoa(i); i >= least {
			r.write = append(r.write, name+"("+args+")")
		}
		args += ", "
	}
	return r
}

func template(least int, write ...string) rule {
	return rule{least: least, most: least + len(write) - 1, write: write}
}

func equivalent(how string, least int, write ...string) rule {
	r := template(least, write...)
	r.how = how
	return r
}

func draw(least int, write ...string) rule {
	r := template(least, write...)
	r.how, r.other = ownDraws, true
	return r
}

var rules = map[string]rule{
	"abs": same(1, 1, "abs"), "sqrt": same(1, 1, "sqrt"), "exp": same(1, 1, "exp"), "ln": same(1, 1, "ln"), "log10": same(1, 1, "log10"),
	"sin": same(1, 1, "sin"), "cos": same(1, 1, "cos"), "tan": same(1, 1, "tan"), "arcsin": same(1, 1, "arcsin"), "arccos": same(1, 1, "arccos"),
	"arctan": same(1, 1, "arctan"), "asin": same(1, 1, "arcsin"), "acos": same(1, 1, "arccos"), "atan": same(1, 1, "arctan"),
	"sinh": same(1, 1, "sinh"), "cosh": same(1, 1, "cosh"), "tanh": same(1, 1, "tanh"), "int": same(1, 1, "floor"), "integer": same(1, 1, "trunc"),
	"round": same(1, 1, "round"), "sign": same(1, 1, "sign"),
	"log": template(1, "log10($1)", "log($1, $2)"), "logn": template(1, "ln($1)"), "gammaln": same(1, 1, "gamma_ln"), "factorial": same(1, 1, "factorial"),
	"power": same(2, 2, "power"), "quantum": same(2, 2, "quantum"), "modulo": same(2, 2, "remainder"), "mod": same(2, 2, "mod"),
	"percent": equivalent("a percentage is a hundred times the fraction", 1, "(100 * ($1))"),
	"safediv": same(2, 3, "safediv"), "zidz": same(2, 2, "zidz"), "xidz": same(3, 3, "xidz"),
	"combinations": equivalent("written out with factorials", 2, "round(factorial($1) / (factorial($2) * factorial(($1) - ($2))))"),
	"permutations": equivalent("written out with factorials", 2, "round(factorial($1) / factorial(($1) - ($2)))"),
	"if_then_else": equivalent("a condition is written with if", 3, "(if $1 then $2 else $3)"),

	"step": template(1, "step($1, start_time)", "step($1, $2)"), "ramp": template(1, "ramp($1, start_time)", "ramp($1, $2)", "ramp($1, $2, $3)"),
	"pulse":       {least: 1, most: 3, apply: (*scope).pulse},
	"pulse_train": same(4, 4, "pulse_train"), "sample_if_true": same(3, 3, "sample_if_true"),

	"delay": template(2, "delay_fixed($1, $2)", "delay_fixed($1, $2, $3)"), "delay_fixed": same(2, 3, "delay_fixed"),
	"delay1": same(2, 3, "delay1"), "delay3": same(2, 3, "delay3"), "delayn": {least: 3, most: 4, apply: ordered("delay_n")}, "delay_n": {least: 3, most: 4, apply: ordered("delay_n")},
	"smth1": same(2, 3, "smooth1"), "smth3": same(2, 3, "smooth3"), "smthn": {least: 3, most: 4, apply: ordered("smooth_n")}, "smooth_n": {least: 3, most: 4, apply: ordered("smooth_n")},
	"smooth": same(2, 3, "smooth1"), "smooth3": same(2, 3, "smooth3"), "smoothi": same(3, 3, "smooth1"), "smooth3i": same(3, 3, "smooth3"),
	"delay1i": same(3, 3, "delay1"), "delay3i": same(3, 3, "delay3"),
	"trend": same(2, 3, "trend"), "forcst": same(3, 4, "forecast"), "forecast": same(3, 4, "forecast"), "npv": same(2, 4, "npv"),
	"previous": template(1, "previous($1, 0)", "previous($1, $2)"), "init": same(1, 1, "init"), "initial": same(1, 1, "init"), "reinitial": same(1, 1, "init"),
	"game":           template(1, "($1)"),
	"active_initial": {least: 2, most: 2, apply: (*scope).activeInitial},
	"derivn":         {least: 2, most: 2, apply: (*scope).derivative},

	"min": {least: 1, most: -1, apply: reduceOr("min")}, "max": {least: 1, most: -1, apply: reduceOr("max")},
	"sum": {least: 1, most: 1, apply: reduceOr("sum")}, "mean": {least: 1, most: -1, apply: (*scope).mean}, "prod": {least: 1, most: 1, apply: reduceOr("prod")},
	"stddev": {least: 1, most: 1, apply: reduceOr("stddev")}, "vmin": {least: 1, most: 1, apply: reduceOr("min")}, "vmax": {least: 1, most: 1, apply: reduceOr("max")},
	"size": {least: 1, most: 1, apply: (*scope).size}, "elmcount": {least: 1, most: 1, apply: (*scope).size},
	"vector_rank":          {least: 2, most: 2, apply: vector("vector_rank", 1)},
	"vector_sort_order":    {least: 2, most: 2, apply: vector("sort_order", 1)},
	"vector_reorder":       {least: 2, most: 2, apply: (*scope).reorder},
	"vector_select":        {least: 3, most: 5, apply: (*scope).vectorSelect},
	"vector_elm_map":       {least: 2, most: 2, apply: (*scope).vectorMap},
	"allocate":             {least: 4, most: 6, apply: (*scope).allocate},
	"allocate_by_priority": {least: 5, most: 5, apply: (*scope).allocateByPriority},
	"allocate_available":   {least: 3, most: 3, apply: (*scope).allocateAvailable},

	"lookup": {least: 2, most: 2, apply: lookup("")}, "lookup_forward": {least: 2, most: 2, apply: lookup("lookup_forward")},
	"lookup_backward": {least: 2, most: 2, apply: lookup("lookup_backward")}, "lookup_extrapolate": {least: 2, most: 2, apply: lookup("lookup_extrapolate")},
	"lookup_invert": {least: 2, most: 2, apply: lookup("lookup_invert")}, "lookupinv": {least: 2, most: 2, apply: lookup("lookup_invert")},
	"lookupslope": {least: 2, most: 2, apply: lookup("lookup_slope")}, "lookup_slope": {least: 2, most: 2, apply: lookup("lookup_slope")},
	"lookup_area": {least: 3, most: 3, apply: lookup("lookup_area")},

	"random":     draw(0, append([]string{"uniform(0, 1)", "uniform(0, $1)"}, bounded(3, "uniform($1, $2)")...)...),
	"normal":     draw(2, "normal($1, $2)", "normal($1, $2)", "normal($1, $2)", "normal_between($4, inf, $1, $2)", "normal_between($4, $5, $1, $2)"),
	"montecarlo": draw(1, "bernoulli(min(1, max(0, ($1) * dt / 100)))", "bernoulli(min(1, max(0, ($1) * dt / 100)))"),
}

// logNormal takes the mean and deviation of the draws, as Stella does; ours are of
// their logarithm.
const logNormal = "lognormal(ln(($1) ^ 2 / sqrt(($1) ^ 2 + ($2) ^ 2)), sqrt(ln(1 + ($2) ^ 2 / ($1) ^ 2)))"

// call is a function, a macro, or a graphical function called like one.
func (s *scope) call(e *expr.Call) piece {
	name := e.Of.Path[len(e.Of.Path)-1]
	if v := s.sp.Find(e.Of.Path, s.Top); v != nil && (v.Resolve().Table != "" || calls[name].most == 0) {
		if len(e.Args) == 0 && v.Resolve().Table == "" {
			return s.ref(e.Of)
		}
		return s.tableCall(e, e.Of, e.Args, "")
	}
	if len(e.Of.Path) == 1 && s.Macros[name] != nil {
		return s.macroCall(e, s.Macros[name])
	}
	if c := clocks[name]; c != "" && len(e.Args) == 0 {
		return s.primary(e, c)
	}
	if len(e.Of.Path) == 2 && e.Of.Path[0] == "weir" {
		return s.ownCall(e, name)
	}
	r, ok := s.rule(name)
	if len(e.Of.Path) > 1 || !ok {
		return s.unknownCall(e, name)
	}
	if n := len(e.Args); n < r.least || r.most >= 0 && n > r.most {
		return s.wrong(e, model.ArgumentCount, "", "%s takes %s, not %d", strings.ToUpper(name), count(r), n)
	}
	if r.apply != nil {
		return r.apply(s, e)
	}
	var args []written
	for _, a := range e.Args {
		args = append(args, s.expr(a).in(LevelOr))
	}
	switch {
	case r.other:
		s.Approximate(s.v, s.span(e), "%s", r.how)
	case r.how != "":
		s.v.Note(model.Equivalent, "%s: %s", strings.ToUpper(name), r.how)
	}
	write := r.write[min(len(args)-r.least, len(r.write)-1)]
	return piece{compose(write, s.here(e), args...), LevelPrimary}
}

// ownCall is one of weir's functions that XMILE does not have: weir.trunc(x).
func (s *scope) ownCall(e *expr.Call, name string) piece {
	row := function.Find(name)
	if row == nil {
		return s.unknownCall(e, name)
	}
	if row.Kind == function.Reading {
		return lookup(name)(s, e)
	}
	var args []written
	for i, a := range e.Args {
		if len(row.Params) > 0 && row.Param(i).Array {
			p, _ := s.combined(a)
			args = append(args, p.in(LevelOr))
		} else {
			args = append(args, s.expr(a).in(LevelOr))
		}
	}
	return piece{joined(name+"(", ", ", ")", s.here(e), args), LevelPrimary}
}

// rule is what a function means to the tool that wrote the file: INT and MOD cut off
// in Vensim, whose translators write its functions under these names, and are the
// whole part below and the remainder with the divisor's sign in XMILE (3.3.1, 3.5.1).
func (s *scope) rule(name string) (rule, bool) {
	if s.Ventana && name == "int" {
		return equivalent("cut off, as in Vensim, which wrote the file", 1, "trunc($1)"), true
	}
	r, ok := calls[name]
	return r, ok
}

func count(r rule) string {
	switch {
	case r.most < 0:
		return "at least " + strconv.Itoa(r.least) + " arguments"
	case r.least == r.most:
		return strconv.Itoa(r.least) + " arguments"
	}
	return strconv.Itoa(r.least) + " to " + strconv.Itoa(r.most) + " arguments"
}

func (s *scope) unknownCall(e *expr.Call, name string) piece {
	known := slices.Sorted(maps.Keys(calls))
	for m := range s.Macros {
		known = append(known, m)
	}
	slices.Sort(known)
	if no, ok := refused[name]; ok && s.sp.Find(e.Of.Path, s.Top) == nil {
		return s.cannot(e.Of, no.nearest, "the function %s is not supported: %s", strings.ToUpper(name), no.why)
	}
	hint := ""
	if near := s.Nearest(name, func() []string { return known }); near != "" {
		hint = "the nearest that is supported is " + strings.ToUpper(near)
	}
	if v := s.sp.Find(e.Of.Path, s.Top); v != nil {
		return s.wrong(e.Of, model.UnknownFunction, "to multiply, write *", "%s is not a graphical function", v.Name)
	}
	return s.cannot(e.Of, hint, "the function %s is not supported", strings.ToUpper(name))
}

// pulse means once where XMILE 1.0 gives no interval, and every step where isee does
// (semantics of the Stella help, "Test input builtins").
func (s *scope) pulse(e *expr.Call) piece {
	var a []written
	for _, x := range e.Args {
		a = append(a, s.expr(x).in(LevelOr))
	}
	at := s.here(e)
	if len(a) == 1 {
		a = append(a, words("start_time", at))
	}
	if len(a) == 2 && s.Isee {
		s.v.Note(model.Equivalent, "a PULSE without an interval comes every step in Stella")
		a = append(a, words("dt", at))
	}
	if len(a) == 2 {
		return piece{compose("pulse($1, $2)", at, a...), LevelPrimary}
	}
	return piece{compose("pulse($1, $2, $3)", at, a...), LevelPrimary}
}

// ordered is a chain of stages: their number must be known before the run.
func ordered(name string) func(*scope, *expr.Call) piece {
	return func(s *scope, e *expr.Call) piece {
		n, ok := s.fold(e.Args[2], 0)
		if !ok || n != float64(int(n)) || n < 1 || n > 100 {
			return s.cannot(e.Args[2], "write the number itself", "the order of a delay must be a whole number from 1 to 100 that is known before the run")
		}
		args := []written{s.expr(e.Args[0]).in(LevelOr), s.expr(e.Args[1]).in(LevelOr), words(strconv.Itoa(int(n)), s.here(e.Args[2]))}
		if len(e.Args) == 4 {
			return piece{compose(name+"($1, $2, $3, $4)", s.here(e), append(args, s.expr(e.Args[3]).in(LevelOr))...), LevelPrimary}
		}
		return piece{compose(name+"($1, $2, $3)", s.here(e), args...), LevelPrimary}
	}
}

// fold is the value of an expression that is known before the run.
func (s *scope) fold(e expr.Expr, depth int) (float64, bool) {
	if s.budget == nil {
		s.budget = new(int)
	}
	if *s.budget += 1000; depth > 20 || *s.budget > maxWritten {
		return 0, false
	}
	switch e := e.(type) {
	case *expr.Number:
		return e.Value, true
	case *expr.Unary:
		x, ok := s.fold(e.X, depth+1)
		if e.Op == "-" {
			x = -x
		}
		return x, ok && e.Op != "not"
	case *expr.Binary:
		x, ok1 := s.fold(e.X, depth+1)
		y, ok2 := s.fold(e.Y, depth+1)
		ok := ok1 && ok2
		switch e.Op {
		case "+":
			return x + y, ok
		case "-":
			return x - y, ok
		case "*":
			return x * y, ok
		case "/":
			return x / y, ok
		}
	case *expr.Ref:
		v := s.sp.Find(e.Path, s.Top)
		if v == nil || e.Index != nil {
			return 0, false
		}
		if v = v.Resolve(); v.Eqn == nil || v.Kind == model.KindStock || v.Graph != nil || len(v.Elements) > 0 {
			return 0, false
		}
		list, errs := expr.Parse(v.Eqn.Text().Value)
		if len(list) != 1 || errs != nil {
			return 0, false
		}
		inner := *s
		inner.sp = v.Space
		return inner.fold(list[0], depth+1)
	}
	return 0, false
}

// activeInitial is a value with another one while initial values are computed.
func (s *scope) activeInitial(e *expr.Call) piece {
	if s.initial {
		return s.expr(e.Args[1])
	}
	return s.expr(e.Args[0])
}

// derivative is by how much the input changed in the last step, in a unit of time.
func (s *scope) derivative(e *expr.Call) piece {
	if n, ok := s.fold(e.Args[1], 0); !ok || n != 1 {
		return s.cannot(e, "", "DERIVN of an order other than 1")
	}
	s.Approximate(s.v, s.span(e), "a derivative is the change in the last step, 0 at the start")
	x := s.expr(e.Args[0]).written
	return piece{compose("((($1) - previous($1, $1)) / dt)", s.here(e), x), LevelPrimary}
}
