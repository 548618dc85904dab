// Package outline reads the tree of a TOML text that may be half written, as in an editor. It has
// the places of everything that it can make out, and refuses nothing: package toml says whether a
// text is right.
package outline

import "weir/model/toml/lex"

// A File is the outline of a text. Tables[0] has the pairs before the first header.
type File struct {
	Text   string
	Tables []*Table
	Tokens []lex.Token
}

// A Table is a header with the pairs below it. Offsets are bytes.
type Table struct {
	Path       []Part // nil for the top table
	Array      bool   // [[…]]
	Closed     bool   // its last bracket is there
	Start, End int    // of the header
	Stop       int    // the end of its last pair, or of its header
	Pairs      []*Pair
}

// A Part is one name of a header or key. Its span has the quotes, if there are any.
type Part struct {
	Name       string
	Start, End int
}

// A Pair is a key with its value. Value is never nil: see Missing.
type Pair struct {
	Path       []Part
	Start, End int // from the key to the end of the value
	Equal      int // the offset of =, -1 if there is none
	Value      *Value
}

// A Kind is the kind of a value.
type Kind uint8

// The kinds. Missing is the value of a pair that has none yet; it stands behind the = sign.
const (
	Missing Kind = iota
	Word         // a number, boolean, date, or anything else without quotes
	Text
	List
	Inline // a table in braces
)

// A Value is a value. Open says that its quotes or brackets are not closed.
type Value struct {
	Kind       Kind
	Open       bool
	Start, End int
	Items      []*Value // of a List
	Pairs      []*Pair  // of an Inline
}

// maxDepth bounds values inside one another: what is deeper is passed over. Valid files have at
// most 16 levels.
const maxDepth = 32

// Read returns the outline of a text, which it keeps.
func Read(text string) *File {
	p := &parser{text: text, tokens: lex.Scan(text)}
	f := &File{Text: text, Tokens: p.tokens}
	here := &Table{Closed: true}
	f.Tables = append(f.Tables, here)
	for p.at < len(p.tokens) {
		switch t := p.tokens[p.at]; {
		case t.Is(text, '['):
			if next := p.header(); next != nil {
				here = next
				f.Tables = append(f.Tables, here)
			}
		case t.Kind == lex.Bare || t.Kind == lex.Text:
			pair := p.pair(0)
			here.Pairs, here.Stop = append(here.Pairs, pair), pair.End
		default: // line breaks, comments, and marks where none can be
			p.at++
			continue
		}
		if p.tokens[p.at-1].Kind != lex.Line { // a list that lost its end stops at the next line
			p.skipLine()
		}
	}
	return f
}

// Visit calls a function for every pair with the path of its table, those inside inline tables
// among them: the path of such a pair goes on from the pair that has it.
func (f *File) Visit(visit func(t *Table, path []Part, p *Pair)) {
	for _, t := range f.Tables {
		for _, p := range t.Pairs {
			visitPair(t, t.Path, p, visit)
		}
	}
}

// visitPair visits a pair and the pairs of its inline tables.
func visitPair(t *Table, above []Part, p *Pair, visit func(*Table, []Part, *Pair)) {
	path := append(above[:len(above):len(above)], p.Path...)
	visit(t, path, p)
	for _, v := range append([]*Value{p.Value}, p.Value.Items...) {
		for _, inner := range v.Pairs {
			visitPair(t, path, inner, visit)
		}
	}
}

// TableAt returns the table in whose lines an offset is.
func (f *File) TableAt(offset int) *Table {
	found := f.Tables[0]
	for _, t := range f.Tables[1:] {
		if t.Start > offset {
			break
		}
		found = t
	}
	return found
}
