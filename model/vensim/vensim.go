// Package vensim reads Vensim's .mdl files into models: the equations in weir's language
// with the meaning that they have in Vensim, and a report of every variable.
//
// The import is a table of passes, see passes.go. The packages below internal know the
// file alone: its syntax, its subscripts, its macros, its drawings and its data files.
package vensim

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/syntax"
)

// Parse reads a model. File is the name used in places; data files that the model
// names are read from fsys, which is the model's folder and may be nil. Places are
// those of the decoded text, which Files holds. The model is never nil; with errors in
// the list it is Broken.
func Parse(file string, text []byte, fsys fs.FS, o model.ImportOptions) (*model.Model, diagnostic.List) {
	d := newDraft(file, text, fsys, o)
	if reason := notModel(d.src); reason != "" {
		d.ErrorAt(model.NotSupported, syntax.Span{}, "in Vensim, save the model as text: File > Save As, type .mdl",
			"%s", reason)
		d.m.Broken = true
		return d.m, d.List
	}
	for _, p := range passes {
		p.run(d)
		if d.stopped {
			break
		}
	}
	sum := sha256.Sum256(append(text[:len(text):len(text)], d.files.ReadBytes...))
	d.m.Hash = hex.EncodeToString(sum[:])
	d.List.Sort()
	d.m.Broken = d.List.HasErrors()
	return d.m, d.List
}

// title returns a model's name: that of its file without the ending.
func title(file string) string {
	base := file[strings.LastIndexAny(file, `/\`)+1:]
	return strings.TrimSuffix(base, path.Ext(base))
}

// notModel returns the reason why a file holds no equations in text, "" if it may.
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
