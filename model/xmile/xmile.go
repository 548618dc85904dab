// Package xmile reads XMILE files, Stella's among them, into models, and writes
// models as XMILE 1.0. A model is read flat: each use of a module or macro becomes
// variables of its own, and Imported.Parts says which belong to which module.
//
// Reading is a table of passes (passes.go), from XML to the model; each works in one of the
// packages below internal:
//
//	scan     XML with places          link     flows, modules, order
//	naming   names                    lower    equations, tree by tree
//	expr     the equation language    diagram  views
//	source   declarations             export   the writer
//	annex    the part of weir's own files that XMILE has no elements for
//
// To read another function, add a row to model/foreign; a function whose meaning depends on
// more than its arguments also needs a special in lower. To read another element, start in
// source, and write it in export.
package xmile

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"io/fs"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/foreign"
	"weir/model/resolved"
	"weir/model/xmile/internal/export"
	"weir/model/xmile/internal/lower"
)

// Parse reads a model. File is the name used in places; data files that the model
// names are read from fsys, which is the model's folder and may be nil. The model's
// Imported has a row for every variable of the file, under the file's own names.
func Parse(file string, raw []byte, fsys fs.FS, o model.ImportOptions) (*model.Model, diagnostic.List) {
	r := newReader(file, raw, fsys, o)
	for _, p := range passes {
		if !p.run(r) {
			break
		}
	}
	r.log.List.Sort()
	r.m.Hash = hash(r.files.Raw, o)
	r.m.Broken = r.log.List.HasErrors()
	return r.m, r.log.List
}

// A Beyond is something in a model that XMILE 1.0 has no element for, so that other tools
// pass over it or refuse it.
type Beyond = export.Beyond

// Write writes a checked model as XMILE 1.0: r is the result of model.Check for m. A module is a
// <model> of its own, and an array whose elements differ is written element by element. The file
// holds to the schema of XMILE 1.0. Parts that the standard has no element for go into an
// instruction to weir behind the model, from where Parse takes them back. Write returns, in the
// model's order, the parts that other tools will not understand.
func Write(w io.Writer, m *model.Model, r *resolved.Model, set string) ([]Beyond, error) {
	return export.Write(w, m, r, set, export.Language{Taken: lower.Taken})
}

// WriteFlat is Write for tools that read one <model> only: variables of modules are in the model
// itself, with points in their names.
func WriteFlat(w io.Writer, m *model.Model, r *resolved.Model, set string) ([]Beyond, error) {
	return export.Write(w, m, r, set, export.Language{Taken: lower.Taken, Flat: true})
}

// Functions returns the functions of XMILE and Stella with their equations in weir's
// language, by name.
func Functions() []model.ImportFunction { return foreign.XMILEFunctions() }

// hash covers the model's files and the data files that were given beside them.
func hash(texts [][]byte, o model.ImportOptions) string {
	h := sha256.New()
	for _, d := range o.Data {
		texts = append(texts, d.Text)
	}
	for _, t := range texts {
		h.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(t))))
		h.Write(t)
	}
	return hex.EncodeToString(h.Sum(nil))
}
