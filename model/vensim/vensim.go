// Package vensim reads Vensim's .mdl files into models: what each equation means to
// Vensim, in weir's language, with a report of every variable.
package vensim

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/vensim/internal/syntax"
)

// Parse reads a model. File is the name used in places; data files that the model
// names are read from fsys, which is the model's folder and may be nil. Places are
// those of the decoded text, which Files holds.
func Parse(file string, text []byte, fsys fs.FS, o model.ImportOptions) (*model.Model, diagnostic.List) {
	im := &importer{
		file: file, src: syntax.Decode(text), fsys: fsys, o: o,
		ranges: map[string]*rng{}, elements: map[string]*element{}, vars: map[string]*variable{},
		macros: map[string]*macro{}, taken: map[string]bool{}, prefixes: map[string]bool{}, parts: map[string]*dimension{},
		sheets: map[string]*workbook{}, fileNumbers: map[*variable][]float64{},
	}
	im.m = &model.Model{Name: title(file), File: file, Files: map[string][]byte{file: []byte(im.src)}, Imported: &model.Import{Format: "Vensim"}}
	if what := notModel(im.src); what != "" {
		im.errorAt(model.NotSupported, syntax.Span{}, "in Vensim, save the model as text: File > Save As, type .mdl", "%s", what)
		im.m.Broken = true
		return im.m, im.list
	}
	im.read()
	sum := sha256.Sum256(append(text[:len(text):len(text)], im.readBytes...))
	im.m.Hash = hex.EncodeToString(sum[:])
	im.list.Sort()
	im.m.Broken = im.list.HasErrors()
	return im.m, im.list
}

// title is a model's name by its file's.
func title(file string) string {
	base := file[strings.LastIndexAny(file, `/\`)+1:]
	return strings.TrimSuffix(base, path.Ext(base))
}

// notModel says what a file is that holds no equations in text.
func notModel(src string) string {
	head := src[:min(len(src), 2000)]
	switch {
	case strings.TrimSpace(src) == "":
		return "the file is empty"
	case strings.ContainsRune(strings.TrimRight(head, "\x00"), 0):
		return "this is a binary file, not a model in text"
	case strings.HasPrefix(strings.TrimSpace(head), "<?xml"), strings.HasPrefix(strings.TrimSpace(head), "<xmile"):
		return "this is XMILE, not Vensim's .mdl; name it .xmile"
	}
	return ""
}

// An importer carries a file through the steps of read.
type importer struct {
	file, src string
	fsys      fs.FS
	o         model.ImportOptions
	list      diagnostic.List
	m         *model.Model

	equations   []*syntax.Equation
	checks      []*syntax.Equation // reality checks and their inputs
	macros      map[string]*macro
	macroOrder  []*macro
	ranges      map[string]*rng
	rangeOrder  []*rng
	elements    map[string]*element
	families    []*family
	vars        map[string]*variable
	order       []*variable
	parts       map[string]*dimension // made for arrays that are not over a whole range
	partOrder   []*dimension
	taken       map[string]bool // names given
	blank       []string        // variables without an equation
	blankAt     syntax.Span     // where the first of them is
	prefixes    map[string]bool // of the variables that macros make
	dates       dating
	derived     int // equations made by macros
	control     control
	fileMap     map[string]string       // of the settings
	unitNames   map[string]string       // spellings by lower case
	usedUnits   map[string]bool         // by spelling
	ownUnits    bool                    // the settings say which units are the same
	listed      int                     // elements of all ranges so far
	readsSave   bool                    // an equation reads SAVEPER
	endsItself  bool                    // FINAL TIME ends the run early, by a condition
	fileNumbers map[*variable][]float64 // constants that other constants are worked out from
	sheets      map[string]*workbook
	series      map[string][]resolved.Point // of the data files named by the user, by folded name
	imageCache  map[imageKey]*mapped
	readBytes   []byte            // of data files, for the hash
	extra       []*model.Variable // made along with the present variable
	placed      map[*dimension]string
	flowsOf     map[*variable]*stockFlows
}

// read does everything, one step after the other.
func (im *importer) read() {
	equations, sketch, settings := syntax.Parts(im.src)
	im.settings(settings)
	im.statements(equations)
	if len(im.equations) == 0 && len(im.list) == 0 {
		im.errorAt(model.MissingKey, syntax.Span{}, "the file may be cut off, or hold the drawing alone", "there are no equations")
		return
	}
	im.collectRanges()
	if im.listed >= maxListed {
		return
	}
	im.expandMacros()
	im.pipelines()
	im.collectVariables()
	im.readSave()
	im.clock()
	im.classify()
	im.shifts()
	im.chains()
	im.twins()
	im.samples()
	im.nameAll()
	im.shape()
	im.lowerAll()
	im.reportUnwritten()
	im.addUsualUnits()
	im.realityChecks()
	im.views(sketch)
}

func (im *importer) place(s syntax.Span) diagnostic.Span {
	return diagnostic.Span{File: im.file, Start: s.Start, End: max(s.Start, s.End)}
}

// errorAt reports a mistake.
func (im *importer) errorAt(code diagnostic.Code, at syntax.Span, hint, format string, args ...any) {
	im.list = append(im.list, diagnostic.Diagnostic{Code: code, Severity: diagnostic.Error, Span: im.place(at), Message: fmt.Sprintf(format, args...), Hint: hint})
}

// warnAt reports what does not stop a run.
func (im *importer) warnAt(code diagnostic.Code, at syntax.Span, hint, format string, args ...any) {
	im.errorAt(code, at, hint, format, args...)
	im.list[len(im.list)-1].Severity = diagnostic.Warning
}

// row adds a line to the report of the import.
func (im *importer) row(name, ours string, grade model.Grade, how string, at syntax.Span) {
	im.m.Imported.Rows = append(im.m.Imported.Rows, model.ImportRow{Name: name, Variable: ours, Grade: grade, How: how, Span: im.place(at)})
}

// statements parses every equation, those of macros apart.
func (im *importer) statements(s syntax.Span) {
	im.m.Groups = map[string]string{}
	split := syntax.Splitter{Src: im.src, At: s.Start, End: s.End, About: im.m.Groups}
	var in *macro
	for {
		st, ended, ok := split.Next()
		if !ok {
			break
		}
		if head := im.src[st.Equation.Start:st.Equation.End]; strings.HasPrefix(head, ":") && syntax.MacroHead(head) > 0 {
			in = im.macroLine(st, in)
			continue
		}
		im.statement(st, ended, in)
	}
	if in != nil {
		im.errorAt(model.Syntax, in.at, "write :END OF MACRO: after its last equation", "the macro %s never ends", in.name)
	}
}

func (im *importer) statement(st syntax.Statement, ended bool, in *macro) {
	eq, wrong := syntax.ParseStatement(im.src, &st)
	isCheck := eq.Kind == syntax.EqTestInput || eq.Kind == syntax.EqCondition
	if wrong != nil && !isCheck { // what is said of checks stands in the report
		hint := wrong.Hint
		if !ended && hint == "" {
			hint = "the file may be cut off: its last equation has no | at its end"
		}
		im.errorAt(model.Syntax, wrong.Span, hint, "%s", wrong.Message)
	} else if !ended && wrong == nil {
		im.warnAt(model.Syntax, st.Equation, "the file may be cut off here", "the last equation has no | at its end")
	}
	if st.Lost.End > 0 {
		im.warnAt(model.Syntax, st.Lost, "write | before it, at the end of the equation above", "this stands in the comment of %s, and is no equation", cmp.Or(eq.Name, "the equation above"))
	}
	switch {
	case in != nil:
		in.equations = append(in.equations, eq)
	case isCheck:
		im.checks = append(im.checks, eq)
	case eq.Key != "":
		im.equations = append(im.equations, eq)
	}
}
