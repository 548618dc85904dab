// Package equation reads and prints the equation language: XMILE's expression grammar in
// weir's spellings. It produces a tree with byte offsets and knows neither the names of a
// model nor the meaning of functions.
//
// The grammar, with the loosest operators first; { } is any number of times and [ ] once or
// not at all:
//
//	expression = "if" expression "then" expression "else" expression | or
//	or         = and { "or" and }
//	and        = not { "and" not }
//	not        = "not" not | equality
//	equality   = relation [ ( "=" | "<>" ) relation ]
//	relation   = sum [ ( "<" | "<=" | ">" | ">=" ) sum ]
//	sum        = product { ( "+" | "-" ) product }
//	product    = signed { ( "*" | "/" | "mod" ) signed }
//	signed     = ( "-" | "+" ) signed | power
//	power      = primary [ "^" signed ]
//	primary    = number | name [ subscripts ] [ arguments ] | "(" expression ")"
//	subscripts = "[" subscript { "," subscript } "]"
//	subscript  = "*" | element | dimension "!" | dimension [ ( "+" | "-" ) digits ]
//	arguments  = "(" [ expression { "," expression } ] ")"
//
// Names are letters, digits, underscores and points; others are in quotes. Case does not
// matter, and a comment is in braces. So -3^2 is -9, 2^-1 a half, and not a = b is not (a = b).
//
// Importers lower other tools' trees to this one with Templates and the constructors New…,
// and Print is the one printer. Trees are immutable and may share nodes.
package equation

// A Span is a half-open byte range of the equation's own text. The reader of
// the file maps it to a place in the file.
type Span struct{ Start, End int }

// An Expr is a node of the tree: *Number, *Name, *Unary, *Binary, *If or *Call.
type Expr interface {
	Pos() Span
}

// A Number is a literal. Text is as written.
type Number struct {
	Span
	Value float64
	Text  string
}

// A Name refers to a variable, with or without subscripts.
type Name struct {
	Span
	Name     string // lower case, words joined by underscores
	NameSpan Span
	Index    []Index // nil if there are no brackets
}

// An IndexKind is a form of a subscript.
type IndexKind uint8

// The forms of a subscript.
const (
	IndexName IndexKind = iota // an element, or a dimension (or subrange) of the equation, with Offset
	IndexStar                  // *: every element, inside a reduction
	IndexBang                  // dim!: every element of that dimension or subrange, inside a reduction
)

// An Index is one subscript: district, 9, grade, grade - 1, *, upper!.
type Index struct {
	Span
	Kind   IndexKind
	Name   string // element or dimension; empty for a star
	Offset int    // of "grade - 1": -1
}

// Unary is -x, +x or not x.
type Unary struct {
	Span
	Op Op
	X  Expr
}

// Binary is x op y.
type Binary struct {
	Span
	Op     Op
	OpSpan Span
	X, Y   Expr
}

// If is "if cond then a else b".
type If struct {
	Span
	Cond, Then, Else Expr
}

// A Call is a function of the function table, or a lookup without an input, with
// its arguments. Index are a lookup's subscripts: crowding[school](x).
type Call struct {
	Span
	Func     string // lower case
	FuncSpan Span
	Index    []Index
	Args     []Expr
}

// Pos returns the node's place.
func (s Span) Pos() Span { return s }

// An Op is an operator of the language.
type Op uint8

// The operators, loosest first: or, and, not, equality, relations, sums,
// products (with mod), sign, power. Power binds tighter than sign and to the
// right: -3^2 is -9.
const (
	Or Op = iota
	And
	Not
	Eq
	Ne
	Lt
	Le
	Gt
	Ge
	Add
	Sub
	Mul
	Div
	Mod
	Neg
	Plus
	Pow
)

// String returns the operator as equations have it.
func (o Op) String() string {
	return [...]string{Or: "or", And: "and", Not: "not", Eq: "=", Ne: "<>", Lt: "<", Le: "<=", Gt: ">",
		Ge: ">=", Add: "+", Sub: "-", Mul: "*", Div: "/", Mod: "mod", Neg: "-", Plus: "+", Pow: "^"}[o]
}
