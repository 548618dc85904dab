package lower

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/function"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/source"
)

// clocks are names that the run itself supplies.
var clocks = map[string]string{
	"time": "time", "dt": "dt", "starttime": "start_time", "stoptime": "stop_time", "pi": "pi", "inf": "inf", ":na:": "na",
	"nan": "(0 / 0)", "time_step": "dt", "initial_time": "start_time", "final_time": "stop_time",
}

// ref is a name used as a value.
func (s *scope) ref(e *expr.Ref) piece {
	if v := s.sp.Find(e.Path, s.Top); v != nil {
		return s.value(e, v)
	}
	name := e.Path[len(e.Path)-1]
	if len(e.Path) == 1 {
		if c := clocks[name]; c != "" && e.Index == nil {
			return s.primary(e, c)
		}
		if d := s.Dims.ByName[name]; d != nil && e.Index == nil {
			return s.position(e, d)
		}
		if name == "self" {
			return s.self(e)
		}
		_, no := refused[name]
		if (no || calls[name].least == 0 && calls[name].apply != nil) && e.Index == nil {
			return s.call(&expr.Call{Place: e.Place, Of: e})
		}
	}
	if len(e.Path) == 2 && e.Path[0] == "weir" && function.Find(name) != nil && len(function.Find(name).Params) == 0 {
		return s.primary(e, name)
	}
	if d := s.Dims.ByName[e.Path[0]]; d != nil && len(e.Path) == 2 {
		if at, ok := d.At[name]; ok {
			return s.primary(e, strconv.Itoa(at+1))
		}
	}
	return s.unknown(e, name)
}

func (s *scope) unknown(e *expr.Ref, name string) piece {
	hint := ""
	if near := s.sp.Vars[s.Nearest(name, s.known)]; near != nil {
		hint = "did you mean " + cmp.Or(naming.Spoken(near.Node.Value("name")), near.Ours) + "?"
	}
	start, end := e.At()
	return s.wrong(e, model.UnknownName, hint, "%s is not in the model", strings.TrimSpace(s.text.Value[start:end]))
}

// known are the names of the space, for suggestions.
func (s *scope) known() []string { return slices.Sorted(maps.Keys(s.sp.Vars)) }

// position is a dimension's name as a value: the position of the equation's element.
func (s *scope) position(e expr.Expr, d *source.Dimension) piece {
	for i, own := range s.over {
		if own == d || own.Root() == d.Root() {
			if s.element != nil && s.element[i] >= 0 {
				return s.primary(e, strconv.Itoa(s.element[i]+1))
			}
			return s.primary(e, "position_in("+own.Ours+")")
		}
	}
	if s.reduce { // the position of each element that is combined
		return s.primary(e, "position_in("+d.Ours+")")
	}
	return s.wrong(e, model.MissingDimension, "", "the equation is not over %s", d.Name)
}

// self is the variable itself, one step ago: SELF.
func (s *scope) self(e expr.Expr) piece {
	return s.named(e, s.v, "")
}

// named is a variable's name in an equation. Whatever is computed for initial values
// alone takes others as they are then.
func (s *scope) named(e expr.Expr, v *source.Variable, index string) piece {
	if s.initial {
		v = s.Lowerer.initially(v)
	}
	return s.primary(e, v.Ours+index)
}

// value is a mention of a variable.
func (s *scope) value(e *expr.Ref, v *source.Variable) piece {
	if v.Kind == model.KindLookup && v.Eqn == nil || v.Eqn == nil && v.Graph != nil && !v.Input {
		return s.wrong(e, model.LookupNotCalled, "write LOOKUP("+v.Name+", x)", "%s is a graphical function without an input", v.Name)
	}
	if e.Index == nil && s.reduce && len(v.Over) > 0 {
		s.stars += len(v.Over)
		return s.named(e, v, "["+strings.TrimSuffix(strings.Repeat("*, ", len(v.Over)), ", ")+"]")
	}
	if e.Index == nil {
		return s.named(e, v, "")
	}
	return s.indexed(e, v)
}

// Taken reports whether a name means something in every equation of XMILE: a function, a
// value of the run or an operator.
func Taken(name string) bool {
	_, function := calls[name]
	return function || clocks[name] != "" || expr.Reserved[name]
}
