// Package xmile reads XMILE files, Stella's among them, into models, and writes
// models as XMILE 1.0. Modules and macros are written out: each use becomes
// variables of its own.
package xmile

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io/fs"

	"weir/model"
	"weir/model/diagnostic"
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
	r.log.list.Sort()
	r.m.Hash = hash(r.files.raw, o)
	r.m.Broken = r.log.list.HasErrors()
	return r.m, r.log.list
}

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

