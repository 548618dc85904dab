// Package open reads a model or a scenario set with every mistake in it, for whoever runs it: a
// command, a page that is served, an editor.
package open

import (
	"fmt"
	"io"
	"os"

	"weir/internal/outfile"
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/folder"
	"weir/model/format"
	"weir/model/resolved"
	"weir/model/xmile"
	"weir/scenarios"
	"weir/scenarios/behaviour"
	"weir/scenarios/calibrate"
	"weir/scenarios/words"
)

// Model returns a model of any format, its resolved form, nil if it is broken, and every mistake:
// all are errors but those of units, which are warnings. A model whose end follows from its run is a
// mistake where fixedEnd is true.
func Model(file *format.File, o model.ImportOptions, fixedEnd bool) (*model.Model, *resolved.Model, diagnostic.List) {
	m, list := file.Load(o)
	if m == nil { // also a broken one: every mistake at once
		return nil, nil, list
	}
	r, more := model.Check(m)
	list = append(list, model.UnitsAsWarnings(more)...)
	if fixedEnd {
		list = append(list, model.FixedEnd(m)...)
	}
	return m, r, append(list, Tables(m, r != nil, more)...)
}

// Tables returns the mistakes of the tables that only some commands use: those of tests, and
// of a sound model those of the calibration. They are reported by every command. Known are those that
// model.Check has reported.
func Tables(m *model.Model, sound bool, known diagnostic.List) diagnostic.List {
	var list diagnostic.List
	if len(m.Tests) > 0 {
		list = behaviour.Check(m, known)
	}
	if sound && m.Calibration != nil {
		list = append(list, calibrate.Check(m)...)
	}
	return list
}

// Set returns a set with all its mistakes, those of every table of its model among them.
func Set(file *format.File) (*scenarios.Set, diagnostic.List) {
	set, list := scenarios.LoadOpened(file)
	if set != nil && set.Model != nil {
		list = append(list, Tables(set.Model, true, list)...)
	}
	return set, list
}

// IsSet reports whether a file is a scenario set: only a set names a model in its top table.
func IsSet(file *format.File) bool {
	root := file.Root()
	return root != nil && root.Has("model")
}

// IsModel reports whether a file is certainly a model and not a set.
func IsModel(file *format.File) bool {
	if format.Imports(file.Path()) {
		return true
	}
	root := file.Root()
	if root == nil || root.Has("model") || root.Has("scenario") || root.Has("intervention") || root.Has("outcome") {
		return false
	}
	return root.Has("time") || root.Has("stock") || root.Has("aux") || root.Has("module")
}

// OfCalibrate returns a description of a file that weir calibrate wrote; "" for any other. Such a
// file is checked together with the model or set that names it.
func OfCalibrate(file *format.File) string {
	switch root := file.Root(); {
	case root == nil:
		return ""
	case root.Has("posterior"):
		return "draws that weir calibrate wrote, for a set that names them"
	case root.Has("calibration") && root.Has("constants"):
		return "values that weir calibrate wrote, for a model that names them"
	}
	return ""
}

// Data returns the text of a data file. A file that is too large is an error before it is in
// memory.
func Data(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, outfile.Cause(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, folder.MaxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", path, outfile.Cause(err))
	case len(text) > folder.MaxSize:
		return nil, fmt.Errorf("%s has more than %s; a data file may have no more", path,
			words.Bytes(folder.MaxSize))
	}
	return text, nil
}

// ModelFiles returns the texts of a model by file; nil if the model could not be read.
func ModelFiles(m *model.Model) map[string][]byte {
	if m == nil {
		return nil
	}
	return m.Files
}

// SetFiles returns the texts of a set by file; nil if the set could not be read.
func SetFiles(set *scenarios.Set) map[string][]byte {
	if set == nil {
		return nil
	}
	return set.Files
}

// Telling returns the warnings that results depend on: about calibrated values, about missing
// equations, about delays shorter than a step and about flows that count twice.
func Telling(list diagnostic.List) diagnostic.List {
	var out diagnostic.List
	for _, d := range list {
		switch d.Code {
		case model.NoValue, model.NotCalibrated, model.StaleCalibration, model.DelayTooShort, xmile.SharedFlow:
			out = append(out, d)
		}
	}
	return out
}
