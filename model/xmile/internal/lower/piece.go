package lower

import ()

// A piece is a written expression with how tightly its outermost operator binds.
type piece struct {
	written
	level int
}

// The levels of weir's language, loosest first.
const (
	LevelIf = iota
	LevelOr
	LevelAnd
	levelNot
	LevelEqual
	LevelCompare
	LevelAdd
	LevelMultiply
	LevelSign
	LevelPower
	LevelPrimary
)

var operators = map[string]struct {
	words string
	level int
}{
	"or": {"or", LevelOr}, "and": {"and", LevelAnd}, "=": {"=", LevelEqual}, "<>": {"<>", LevelEqual},
	"<": {"<", LevelCompare}, "<=": {"<=", LevelCompare}, ">": {">", LevelCompare}, ">=": {">=", LevelCompare},
	"+": {"+", LevelAdd}, "-": {"-", LevelAdd}, "*": {"*", LevelMultiply}, "/": {"/", LevelMultiply}, "mod": {"mod", LevelMultiply},
	"^": {"^", LevelPower},
}

// in puts parentheses around what binds looser than a level.
func (p piece) in(level int) written {
	if p.level >= level {
		return p.written
	}
	at := 0
	if len(p.at) > 0 {
		at = p.at[0]
	}
	return compose("($1)", at, p.written)
}
