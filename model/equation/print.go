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
// keeps the limits of Parse on its length and depth. A tree of shared nodes may have a very
// long text, of which it writes no more than the limit. If a limit is passed, too names it,
// such as "has more than 100000 characters"; else it is empty.
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

// A Dialect writes trees in a language whose operators bind as weir's do, but whose words
// may be others.
type Dialect struct {
	Word           func(Op) string // such as "AND"
	If, Then, Else string
	Name           func(*Name) string
	Call           func(*Call) string
	// Instead returns the tree that is written for a node: the node itself, or another in
	// the dialect's own operators.
	Instead func(Expr) Expr
	// NotAsSign says that not binds as tightly as a sign does, as in XMILE, where tools
	// differ on more. There are parentheses then around the operand of not, around a sign
	// within a sign, and around an if within an if.
	NotAsSign bool
}

// Print returns an equation in the dialect.
func (d *Dialect) Print(e Expr) string {
	p := printer{most: math.MaxInt, as: d}
	p.expr(e, ofIf)
	return p.String()
}

// A printer writes an equation, in weir's language or in a dialect. It counts the depth as
// the parser does.
type printer struct {
	strings.Builder
	most           int // bytes, about
	depth, deepest int
	as             *Dialect // nil: weir's
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
	if p.as != nil {
		e = p.as.Instead(e)
	}
	if p.strength(e) < least {
		p.WriteByte('(')
		p.nested(e, ofIf)
		p.WriteByte(')')
		return
	}
	switch e := e.(type) {
	case *Number:
		p.number(e)
	case *Name:
		p.mention(e)
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

// strength returns how tightly the outermost operator of an expression binds in the language that
// is written.
func (p *printer) strength(e Expr) strength {
	if u, ok := e.(*Unary); ok && u.Op == Not && p.careful() {
		return ofSign
	}
	return strengthOf(e)
}

// careful reports whether the language that is written binds not as tightly as a sign.
func (p *printer) careful() bool { return p.as != nil && p.as.NotAsSign }

// mention writes a variable with its subscripts.
func (p *printer) mention(n *Name) {
	if p.as != nil {
		p.WriteString(p.as.Name(n))
		return
	}
	p.name(n.Name)
	p.index(n.Index)
}

// word writes an operator.
func (p *printer) word(op Op) {
	if p.as != nil {
		p.WriteString(p.as.Word(op))
		return
	}
	p.WriteString(op.String())
}

// number writes a number as it was written, if it was, or with the digits that read back to the
// same bits.
func (p *printer) number(n *Number) {
	if n.Text != "" {
		p.WriteString(n.Text)
		return
	}
	p.WriteString(strconv.FormatFloat(n.Value, 'g', -1, 64))
}

// name writes a name, in quotes where it needs them.
func (p *printer) name(name string) {
	if isName(name) {
		p.WriteString(name)
		return
	}
	p.quote(name)
}

// quote writes a name in the quotes that it does not contain.
func (p *printer) quote(name string) {
	quote := `"`
	if strings.Contains(name, quote) {
		quote = "'"
	}
	p.WriteString(quote + name + quote)
}

// index writes subscripts.
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

// isWhole reports whether the name of an element is a number.
func isWhole(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !isDigit(r) })
}

// unary writes a sign or not with its operand.
func (p *printer) unary(u *Unary) {
	p.word(u.Op)
	if u.Op == Not {
		p.WriteByte(' ')
	}
	switch {
	case !p.careful():
		p.nested(u.X, strengths[u.Op])
	case u.Op == Not:
		p.nested(u.X, ofPrimary)
	default:
		p.nested(u.X, ofPower)
	}
}

// binary writes an operator between its operands, each in parentheses if it binds more loosely.
func (p *printer) binary(b *Binary) {
	left, right := operands(b.Op)
	p.expr(b.X, left)
	if b.Op == Pow && p.as == nil {
		p.WriteByte('^')
	} else {
		p.WriteByte(' ')
		p.word(b.Op)
		p.WriteByte(' ')
	}
	if b.Op == Pow {
		p.nested(b.Y, right)
		return
	}
	p.expr(b.Y, right)
}

// conditional writes a condition as the language that is written has it.
func (p *printer) conditional(e *If) {
	switch {
	case p.as == nil:
		p.branches(e, "if", "then", "else", ofIf)
	case p.careful():
		p.branches(e, p.as.If, p.as.Then, p.as.Else, ofOr)
	default:
		p.branches(e, p.as.If, p.as.Then, p.as.Else, ofIf)
	}
}

// branches writes an if; inner is the least strength of all but the last part.
func (p *printer) branches(e *If, if_, then, else_ string, inner strength) {
	p.WriteString(if_ + " ")
	p.nested(e.Cond, inner)
	p.WriteString(" " + then + " ")
	p.nested(e.Then, inner)
	p.WriteString(" " + else_ + " ")
	p.nested(e.Else, ofIf)
}

// call writes a call with its arguments.
func (p *printer) call(c *Call) {
	if p.as != nil {
		p.WriteString(p.as.Call(c))
		return
	}
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
