package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/toml"
	"weir/model/toml/shape"
	"weir/scenarios/internal/element"
	"weir/scenarios/uncertainty"
)

// The keys that a posterior's file must have. It may have more, for readers.
var (
	posteriorShape = &shape.Shape{What: "a posterior",
		Keys: []shape.Key{{Name: "posterior", Needed: "weir calibrate writes such files"}}}
	posteriorTable = &shape.Shape{What: "a posterior", Keys: []shape.Key{
		{Name: "model", Needed: shape.Add}, {Name: "constants", Needed: shape.Add}, {Name: "draws", Needed: shape.Add},
	}}
)

// MaxPosterior bounds the file of a posterior, in bytes.
const MaxPosterior = toml.MaxSize

// posterior reads the file that [uncertainty] names; nil if there is none, or a mistake
// in it.
func (r *drawReader) posterior() *uncertainty.Posterior {
	text := r.t.Text("posterior")
	if text == nil {
		return nil
	}
	at := r.t.At("posterior")
	name := filepath.FromSlash(text.Text)
	if !filepath.IsLocal(name) {
		r.report(OutsideFolder, at, "copy the file beside the set",
			"the posterior must lie in the set's folder or below it")
		return nil
	}
	body, err := r.Open(name)
	switch {
	case err != nil && strings.Contains(err.Error(), "escapes"): // os.Root names this error in words only
		r.report(OutsideFolder, at, "copy the file beside the set", "%q leads out of the set's folder", text.Text)
		return nil
	case err != nil:
		r.report(Unreadable, at, "weir calibrate MODEL --posterior "+text.Text+" writes it",
			"%q: %s", text.Text, cause(err))
		return nil
	}
	file := filepath.ToSlash(filepath.Join(filepath.Dir(r.set.File), name))
	r.set.Files[file] = body
	sum := sha256.Sum256(append(slices.Clip(r.set.Text), body...))
	r.set.Hash = hex.EncodeToString(sum[:])
	doc, list := toml.Parse(file, body)
	if doc == nil {
		r.adopt(list)
		return nil
	}
	p := r.posteriorTable(doc, file)
	list = append(list, doc.Problems()...)
	r.adopt(list)
	if list.HasErrors() || !r.sound() || !r.ofThisModel(p, at) {
		return nil
	}
	return p
}

// posteriorTable reads the file's [posterior].
func (r *drawReader) posteriorTable(doc *toml.Document, file string) *uncertainty.Posterior {
	t := doc.Root.Table("posterior")
	p := &uncertainty.Posterior{File: file, Date: t.String("date"),
		Model: t.String("model"), Names: t.Strings("constants")}
	if x := t.Value("converged"); x != nil && x.Kind == toml.KindBool && !x.Bool {
		doc.Add(diagnostic.Diagnostic{Code: BadPosterior, Severity: diagnostic.Warning, Span: x.Span,
			Message: "these draws were kept although the sampler had not converged", Hint: "run weir calibrate with more --steps"})
	}
	draws := t.Value("draws")
	t.Keys()
	t.Done(posteriorTable)
	doc.Root.Keys()
	doc.Root.Done(posteriorShape)
	if draws == nil {
		return p
	}
	for _, row := range draws.Items {
		p.Draws = append(p.Draws, readDraw(doc, t, row, len(p.Names)))
	}
	if draws.Kind != toml.KindArray || len(draws.Items) == 0 {
		doc.Report(BadPosterior, draws.Span, "", "draws is a list of lists of numbers")
	}
	return p
}

// readDraw reads one draw of n numbers.
func readDraw(doc *toml.Document, t *toml.Table, row *toml.Value, n int) []float64 {
	if row.Kind != toml.KindArray || len(row.Items) != n {
		doc.Report(BadPosterior, row.Span, "", "a draw has one number for each of %d constants", n)
		return nil
	}
	out := make([]float64, n)
	for i, x := range row.Items {
		if t.Finite("a number of a draw", x) {
			out[i] = x.Number
		}
	}
	return out
}

// ofThisModel refuses draws that were made with another version of the model.
func (r *drawReader) ofThisModel(p *uncertainty.Posterior, at diagnostic.Span) bool {
	var names []string
	for _, full := range p.Names {
		name, _, _ := element.Split(full)
		names = append(names, name)
	}
	same, early := model.SameModel(p.Model, r.set.Resolved, names...)
	if same {
		return true
	}
	of := "for another version of the model"
	if early {
		of += ", or by an earlier version of weir, whose mark of the model is not this one's"
	}
	r.report(OtherModel, at,
		"run weir calibrate "+r.set.ModelFile+" again, or go back to the model of "+orUnknown(p.Date),
		"the posterior was drawn %s", of)
	return false
}

// orUnknown stands in for the date of a posterior that has none.
func orUnknown(date string) string {
	if date == "" {
		return "then"
	}
	return date
}

// drawn makes the sources of a posterior, in its order. Each constant is one that the
// model has, since the model is the one it was made for; a misspelt one is reported.
func (r *drawReader) drawn() {
	p := r.u.Posterior
	if p == nil {
		return
	}
	for i, full := range p.Names {
		name, elements, closed := element.Split(full)
		v := r.set.Model.Variable(name)
		at := slices.IndexFunc(r.set.Resolved.Variables,
			func(x *resolved.Variable) bool { return !x.Hidden && x.Name == name })
		if v == nil || v.Kind != model.KindConstant || at < 0 || !closed {
			r.report(BadPosterior, r.t.At("posterior"), "",
				"the posterior has a constant %q, and the model has none", full)
			continue
		}
		s, err := p.Source(r.set.Resolved, v, elements, i)
		if err != nil {
			r.report(BadPosterior, r.t.At("posterior"), "", "%s cannot be drawn: %v", full, err)
			continue
		}
		r.u.Sources = append(r.u.Sources, s)
	}
}
