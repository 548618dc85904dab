package equation

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Print returns an equation in its canonical form: lower-case names, a space around
// operators, and no parentheses but those that are needed. Parse returns the same
// tree again, up to places. The numbers in it must be finite and not negative, as
// Parse and NewNumber make them; they are printed as written if Text says how.
func Print(e Expr) string {
	p := printer{most: math.MaxInt}
	p.expr(e, ofIf)
	return p.String()
}

// PrintWithin is Print for trees that were not parsed: it reports whether the text
// keeps the limits of Parse on its length and depth. A tree of shared nodes may stand for
// a very long text, of which it writes no more than the limit. What is wrong is said in
// too, such as "has more than 100000 characters", which is empty if nothing is.
func PrintWithin(e Expr) (text, too string) {
	p := printer{most: maxText}
	p.nested(e, ofIf)
	switch {
	case p.Len() > maxText:
		return "", fmt.Sprintf("has more than %d characters", maxText)
	case p.deepest > maxDepth:
		return "", fmt.Sprintf("is nested more than %d deep", maxDepth)
	}
	return p.String(), ""
}

// A printer writes an equation. It counts the depth as the parser does.
type printer struct {
	strings.Builder
	most           int // bytes, about
	depth, deepest int
}

// nested prints something one level deeper.
func (p *printer) nested(e Expr, least strength) {
	p.depth++
	p.deepest = max(p.deepest, p.depth)
	p.expr(e, least)
	p.depth--
}

// expr prints e, in parentheses if it holds together less than at least.
func (p *printer) expr(e Expr, least strength) {
	if p.Len() > p.most || p.depth > maxDepth && p.most < math.MaxInt {
		return
	}
	if strengthOf(e) < least {
		p.WriteByte('(')
		p.nested(e, ofIf)
		p.WriteByte(')')
		return
	}
	switch e := e.(type) {
	case *Number:
		p.number(e)
	case *Name:
		p.name(e.Name)
		p.index(e.Index)
	case *Unary:
		p.unary(e)
	case *Binary:
		p.binary(e)
	case *If:
		p.conditional(e)
	case *Call:
		p.call(e)
	}
}

func (p *printer) number(n *Number) {
	if n.Text != "" {
		p.WriteString(n.Text)
		return
	}
	p.WriteString(strconv.FormatFloat(n.Value, 'g', -1, 64))
}

func (p *printer) name(name string) {
	if isName(name) {
		p.WriteString(name)
		return
	}
	p.quote(name)
}

func (p *printer) quote(name string) {
	quote := `"`
	if strings.Contains(name, quote) {
		quote = "'"
	}
	p.WriteString(quote + name + quote)
}

func (p *printer) index(index []Index) {
	if index == nil {
		return
	}
	p.WriteByte('[')
	for i, x := range index {
		if i > 0 {
			p.WriteString(", ")
		}
		p.WriteString(x.String())
	}
	p.WriteByte(']')
}

// String is the subscript as an equation has it.
func (i Index) String() string {
	var p printer
	switch {
	case i.Kind == IndexStar:
		return "*"
	case isWhole(i.Name):
		p.WriteString(i.Name)
	default:
		p.name(i.Name)
	}
	switch {
	case i.Kind == IndexBang:
		p.WriteByte('!')
	case i.Offset < 0:
		p.WriteString(" - " + strconv.Itoa(-i.Offset))
	case i.Offset > 0:
		p.WriteString(" + " + strconv.Itoa(i.Offset))
	}
	return p.String()
}

func isWhole(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !isDigit(r) })
}

func (p *printer) unary(u *Unary) {
	p.WriteString(u.Op.String())
	if u.Op == Not {
		p.WriteByte(' ')
	}
	p.nested(u.X, strengths[u.Op])
}

func (p *printer) binary(b *Binary) {
	left, right := operands(b.Op)
	p.expr(b.X, left)
	if b.Op == Pow {
		p.WriteByte('^')
		p.nested(b.Y, right)
		return
	}
	p.WriteString(" " + b.Op.String() + " ")
	p.expr(b.Y, right)
}

func (p *printer) conditional(e *If) {
	p.WriteString("if ")
	p.nested(e.Cond, ofIf)
	p.WriteString(" then ")
	p.nested(e.Then, ofIf)
	p.WriteString(" else ")
	p.nested(e.Else, ofIf)
}

func (p *printer) call(c *Call) {
	if c.Func == Mod.String() && c.Index == nil {
		p.WriteString(c.Func) // the one keyword that is a function too
	} else {
		p.name(c.Func)
	}
	p.index(c.Index)
	p.WriteByte('(')
	for i, a := range c.Args {
		if i > 0 {
			p.WriteString(", ")
		}
		p.nested(a, ofIf)
	}
	p.WriteByte(')')
}
