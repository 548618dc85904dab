package editor

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/creachadair/jrpc2"

	"weir/model"
	"weir/model/check"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/language"
	"weir/model/resolved"
	"weir/model/toml"
	"weir/model/toml/outline"
	"weir/model/toml/shape"
)

// renamable are the roles whose names belong to one file. A dimension or unit is shared with the
// files of modules, and its elements with data.
var renamable = map[shape.Role]bool{shape.Variable: true, shape.ModuleName: true, shape.InterventionID: true,
	shape.ScenarioID: true, shape.WorldID: true, shape.SourceID: true}

// refused is the protocol's code of a request that was understood and cannot be done.
const refused = jrpc2.Code(-32803)

// prepareRename answers with the place of a name that can be renamed; with null, by which an editor
// says so, if there is none.
func (q *question) prepareRename() (any, error) {
	sym, at, _, ok := q.symbol()
	if !ok || !renamable[sym.Role] {
		return nil, nil
	}
	return map[string]any{"range": within(q.x, at), "placeholder": q.x.Text()[at.Start:at.End]}, nil
}

// rename answers with the edits that give a symbol another name in every file that names it:
// models, tests, sets, and the files of weir calibrate. It refuses where the new name would mean
// something else, or where the model would compute something else.
func (q *question) rename() (any, error) {
	list, sym, ok := q.places()
	if !ok || !renamable[sym.Role] {
		return nil, jrpc2.Errorf(refused, "there is no name here that can be changed; weir renames "+
			"variables, modules, sources, interventions, scenarios and worlds")
	}
	if why := q.cannotBe(sym, q.NewName); why != "" {
		return nil, jrpc2.Errorf(refused, "%s", why)
	}
	// A name with escapes, as in \u0061, stands in other bytes than its own, and is found all the same.
	for _, p := range list {
		if !p.Raw {
			at := q.look(p.File).Position(p.Start)
			return nil, jrpc2.Errorf(refused, "%s:%d:%d: the name is written with escapes here; write it out first",
				path.Base(p.File), at.Line+1, at.Character+1)
		}
	}
	if why := q.draws(sym); why != "" {
		return nil, jrpc2.Errorf(refused, "%s", why)
	}
	texts := q.edited(list, q.NewName)
	q.mark(texts, sym)
	return texts.edit(q.view), nil
}

// cannotBe returns the reason why a symbol cannot have a name; "" if it can. A new name that stood
// for something else already would change the meaning of other equations, without a mistake to
// show.
func (q *question) cannotBe(sym language.Symbol, name string) string {
	// The language of equations says which words are names: it would read others in another way.
	tree, mistakes := equation.Parse(name)
	n, isName := tree.(*equation.Name)
	x := q.look(sym.File)
	switch {
	case name == sym.Name:
		return ""
	case !isName || len(mistakes) > 0 || n.Name != name || n.Index != nil || document.Snake(name) != name:
		return fmt.Sprintf("%q cannot be a name: use lower case letters, digits and _, "+
			"and no word of the equation language", name)
	case sym.Role == shape.Variable && function.Find(name) != nil:
		return fmt.Sprintf("%s is a function", name)
	case x.Find(language.ID{Role: sym.Role, Name: name}) != nil:
		return fmt.Sprintf("%s is there already", name)
	}
	if sym.Role == shape.Variable || sym.Role == shape.ModuleName {
		for _, role := range []shape.Role{shape.Variable, shape.ModuleName, shape.Dimension} {
			if x.Find(language.ID{Role: role, Name: name}) != nil {
				return fmt.Sprintf("%s is the name of %s already", name, role)
			}
		}
	}
	return ""
}

// ofStream is the reason of draws, of a variable and the function that draws.
const ofStream = "%s draws random numbers (%s), and their stream goes by its full name: " +
	"under another one the model would give other numbers"

// draws returns a reason if an equation behind a symbol draws random numbers. Their stream goes by
// the name of the variable, so that another name would give other numbers.
func (q *question) draws(sym language.Symbol) string {
	switch sym.Role {
	case shape.Variable:
		d, x := q.declaration(sym)
		if d.Kind == functionTable {
			return "" // the streams are those of the variables that call it
		}
		if call := drawIn(x, d); call != "" {
			return fmt.Sprintf(ofStream, sym.Name, call)
		}
	case shape.ModuleName:
		for _, v := range q.Variables(sym.File) {
			if len(v.Full) > len(sym.Name) && v.Full[:len(sym.Name)+1] == sym.Name+"." {
				if call := drawIn(q.look(v.File), v.Declaration); call != "" {
					return fmt.Sprintf(ofStream, v.Full, call)
				}
			}
		}
	}
	return ""
}

// drawIn returns the first call of a random function in the equations of a declaration and the
// file's own functions that they call, or "". Above are the functions that led here.
func drawIn(x *language.Index, d *language.Declaration, above ...*language.Declaration) (found string) {
	for _, v := range d.Equations {
		tree, _ := equation.Parse(x.Words(v))
		equation.Walk(tree, func(e equation.Expr) bool {
			call, ok := e.(*equation.Call)
			if !ok {
				return found == ""
			}
			own := x.Find(language.ID{Role: shape.Variable, Name: call.Func})
			switch {
			case random(call.Func, 0):
				found = call.Func
			case own != nil && own.Kind == functionTable && !slices.Contains(above, own):
				found = drawIn(x, own, append(above, own)...)
			}
			return found == ""
		})
	}
	return found
}

// functionTable is the kind of the tables of a file's own functions.
const functionTable = "function"

// random reports whether a function draws random numbers, itself or through its definition. Depth
// bounds definitions inside one another, of which the table has two at most.
func random(name string, depth int) bool {
	f := function.Find(name)
	if f == nil || depth > 4 {
		return false
	}
	if f.Kind == function.Draw {
		return true
	}
	if f.Kind != function.Defined || f.Chain != nil {
		return false
	}
	// Chains of stages draw nothing; other definitions may call a function that does.
	texts := []string{f.Define}
	for _, s := range f.State {
		texts = append(texts, s.Initial, s.Net)
	}
	for _, text := range texts {
		tree, _ := equation.Parse(text)
		drawn := false
		equation.Walk(tree, func(e equation.Expr) bool {
			if call, ok := e.(*equation.Call); ok && random(call.Func, depth+1) {
				drawn = true
			}
			return !drawn
		})
		if drawn {
			return true
		}
	}
	return false
}

// An edited set of files has the changes of a rename by file. Order has the files as they came.
type edited struct {
	order []string
	edits map[string][]change
}

// A change puts a text in the place of a span.
type change struct {
	language.Span
	text string
}

// edited returns the changes that put a name at places, which are in order.
func (q *question) edited(list []language.Place, name string) *edited {
	out := &edited{edits: map[string][]change{}}
	for _, p := range list {
		out.add(p.File, change{p.Span, name})
	}
	return out
}

// add notes a change of a file; files keep the order in which they were met.
func (e *edited) add(file string, c change) {
	if e.edits[file] == nil {
		e.order = append(e.order, file)
	}
	e.edits[file] = append(e.edits[file], c)
}

// edit returns the changes for the editor.
func (e *edited) edit(v *view) workspaceEdit {
	out := workspaceEdit{DocumentChanges: []documentEdit{}}
	for _, file := range e.order {
		var d documentEdit
		d.TextDocument.URI, d.TextDocument.Version = v.files.uriOf(file), v.files.versionOf(file)
		x := v.look(file)
		for _, c := range e.edits[file] {
			d.Edits = append(d.Edits, textEdit{within(x, c.Span), c.text})
		}
		out.DocumentChanges = append(out.DocumentChanges, d)
	}
	return out
}

// versionOf returns the version of an open document; nil for other files, which the protocol writes
// as null.
func (f *files) versionOf(p string) *int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d := f.open[p]; d != nil {
		version := d.version
		return &version
	}
	return nil
}

// mark gives the files that weir calibrate wrote the mark of the model under its new name, if they
// have that of the model under its old one: the two compute the same. Else they stay as they are,
// stale. Constants in them are among the places of the symbol already.
func (q *question) mark(texts *edited, sym language.Symbol) {
	if sym.Role != shape.Variable && sym.Role != shape.ModuleName {
		return
	}
	for _, file := range q.all(sym.File) {
		x := q.look(file)
		if x == nil || x.Shape() != posterior && x.Shape() != fitted {
			continue
		}
		owner := q.owner(file)
		part := slices.ContainsFunc(q.Variables(owner), func(v language.Known) bool { return v.File == sym.File })
		if owner != "" && (part || owner == sym.File) {
			q.markFile(texts, file, owner, x, q.renaming(sym, owner, q.NewName))
		}
	}
}

// markFile is mark for one file of a model. The new mark is made of the model as it was checked last,
// with the new name in the place of the old: to check the renamed model would take as long as ten
// other answers. It is checked when the editor has made the changes.
func (q *question) markFile(texts *edited, file, owner string, x *language.Index, renamed func(string) string) {
	pair := x.Pair("posterior", "model")
	if x.Shape() == fitted {
		pair = x.Pair("calibration", "model")
	}
	if pair == nil || pair.Value.Kind != outline.Text {
		return
	}
	r := q.server.checker.current(q.view, owner)
	if r == nil {
		r = q.resolved(owner)
	}
	if r == nil {
		return
	}
	constants := constantsOf(x)
	if same, _ := model.SameModel(x.Words(pair.Value), r, constants...); !same {
		return
	}
	at := toml.TextAt(x.Text(), pair.Value.Start).Span
	mark := check.FingerprintAs(r, renamed, constants...)
	texts.add(file, change{language.Span{Start: at.Start, End: at.End}, mark})
}

// renaming returns the new full name of each name of a resolved model in which a symbol is renamed:
// of the variable, or of all variables of the module, under each name that they have from the owner.
func (q *question) renaming(sym language.Symbol, owner, name string) func(string) string {
	// All names are entered first, so that hidden variables find their owners.
	made := map[string]string{}
	known := q.Variables(owner)
	for _, v := range known {
		made[v.Full] = v.Full
	}
	for _, v := range known {
		parts := strings.Split(v.Full, ".")
		scope := owner
		for i, part := range parts {
			role := shape.ModuleName
			if i == len(parts)-1 {
				role = shape.Variable
			}
			if sym == (language.Symbol{File: scope, ID: language.ID{Role: role, Name: part}}) {
				parts[i] = name
			}
			if i < len(parts)-1 {
				scope = q.Module(scope, part)
			}
		}
		made[v.Full] = strings.Join(parts, ".")
	}
	// Names of dimensions are asked for, too; they have no entry but those of a conveyor's places.
	return func(full string) string {
		base, rest, hidden := strings.Cut(full, "#")
		if now, ok := made[base]; ok {
			base = now
		}
		if hidden {
			return base + "#" + rest
		}
		return base
	}
}

// constantsOf returns the constants that a file of weir calibrate names, without their elements.
func constantsOf(x *language.Index) []string {
	var out []string
	for i := range x.Names {
		out = append(out, fullName(&x.Names[i], len(x.Names[i].Parts)-1))
	}
	return out
}

// resolved returns the resolved form of a model file in the texts of this question; nil if it has
// mistakes, or is another tool's: its names are not weir's, and no rename changes them.
func (q *question) resolved(p string) *resolved.Model {
	now := snapshot{}
	for file, x := range q.seen {
		if x != nil {
			now[file] = &openText{text: x.Text()}
		}
	}
	text, known := now.text(p)
	if !known {
		return nil
	}
	m, list := newChecking(now).read(p, []byte(text))
	if list.HasErrors() {
		return nil
	}
	r, _ := model.Check(m)
	return r
}
