package editor

import (
	"path"
	"path/filepath"
	"strings"

	"weir/model/language"
)

// relative returns the path of a file from the folder of another, if it is below that folder or in
// a folder beside it, where models may lie; "" otherwise.
func relative(from, to string) string {
	rel, err := filepath.Rel(filepath.FromSlash(path.Dir(from)), filepath.FromSlash(to))
	if err != nil {
		return ""
	}
	rel = filepath.ToSlash(rel)
	if strings.HasPrefix(rel, "../..") {
		return ""
	}
	return rel
}

// definition answers with the place of the declaration; of a variable of a module in the module's
// file.
func (q *question) definition() (any, error) {
	sym, _, _, ok := q.symbol()
	if !ok {
		return nil, nil
	}
	d, x := q.declaration(sym)
	if d == nil {
		return nil, nil
	}
	return location{q.files.uriOf(sym.File), within(x, d.Own)}, nil
}

// places returns all places of the symbol at the position, in all files that may name it or in
// those given; ok is false if there is no symbol.
func (q *question) places(only ...string) ([]language.Place, language.Symbol, bool) {
	sym, _, _, ok := q.symbol()
	if !ok {
		return nil, sym, false
	}
	list := only
	if list == nil {
		list = q.all(sym.File)
	}
	return q.Places(sym, list), sym, true
}

// references answers with all places that name the symbol, its declaration among them if the editor
// asks for it. Files that are not open are read from the disk.
func (q *question) references() (any, error) {
	out := []location{}
	list, _, _ := q.places()
	for _, p := range list {
		if !p.Declares || q.Context.IncludeDeclaration {
			out = append(out, location{q.files.uriOf(p.File), within(q.look(p.File), p.Span)})
		}
	}
	return out, nil
}

// highlights answers with the places in this file.
func (q *question) highlights() (any, error) {
	out := []any{}
	list, _, _ := q.places(q.path)
	for _, p := range list {
		out = append(out, map[string]any{"range": within(q.x, p.Span), "kind": 1})
	}
	return out, nil
}
