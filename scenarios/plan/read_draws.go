package plan

import (
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/toml"
	"weir/scenarios/uncertainty"
)

// A drawReader reads [uncertainty], its table t, into u.
type drawReader struct {
	*reader
	t *toml.Table
	u *uncertainty.Futures
}

// uncertain finds a constant by the name in a list, or reports its real kind.
func (r *drawReader) uncertain(text *toml.Text) *model.Variable {
	v, elements := r.declaredVariable(text.Text, text.Span,
		r.names(func(v *model.Variable) bool { return v.Kind == model.KindConstant || uncertainty.ShapeOf(v) != nil }))
	switch {
	case v == nil:
		return nil
	case v.Kind == model.KindDecision:
		r.report(NotAnAssumption, text.Span, "take it out: what somebody decides belongs into an intervention",
			"%s is a decision, which is chosen and not uncertain", v.Name)
	case v.Kind != model.KindConstant && v.Kind != model.KindLookup:
		r.report(NotAnAssumption, text.Span, "name a constant that its equation uses",
			"%s is %s; only constants, and lookups with shapes, are drawn", v.Name, document.WithArticle(v.Kind))
	case elements != nil:
		r.report(WhichElement, text.Span, "write "+v.Name,
			"one draw moves all elements of %s; they cannot be named apart", v.Name)
	default:
		return v
	}
	return nil
}

// notPosterior reports a constant that the posterior draws already.
func (r *drawReader) notPosterior(v *model.Variable, at diagnostic.Span) bool {
	if r.u.Posterior.Has(v.Name) {
		r.report(BadPosterior, at, "take it out here",
			"%s is drawn from the posterior, with the constants that it goes with", v.Name)
		return false
	}
	return true
}

// notDrawn returns the first of the constants that is not uncertain, "" if all are.
func (r *drawReader) notDrawn(list ...*model.Variable) string {
	for _, v := range list {
		if r.u.Position(v.Name) < 0 {
			return v.Name
		}
	}
	return ""
}
