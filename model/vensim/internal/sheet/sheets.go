package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/syntax"
)

// Bounds of data files.
const (
	maxFile  = 64 << 20  // bytes
	maxCells = 4_000_000 // with the empty ones between
)

// Files are the data files that a model may read: those that the user names, and those
// below the model's folder.
type Files struct {
	*report.Report
	fsys      fs.FS                       // the model's folder; may be nil
	data      []model.DataFile            // those that the user names
	named     map[string]string           // files behind names such as ?data, as the user has them
	mapped    map[string]string           // the same, as the model's settings have them
	texts     map[string]string           // of the model's text variables, by folded name: they may name a file
	books     map[string]*workbook        // by name, and by name and separator
	missing   map[string]*missing         // files that cannot be read, by the reason
	ReadBytes []byte                      // of all files read, for the model's hash
	Series    map[string][]resolved.Point // of the data files that the user names, by folded name; nil: not read yet
}

// New returns the data files of a model in the folder fsys, which may be nil, with
// those that the user names in the options.
func New(r *report.Report, fsys fs.FS, o model.ImportOptions) *Files {
	return &Files{Report: r, fsys: fsys, data: o.Data, named: o.FileMap, books: map[string]*workbook{},
		mapped: map[string]string{}, texts: map[string]string{}, missing: map[string]*missing{}}
}

// AddText adds a text variable of the model, which may name a file.
func (f *Files) AddText(eq *syntax.Equation) { f.texts[eq.Key] = eq.Text }

// A missing file is one that variables read and that cannot be read.
type missing struct {
	at      int             // its diagnostic's place in the report
	first   string          // the first variable
	readers map[string]bool // all variables
}

// unreadable reports that a variable reads a file that cannot be read: once for each
// reason, with a count of the other variables.
func (f *Files) unreadable(name string, at syntax.Span, err error) {
	m := f.missing[err.Error()]
	if m == nil || m.at >= len(f.List) || f.List[m.at].Code != model.Unreadable { // or it was taken back
		m = &missing{at: len(f.List), first: name, readers: map[string]bool{}}
		f.missing[err.Error()] = m
		f.ErrorAt(model.Unreadable, at, "", "%s: %v", name, err)
	}
	m.readers[name] = true
	switch n := len(m.readers) - 1; n {
	case 0:
	case 1:
		f.List[m.at].Message = fmt.Sprintf("%s and another variable: %v", m.first, err)
	default:
		f.List[m.at].Message = fmt.Sprintf("%s and %d other variables: %v", m.first, n, err)
	}
}

// A workbook is a file of sheets; a text file has one, without a name.
type workbook struct {
	sheets []sheet           // in the order of the file
	names  map[string]string // places by their folded names: Sheet1!$B$2:$B$9
	text   bool              // no spreadsheet
	err    error             // why it cannot be read; the sheets are missing then
}

// A sheet is rows of cells.
type sheet struct {
	name string   // of its tab; "" in a text file
	Rows [][]Cell // each as long as its last cell that is filled
}

// At returns a cell, counted from 0; an empty one outside the sheet.
func (s *sheet) At(row, column int) Cell {
	if row < 0 || row >= len(s.Rows) || column < 0 || column >= len(s.Rows[row]) {
		return Cell{}
	}
	return s.Rows[row][column]
}

// Width returns the length of the longest row.
func (s *sheet) Width() int {
	n := 0
	for _, r := range s.Rows {
		n = max(n, len(r))
	}
	return n
}

// open returns a data file that the model names, and reads it once. Tab is a sheet, or the
// separator of the columns of a text file. A text file is kept for each separator.
// A file that cannot be read is remembered, and gives its error again. Sheets are found without
// regard to case; a text file is its own sheet.
func (f *Files) open(name, tab string) (*sheet, *workbook, error) {
	book := f.books[name]
	if book == nil || book.text {
		if book = f.books[name+"\x00"+tab]; book == nil {
			book = f.load(name, tab)
			f.books[name], f.books[name+"\x00"+tab] = book, book
		}
	}
	if book.err != nil {
		return nil, nil, book.err
	}
	for i := range book.sheets {
		if s := &book.sheets[i]; book.text || strings.EqualFold(s.name, tab) {
			return s, book, nil
		}
	}
	return nil, nil, fmt.Errorf("%s has no sheet %q", name, tab)
}

// isSpreadsheet reports whether a file's ending is one of Excel's.
func isSpreadsheet(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xls", ".xlsx", ".xlsm":
		return true
	}
	return false
}

// load reads a file that the model names. Its bytes become part of the model's hash.
func (f *Files) load(name, tab string) *workbook {
	if isResults(name) {
		return &workbook{err: fmt.Errorf("the data file %s holds results in Vensim's binary form: export it as text: "+
			"in Vensim, Model > Export Dataset, type .dat or .csv", name)}
	}
	text, found, err := f.readFile(name)
	if err != nil {
		return &workbook{err: err}
	}
	f.ReadBytes = append(f.ReadBytes, text...)
	return parseWorkbook(found, text, tab)
}

// parseWorkbook returns the sheets of a file, whose kind its first bytes tell: .xlsx is a ZIP
// archive, .xls a compound file, anything else text. The name only tells the separator of
// a text. A file that cannot be read is a workbook with an error.
func parseWorkbook(name string, text []byte, tab string) *workbook {
	switch {
	case bytes.HasPrefix(text, []byte("PK\x03\x04")):
		return readXLSX(name, text)
	case bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0")):
		return readXLS(name, text)
	}
	rows, ok := textCells(syntax.Decode(text), delimiter(tab, name))
	if !ok {
		return &workbook{err: tooManyCells(name)}
	}
	return &workbook{sheets: []sheet{{Rows: rows}}, text: true}
}

// delimiter returns the separator of a text file: as the second argument of the call has
// it, else by the file's ending.
func delimiter(tab, name string) byte {
	switch {
	case strings.EqualFold(tab, "tab"), tab == "\t", tab == `\t`:
		return '\t'
	case len(tab) == 1:
		return tab[0]
	case strings.HasSuffix(strings.ToLower(name), ".tab"), strings.HasSuffix(strings.ToLower(name), ".txt"):
		return '\t'
	}
	return ','
}

// readFile returns the content of a file below the model's folder, as named or under another
// case, and the name by which it was found. For ?name it is the file that the user named,
// then that of the file map, then the one of that name.
// A path that leaves the model's folder is an error, and so is a file over maxFile.
func (f *Files) readFile(name string) (text []byte, found string, err error) {
	name = strings.ReplaceAll(name, `\`, "/")
	if strings.HasPrefix(name, "?") {
		if d := f.given(name); d != nil {
			return f.bounded(d)
		}
		if name, err = f.fileBehind(name); err != nil {
			return nil, "", err
		}
	}
	if f.fsys == nil {
		return nil, "", fmt.Errorf("%s cannot be read: there is no folder to read it from", name)
	}
	clean := path.Clean(name)
	if !fs.ValidPath(clean) {
		return nil, "", fmt.Errorf("%s cannot be read: data files are read below the model's folder only", name)
	}
	info, err := fs.Stat(f.fsys, clean)
	if errors.Is(err, fs.ErrNotExist) {
		if other := f.otherCase(clean); other != "" {
			clean = other
			info, err = fs.Stat(f.fsys, clean)
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "", fmt.Errorf("there is no data file %s in the model's folder", name)
	case err != nil:
		return nil, "", fmt.Errorf("the data file %s cannot be read: %w", name, bare(err))
	case !info.Mode().IsRegular():
		return nil, "", fmt.Errorf("%s is no data file, but a folder or a device", name)
	}
	text, err = readBounded(f.fsys, clean)
	switch {
	case err != nil:
		return nil, "", fmt.Errorf("the data file %s cannot be read: %w", name, bare(err))
	case len(text) > maxFile:
		return nil, "", fmt.Errorf("the data file %s is larger than 64 MiB", name)
	}
	return text, clean, nil
}

// readBounded returns the content of a file, of which it reads no more than one byte over
// maxFile, whatever size the file claims to have.
func readBounded(fsys fs.FS, name string) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	// The byte over the bound tells a file that is too large from one that just fits.
	return io.ReadAll(io.LimitReader(file, maxFile+1))
}

// given returns the data file that the user named for ?name: as ?name=FILE, or else by its
// own name.
// For ?data that is ?data=FILE, or else a file named data with any ending, unless the settings map
// ?data. Without one the result is nil.
func (f *Files) given(name string) *model.DataFile {
	var other *model.DataFile
	for i := range f.data {
		d := &f.data[i]
		base := path.Base(strings.ReplaceAll(d.Name, `\`, "/"))
		switch {
		case strings.EqualFold(d.Stands, name):
			return d
		case d.Stands == "" && f.mapped[name] == "" &&
			strings.EqualFold(strings.TrimSuffix(base, path.Ext(base)), name[1:]):
			other = d
		}
	}
	return other
}

// bounded returns the content of a file that the user named, unless it is too large.
func (f *Files) bounded(d *model.DataFile) ([]byte, string, error) {
	if len(d.Text) > maxFile {
		return nil, "", fmt.Errorf("the data file %s is larger than 64 MiB", d.Name)
	}
	return d.Text, d.Name, nil
}

// fileBehind returns the file below the model's folder behind ?name.
// The user's file map comes before that of the settings, and a search of the folder last.
func (f *Files) fileBehind(name string) (string, error) {
	for _, file := range []string{f.named[name], f.named[name[1:]], f.mapped[name]} {
		if file != "" {
			return strings.ReplaceAll(file, `\`, "/"), nil
		}
	}
	return f.search(name[1:])
}

// bare returns an error without the path, which the message has already.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// otherCase finds a file whose name differs in case only.
func (f *Files) otherCase(name string) string {
	dir, base := path.Split(name)
	entries, err := fs.ReadDir(f.fsys, path.Clean("./"+dir))
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), base) {
			return path.Join(dir, e.Name())
		}
	}
	return ""
}

// search finds the one data file below the model's folder that a name without a file
// map can mean: of that name, whatever its ending; a spreadsheet before others. It looks at
// most at so many files and folders, for the model's folder may be anybody's home.
func (f *Files) search(name string) (string, error) {
	const most = 10_000
	var found []string
	seen := 0
	if f.fsys != nil {
		fs.WalkDir(f.fsys, ".", func(p string, d fs.DirEntry, err error) error {
			if seen++; err != nil || seen > most {
				return fs.SkipAll
			}
			base := path.Base(p)
			if !d.IsDir() && strings.EqualFold(strings.TrimSuffix(base, path.Ext(base)), name) && isData(base) {
				found = append(found, p)
			}
			return nil
		})
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("?%s names a file that is not given, and none below the model's folder has that name: "+
			"give it with --data '?%[1]s=FILE'", name)
	case 1:
		return found[0], nil
	}
	for _, p := range found { // a spreadsheet, where others have the same name
		if isSpreadsheet(p) {
			return p, nil
		}
	}
	return "", fmt.Errorf("?%s may be any of %s: say which with --data '?%[1]s=FILE'", name, strings.Join(found, ", "))
}

// isData reports whether a file may be a data file, by its ending.
func isData(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xls", ".xlsx", ".xlsm", ".csv", ".tab", ".txt", ".dat", ".tsv":
		return true
	}
	return false
}

// MapFile reads ?name=file from the model's settings: the file behind a name in the
// equations. A file that the user named for it wins.
func (f *Files) MapFile(rest string) {
	name, file, ok := strings.Cut(strings.TrimSpace(rest), "=")
	if ok && strings.HasPrefix(name, "?") && f.named[name] == "" && f.named[name[1:]] == "" {
		f.mapped[name] = strings.TrimSpace(file)
	}
}
