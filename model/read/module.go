package read

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/folder"
	"weir/model/keys"
	"weir/model/toml"
)

// A moduleReader reads [module.x] and the files that it names.
type moduleReader struct{ *reader }

// MaxModuleDepth bounds how deep modules may be inside each other.
const MaxModuleDepth = 16

// MaxModules bounds the modules of a model in all: a file that names two modules, each of which
// names two, doubles at every level.
const MaxModules = 500

// read reads every [module.x]: another model file, whose variables become variables of
// this model under names such as x.turnover.
func (r moduleReader) read() {
	for _, t := range r.root.Tables("module") {
		r.name(t, "a module")
		mod := &document.Module{Name: t.Name, File: t.String("file"), Span: t.Span}
		mod.Label, mod.About = t.String("label"), t.String("about")
		r.m.Modules = append(r.m.Modules, mod)
		part := r.moduleFile(t, mod)
		bind := t.Table("bind")
		if part == nil {
			bind.Keys() // their names cannot be checked
			mod.Broken = true
		} else {
			if part.Calibrated != nil && !part.Broken {
				mod.Alone = part.Clone()
			}
			r.merge(part, mod)
			own := part.ByName() // by their full names, which merging gave them
			r.retirement.before(part.Variables, own)
			r.bind(bind, mod, own)
		}
		t.Done(keys.Module)
	}
}

// moduleFile returns the model in a module's file; nil, after a report, if it cannot be read. A
// model with mistakes in it is returned all the same, so that its names are known to bindings; the
// mistakes are kept for the list of the whole model.
func (r moduleReader) moduleFile(t *toml.Table, mod *document.Module) *document.Model {
	at := t.At("file")
	name := filepath.ToSlash(mod.File)
	if name == "" {
		return nil
	}
	where := path.Join(r.folder, name)
	text := r.moduleText(name, where, at)
	if text == nil {
		return nil
	}
	mod.File = filepath.ToSlash(filepath.Join(filepath.Dir(r.m.File), name))
	above := append(slices.Clone(r.above), filepath.ToSlash(filepath.Clean(r.m.File)))
	if !r.mayNest(at, append(above, mod.File)) {
		return nil
	}
	part, list := r.readFile(parseFile(mod.File, text), place{r.session, path.Dir(where), above})
	r.inside = append(r.inside, list...)
	for name, text := range part.Files {
		r.m.Files[name] = text
	}
	if part.Broken && len(part.Variables)+len(part.Modules) == 0 {
		return nil // not TOML, or not a model
	}
	return part
}

// mayNest reports whether a module may be where it is. Chain has the files that lead to it,
// outermost first, and its own at the end. It counts the module against MaxModules, also one that
// it refuses.
func (r moduleReader) mayNest(at diagnostic.Span, chain []string) bool {
	last := len(chain) - 1
	r.session.modules++
	switch i := slices.Index(chain, chain[last]); {
	case i < last:
		r.report(code.ModuleCycle, at, "what both need goes into a module of its own",
			"a file cannot be a module of itself: %s", strings.Join(chain[i:], " → "))
	case last > MaxModuleDepth:
		r.report(code.TooLarge, at, "name the module in a file nearer to the model's own",
			"modules may be inside each other %d deep: %s is the %dth from %s", MaxModuleDepth, chain[last], last, chain[0])
	case r.session.modules > MaxModules:
		r.report(code.TooLarge, at, "", "a model may have at most %d modules in all", MaxModules)
	default:
		return true
	}
	return false
}

// moduleText returns the text of a module's file; nil after a report. Where is its path from
// the model's folder.
func (r moduleReader) moduleText(name, where string, at diagnostic.Span) []byte {
	fsys, err := r.folders.Open(path.Dir(where))
	switch {
	case path.IsAbs(name) || err == folder.ErrOutside:
		r.report(code.OutsideFolder, at, "copy it into a folder below the model's or beside it",
			"%q: a module lies below the model's folder, or in a folder beside it", name)
		return nil
	case fsys == nil && err == nil:
		r.report(code.Unreadable, at, "", "%q cannot be read: the model has no folder", name)
		return nil
	case err != nil:
		r.report(code.Unreadable, at, fromWhere, "%q cannot be read: %s", name, folder.Cause(err))
		return nil
	}
	text, err := folder.Read(fsys, path.Base(where))
	if err != nil {
		hint := fromWhere
		if found := folder.Near(fsys, path.Base(where)); found != "" {
			hint = "did you mean " + path.Join(path.Dir(name), found) + "?"
		}
		r.report(code.Unreadable, at, hint, "%q cannot be read: %s", name, folder.Cause(err))
		return nil
	}
	return text
}

// fromWhere is the hint for a path that leads nowhere.
const fromWhere = "the path is taken from the folder of the file that names it"

// bind gives variables of a module the values that this file has for them. A plain number for a
// constant or decision replaces its value; everything else becomes an equation in the names of this
// file. Known has the module's variables by their full names.
func (r moduleReader) bind(t *toml.Table, mod *document.Module, known map[string]*document.Variable) {
	for _, k := range t.NamedKeys() {
		v := known[mod.Name+"."+k.Full]
		if v == nil {
			r.report(code.BindUnknown, k.Span, r.suggestBinding(mod, k.Full, known),
				"the module %s has no variable %q", mod.Name, k.Full)
			continue
		}
		if !r.mayBind(v, k.Key) {
			continue
		}
		text := r.equationText(k.In, k.Name)
		if text.Text == "" {
			v.Broken = true
			continue
		}
		number := k.Value.Kind == toml.KindInteger || k.Value.Kind == toml.KindFloat
		if number && (v.Kind == document.KindConstant || v.Kind == document.KindDecision) {
			r.override(v, k.Key)
			continue
		}
		bindTo(v, text)
		r.retirement.bound[v.Name] = true
	}
}

// suggestBinding returns the hint for a binding of a name that the module does not have.
func (r moduleReader) suggestBinding(mod *document.Module, name string, known map[string]*document.Variable) string {
	hint := r.advice.DidYouMean("bind "+mod.Name, name, func() (among []string) {
		for _, full := range slices.Sorted(maps.Keys(known)) {
			if unbindable[known[full].Kind] == "" {
				among = append(among, strings.TrimPrefix(full, mod.Name+"."))
			}
		}
		return among
	})
	if hint != "" {
		return hint
	}
	return "bind a constant, decision, auxiliary, stock or data series of " + mod.File
}

// unbindable has the kinds that cannot take their value from outside, with the hint.
var unbindable = map[document.Kind]string{
	document.KindFlow:   "a flow belongs to its stock; bind what it depends on",
	document.KindLookup: "bind the input of the lookup, or the variable that uses it",
}

// mayBind reports whether a variable can be bound. It adds a diagnostic if not.
func (r moduleReader) mayBind(v *document.Variable, k *toml.Key) bool {
	if why := unbindable[v.Kind]; why != "" {
		r.report(code.BadBinding, k.Span, why,
			"%s is %s, which cannot be bound", v.Name, document.WithArticle(v.Kind))
		r.relateTo(v)
		return false
	}
	if v.Scope != v.Module {
		r.report(code.BadBinding, k.Span, "bind it in one place", "%s is bound already, inside its module", v.Name)
		return false
	}
	return true
}

// SetWhereUsed begins the source of a constant whose number is bound: the name of the file that
// binds it follows.
const SetWhereUsed = "set where the module is used: "

// override gives a constant or decision of a module another number. A number is one for all
// elements. The source then says where the number comes from, since that of the module's file is
// about another number.
func (r moduleReader) override(v *document.Variable, k *toml.Key) {
	if !r.root.Finite(k.Name, k.Value) {
		return
	}
	r.within(v, k.Name, k.Value.Number, k.Value.Span)
	v.Value, v.At, v.Fitted = []float64{k.Value.Number}, nil, false
	v.Keys["value"] = k.Value.Span
	if v.Kind == document.KindConstant {
		v.Source, v.Evidence = SetWhereUsed+path.Base(filepath.ToSlash(r.m.File)), ""
	}
}

// bindTo makes a variable an auxiliary with an equation in the names of the file
// that binds it. A stock loses its flows: its content is kept elsewhere.
func bindTo(v *document.Variable, t document.Text) {
	v.Kind, v.Equation, v.Scope = document.KindAux, t, ""
	v.At, v.Value, v.Range, v.Dist, v.Series = nil, nil, nil, nil, nil
	v.Inflow, v.Outflow, v.NonNeg, v.Conveyor = nil, nil, false, nil
	v.Source, v.Evidence, v.Owner, v.Beyond = "", "", "", ""
	v.Fitted, v.Broken = false, false
}
