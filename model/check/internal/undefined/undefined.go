// Package undefined finds the equations of an imported model that read elements which
// the file does not define.
package undefined

import (
	"fmt"
	"slices"
	"strings"

	"weir/model/check/internal/state"
	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/resolved"
)

// maxNamed is how many elements one message names.
const maxNamed = 3

// Check reports each variable whose equations read undefined elements, which have no
// value: Vensim refuses such a model too ("used, not computed"). Elements that nothing
// reads may stay undefined. Out are the resolved variables, with those that are made for
// parts of equations.
func Check(s *state.State, out []*resolved.Variable) {
	if s.Model.Imported == nil || len(s.Model.Imported.Undefined) == 0 {
		return
	}
	for _, v := range out {
		f := finder{undefined: s.Model.Imported.Undefined, seen: map[string]bool{}}
		for _, part := range slices.Concat(v.Parts, v.Input, v.Delay) {
			f.part(part)
			if len(f.found) > 0 {
				report(s, v, part, f.found)
				break
			}
		}
	}
}

// report reports the elements that an equation reads and that nothing defines, once per equation.
func report(s *state.State, v *resolved.Variable, part *resolved.Part, found []string) {
	reader := v
	if v.Owner != nil {
		reader = v.Owner
	}
	shown := make([]string, min(len(found), maxNamed))
	for i := range shown {
		shown[i] = s.Shown(found[i])
	}
	names := strings.Join(shown, ", ")
	if n := len(found) - maxNamed; n > 0 {
		names += fmt.Sprintf(" and %d more", n)
	}
	s.Report(code.MissingElement, part.Span, "write an equation for these elements, or read only those that have one",
		"%s reads %s, which no equation defines", reader, names)
}

// A finder collects the undefined elements that a part reads.
type finder struct {
	// By variable, true for each element that no equation defines, row-major.
	undefined map[string][]bool
	seen      map[string]bool
	found     []string // as name[element], each once
}

// part collects the undefined elements that one equation reads. A mask of another length than the
// variable belongs to another shape of it, and says nothing.
func (f *finder) part(p *resolved.Part) {
	tree.References(p.Expr, nil, func(r *resolved.Ref, _ []*resolved.Loop) {
		if mask := f.undefined[r.Var.Name]; len(mask) == r.Var.Size() && slices.Contains(mask, true) {
			f.along(r, mask, loopsOf(r), tree.Iteration{})
		}
	})
}

// loopsOf returns the loops that a mention follows, each once.
func loopsOf(r *resolved.Ref) []*resolved.Loop {
	var out []*resolved.Loop
	for _, p := range r.At {
		if p.Loop != nil && !slices.Contains(out, p.Loop) {
			out = append(out, p.Loop)
		}
	}
	return out
}

// along goes through the iterations of the loops that are not set yet.
func (f *finder) along(r *resolved.Ref, mask []bool, loops []*resolved.Loop, in tree.Iteration) {
	if len(loops) > 0 {
		for i := range loops[0].At {
			in[loops[0]] = i
			f.along(r, mask, loops[1:], in)
		}
		return
	}
	element := 0
	words := make([]string, len(r.At))
	for i, p := range r.At {
		at := p.Fixed
		if p.Loop != nil {
			at = p.Map[in[p.Loop]]
		}
		element = element*len(r.Var.Over[i].Elements) + at
		words[i] = r.Var.Over[i].Elements[at]
	}
	if !mask[element] {
		return
	}
	if name := r.Var.Name + "[" + strings.Join(words, ", ") + "]"; !f.seen[name] {
		f.seen[name] = true
		f.found = append(f.found, name)
	}
}
