package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A pkg is one package of the project with its syntax, without tests and without
// generated files.
type pkg struct {
	path  string // without the module's name
	fset  *token.FileSet
	types *types.Package
	info  *types.Info
	files []*file
}

// A file is one hand-written Go file.
type file struct {
	name   string // relative to the project's root
	lines  int
	text   string
	syntax *ast.File
}

// load returns all packages below the current folder, type-checked. The error is one of reading or
// compiling them.
func load() ([]*pkg, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	found, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes |
			packages.NeedTypesInfo | packages.NeedModule | packages.NeedImports | packages.NeedDeps,
		Dir: root,
	}, "./...")
	if err != nil {
		return nil, err
	}
	if packages.PrintErrors(found) > 0 {
		return nil, errors.New("the project does not compile")
	}
	var all []*pkg
	for _, f := range found {
		p := &pkg{path: strings.TrimPrefix(f.PkgPath, f.Module.Path+"/"), fset: f.Fset, types: f.Types,
			info: f.TypesInfo}
		for _, s := range f.Syntax {
			one, err := readFile(root, f.Fset, s)
			if err != nil {
				return nil, err
			}
			if !ast.IsGenerated(s) {
				p.files = append(p.files, one)
			}
		}
		if len(p.files) > 0 {
			all = append(all, p)
		}
	}
	return all, nil
}

// readFile returns a file of a package with its text, named relative to root.
func readFile(root string, fset *token.FileSet, s *ast.File) (*file, error) {
	full := fset.Position(s.Package).Filename
	text, err := os.ReadFile(full)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", full, err)
	}
	name, err := filepath.Rel(root, full)
	if err != nil {
		return nil, err
	}
	return &file{name: filepath.ToSlash(name), lines: strings.Count(string(text), "\n"), text: string(text),
		syntax: s}, nil
}
