package read

import (
	"weir/model/code"
	"weir/model/document"
	"weir/model/keys"
	"weir/model/toml"
)

// calibrationTable reads [calibration]. Package scenarios/calibrate checks the names in it.
func (r calibrationReader) calibrationTable() {
	t := r.root.Table("calibration")
	if t == nil {
		return
	}
	c := &document.Calibration{Span: t.Span, Prior: t.Bool("prior")}
	c.Constants, c.Without = textsOf(t, "constants"), textsOf(t, "without")
	c.From, c.To = optional(t, "from"), optional(t, "to")
	if t.Has("constants") && c.Constants == nil {
		c.Constants = []document.Text{} // none, which is not every constant that has a range
	}
	for _, f := range t.Tables("fit") {
		c.Fits = append(c.Fits, r.calibrationFit(f))
	}
	t.Done(keys.Calibration)
	r.m.Calibration = c
}

// calibrationFit returns one [calibration.fit.x], with a weight of 1 if it has none.
func (r calibrationReader) calibrationFit(t *toml.Table) *document.CalibrationFit {
	f := &document.CalibrationFit{Name: t.Name, Span: t.Span, Weight: 1, Error: t.OneOf("error", document.ErrorKinds...)}
	f.Variable, f.Data = textOf(t.Text("variable")), textOf(t.Text("data"))
	if f.Error == "" {
		f.Error = document.ErrorKinds[0]
	}
	if w, ok := t.Number("weight"); ok {
		f.Weight = w
		if w <= 0 {
			r.report(code.BadValue, t.At("weight"), "take the table out if it should not count",
				"weight must be more than 0, not %v", w)
		}
	}
	f.From, f.To = optional(t, "from"), optional(t, "to")
	t.Done(keys.Fit)
	return f
}

// textsOf returns a list of texts with their places. The list is nil if the key is missing or
// empty.
func textsOf(t *toml.Table, key string) []document.Text {
	var out []document.Text
	for _, text := range t.Texts(key) {
		out = append(out, textOf(text))
	}
	return out
}
