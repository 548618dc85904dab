package xmile

import (
	"io/fs"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/xmile/internal/diagram"
	"weir/model/xmile/internal/link"
	"weir/model/xmile/internal/lower"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// A reader reads one file; each pass uses the results of those before it.
type reader struct {
	text     string
	encoding string
	root     *scan.Node
	main     *source.Part // the file itself, beside those that it names
	log      *source.Log
	m        *model.Model
	files    *source.Files
	file     *source.Model // the model as the file declares it
	link     *link.Linker
	lower    *lower.Lowerer
}

// newReader returns a reader of a file's bytes, which are kept for the hash of the model.
func newReader(file string, raw []byte, fsys fs.FS, o model.ImportOptions) *reader {
	text, encoding := scan.Decode(raw)
	m := &model.Model{File: file, Files: map[string][]byte{file: []byte(text)},
		Imported: &model.Import{Format: "XMILE"}}
	l := &source.Log{Sources: &scan.Sources{}, Imported: m.Imported, Partial: o.AllowPartial}
	l.Sources.Add(file, len(text))
	return &reader{
		text: text, encoding: encoding, log: l, m: m,
		files: &source.Files{Log: l, M: m, Fsys: fsys, Raw: [][]byte{raw}, ByPath: map[string]*source.Part{},
			Home: map[*scan.Node]*source.Part{}},
	}
}

// A pass is a step of reading a file. It returns false if there is nothing to go on with.
type pass struct {
	name string
	why  string // it has this place
	run  func(*reader) bool
}

// passes are the steps of reading a file in their order.
var passes = []pass{
	{"xml", "all other passes look for elements by their names", (*reader).readXML},
	{"header", "the tool that wrote the file decides how names, units and functions are read", (*reader).readHeader},
	{"files", "modules, macros, units and dimensions may be in other files", (*reader).readFiles},
	{"settings", "variables are declared over dimensions and with units, and a delay's length is measured in steps", (*reader).readSettings},
	{"declare", "an equation may name a variable that is declared after it", (*reader).declare},
	{"connect", "an input of a module is the variable that gives its value, also where stocks name it",
		(*reader).connect},
	{"tables", "a name followed by parentheses is a graphical function or a mistake", (*reader).tables},
	{"flows", "a stock's flows decide which variables are flows, in which order, and what leaks", (*reader).flows},
	{"equations", "they need every name, table and flow", (*reader).equations},
	{"write", "macros have added their variables by now", (*reader).write},
	{"views", "diagrams place variables by the names that these have in the model", (*reader).views},
	{"own", "tests and scenario sets of weir's own files name variables", (*reader).ownRest},
}

// readXML reads the elements of the file.
func (r *reader) readXML() bool {
	r.root, r.log.List = scan.Scan(r.m.File, r.text)
	if r.log.List.HasErrors() || r.root == nil {
		return false
	}
	if r.encoding != "UTF-8" {
		r.log.Warn(scan.Repaired, diagnostic.Span{File: r.m.File, End: min(1, len(r.text))}, "",
			"the file is read as %s", r.encoding)
	}
	r.root.Unprefixed()
	if !r.root.Is("xmile") {
		r.log.Report(scan.BadXML, r.root.Span(r.log.Sources), "an XMILE file begins with <xmile>",
			"this is <%s>, not an XMILE model", r.root.Name)
		return false
	}
	return true
}

// readHeader reads who wrote the file, and in weir's own files the part that XMILE has no
// elements for.
func (r *reader) readHeader() bool {
	o := source.ReadHeader(r.root, r.m)
	n := &source.Names{Taken: map[string]bool{}, Free: o.Weir}
	r.file = &source.Model{Log: r.log, Origin: o, Names: n, Out: r.m, Files: r.files,
		Macros: map[string]*source.Macro{}}
	r.file.DecodeOwn(r.root)
	return true
}

// readFiles reads the files that this one names.
func (r *reader) readFiles() bool {
	r.main = &source.Part{Root: r.root, Models: map[string]*scan.Node{}}
	r.files.ReadParts(r.main)
	return !r.files.Ruin
}

// readSettings reads units, times, dimensions and macros.
func (r *reader) readSettings() bool {
	f := r.file
	f.Units = source.ReadUnits(r.root, r.log.Sources, f.Annex.Plurals)
	r.m.Units = f.Units.Decl
	c := &source.Clock{Log: r.log, Out: r.m, Units: f.Units, Saved: f.Annex.Save, OwnAt: f.AnnexAt,
		OwnExport: f.OwnExport}
	c.Read(r.root)
	f.Dims = &source.Dimensions{Log: r.log, Names: f.Names, M: r.m, Own: f.Annex.Dimensions,
		ByName: map[string]*source.Dimension{}}
	f.Dims.Read(r.root)
	f.CollectMacros(r.root)
	return true
}

// declare reads the variables of the model and of its modules, without their equations.
func (r *reader) declare() bool {
	main := r.main.Models[""]
	if main == nil {
		r.log.Report(scan.BadXML, r.root.Span(r.log.Sources), "", "there is no <model> in the file")
		return false
	}
	r.file.Top = &source.Space{Vars: map[string]*source.Variable{}, Kids: map[string]*source.Space{}, Model: main}
	r.file.Fill(r.file.Top, main)
	return true
}

// connect returns the inputs of modules their sources.
func (r *reader) connect() bool {
	r.link = &link.Linker{Model: r.file}
	r.link.ConnectAll(r.file.Top)
	return true
}

// tables returns graphical functions their names in the model.
func (r *reader) tables() bool {
	r.link.Tables()
	return true
}

// flows connects stocks and flows.
func (r *reader) flows() bool {
	r.link.Flows()
	return true
}

// equations returns every variable its equations.
func (r *reader) equations() bool {
	r.lower = lower.New(r.link)
	r.lower.LowerAll()
	if len(r.file.Vars) == 0 && !r.log.List.HasErrors() {
		r.log.Report(model.MissingKey, r.file.Top.Model.Span(r.log.Sources), "",
			"there is nothing to run: the model has no variables")
	}
	return true
}

// write puts the variables into the model.
func (r *reader) write() bool {
	r.lower.Write()
	return true
}

// views reads the diagrams.
func (r *reader) views() bool {
	diagram.Read(r.file)
	return true
}

// ownRest takes over the parts of weir's own files that belong to no variable.
func (r *reader) ownRest() bool {
	r.lower.FinishOwn()
	return true
}
