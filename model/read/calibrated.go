package read

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/toml"
	"weir/model/toml/shape"
)

// A calibrationReader reads fitted values, and [calibration].
type calibrationReader struct{ *reader }

func (r calibrationReader) read() {
	r.calibrated()
	r.calibrationTable()
}

// The keys that a file of fitted values must have. It may have more, for its readers.
var (
	calibratedShape = &shape.Shape{What: "a calibration file", Keys: []shape.Key{
		{Name: "calibration", Needed: "weir calibrate writes the file again"},
	}}
	calibratedHead = &shape.Shape{What: "[calibration]", Keys: []shape.Key{{Name: "model", Needed: shape.Add}}}
)

// calibrated reads the file of fitted values that the key calibrated names. A missing file is
// only a warning: weir calibrate needs the model to make it.
func (r calibrationReader) calibrated() {
	text := r.root.Text("calibrated")
	if text == nil {
		return
	}
	at := r.root.At("calibrated")
	name := filepath.ToSlash(text.Text)
	// A path that is the folder itself, such as "./", is refused here too: it cannot be a file.
	if !filepath.IsLocal(text.Text) || path.Clean(name) == "." {
		r.report(code.OutsideFolder, at, "name a file in the model's folder",
			"%q leads out of the model's folder", text.Text)
		return
	}
	if r.fsys != nil {
		if _, err := fs.Stat(r.fsys, path.Clean(name)); errors.Is(err, fs.ErrNotExist) {
			r.doc.Add(diagnostic.Diagnostic{Code: code.NotCalibrated, Severity: diagnostic.Warning, Span: at,
				Message: fmt.Sprintf("there is no %q, so constants have the values written here", name),
				Hint:    "weir calibrate writes it"})
			return
		}
	}
	if body := r.dataText(path.Clean(name), at); body != nil {
		r.calibration(filepath.ToSlash(filepath.Join(filepath.Dir(r.m.File), name)), body, at)
	}
}

// calibration takes the values of a calibration file. At is the key that names it. The text is kept
// among the model's files, and so in its hash, even if it is not TOML. Mistakes in it are reported
// with places in its own text.
func (r calibrationReader) calibration(file string, text []byte, at diagnostic.Span) {
	r.m.Files[file] = text
	doc, list := toml.Parse(file, text)
	c := &document.Calibrated{File: file, Span: at, Data: map[string]string{}, Own: map[string]*document.Variable{}}
	if doc != nil {
		head := doc.Root.Table("calibration")
		c.Model, c.Date = head.String("model"), head.String("date")
		head.Keys()
		head.Done(calibratedHead)
		data := doc.Root.Table("data")
		for _, k := range data.Keys() {
			c.Data[k.Name] = data.String(k.Name)
		}
		r.calibratedValues(doc.Root.Table("constants"), c)
		doc.Root.Keys()
		doc.Root.Done(calibratedShape)
		list = append(list, doc.Problems()...)
		r.m.Calibrated = c
	}
	for _, d := range list {
		r.doc.Add(d)
	}
}

// calibratedValues gives constants their fitted values. Own keeps a copy of each constant as the
// model file has it. A constant with a mistake of its own is passed over; one whose fitted value
// has a mistake keeps that of the model file.
func (r calibrationReader) calibratedValues(t *toml.Table, c *document.Calibrated) {
	const hint = "weir calibrate writes the file again, once calibrated = … is taken out of the model"
	known := r.m.ByName()
	for _, k := range t.Keys() {
		v := known[k.Name]
		switch {
		case v == nil:
			r.report(code.UnknownCalibrated, k.Span, hint, "the model has no constant %q", k.Name)
		case v.Kind != document.KindConstant:
			r.report(code.UnknownCalibrated, k.Span, hint, "%s is a %s, not a constant", k.Name, v.Kind)
		case !v.Broken:
			if x := r.calibratedValue(t, v, k); x != nil {
				own := *v
				c.Own[v.Name] = &own
				v.Value, v.At, v.Fitted = x, nil, true
			}
			c.Constants = append(c.Constants, k.Name)
		}
	}
}

// calibratedValue returns one number, or one per element, row-major; nil after a report. A single
// number without brackets holds for all elements of an array.
func (r calibrationReader) calibratedValue(t *toml.Table, v *document.Variable, k *toml.Key) []float64 {
	items := []*toml.Value{k.Value}
	if k.Value.Kind == toml.KindArray {
		items = k.Value.Items
	}
	n := 1
	for _, name := range v.Over {
		d := r.dimension(name)
		if d == nil {
			return nil // reported by Check
		}
		n *= len(d.Elements)
	}
	if len(items) != n && (len(items) != 1 || k.Value.Kind == toml.KindArray) {
		r.report(code.ValueCount, k.Value.Span, "run weir calibrate again",
			"%s has %d elements, but there are %d values", v.Name, n, len(items))
		return nil
	}
	var out []float64
	for _, x := range items {
		if !t.Finite(k.Name, x) {
			return nil
		}
		r.within(v, k.Name, x.Number, x.Span)
		out = append(out, x.Number)
	}
	return out
}
