package write

import (
	"path/filepath"
	"strconv"
	"strings"

	"weir/model/document"
)

// modules writes [module.x] with its bindings. The content of a module stays in its file.
func (w *writer) modules() {
	for _, mod := range w.m.Modules {
		if strings.Contains(mod.Name, ".") {
			continue // the module of a module is in that module's file
		}
		w.table("module." + tomlKey(mod.Name))
		w.text("label", mod.Label)
		w.text("about", mod.About)
		w.text("file", w.beside(mod.File))
		if lines := w.bindings(mod); len(lines) > 0 {
			w.table("module." + tomlKey(mod.Name) + ".bind")
			w.line("%s", strings.Join(lines, "\n"))
		}
	}
}

// bindings returns the lines of a module's table bind. A variable in the model's own scope was
// bound to an equation, one whose value has its place in the model's own file to a number.
func (w *writer) bindings(mod *document.Module) []string {
	var lines []string
	for _, v := range w.m.Variables {
		local, inside := strings.CutPrefix(v.Name, mod.Name+".")
		switch {
		case !inside:
		case v.Scope == "":
			lines = append(lines, tomlKey(local)+" = "+tomlText(v.Equation.Text))
		case overridden(v, w.m):
			lines = append(lines, tomlKey(local)+" = "+strconv.FormatFloat(v.Value[0], 'g', -1, 64))
		}
	}
	return lines
}

// overridden reports whether the model's own file sets the number of a module's variable.
func overridden(v *document.Variable, m *document.Model) bool {
	return (v.Kind == document.KindConstant || v.Kind == document.KindDecision) && v.Keys["value"].File == m.File && len(v.Value) == 1
}

// beside returns a file's path from the model's folder.
func (w *writer) beside(file string) string {
	if rel, err := filepath.Rel(filepath.Dir(w.m.File), file); err == nil {
		return filepath.ToSlash(rel)
	}
	return file
}

// ofModule reports whether a source's id is one that reading a module made.
func (w *writer) ofModule(id string) bool {
	for _, mod := range w.m.Modules {
		if strings.HasPrefix(id, mod.Name+".") {
			return true
		}
	}
	return false
}
