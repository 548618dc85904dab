package vensim

import (
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// A variable is all equations of one name. It is collected from the equations, gets its kind,
// its name and its dimensions from one pass each, and its model variable from the last.
// Passes that rewrite equations add variables; their keys hold a zero byte, which no name in
// a file has.
type variable struct {
	name, key string             // as written, folded
	ours      string             // the name in the model; "" of a control variable
	equations []*syntax.Equation // at least one; without those that only carry units
	kind      model.Kind         // known after the pass "kinds"
	over      []*dimension       // known after the pass "dimensions"
	boxes     [][][]string       // of each equation: the elements at each place of its subscripts
	out       *model.Variable    // the model's; nil before the pass "equations"

	flow     bool // the inflow or outflow of a stock
	in, away bool // used as an inflow, as an outflow
	game     bool // GAME(…): players decide it
	derived  bool // made by a pass, not in the file
	broken   bool // a mistake is reported: no equation is written

	group string // of the file
	after string // of one that a macro makes: the key of the variable that calls it

	grade model.Grade // of the import, for the report
	how   []string    // reasons for the grade
}

// A dimension of the model is a range of the file, a family's root, or a part of a range
// that is made for the arrays over it.
// Dimensions are compared by pointer: the shaper makes one for each name.
type dimension struct {
	ours     string            // its name in the model
	elements []string          // keys
	family   *subscript.Family // the ranges that share elements with it
	rng      *subscript.Range  // nil if it is made here
	at       map[string]int    // see index
}

// index returns the place of each of the dimension's elements, from 0.
func (d *dimension) index() map[string]int {
	if d.at == nil {
		d.at = map[string]int{}
		for i, e := range d.elements {
			d.at[e] = i
		}
	}
	return d.at
}

// variables are those of the model, in the order in which they are written.
type variables struct {
	byKey  map[string]*variable // by folded name
	order  []*variable          // as the model will have them
	advice diagnostic.Adviser   // for names like those that are mistyped
}

// newVariables returns a model without variables.
func newVariables() *variables { return &variables{byKey: map[string]*variable{}} }

// add appends a variable, whose key must be new.
func (vs *variables) add(v *variable) {
	vs.byKey[v.key] = v
	vs.order = append(vs.order, v)
}

// named returns the variable that an expression names; nil if it names none.
func (vs *variables) named(e syntax.Expr) (*syntax.Ref, *variable) {
	r, ok := e.(*syntax.Ref)
	if !ok {
		return nil, nil
	}
	return r, vs.byKey[r.Key]
}

// nearest returns a hint with the name of the file that is most like a key, but for that
// of one variable; "" if none is like it.
func (vs *variables) nearest(key string, but *variable) string {
	near := vs.advice.Nearest("", key, func() (keys []string) {
		for _, v := range vs.order {
			if !v.derived && v != but {
				keys = append(keys, v.key)
			}
		}
		return keys
	})
	if near := vs.byKey[near]; near != nil {
		return "did you mean " + near.name + "?"
	}
	return ""
}

// at returns the place of the variable's first definition.
func (v *variable) at() syntax.Span { return v.equations[0].NameSpan }

// note lowers the grade of a variable's import and adds the reason.
func (v *variable) note(grade model.Grade, how string) {
	if badness[grade] > badness[v.grade] {
		v.grade = grade
	}
	if how != "" && !slices.Contains(v.how, how) {
		v.how = append(v.how, how)
	}
}

// badness orders the grades, from the best to the worst.
var badness = map[model.Grade]int{"": 0, model.Exact: 0, model.Equivalent: 1, model.Approximated: 2,
	model.Unsupported: 3}

// size returns the number of elements of a variable, but no more than subscript.MaxSize+1.
func (v *variable) size() int {
	n := 1
	for _, d := range v.over {
		n = min(n*len(d.elements), subscript.MaxSize+1)
	}
	return n
}

// isOver reports whether the variable is over a dimension of that name.
func (v *variable) isOver(ours string) bool {
	return slices.ContainsFunc(v.over, func(d *dimension) bool { return d.ours == ours })
}

// elementKey returns an element's name as the keys of a model have it, "" for the only
// element of a scalar.
func (v *variable) elementKey(elements map[string]*subscript.Element, keys []string) string {
	if v.size() == 1 {
		return ""
	}
	var words []string
	for _, k := range keys {
		words = append(words, elements[k].Ours)
	}
	return strings.Join(words, ", ")
}

// eachElement calls f for every element of a box, row by row, with its number in the
// variable. f must not keep keys.
func (v *variable) eachElement(box [][]string, f func(keys []string, element int)) {
	keys := make([]string, len(box))
	var run func(i, element int)
	run = func(i, element int) {
		if i == len(box) {
			f(keys, element)
			return
		}
		at := v.over[i].index()
		for _, e := range box[i] {
			keys[i] = e
			run(i+1, element*len(v.over[i].elements)+at[e])
		}
	}
	run(0, 0)
}

// numbering returns a function from the keys of an element to its number in the box of
// the i-th equation, which lists its numbers row by row.
func (v *variable) numbering(i int) func(keys []string) int {
	places := make([]map[string]int, len(v.boxes[i]))
	for p, elements := range v.boxes[i] {
		places[p] = map[string]int{}
		for n, e := range elements {
			places[p][e] = n
		}
	}
	return func(keys []string) int {
		at := 0
		for p, k := range keys {
			at = at*len(v.boxes[i][p]) + places[p][k]
		}
		return at
	}
}

// cite names the place in a file that the variable's numbers come from as its source.
func (v *variable) cite(f *sheet.Get) {
	if v.out != nil && v.out.Source == "" {
		v.out.Source = f.Source()
	}
}

// isConstant reports whether the variable is numbers that the file holds.
func (v *variable) isConstant() bool { return v.kind == model.KindConstant }
