package xmile

import (
	"io/fs"

	"weir/model"
	"weir/model/diagnostic"
)

// A reader reads one file; each pass uses what those before it have left.
type reader struct {
	text     string
	encoding string
	root     *node
	main     *part // the file itself, beside those that it names
	log      *log
	m        *model.Model
	files    *fileSet
	file     *importer // the model as the file declares it
	link     *linker
	lower    *lowerer
}

func newReader(file string, raw []byte, fsys fs.FS, o model.ImportOptions) *reader {
	text, encoding := decode(raw)
	m := &model.Model{File: file, Files: map[string][]byte{file: []byte(text)}, Imported: &model.Import{Format: "XMILE"}}
	l := &log{file: &sources{}, imported: m.Imported, partial: o.AllowPartial}
	l.file.add(file, len(text))
	return &reader{
		text: text, encoding: encoding, log: l, m: m,
		files: &fileSet{log: l, m: m, fsys: fsys, raw: [][]byte{raw}, byPath: map[string]*part{}, home: map[*node]*part{}},
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
	{"connect", "an input of a module is the variable that gives its value, also where stocks name it", (*reader).connect},
	{"tables", "a name followed by parentheses is a graphical function or a mistake", (*reader).tables},
	{"flows", "a stock's flows decide which variables are flows, in which order, and what leaks", (*reader).flows},
	{"equations", "they need every name, table and flow", (*reader).equations},
	{"write", "macros have added their variables by now", (*reader).write},
	{"views", "diagrams place variables by the names that these have in the model", (*reader).views},
	{"own", "tests and scenario sets of weir's own files name variables", (*reader).ownRest},
}

// readXML reads the elements of the file.
func (r *reader) readXML() bool {
	r.root, r.log.list = scan(r.m.File, r.text)
	if r.log.list.HasErrors() || r.root == nil {
		return false
	}
	if r.encoding != "UTF-8" {
		r.log.warn(Repaired, diagnostic.Span{File: r.m.File, End: min(1, len(r.text))}, "", "the file is read as %s", r.encoding)
	}
	r.root.unprefixed()
	if !r.root.is("xmile") {
		r.log.report(BadXML, r.root.span(r.log.file), "an XMILE file begins with <xmile>", "this is <%s>, not an XMILE model", r.root.name)
		return false
	}
	return true
}

// readHeader reads who wrote the file, and in weir's own files the part that XMILE has no
// elements for.
func (r *reader) readHeader() bool {
	o := readHeader(r.root, r.m)
	n := &names{taken: map[string]bool{}, free: o.weir}
	r.file = &importer{log: r.log, origin: o, names: n, m: r.m, files: r.files, macros: map[string]*macro{}}
	r.file.decodeOwn(r.root)
	return true
}

// readFiles reads the files that this one names.
func (r *reader) readFiles() bool {
	r.main = &part{root: r.root, models: map[string]*node{}}
	r.files.readParts(r.main)
	return !r.files.ruin
}

// readSettings reads units, times, dimensions and macros.
func (r *reader) readSettings() bool {
	f := r.file
	f.units = unitTables(r.root, r.log.file, f.own.Plurals)
	r.m.Units = f.units.decl
	c := &clock{log: r.log, m: r.m, units: f.units, ownSave: f.own.Save, ownAt: f.ownAt, ownExport: f.ownExport}
	c.read(r.root)
	f.dims = &dimensionSet{log: r.log, names: f.names, m: r.m, own: f.own.Dimensions, byName: map[string]*dimension{}}
	f.dims.read(r.root)
	f.collectMacros(r.root)
	return true
}

// declare reads the variables of the model and of its modules, without their equations.
func (r *reader) declare() bool {
	main := r.main.models[""]
	if main == nil {
		r.log.report(BadXML, r.root.span(r.log.file), "", "there is no <model> in the file")
		return false
	}
	r.file.top = &space{vars: map[string]*variable{}, kids: map[string]*space{}, model: main}
	r.file.fill(r.file.top, main)
	return true
}

// connect gives the inputs of modules their sources.
func (r *reader) connect() bool {
	r.link = &linker{importer: r.file}
	r.link.connectAll(r.file.top)
	return true
}

// tables gives graphical functions their names in the model.
func (r *reader) tables() bool {
	r.link.tables()
	return true
}

// flows connects stocks and flows.
func (r *reader) flows() bool {
	r.link.flows()
	return true
}

// equations gives every variable its equations.
func (r *reader) equations() bool {
	r.lower = &lowerer{linker: r.link}
	r.lower.lowerAll()
	if len(r.file.vars) == 0 && !r.log.list.HasErrors() {
		r.log.report(model.MissingKey, r.file.top.model.span(r.log.file), "", "there is nothing to run: the model has no variables")
	}
	return true
}

// write puts the variables into the model.
func (r *reader) write() bool {
	r.lower.write()
	return true
}

// views reads the diagrams.
func (r *reader) views() bool {
	readViews(r.file)
	return true
}

// ownRest takes over the parts of weir's own files that belong to no variable.
func (r *reader) ownRest() bool {
	r.lower.finishOwn()
	return true
}
