// Package xmile reads XMILE files, Stella's among them, into models, and writes
// models as XMILE 1.0.
package xmile

import (
	"io/fs"

	"weir/model"
	"weir/model/diagnostic"
)

// Parse reads a model. File is the name used in places; data files that the model
// names are read from fsys, which is the model's folder and may be nil.
func Parse(file string, text []byte, fsys fs.FS, o model.ImportOptions) (*model.Model, diagnostic.List) {
	return nil, diagnostic.List{{Code: model.NotSupported, Span: diagnostic.Span{File: file}, Message: "XMILE models cannot be read yet"}}
}
