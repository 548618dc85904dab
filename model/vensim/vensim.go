// Package vensim reads Vensim's .mdl files into models: what each equation means to
// Vensim, in weir's language, with a report of every variable.
package vensim

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/macro"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/sketch"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// Parse reads a model. File is the name used in places; data files that the model
// names are read from fsys, which is the model's folder and may be nil. Places are
// those of the decoded text, which Files holds.
func Parse(file string, text []byte, fsys fs.FS, o model.ImportOptions) (*model.Model, diagnostic.List) {
	im := &importer{
		Report: &report.Report{File: file, Imported: &model.Import{Format: "Vensim"}}, src: syntax.Decode(text), o: o,
		vars: map[string]*variable{}, numbered: map[*subscript.Family]string{},
		names: naming.Taken{}, parts: map[string]*dimension{},
		fileNumbers: map[*variable][]float64{},
	}
	im.Files = sheet.New(im.Report, fsys, o)
	im.Set = subscript.New(im.Report, im.Files)
	im.macros = macro.New(im.Report, im.src)
	im.m = &model.Model{Name: title(file), File: file, Files: map[string][]byte{file: []byte(im.src)}, Imported: im.Imported}
	if what := notModel(im.src); what != "" {
		im.ErrorAt(model.NotSupported, syntax.Span{}, "in Vensim, save the model as text: File > Save As, type .mdl", "%s", what)
		im.m.Broken = true
		return im.m, im.List
	}
	im.read()
	sum := sha256.Sum256(append(text[:len(text):len(text)], im.ReadBytes...))
	im.m.Hash = hex.EncodeToString(sum[:])
	im.List.Sort()
	im.m.Broken = im.List.HasErrors()
	return im.m, im.List
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
	*report.Report
	*sheet.Files
	*subscript.Set
	src string
	o   model.ImportOptions
	m   *model.Model

	equations   []*syntax.Equation
	macros      *macro.Macros
	checks      []*syntax.Equation // reality checks and their inputs
	vars        map[string]*variable
	order       []*variable
	parts       map[string]*dimension // made for arrays that are not over a whole range
	partOrder   []*dimension
	names       naming.Taken
	blank       []string    // variables without an equation
	blankAt     syntax.Span // where the first of them is
	dates       dating
	control     control
	unitNames   map[string]string            // spellings by lower case
	usedUnits   map[string]bool              // by spelling
	ownUnits    bool                         // the settings say which units are the same
	readsSave   bool                         // an equation reads SAVEPER
	endsItself  bool                         // FINAL TIME ends the run early, by a condition
	fileNumbers map[*variable][]float64      // constants that other constants are worked out from
	extra       []*model.Variable            // made along with the present variable
	numbered    map[*subscript.Family]string // the constants with the places of elements
	placed      map[*dimension]string
	flowsOf     map[*variable]*stockFlows
}

// read does everything, one step after the other.
func (im *importer) read() {
	equations, drawing, settings := syntax.Parts(im.src)
	im.settings(settings)
	im.statements(equations)
	if len(im.equations) == 0 && len(im.List) == 0 {
		im.ErrorAt(model.MissingKey, syntax.Span{}, "the file may be cut off, or hold the drawing alone", "there are no equations")
		return
	}
	im.equations = im.Collect(im.equations)
	if im.Listed >= subscript.MaxListed {
		return
	}
	im.equations = im.macros.Expand(im.equations, im.Ranges)
	im.equations = im.macros.Pipelines(im.equations)
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
	sketch.Draw(im.Report, im.src, drawing, im.m, im.drawn)
}

// statements parses every equation, those of macros apart.
func (im *importer) statements(s syntax.Span) {
	im.m.Groups = map[string]string{}
	split := syntax.Splitter{Src: im.src, At: s.Start, End: s.End, About: im.m.Groups}
	for {
		st, ended, ok := split.Next()
		if !ok {
			break
		}
		if head := im.src[st.Equation.Start:st.Equation.End]; strings.HasPrefix(head, ":") && syntax.MacroHead(head) > 0 {
			im.macros.Line(st)
			continue
		}
		im.statement(st, ended)
	}
	im.macros.End()
}

func (im *importer) statement(st syntax.Statement, ended bool) {
	eq, wrong := syntax.ParseStatement(im.src, &st)
	isCheck := eq.Kind == syntax.EqTestInput || eq.Kind == syntax.EqCondition
	if wrong != nil && !isCheck { // what is said of checks stands in the report
		hint := wrong.Hint
		if !ended && hint == "" {
			hint = "the file may be cut off: its last equation has no | at its end"
		}
		im.ErrorAt(model.Syntax, wrong.Span, hint, "%s", wrong.Message)
	} else if !ended && wrong == nil {
		im.WarnAt(model.Syntax, st.Equation, "the file may be cut off here", "the last equation has no | at its end")
	}
	if st.Lost.End > 0 {
		im.WarnAt(model.Syntax, st.Lost, "write | before it, at the end of the equation above", "this stands in the comment of %s, and is no equation", cmp.Or(eq.Name, "the equation above"))
	}
	switch {
	case im.macros.Take(eq):
	case isCheck:
		im.checks = append(im.checks, eq)
	case eq.Key != "":
		im.equations = append(im.equations, eq)
	}
}
