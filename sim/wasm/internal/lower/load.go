// Package lower translates functions written in a small part of Go to WebAssembly,
// so that the results of a program and of its module come from one
// text. The part: float64, whole numbers of 32 and 64 bits, booleans, constants,
// tables of numbers that never change, slices of float64 (as addresses, so that they have
// no length and end nowhere), if, switch, for, several results, calls of each
// other, of the functions of math that are single instructions, and package pair.
package lower

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// A Package is the source of a package with its types.
type Package struct {
	Fset  *token.FileSet
	Files []*ast.File
	Info  *types.Info
	Types *types.Package
}

// listed is the go command's description of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

// Load reads packages by import path, in the order given, without their tests.
func Load(paths ...string) ([]*Package, error) {
	known, err := list(paths)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser,
		error) {
		return os.Open(known[path].Export)
	})
	var out []*Package
	for _, path := range paths {
		p, err := check(fset, imports, known[path])
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// list asks the go command where packages and their imports are.
func list(paths []string) (map[string]listed, error) {
	args := append([]string{"list", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles"}, paths...)
	text, err := exec.Command("go", args...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	known := map[string]listed{}
	for d := json.NewDecoder(bytes.NewReader(text)); d.More(); {
		var l listed
		if err := d.Decode(&l); err != nil {
			return nil, err
		}
		known[l.ImportPath] = l
	}
	return known, nil
}

// check parses and type-checks the files of one package. The error is that of the first mistake.
func check(fset *token.FileSet, imports types.Importer, l listed) (*Package, error) {
	p := &Package{Fset: fset, Info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{},
		Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}}}
	for _, name := range l.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(l.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.Files = append(p.Files, f)
	}
	var err error
	p.Types, err = (&types.Config{Importer: imports}).Check(l.ImportPath, fset, p.Files, p.Info)
	return p, err
}
