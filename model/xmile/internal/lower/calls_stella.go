package lower

import (
	"strconv"

	"weir/model"
	"weir/model/xmile/internal/expr"
)

// stellaRules are functions of Stella's that the standard does not have.
var stellaRules = map[string]rule{
	"rootn":       {least: 1, most: 2, apply: (*scope).root},
	"history":     {least: 2, most: 2, apply: (*scope).history},
	"lookuparea":  {least: 2, most: 3, apply: (*scope).lookupArea},
	"rank":        {least: 2, most: 3, apply: (*scope).rank},
	"interpolate": {least: 2, most: 3, apply: (*scope).interpolate},
	"sinwave":     {least: 2, most: 2, apply: wave("sin")}, "coswave": {least: 2, most: 2, apply: wave("cos")},
	"cgrowth": {least: 1, most: 1, apply: (*scope).compound},
	"endval":  equivalent("no run came before this one: what it gives in a first run", 1, "init($1)", "init($2)"),

	"pmt": equivalent(annuity, 3, payment("0"), payment("$4")),
	"pv":  equivalent(annuity, 3, presentValue("0"), presentValue("$4")),
	"fv":  equivalent(annuity, 3, futureValue("0"), futureValue("$4")),

	"binomial": {least: 2, most: 6, apply: repeated("bernoulli($1)")}, "gamma": {least: 1, most: 6, apply: repeated("exponential($1)")},
	"negbinomial": {least: 2, most: 6, apply: repeated("geometric($1)")}, "beta": {least: 2, most: 6, apply: (*scope).beta},
	"normalcdf": ofNormal(2, "(normal_cdf($2) - normal_cdf($1))", "(normal_cdf(($2 - ($3)) / ($4)) - normal_cdf(($1 - ($3)) / ($4)))"),
	"invnorm":   ofNormal(1, "normal_quantile($1)", "(($2) + ($3) * normal_quantile($1))"),
	"uniform":   draw(2, bounded(3, "uniform($1, $2)")...), "exprnd": draw(1, bounded(2, "exponential($1)")...), "poisson": draw(1, bounded(2, "poisson($1)")...),
	"lognormal": draw(2, bounded(3, logNormal)...), "triangular": draw(3, bounded(4, "triangular($1, $2, $3)")...), "weibull": draw(2, bounded(3, "weibull($1, $2)")...),
	"logistic": draw(2, bounded(3, "logistic($1, $2)")...), "pareto": draw(2, bounded(3, "pareto($1, $2)")...), "geometric": draw(1, bounded(2, "geometric($1)")...),
}

// bounded are the templates of a draw whose argument seed, at that place, may be
// followed by a least and a largest value and a size.
func bounded(seed int, draw string) []string {
	low, high := "$"+strconv.Itoa(seed+1), "$"+strconv.Itoa(seed+2)
	both := "max(" + low + ", min(" + high + ", " + draw + "))"
	return []string{draw, draw, "max(" + low + ", " + draw + ")", both, both}
}

// The equation of an annuity ties what is there now (present), what is paid in each of
// n periods, and what is there in the end (future), at a rate a period:
// present (1+r)^n + payment ((1+r)^n - 1)/r + future = 0.
const annuity = "written out: what is received counts up, what is paid down"

func payment(future string) string {
	return "(if $1 = 0 then -($3 + " + future + ") / ($2) else -(($3) * (1 + $1) ^ ($2) + " + future + ") * ($1) / ((1 + $1) ^ ($2) - 1))"
}

func presentValue(future string) string {
	return "(if $1 = 0 then -(($3) * ($2) + " + future + ") else -(($3) * (1 - (1 + $1) ^ -($2)) / ($1) + (" + future + ") * (1 + $1) ^ -($2)))"
}

func futureValue(present string) string {
	return "(if $1 = 0 then -(($3) * ($2) + " + present + ") else -(($3) * ((1 + $1) ^ ($2) - 1) / ($1) + (" + present + ") * (1 + $1) ^ ($2)))"
}

// refused are functions that are known but not supported, with the reason and what
// comes nearest.
var refused = map[string]struct{ why, nearest string }{
	"counter":       {"sources differ on when it begins again", "write start + (TIME - STARTTIME) MOD (end - start), or what you mean"},
	"clocktime":     {"a run does not depend on the time of day", "write a number"},
	"runcount":      {"a run does not depend on others before it", "write a number"},
	"sensiruncount": {"a run does not depend on others before it", "vary a constant of your own from run to run"},
	"irr":           {"it is no number before a stream of money has changed its sign", "NPV is supported"},
	"lookupmean":    {"its definition is not published", "LOOKUPAREA is supported"},
	"rework":        {"it sends single batches back", "the nearest that is supported is MONTECARLO"},
	"mlpann":        {"a neural network is not supported", "a graphical function may hold its values"},
	"capacity":      {"a conveyor's capacity is not read by equations", "give the capacity a name, and use that"},
	"throughput":    {single, onlyConveyor}, "cycletime": {single, onlyConveyor}, "ctmean": {single, onlyConveyor}, "ctmax": {single, onlyConveyor},
	"ctmin": {single, onlyConveyor}, "ctstddev": {single, onlyConveyor}, "ctflow": {single, onlyConveyor}, "proctime": {single, onlyConveyor},
	"ostate": {single, onlyConveyor}, "qelem": {single, onlyConveyor}, "qlen": {single, onlyConveyor}, "attrcount": {single, onlyConveyor},
	"attrmax": {single, onlyConveyor}, "attrmin": {single, onlyConveyor}, "attrmean": {single, onlyConveyor}, "attrstddev": {single, onlyConveyor},
}

const (
	single       = "it is about single batches in a conveyor, queue or oven, which have no marks here"
	onlyConveyor = "a conveyor's content and flows can be read by their names"
)

// root is a root of a given order, 2 if none is given. Of a negative value an odd one
// is negative, and an even one is no number.
func (s *scope) root(e *expr.Call) piece {
	at := s.here(e)
	x, order := s.expr(e.Args[0]).written, words("2", at)
	s.v.Note(model.Equivalent, "ROOTN: a root is a power")
	if len(e.Args) == 2 {
		order = s.expr(e.Args[1]).written
		if n, ok := s.fold(e.Args[1], 0); !ok || int(n)%2 != 0 && n == float64(int(n)) {
			return piece{compose("((if $1 < 0 and ($2) mod 2 = 1 then -1 else 1) * power(if ($2) mod 2 = 1 then abs($1) else $1, 1 / ($2)))", at, x, order), LevelPrimary}
		}
	}
	return piece{compose("power($1, 1 / ($2))", at, x, order), LevelPrimary}
}

// history is what a variable was at a given time, and 0 before that time has come.
func (s *scope) history(e *expr.Call) piece {
	at, x := s.here(e), s.expr(e.Args[0]).in(LevelOr)
	if when, ok := s.fold(e.Args[1], 0); ok {
		if when < s.Out.Time.Start {
			return s.cannot(e.Args[1], "", "HISTORY of a time before the run begins")
		}
		s.v.Note(model.Equivalent, "HISTORY of a fixed time is kept from that time on, and is 0 until then")
		return piece{compose("sample_if_true(abs(steptime - ($2)) < dt / 2, $1, 0)", at, x, s.expr(e.Args[1]).written), LevelPrimary}
	}
	if b, ok := e.Args[1].(*expr.Binary); ok && b.Op == "-" {
		r, isRef := b.X.(*expr.Ref)
		if n, known := s.fold(b.Y, 0); known && n > 0 && isRef && len(r.Path) == 1 && r.Path[0] == "time" {
			s.Approximate(s.v, s.span(e), "HISTORY of TIME less a number is a delay, and is taken as 0 for times before the run")
			return piece{compose("delay_fixed($1, $2, 0)", at, x, s.expr(b.Y).in(LevelOr)), LevelPrimary}
		}
	}
	return s.cannot(e.Args[1], "a fixed time is supported, and TIME less a number; DELAY and PREVIOUS are near", "HISTORY of a time that is computed")
}

// lookupArea is the area under a graphical function between two values, or from its
// first point on.
func (s *scope) lookupArea(e *expr.Call) piece {
	r, ok := e.Args[0].(*expr.Ref)
	if len(e.Args) == 3 || !ok {
		return lookup("lookup_area")(s, e)
	}
	v := s.sp.Find(r.Path, s.Top)
	if v == nil || v.Resolve().Table == "" {
		return lookup("lookup_area")(s, e)
	}
	from, same := v.Resolve().FirstPoint()
	if !same {
		return s.cannot(e, "give the value from which the area counts", "LOOKUPAREA of graphical functions that begin at different values")
	}
	s.v.Note(model.Equivalent, "LOOKUPAREA counts from the first point of the graphical function")
	start, end := e.At()
	return s.tableCall(e, r, []expr.Expr{&expr.Number{Place: expr.Place{Start: start, End: end}, Value: from, Made: true}, e.Args[1]}, "lookup_area")
}

// interpolate is what lies between the elements of an array, where 0 is the first and
// 1 the last of them; of a share and two numbers it is what lies between these.
func (s *scope) interpolate(e *expr.Call) piece {
	at := s.here(e)
	x, many := s.combined(e.Args[0])
	if !many && len(e.Args) == 3 {
		s.v.Note(model.Equivalent, "INTERPOLATE is written out")
		return piece{compose("(($2) + ($1) * (($3) - ($2)))", at, x.written, s.expr(e.Args[1]).written, s.expr(e.Args[2]).written), LevelPrimary}
	}
	r, plain := e.Args[0].(*expr.Ref)
	if !many || !plain || len(e.Args) != 2 || s.alongOne(r) == nil {
		return s.cannot(e, "interpolate one dimension after the other, in auxiliaries", "INTERPOLATE of anything but an array along one dimension")
	}
	last := strconv.Itoa(len(s.alongOne(r).Elements) - 1)
	s.v.Note(model.Equivalent, "INTERPOLATE is written out with element_at")
	w := s.expr(e.Args[1]).in(LevelOr)
	p := compose("(max(0, min(1, $1)) * "+last+")", at, w)
	return piece{compose("(element_at($1, floor($2) + 1) + ($2 - floor($2)) * (element_at($1, min(floor($2) + 2, "+last+" + 1)) - element_at($1, floor($2) + 1)))", at, x.in(LevelOr), p), LevelPrimary}
}

// wave is SINWAVE or COSWAVE. Whether its phase counts from 0 or from the start is
// not published, which makes no difference where the run begins with a whole period.
func wave(name string) func(*scope, *expr.Call) piece {
	return func(s *scope, e *expr.Call) piece {
		s.v.Note(model.Equivalent, "a wave is written out")
		if n, ok := s.fold(e.Args[1], 0); s.Out.Time.Start != 0 && (!ok || s.Out.Time.Start/n != float64(int(s.Out.Time.Start/n))) {
			s.Approximate(s.v, s.span(e), "the phase of the wave is taken to count from the start of the run")
			return piece{compose("(($1) * "+name+"(2 * pi * (time - start_time) / ($2)))", s.here(e), s.expr(e.Args[0]).written, s.expr(e.Args[1]).written), LevelPrimary}
		}
		return piece{compose("(($1) * "+name+"(2 * pi * time / ($2)))", s.here(e), s.expr(e.Args[0]).written, s.expr(e.Args[1]).written), LevelPrimary}
	}
}

// compound is the share by which a stock must grow in a unit of time so that it has
// grown by a percentage after it, step by step.
func (s *scope) compound(e *expr.Call) piece {
	s.v.Note(model.Equivalent, "CGROWTH is written out for steps of Euler's method")
	if s.Out.Time.Method != "euler" {
		s.Approximate(s.v, s.span(e), "CGROWTH counts on Euler's method, but the model runs by another")
	}
	return piece{compose("(((1 + ($1) / 100) ^ dt - 1) / dt)", s.here(e), s.expr(e.Args[0]).written), LevelPrimary}
}
