package plan

import (
	"path/filepath"

	"weir/model"
	"weir/model/document"
)

// importOptions reads the keys for a model of another tool: data = ["…"],
// files below the set's folder that are read beside those that the model names, or for
// a name in it ("?name=…"), allow_partial = true, decisions = ["…"] and today. The files'
// texts are not read here.
func (r *reader) importOptions() model.ImportOptions {
	o := model.ImportOptions{AllowPartial: r.root.Bool("allow_partial")}
	if today, ok := r.root.Number("today"); ok {
		r.now = &today
	}
	r.decide = r.root.Texts("decisions")
	for _, t := range r.root.Texts("data") {
		d := document.NamedData(t.Text)
		if !filepath.IsLocal(filepath.FromSlash(d.Name)) {
			r.report(OutsideFolder, t.Span, "copy the file beside the set",
				"the data file must lie in the set's folder or below it")
			continue
		}
		o.Data = append(o.Data, d)
	}
	return o
}

// decisions makes decisions of the constants of another tool's model that the set names in
// decisions = ["…"], and sets today, which such a model cannot say.
func (r *reader) decisions(m *model.Model) {
	if r.now != nil && r.ofImport(m, "today", "write today = … there") {
		m.Today = r.now
	}
	for _, t := range r.decide {
		if !r.ofImport(m, "decisions", "declare [decision."+t.Text+"] there") {
			return
		}
		v := m.Variable(m.OurName(t.Text))
		switch {
		case v == nil:
			r.report(UnknownVariable, t.Span, didYouMean(t.Text, constantNames(m)),
				"the model has no variable %q", t.Text)
		case v.Kind == model.KindConstant:
			v.Kind = model.KindDecision
		case v.Kind != model.KindDecision:
			r.report(NotADecision, t.Span, "name a constant that its equation uses",
				"%s is %s, which is computed; only a constant can be a decision", t.Text,
				document.WithArticle(v.Kind))
		}
	}
}

// ofImport reports whether a key has its place in a set: the model is another tool's file.
func (r *reader) ofImport(m *model.Model, key, hint string) bool {
	if m.Imported == nil {
		r.report(NotSupported, r.root.At(key), hint,
			"%s is for a model of another tool; this one is weir's own, which says it itself", key)
	}
	return m.Imported != nil
}

// constantNames returns the names of a model's constants, as its file has them.
func constantNames(m *model.Model) []string {
	own := m.FileNames()
	var out []string
	for _, v := range m.Variables {
		if v.Kind == model.KindConstant || v.Kind == model.KindDecision {
			out = append(out, own(v.Name, nil))
		}
	}
	return out
}
