package read

import (
	"weir/model/code"
	"weir/model/document"
	"weir/model/keys"
	"weir/model/toml"
)

// calibrationTable reads [calibration].
func (r calibrationReader) calibrationTable() {
	t := r.root.Table("calibration")
	if t == nil {
		return
	}
	c := &document.Calibration{Span: t.Span, Constants: textsOf(t, "constants"), Without: textsOf(t, "without"), Prior: t.Bool("prior")}
	c.From, c.To = window(t)
	if x := t.Value("constants"); x != nil && c.Constants == nil {
		c.Constants = []document.Text{}
	}
	for _, f := range t.Tables("fit") {
		c.Fits = append(c.Fits, r.calibrationFit(f))
	}
	t.Done(keys.Calibration)
	r.m.Calibration = c
}

func (r calibrationReader) calibrationFit(t *toml.Table) *document.CalibrationFit {
	f := &document.CalibrationFit{Name: t.Name, Span: t.Span, Weight: 1, Error: t.OneOf("error", document.ErrorKinds...)}
	f.Variable, f.Data = textOf(t.Text("variable")), textOf(t.Text("data"))
	if f.Error == "" {
		f.Error = document.ErrorKinds[0]
	}
	if w, ok := t.Number("weight"); ok {
		f.Weight = w
		if w <= 0 {
			r.report(code.BadValue, t.At("weight"), "take the table out if it should not count", "weight is more than 0, not %v", w)
		}
	}
	f.From, f.To = window(t)
	t.Done(keys.Fit)
	return f
}

// window reads from and to.
func window(t *toml.Table) (from, to *float64) {
	if x, ok := t.Number("from"); ok {
		from = &x
	}
	if x, ok := t.Number("to"); ok {
		to = &x
	}
	return from, to
}

func textsOf(t *toml.Table, key string) []document.Text {
	var out []document.Text
	for _, text := range t.Texts(key) {
		out = append(out, textOf(text))
	}
	return out
}
