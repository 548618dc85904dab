package lower

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/function"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/source"
)

// clocks are names that the run itself supplies, and weir's names for them.
var clocks = map[string]string{
	"time": "time", "dt": "dt", "starttime": "start_time", "stoptime": "stop_time", "pi": "pi", "inf": "inf", ":na:": "na",
	"nan": "nan", "time_step": "dt", "initial_time": "start_time", "final_time": "stop_time",
}

// clock returns a value of the run.
func (s *scope) clock(e expr.Expr, name string) equation.Expr {
	return equation.NewName(s.at(e), name)
}

// ref returns a name that is used as a value.
// Variables come first: a model may call one of its own time or pi. Then come words of the
// language, dimensions, and the elements of dimensions as Region.North, which are their
// positions.
func (s *scope) ref(e *expr.Ref) equation.Expr {
	if v := s.sp.Find(e.Path, s.Top); v != nil {
		return s.value(e, v)
	}
	name := e.Path[len(e.Path)-1]
	if len(e.Path) == 1 && e.Index == nil {
		if found := builtIn(s, e, name); found != nil {
			return found
		}
	}
	if len(e.Path) == 2 && e.Path[0] == "weir" && function.Find(name) != nil && len(function.Find(name).Params) == 0 {
		return equation.NewName(s.at(e), name)
	}
	if d := s.Dims.ByName[e.Path[0]]; d != nil && len(e.Path) == 2 {
		if at, ok := d.At[name]; ok {
			return s.number(e, float64(at+1))
		}
	}
	return s.unknown(e, name)
}

// builtIn returns a name that is no variable's: a value of the run, a dimension, SELF, or a
// function that is not supported; nil if it is none of them.
func builtIn(s *scope, e *expr.Ref, name string) equation.Expr {
	if c := clocks[name]; c != "" {
		return s.clock(e, c)
	}
	if d := s.Dims.ByName[name]; d != nil {
		return s.position(e, d)
	}
	if name == "self" { // the variable itself, one step ago
		return s.named(e, s.v)
	}
	if row := foreign.XMILE(name, 0, s.Tool()); row != nil && row.Takes(0) && !supported(row) {
		return s.call(&expr.Call{Place: e.Place, Of: e})
	}
	return nil
}

// unknown reports a name that is not in the model, with the nearest one that is.
// The search for a similar name is bounded in the whole file.
func (s *scope) unknown(e *expr.Ref, name string) equation.Expr {
	hint := ""
	if near := s.sp.Vars[s.Nearest(name, s.known)]; near != nil {
		hint = "did you mean " + cmp.Or(naming.Spoken(near.Node.Value("name")), near.Ours) + "?"
	}
	start, end := e.At()
	return s.wrong(e, code.UnknownName, hint, "%s is not in the model", strings.TrimSpace(s.text.Value[start:end]))
}

// known returns the names of the space, for suggestions.
func (s *scope) known() []string { return slices.Sorted(maps.Keys(s.sp.Vars)) }

// positionIn is the place of an element in its dimension, from 1 on.
var positionIn = equation.NewTemplate("position_in($1)")

// position returns the value of a dimension's name: the position of the equation's element
// in it, from 1 on; in a reduction, that of each element that is combined.
func (s *scope) position(e expr.Expr, d *source.Dimension) equation.Expr {
	for i, own := range s.over {
		if own == d || own.Root() == d.Root() {
			if s.element != nil && s.element[i] >= 0 {
				return s.number(e, float64(s.element[i]+1))
			}
			return s.fill(positionIn, e, equation.NewName(s.at(e), own.Ours))
		}
	}
	if s.reduce {
		return s.fill(positionIn, e, equation.NewName(s.at(e), d.Ours))
	}
	return s.wrong(e, code.MissingDimension, "", "the equation is not over %s", d.Name)
}

// named returns a variable's name with subscripts. An equation for initial values only
// reads other variables as they are then.
func (s *scope) named(e expr.Expr, v *source.Variable, index ...equation.Index) equation.Expr {
	if s.initial {
		v = s.initially(v)
	}
	return equation.NewName(s.at(e), v.Ours, index...)
}

// value returns a mention of a variable.
// Inside a reduction an array without subscripts means all of its elements.
func (s *scope) value(e *expr.Ref, v *source.Variable) equation.Expr {
	if v.OnlyTable() {
		return s.wrong(e, code.LookupNotCalled, "write LOOKUP("+v.Name+", x)",
			"%s is a graphical function without an input", v.Name)
	}
	switch x := v.Resolve().Infinity; {
	case x != nil && !v.Resolve().IsLimit():
		return s.number(e, *x)
	case e.Index != nil:
		return s.indexed(e, v)
	case s.reduce && len(v.Over) > 0:
		s.stars += len(v.Over)
		return s.named(e, v, stars(len(v.Over))...)
	}
	return s.named(e, v)
}

// stars returns subscripts that stand for all elements of n dimensions.
func stars(n int) []equation.Index {
	return slices.Repeat([]equation.Index{{Kind: equation.IndexStar}}, n)
}

// Taken reports whether a name means something in every equation of XMILE: a function, a
// value of the run or an operator.
func Taken(name string) bool {
	return clocks[name] != "" || expr.Reserved[name] || supported(foreign.XMILE(name, 1, foreign.AnyTool))
}
