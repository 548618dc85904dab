// Package expr reads the equation language of XMILE into trees.
//
// The grammar is that of XMILE 1.0, 3.3, with the spellings that tools add. In order of
// strength, the loosest first:
//
//	equation   = expression { ("," | ";") expression }     an array's values
//	expression = "if" expression "then" expression "else" expression | or
//	or         = and { "or" and }
//	and        = equality { "and" equality }
//	equality   = relation { ("=" | "<>") relation }
//	relation   = sum { ("<" | "<=" | ">" | ">=") sum }
//	sum        = product { ("+" | "-") product }
//	product    = sign { ("*" | "/" | "//" | "mod") sign }
//	sign       = ("-" | "+" | "not") sign | power
//	power      = primary [ "^" sign ]
//	primary    = number | name | name "(" arguments ")" | "(" expression ")"
//	name       = [ "." ] word { "." word } [ "[" subscripts "]" ]
//
// In Stella's files mod is a level of its own between sum and product. Names may be in quotes,
// or of several words. What a name means is not known here.
package expr

// Walk visits an expression and all within it, but not the parts of one for which
// visit returns false.
func Walk(e Expr, visit func(Expr) bool) {
	if e == nil || !visit(e) {
		return
	}
	switch e := e.(type) {
	case *Ref:
		for _, x := range e.Index {
			Walk(x, visit)
		}
	case *Call:
		Walk(e.Of, visit)
		for _, x := range e.Args {
			Walk(x, visit)
		}
	case *Unary:
		Walk(e.X, visit)
	case *Binary:
		Walk(e.X, visit)
		Walk(e.Y, visit)
	case *If:
		Walk(e.Cond, visit)
		Walk(e.Then, visit)
		Walk(e.Other, visit)
	case *Range:
		Walk(e.From, visit)
		Walk(e.To, visit)
	}
}

// A Expr is a node of an equation as the file has it, at bytes [start, end).
type Expr interface{ At() (start, end int) }

// A Place is a half-open byte range of the equation's text.
type Place struct{ Start, End int }

// At returns the place.
func (p Place) At() (int, int) { return p.Start, p.End }

// The nodes of the tree.
type (
	// numberExpr is a literal.
	Number struct {
		Place
		Value float64
		Made  bool // it does not stand in the file
	}
	// refExpr is a name: path has more than one word for one in another module, and
	// begins with "" for one that begins with a dot.
	Ref struct {
		Place
		Path  []string
		Index []Expr // nil without brackets
	}
	// callExpr is name(args).
	Call struct {
		Place
		Of   *Ref
		Args []Expr
	}
	// unaryExpr is -x, +x or not x.
	Unary struct {
		Place
		Op string
		X  Expr
	}
	// binaryExpr is x op y.
	Binary struct {
		Place
		Op   string
		X, Y Expr
	}
	// ifExpr is if cond then a else b.
	If struct {
		Place
		Cond, Then, Other Expr
	}
	// starExpr is the subscript *, or dim! and dim.* with the dimension's name.
	Star struct {
		Place
		Dim string
	}
	// rangeExpr is the subscript a:b.
	Range struct {
		Place
		From, To Expr
	}
)

// Literal returns the value of a number with or without a sign.
func Literal(e Expr) (float64, bool) {
	switch e := e.(type) {
	case *Number:
		return e.Value, true
	case *Unary:
		x, ok := Literal(e.X)
		if e.Op == "-" {
			x = -x
		}
		return x, ok && e.Op != "not"
	}
	return 0, false
}
