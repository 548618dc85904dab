package document

import (
	"weir/model/diagnostic"
	"weir/model/equation"
)

// Text is an equation with its place. Offsets in the text map to the file by At.
//
// An imported equation comes as a tree, see NewText, which the checker takes as it is:
// the spans of its nodes are byte ranges of the file Span.File, not of Text, and Map is
// nil. Whoever changes Text must drop Tree.
type Text struct {
	Text string
	Span diagnostic.Span
	Map  []int // Map[i] is the file's byte offset of Text[i]; nil if contiguous from Span.Start
	// Tree is the tree of Text if it is known already, or nil. It is never changed.
	Tree equation.Expr `json:"-"`
}

// NewText returns the text of a tree whose spans are byte ranges of the file at.File. If
// its text would pass the limits of equation.Parse, too says so, such as "has more than
// 100000 characters", and the text is empty.
func NewText(tree equation.Expr, at diagnostic.Span) (t Text, too string) {
	text, too := equation.PrintWithin(tree)
	if too != "" {
		return Text{Span: at}, too
	}
	return Text{Text: text, Span: at, Tree: tree}, ""
}

// Parse returns the equation's tree, which must not be changed. The mistakes are at places
// that At maps to the file.
func (t *Text) Parse() (equation.Expr, []equation.Error) {
	if t.Tree != nil {
		return t.Tree, nil
	}
	return equation.Parse(t.Text)
}

// At returns the place in the file of a place in the equation. A span outside the
// text is cut to it; an empty span at the end of the text stays empty, at the end.
func (t *Text) At(s equation.Span) diagnostic.Span {
	if t.Tree != nil {
		return diagnostic.Span{File: t.Span.File, Start: s.Start, End: s.End}
	}
	start := min(max(s.Start, 0), len(t.Text))
	end := min(max(s.End, start), len(t.Text))
	out := diagnostic.Span{File: t.Span.File, Start: t.offset(start), End: t.offset(end)}
	if end > start && t.Map != nil {
		out.End = t.offset(end-1) + 1 // without the bytes between, such as an escaped line break
	}
	return out
}

// offset returns the file's offset of a byte of the text, or of its end.
func (t *Text) offset(i int) int {
	switch {
	case t.Map == nil:
		return t.Span.Start + i
	case i < len(t.Map):
		return t.Map[i]
	case len(t.Map) > 0:
		return t.Map[len(t.Map)-1] + 1
	}
	return t.Span.Start
}
