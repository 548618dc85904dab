package random

import (
	"fmt"
	"slices"
	"strings"
)

// A scope is the place of an expression and the names it may use there.
type scope struct {
	*generator
	over    []*dimension // of the equation
	offset  int          // that the ordered dimension may take, 0 for none
	visible []*variable  // that may be used in the same step
	safe    bool         // initial values depend on the expression
	depth   int          // how deep it may still get
	memory  bool         // functions with a memory may be called
	self    *variable    // whose equation it is
	// star says how a dimension is written inside the reduction around the place.
	star map[*dimension]string
}

// deeper returns the scope of an argument.
func (s *scope) deeper() *scope {
	inner := *s
	inner.depth--
	return &inner
}

// expression makes one of the forms, a leaf at the bottom.
func (s *scope) expression() string {
	if s.depth <= 0 {
		return s.leaf()
	}
	forms := []func() string{s.leaf, s.operator, s.function, s.condition, s.reduction, s.table, s.test, s.draw,
		s.remember}
	return forms[s.choose(len(forms), "form")]()
}

func (s *scope) arg() string { return s.deeper().expression() }

// leaf returns a number, a variable or a call without arguments.
func (s *scope) leaf() string {
	switch s.choose(5, "leaf") {
	case 0:
		return s.number()
	case 1:
		return []string{"time", "dt", "start_time", "stop_time", "pi"}[s.choose(5, "clock")]
	}
	if s.offset != 0 && s.self != nil && s.star == nil && s.maybe(4, "own neighbour") {
		return s.neighbour()
	}
	if len(s.visible) == 0 {
		return s.number()
	}
	return s.reference(s.visible[s.choose(len(s.visible), "reference")])
}

// reference names a variable, with the subscripts that its place needs.
func (s *scope) reference(v *variable) string {
	if len(v.over) == 0 {
		return v.name
	}
	if s.star == nil && s.covers(v.over) && s.maybe(3, "bare name") {
		return v.name
	}
	return v.name + s.subscripts(v.over)
}

// neighbour returns the equation's own variable, one element before.
func (s *scope) neighbour() string {
	rest := s.self.over[1:]
	index := s.subscripts(rest)
	if index == "" {
		return s.self.name + "[da - 1]"
	}
	return s.self.name + "[da - 1, " + index[1:]
}

// subscripts returns the subscripts of an array over dimensions: names of dimensions, elements or
// neighbors. Without dimensions it returns "".
func (s *scope) subscripts(over []*dimension) string {
	if len(over) == 0 {
		return ""
	}
	index := make([]string, len(over))
	for i, d := range over {
		index[i] = s.subscript(d)
	}
	return "[" + strings.Join(index, ", ") + "]"
}

// covers says whether every dimension is one of the equation's, or its parent.
func (s *scope) covers(over []*dimension) bool {
	for _, d := range over {
		if s.own(d) == nil {
			return false
		}
	}
	return true
}

// own returns the equation's dimension whose elements are all in d, or nil.
func (s *scope) own(d *dimension) *dimension {
	i := slices.IndexFunc(s.over, func(o *dimension) bool { return o == d || o.of == d })
	if i < 0 {
		return nil
	}
	return s.over[i]
}

// subscript returns a star or the equation's own dimension where there is one, or an
// element.
func (s *scope) subscript(d *dimension) string {
	own := s.own(d)
	switch {
	case s.star[d] != "" && !s.maybe(4, "no star"):
		return s.star[d]
	case own == nil || s.maybe(4, "element"):
		return d.elements[s.choose(len(d.elements), "element")]
	case s.offset != 0 && own == d && d.name == "da" && s.maybe(2, "neighbour"):
		return fmt.Sprintf("%s - %d", d.name, -s.offset)
	}
	return own.name
}

// operator returns two expressions with an operator between them.
func (s *scope) operator() string {
	op := []string{"+", "-", "*", "/", "^", "mod", "<", "<=", ">", ">=", "=", "<>", "and",
		"or"}[s.choose(14, "operator")]
	a, b := s.arg(), s.arg()
	return "(" + a + ") " + op + " (" + b + ")"
}

// function returns a call of a function without states. Arguments are kept within its domain, so
// that most runs stay finite.
func (s *scope) function() string {
	f := []string{"-(%s)", "not (%s)", "abs(%s)", "sqrt(abs(%s))", "exp(min(3, %s))", "ln(1 + abs(%s))",
		"log10(1 + abs(%s))",
		"sin(%s)", "cos(%s)", "tan(%s)", "arctan(%s)", "floor(%s)", "ceil(%s)", "trunc(%s)", "round(%s)",
		"min(%s, %s)", "max(%s, %s, 1)", "safediv(%s, %s)", "safediv(%s, %s, 4)", "power(%s, 2)", "sqrt(%s)", "ln(%s)", "exp(%s)",
		"sinh(sin(%s))", "cosh(sin(%s))", "tanh(%s)", "log(1 + abs(%s), 3)", "gamma_ln(1 + abs(%s))", "remainder(%s, %s)", "quantum(%s, 0.5)",
		"sign(%s)", "xidz(%s, %s, 2)", "zidz(%s, %s)"}
	return s.fill(f[s.choose(len(f), "function")])
}

// fill puts an expression at every place of the form.
func (s *scope) fill(form string) string {
	args := make([]any, strings.Count(form, "%s"))
	for i := range args {
		args[i] = s.arg()
	}
	return fmt.Sprintf(form, args...)
}

func (s *scope) condition() string { return s.fill("(if (%s) > (%s) then %s else %s)") }

// reduction runs over the dimensions of a visible array that the equation does not
// have, or has and repeats.
func (s *scope) reduction() string {
	arrays := slices.DeleteFunc(slices.Clone(s.visible), func(v *variable) bool { return len(v.over) == 0 })
	if s.star != nil || len(arrays) == 0 {
		return s.leaf()
	}
	v := arrays[s.choose(len(arrays), "array")]
	name := []string{"sum", "mean", "min", "max", "prod"}[s.choose(5, "reduction")]
	if s.maybe(3, "function of arrays") {
		return s.ofArrays(v)
	}
	if !slices.ContainsFunc(v.over, s.shared) && s.maybe(2, "bare") {
		return name + "(" + v.name + ")"
	}
	inner := s.deeper()
	inner.star = map[*dimension]string{}
	for _, d := range v.over {
		if len(inner.star) == 0 || s.maybe(2, "one more loop") {
			inner.star[d] = s.marker(d)
		}
	}
	e := v.name + inner.stars(v.over)
	if s.maybe(2, "of an expression") {
		e = "(" + inner.expression() + ") * " + e
	}
	return name + "(" + e + ")"
}

// ofArrays returns a function of the elements of an array along its first dimension.
func (s *scope) ofArrays(v *variable) string {
	inner := s.deeper()
	inner.star = map[*dimension]string{v.over[0]: "*"}
	array := v.name + inner.stars(v.over)
	forms := []string{"stddev(" + array + ")", "size_of(" + array + ")", "element_at(" + array + ", " + s.arg() + ")",
		"element_at(" + array + ", 1.4, 0)", fmt.Sprintf("vector_select(%s > 0, %s, -1, %d)", array, array,
			s.choose(5, "action")),
		"vector_select(" + array + ", " + array + ", -1, " + s.arg() + ")",
		"market_price(abs(" + array + "), 3, " + array + ", 0.5 + abs(" + array + "), 1 + abs(" + array + "), 4, " + array + ", 1)"}
	if slices.Contains(s.over, v.over[0]) {
		d := v.over[0].name
		forms = append(forms, "vector_rank("+array+", 1)", "sort_order("+array+", -1)", "position_in("+d+")",
			"vector_rank("+array+", "+s.arg()+")",
			"allocate_by_priority(abs("+array+"), "+array+", 1, abs("+s.arg()+"))",
			"allocate_available(abs("+array+"), 3, "+array+", 0.5 + abs("+array+"), "+s.arg()+")")
	}
	return forms[s.choose(len(forms), "function of arrays")]
}

// shared says whether the equation has a dimension that has elements of d.
func (s *scope) shared(d *dimension) bool { return slices.ContainsFunc(s.over, d.related) }

// marker returns a subscript that runs over a dimension: *, or the name of it or of a subrange
// with an exclamation mark.
func (s *scope) marker(d *dimension) string {
	markers := []string{"*", d.name + "!"}
	for _, sub := range s.dims {
		if sub.of == d {
			markers = append(markers, sub.name+"!")
		}
	}
	return markers[s.choose(len(markers), "marker")]
}

// stars returns the subscripts of the array that a reduction is over.
func (s *scope) stars(over []*dimension) string {
	index := make([]string, len(over))
	for i, d := range over {
		index[i] = s.star[d]
		if index[i] == "" {
			index[i] = s.subscript(d)
		}
	}
	return "[" + strings.Join(index, ", ") + "]"
}

// table reads a lookup or a data series.
func (s *scope) table() string {
	if len(s.lookups) == 0 {
		return s.leaf()
	}
	l := s.lookups[s.choose(len(s.lookups), "lookup")]
	name := l.name + s.subscripts(l.over)
	ways := []string{"%s(%s)", "%s(%s)", "%s(%s)", "lookup_forward(%s, %s)", "lookup_backward(%s, %s)",
		"lookup_extrapolate(%s, %s)", "lookup_slope(%s, %s)", "lookup_invert(%s, %s)", "lookup_area(%s, 0, %s)"}
	return fmt.Sprintf(ways[s.choose(len(ways), "way to read")], name, s.arg())
}

// when returns a time in the run.
func (s *scope) when() string {
	return fmt.Sprint(s.start + (s.stop-s.start)*float64(s.choose(6, "when"))/5)
}

// test returns one of the inputs that change on a date.
func (s *scope) test() string {
	switch s.choose(6, "test input") {
	case 4:
		return fmt.Sprintf("pulse_between(%s, %v)", s.when(), s.generator.step*float64(s.choose(4, "width")))
	case 5:
		return fmt.Sprintf("pulse_train(%s, %v, %v, %s)", s.when(),
			s.generator.step*float64(s.choose(3, "width")), s.generator.step*2.5, s.when())
	case 0:
		return fmt.Sprintf("step(%s, %s)", s.arg(), s.when())
	case 1:
		return fmt.Sprintf("ramp(%s, %s, %s)", s.number(), s.when(), s.when())
	case 2:
		return fmt.Sprintf("pulse(%s, %s)", s.arg(), s.when())
	}
	return fmt.Sprintf("pulse(%s, %s, %v)", s.number(), s.when(),
		float64(1+s.choose(5, "interval"))*0.7*s.generator.step)
}

// draw returns a call of a random distribution.
func (s *scope) draw() string {
	d := []string{"uniform(0, %s)", "normal(%s, 1)", "lognormal(0, 0.5)", "triangular(0, 1, 3)", "poisson(2)",
		"poisson(abs(%s))", "poisson(50)",
		"exponential(%s)", "weibull(2, %s)", "logistic(%s, 1)", "pareto(3, %s)", "geometric(0.3)", "bernoulli(0.4)", "normal_between(-1, 1, %s, 1)", "normal_within(-1, 1, %s, 1)"}
	return s.fill(d[s.choose(len(d), "draw")])
}

// remember calls a function with a memory. Times are long enough for the step.
func (s *scope) remember() string {
	if !s.memory {
		return s.leaf()
	}
	span := func(stages int) string {
		least := fmt.Sprint(s.generator.step * float64(stages) * []float64{1.5, 2, 3.7}[s.choose(3, "delay")])
		if s.maybe(2, "varying") {
			return least + " + abs(sin(time))"
		}
		return least
	}
	forms := []func() string{
		func() string { return "init(" + s.initial() + ")" },
		func() string { return "previous(" + s.any() + ", " + s.number() + ")" },
		func() string { return "delay_fixed(" + s.any() + ", " + span(1) + ", " + s.number() + ")" },
		func() string { return "delay_information(" + s.any() + ", " + span(1) + ", " + s.number() + ")" },
		func() string { return "delay_material(" + s.any() + ", " + span(1) + ", " + s.number() + ", -1)" },
		func() string { return "delay_conveyor(" + s.any() + ", " + span(1) + ", 0.1, " + s.number() + ")" },
		func() string { return "pink_noise(" + s.number() + ", 2, " + span(1) + ")" },
		func() string { return "delay_batch(" + s.arg() + ", 2, " + span(1) + ")" },
		func() string { return "smooth1(" + s.arg() + ", " + span(1) + ")" },
		func() string { return "smooth1(" + s.any() + ", " + span(1) + ", " + s.number() + ")" },
		func() string { return "smooth3(" + s.arg() + ", " + span(3) + ")" },
		func() string { return "delay1(" + s.arg() + ", " + span(1) + ")" },
		func() string { return "delay3(" + s.any() + ", " + span(3) + ", " + s.number() + ")" },
		func() string { return "delay_n(" + s.arg() + ", " + span(2) + ", 2)" },
		func() string { return "smooth_n(" + s.arg() + ", " + span(4) + ", 4, " + s.number() + ")" },
		func() string { return "trend(" + s.arg() + ", " + span(1) + ")" },
		func() string { return "forecast(" + s.arg() + ", " + span(1) + ", 2)" },
		func() string { return "sample_if_true((" + s.arg() + ") > 0, " + s.arg() + ", " + s.number() + ")" },
		func() string { return "npv(" + s.arg() + ", 0.1)" },
		func() string { return "npve(" + s.arg() + ", 0.1)" },
		func() string { return "depreciate_straightline(" + s.arg() + ", " + span(1) + ", 1, 0)" },
	}
	return forms[s.choose(len(forms), "memory")]()
}

// initial returns an expression that initial values may be computed from.
func (s *scope) initial() string {
	inner := s.deeper()
	inner.memory, inner.safe = false, true
	inner.visible = slices.DeleteFunc(slices.Clone(s.visible), func(v *variable) bool { return !v.safe })
	return inner.expression()
}

// any returns an expression that may use every variable, later ones and the equation's
// own among them: there is a memory between.
func (s *scope) any() string {
	inner := s.deeper()
	inner.memory = false
	inner.visible = s.before(len(s.stocks), len(s.rates), false)
	return inner.expression()
}
