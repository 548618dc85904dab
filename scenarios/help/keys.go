package help

import (
	"strings"

	"weir/model/keys"
	"weir/model/toml/shape"
	"weir/scenarios/plan"
)

// A Table is a table of a file with its keys, for the reference.
type Table struct {
	File  string // "a model file" or "a scenario set"
	Name  string // the last word of its path: "conveyor"
	Path  string // as it is written: [stock.x.conveyor]; "" for the top of the file
	About string
	Keys  []Key
}

// A Key is a row of the reference. Needed says that the file must have it.
type Key struct {
	Name, Form, About string
	Needed            bool
}

// Tables returns the tables of a shape in the order of the shape, those inside another after it.
// They belong to the caller.
func Tables(root *shape.Shape) []Table {
	var out []Table
	walk(&out, root.What, "", root.What, root.About, root, map[*shape.Shape]bool{})
	return out
}

// allTables returns the tables of model files, then those of scenario sets.
func allTables() []Table { return append(Tables(keys.File), Tables(plan.FileShape)...) }

// walk appends a table and those below it. A shape that has come before is not written again:
// changes of tests and of their runs are one. Names that an author chooses are written x in the
// path.
func walk(out *[]Table, file, path, name, about string, s *shape.Shape, seen map[*shape.Shape]bool) {
	if seen[s] {
		return
	}
	seen[s] = true
	t := Table{File: file, Name: name, About: about}
	if path != "" {
		t.Path = "[" + path + "]"
	}
	at := len(*out) // not a pointer, since tables below are appended while its keys are
	*out = append(*out, t)
	for _, k := range s.Keys {
		// A key without a form is one of a file that a command writes.
		form := "any value"
		if k.Form != nil {
			form = k.Form.InWords()
		}
		(*out)[at].Keys = append((*out)[at].Keys, Key{k.Name, form, k.About, k.Needed != "" && k.Unless == nil})
		if k.Form == nil {
			continue
		}
		below, inner := strings.TrimPrefix(path+"."+k.Name, "."), k.Form
		for inner.Free() != nil { // [stock.x]: x is the author's
			below, inner = below+".x", inner.Free()
		}
		if next := inner.Shape(); next != nil {
			walk(out, file, below, k.Name, k.About, next, seen)
		}
	}
}

// tableHelp writes about the tables of a name: change is one in tests and one in interventions.
func tableHelp(p *page, name string) bool {
	found := false
	for _, t := range allTables() {
		if t.Name == name && t.Path != "" {
			if found {
				p.line("")
			}
			p.table(t)
			found = true
		}
	}
	return found
}

// keyHelp writes about a key, in every table that has it: its form, and the line about it from the
// shape, which editors show, too.
func keyHelp(p *page, name string) bool {
	// The same word may be a key of many tables: about is one of nearly all.
	found := false
	for _, t := range allTables() {
		for _, k := range t.Keys {
			if k.Name != name {
				continue
			}
			where := t.Path
			if where == "" {
				where = "the top of " + t.File
			}
			p.line(k.Name + " in " + where)
			p.indented(3, k.About)
			p.indented(3, "It is "+k.Form+".")
			found = true
		}
	}
	return found
}

// table writes a table with its keys, those that a file must have marked.
func (p *page) table(t Table) {
	head := t.Path
	if head == "" {
		head = strings.ToUpper(t.File[:1]) + t.File[1:]
	}
	p.line(head)
	p.indented(3, t.About)
	for _, k := range t.Keys {
		about := k.About
		if k.Needed {
			about += " (needed)"
		}
		p.row("   "+k.Name, 22, about)
	}
}
