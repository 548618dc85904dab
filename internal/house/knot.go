package main

import (
	"go/types"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
)

// A knot is a set of files of one package that use each other in a cycle: nobody
// can understand one of them without all others.
type knot struct {
	files []string
	lines int
}

// largestKnot returns the largest strongly connected set of a package's files, in
// lines. File A uses file B where A names something that B declares: a type, a
// function, a variable, a method or a field. A single file is a knot of its own.
func largestKnot(p *pkg) knot {
	place := map[string]int{}
	g := simple.NewDirectedGraph()
	for i, f := range p.files {
		place[f.name] = i
		g.AddNode(simple.Node(i))
	}
	at := make(map[string]int, len(p.files))
	for i, f := range p.files {
		at[p.fset.Position(f.syntax.Package).Filename] = i
	}
	for id, obj := range p.info.Uses {
		if obj.Pkg() != p.types || local(obj) {
			continue
		}
		from, ok := at[p.fset.Position(id.Pos()).Filename]
		to, declared := at[p.fset.Position(obj.Pos()).Filename]
		if ok && declared && from != to {
			g.SetEdge(simple.Edge{F: simple.Node(from), T: simple.Node(to)})
		}
	}
	var worst knot
	for _, set := range topo.TarjanSCC(g) {
		var k knot
		for _, n := range set {
			f := p.files[n.ID()]
			k.files = append(k.files, f.name)
			k.lines += f.lines
		}
		if k.lines > worst.lines {
			worst = k
		}
	}
	return worst
}

// local reports whether an object lives inside a function.
func local(obj types.Object) bool {
	if v, ok := obj.(*types.Var); ok && v.IsField() {
		return false
	}
	if f, ok := obj.(*types.Func); ok && f.Signature().Recv() != nil {
		return false
	}
	return obj.Parent() != obj.Pkg().Scope()
}
