package calibrated

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/resolved"
)

// Check warns of values that were fitted to another model, or to other data: the model's own
// values, and those of each module, which belong to its file alone. Alone returns the resolved
// form of a module's file.
func Check(c *state.State, alone func(*document.Model) *resolved.Model) {
	c.List = append(c.List, stale(c.Model, c.Resolved)...)
	for _, mod := range c.Model.Modules {
		if mod.Alone != nil {
			c.List = append(c.List, stale(mod.Alone, alone(mod.Alone))...)
		}
	}
}

// stale returns a warning if the fitted values of a model are not those of the model as it
// is now, r being its resolved form, or nil.
func stale(m *document.Model, r *resolved.Model) diagnostic.List {
	k := m.Calibrated
	if k == nil || r == nil {
		return nil
	}
	what := ""
	if k.Model != "" && !Same(k.Model, r, k.Constants...) {
		what = "the model has changed"
		if IsFirst(k.Model) {
			what = "the model, or the version of weir that marks it, has changed"
		}
	} else if changed := changedData(m, k); changed != nil {
		what = strings.Join(changed, ", ") + " changed"
	}
	if what == "" {
		return nil
	}
	return diagnostic.List{{Code: code.StaleCalibration, Severity: diagnostic.Warning, Span: k.Span,
		Message: fmt.Sprintf("%s since %s was written, whose values are used", what, path.Base(k.File)),
		Hint:    "run weir calibrate again"}}
}

// changedData returns the names of the data files that differ from those of a calibration. Data has
// the SHA-256 of each file in hexadecimal, by its path from the model's folder. A file that the
// model no longer reads counts as changed. The names are sorted; nil means none.
func changedData(m *document.Model, k *document.Calibrated) []string {
	var list []string
	for name, want := range k.Data {
		text, read := m.Files[filepath.ToSlash(filepath.Join(filepath.Dir(m.File), name))]
		sum := sha256.Sum256(text)
		if !read || hex.EncodeToString(sum[:]) != want {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}
