// Package modular writes a model that came from another tool's file with modules as files of
// weir with modules: a file for each model that the other file uses as a module.
//
// An imported model is flat: each use of a module has variables of its own, and an input is a
// variable whose equation names its source. Dividing goes the other way. A variable gets the
// name that it has within its module; an equation names variables of its own module and of those
// inside it; every other variable that it reads becomes an input, a constant of the file, which
// the file around it binds. Uses of one model that come out as the same text share a file.
//
// A module that cannot be a file, since the language has no input for a table or a flow, is
// written out into the file around it, and Division says why.
package modular

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"weir/model"
	"weir/model/function"
	"weir/model/read"
)

// A Division is a model as files with modules.
type Division struct {
	Text  []byte            // of model.toml
	Files map[string][]byte // the files of modules and the data files, by name
	Names map[string]string // the new names of variables by those of the flat model, where they differ
	// Fates says what became of each of Import.Parts, in their order.
	Fates []Fate

	bridged map[string]bool
}

// A Fate is what became of one module of the other file.
type Fate struct {
	File string // of the module; "" if it is written out
	Why  string // it is written out
}

// Own returns the name that a variable of the flat model has in the division; "" for one that has
// become the expression of a binding.
func (d *Division) Own(name string) string {
	if d.bridged[name] {
		return ""
	}
	return cmp.Or(d.Names[name], name)
}

// main is the name of the file of the model itself.
const main = "model.toml"

// Divide divides an imported model into files. Start returns the values of a variable of the
// flat model at the start of the run, row-major, or nil: a module's inputs have them in its own
// file, so that it runs alone. Divide returns nil if the other file has no modules. The model is not
// changed.
func Divide(m *model.Model, start func(string) []float64) *Division {
	if m.Imported == nil || len(m.Imported.Parts) == 0 {
		return nil
	}
	out := bounded(m.Imported.Parts)
	// Writing a module out gives its variables to the one around it, for which other things
	// are outside then: try until nothing is in the way.
	for {
		d := &divider{m: m, start: start, out: out}
		d.plan()
		d.write()
		if len(d.found) > 0 {
			for i, why := range d.found {
				out[i] = why
			}
			continue
		}
		return d.division()
	}
}

// bounded returns the modules that are beyond weir's bounds of modules, with the reason.
func bounded(parts []model.ImportPart) map[int]string {
	out := map[int]string{}
	depth := make([]int, len(parts))
	kept := 0
	for i, p := range parts {
		if p.In >= 0 {
			depth[i] = depth[p.In]
		}
		depth[i]++
		switch {
		case depth[i] > read.MaxModuleDepth:
			out[i] = "modules may be inside each other " + strconv.Itoa(read.MaxModuleDepth) + " deep"
		case kept == read.MaxModules:
			out[i] = "a model may have " + strconv.Itoa(read.MaxModules) + " modules"
		default:
			kept++
		}
	}
	return out
}

// A part is one use of a model as a module, or the model itself.
type part struct {
	at     int    // in Import.Parts; -1 for the model itself
	name   string // within the part around it; "" for the model itself
	around *part
	kids   []*part
	vars   []*model.Variable // of the flat model, in its order
	views  []*model.View
	taken  map[string]bool
	inputs []input
	extra  map[string]string // inputs that the other file does not declare: their names, by source
	named  map[string]int    // of views, as names are given out
	model  *model.Model      // as it is written
	file   string
	// numbers are constants that this use binds to numbers of its own; fixed says that uses which
	// cannot have its file, too.
	numbers []*model.Variable
	fixed   bool
}

// An input is a constant of a part that the one around it binds.
type input struct {
	name   string // within the part
	source string // in the flat model
}

// A home is where a variable is.
type home struct {
	*part
	local string
	input bool
}

// A divider makes one attempt to divide a model.
type divider struct {
	m     *model.Model
	start func(string) []float64
	out   map[int]string // modules that are written out, with the reason
	found map[int]string // the same, as this attempt finds them

	parts []*part // outer ones first; the model itself is the first
	of    []*part // by the place in Import.Parts: the part, or that into which it is written out
	homes map[string]home
	vars  map[string]*model.Variable
	// bridged are variables that only give an expression to an input, as weir's own files have
	// them: the expression is bound itself.
	bridged map[string]bool
	files   map[string][]byte
	titles  map[string]string // of views, within their parts
	owners  map[string]*part  // of files, by the model and the text of their uses
}

// plan makes the parts and names what is in them.
func (d *divider) plan() {
	d.found, d.homes, d.vars = map[int]string{}, map[string]home{}, d.m.ByName()
	root := d.newPart(-1, "", nil)
	prefix := make([]string, len(d.m.Imported.Parts)) // before names of variables that are written out
	for i, p := range d.m.Imported.Parts {
		around, before := root, ""
		if p.In >= 0 {
			around, before = d.of[p.In], prefix[p.In]
		}
		if d.out[i] != "" {
			d.of, prefix[i] = append(d.of, around), before+p.Local+"_"
			continue
		}
		d.of = append(d.of, d.newPart(i, before+p.Local, around))
	}
	d.bridged = d.bridges()
	for _, v := range d.m.Variables {
		h, inside := d.m.Imported.Homes[v.Name]
		if !inside || d.of[h.Part] == root {
			d.put(root, v, v.Name, false)
			continue
		}
		d.put(d.of[h.Part], v, prefix[h.Part]+h.Local, h.Input)
	}
	for _, p := range d.parts[1:] { // modules take the names that variables leave
		p.name = p.around.free(p.name, "_module")
	}
	views := map[string]*part{}
	d.titles = map[string]string{}
	for i, p := range d.m.Imported.Parts {
		for _, v := range p.Views {
			views[v.Name], d.titles[v.Name] = d.of[i], v.Local
		}
	}
	for _, v := range d.m.Views {
		p := cmp.Or(views[v.Name], root)
		p.views = append(p.views, v)
	}
}

// newPart returns a part with the names that nothing in it can have: those of dimensions and
// their elements.
func (d *divider) newPart(at int, name string, around *part) *part {
	p := &part{at: at, name: name, around: around, taken: map[string]bool{}, extra: map[string]string{},
		named: map[string]int{}}
	for _, dim := range d.m.Dimensions {
		p.taken[dim.Name] = true
		for _, e := range dim.Elements {
			p.taken[e] = true
		}
	}
	if around != nil {
		around.kids = append(around.kids, p)
	}
	d.parts = append(d.parts, p)
	return p
}

// put gives a variable its part and its name there. Names in the model itself are final.
func (d *divider) put(p *part, v *model.Variable, local string, input bool) {
	if p.around != nil {
		local = p.free(local, "_value")
	}
	p.taken[local] = true
	if !d.bridged[v.Name] {
		p.vars = append(p.vars, v)
	}
	d.homes[v.Name] = home{p, local, input}
}

// bridges returns those of the file's bridges that still serve one input of a module which is a
// file, and nothing else: someone may have used them otherwise since.
func (d *divider) bridges() map[string]bool {
	reads := map[string]int{}
	out := map[string]bool{}
	for _, v := range d.m.Variables {
		retold(v, func(t model.Text) model.Text {
			return retext(t, func(name string, _ bool) (string, bool) { reads[name]++; return "", false })
		}, func(flow string) string { reads[flow]++; return flow })
	}
	for _, v := range d.m.Variables {
		h, inside := d.m.Imported.Homes[v.Name]
		source := d.vars[v.Equation.Text]
		if !inside || !h.Input || source == nil || d.out[h.Part] != "" || reads[source.Name] != 1 ||
			len(source.At) > 0 || !slices.Contains(d.m.Imported.Bridges, source.Name) {
			continue
		}
		if at, in := d.m.Imported.Homes[source.Name]; d.m.Imported.Parts[h.Part].In < 0 && !in ||
			in && d.m.Imported.Parts[h.Part].In == at.Part {
			number := source.Kind == model.KindConstant && len(source.Value) == 1
			out[source.Name] = number || source.Kind == model.KindAux
		}
	}
	return out
}

// free returns a name that nothing else in a part has, and takes it.
func (p *part) free(name, ending string) string {
	out := name
	used := func(s string) bool { return p.taken[s] || function.Find(s) != nil }
	if used(out) {
		out += ending
	}
	for i := 2; used(out); i++ {
		out = name + "_" + strconv.Itoa(i)
	}
	p.taken[out] = true
	return out
}

// within reports whether a part is, or lies in, another.
func (p *part) within(other *part) bool {
	for ; p != nil; p = p.around {
		if p == other {
			return true
		}
	}
	return false
}

// path returns the full name of a variable, or of a module, seen from a part around it.
func (h home) path(from *part) string {
	out := h.local
	for p := h.part; p != from; p = p.around {
		out = p.name + "." + out
	}
	return out
}

// division returns the finished attempt.
func (d *divider) division() *Division {
	out := &Division{Files: d.files, Names: map[string]string{}, bridged: d.bridged}
	out.Text = d.files[main]
	delete(d.files, main)
	for name, h := range d.homes {
		if full := h.path(d.parts[0]); full != name {
			out.Names[name] = full
		}
	}
	for i, p := range d.of {
		f := Fate{Why: d.out[i]}
		if f.Why == "" {
			f.File = p.file
		}
		out.Fates = append(out.Fates, f)
	}
	return out
}

// fileName returns a name for the file of a model that no other file has, and that every system
// takes.
func (d *divider) fileName(name string) string {
	if letters := []rune(name); len(letters) > longestName {
		name = string(letters[:longestName])
	}
	if devices.MatchString(name) {
		name += "_module"
	}
	for i := 1; ; i++ {
		file := name + ".toml"
		if i > 1 {
			file = name + "_" + strconv.Itoa(i) + ".toml"
		}
		if d.files[file] == nil && file != main && file != "scenarios.toml" {
			return file
		}
	}
}

// longestName bounds the name of a file, in characters: systems allow 255 bytes.
const longestName = 50

// devices finds names that Windows has for devices, with any ending.
var devices = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
