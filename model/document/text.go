package document

import (
	"weir/model/diagnostic"
	"weir/model/equation"
)

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

// At maps a place in the equation to its place in the file. A span outside the
// text is cut to it; an empty span at the end of the text stays empty, at the end.
func (t *Text) At(s equation.Span) diagnostic.Span {
	if t.Tree != nil {
		return diagnostic.Span{File: t.Span.File, Start: s.Start, End: s.End}
	}
	start := min(max(s.Start, 0), len(t.Text))
	end := min(max(s.End, start), len(t.Text))
	out := diagnostic.Span{File: t.Span.File, Start: t.offset(start), End: t.offset(end)}
	if end > start && t.Map != nil {
		out.End = t.offset(end-1) + 1 // without what the file has between, such as an escaped line break
	}
	return out
}

// offset is the file's offset of a byte of the text, or of its end.
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
