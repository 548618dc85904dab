package equation

import (
	"strconv"
	"strings"
)

// Print writes an equation in its canonical form: lower-case names, a space around
// operators, and no parentheses but those that are needed. Parse gives the same
// tree again, up to places. The numbers in it must be finite and not negative, as
// Parse makes them; they are printed as written if Text says how.
func Print(e Expr) string {
	var b strings.Builder
	(&printer{&b}).expr(e, 0)
	return b.String()
}

type printer struct{ *strings.Builder }

// The strength with which a node holds together; operators have the order of Op,
// from 1 on.
const (
	ofIf      = 0
	ofNot     = 3
	ofSign    = 8
	ofPower   = 9
	ofPrimary = 10
)

var strengths = [...]int{Or: 1, And: 2, Not: ofNot, Eq: 4, Ne: 4, Lt: 5, Le: 5, Gt: 5, Ge: 5,
	Add: 6, Sub: 6, Mul: 7, Div: 7, Mod: 7, Neg: ofSign, Plus: ofSign, Pow: ofPower}

func strength(e Expr) int {
	switch e := e.(type) {
	case *If:
		return ofIf
	case *Unary:
		return strengths[e.Op]
	case *Binary:
		return strengths[e.Op]
	}
	return ofPrimary
}

// expr prints e, in parentheses if it holds together less than at least.
func (p *printer) expr(e Expr, least int) {
	if strength(e) < least {
		p.WriteByte('(')
		defer p.WriteByte(')')
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
	var b strings.Builder
	p := printer{&b}
	switch {
	case i.Kind == IndexStar:
		return "*"
	case isWhole(i.Name):
		b.WriteString(i.Name)
	default:
		p.name(i.Name)
	}
	switch {
	case i.Kind == IndexBang:
		b.WriteByte('!')
	case i.Offset < 0:
		b.WriteString(" - " + strconv.Itoa(-i.Offset))
	case i.Offset > 0:
		b.WriteString(" + " + strconv.Itoa(i.Offset))
	}
	return b.String()
}

func isWhole(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !isDigit(r) })
}

func (p *printer) unary(u *Unary) {
	p.WriteString(u.Op.String())
	if u.Op == Not {
		p.WriteByte(' ')
	}
	p.expr(u.X, strengths[u.Op])
}

func (p *printer) binary(b *Binary) {
	own := strengths[b.Op]
	switch b.Op {
	case Pow:
		p.expr(b.X, ofPrimary)
		p.WriteByte('^')
		p.expr(b.Y, ofSign)
		return
	case Eq, Ne, Lt, Le, Gt, Ge: // these do not chain
		p.expr(b.X, own+1)
	default:
		p.expr(b.X, own)
	}
	p.WriteString(" " + b.Op.String() + " ")
	p.expr(b.Y, own+1)
}

func (p *printer) conditional(e *If) {
	p.WriteString("if ")
	p.expr(e.Cond, 0)
	p.WriteString(" then ")
	p.expr(e.Then, 0)
	p.WriteString(" else ")
	p.expr(e.Else, 0)
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
		p.expr(a, 0)
	}
	p.WriteByte(')')
}
