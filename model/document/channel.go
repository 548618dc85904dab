package document

import "weir/model/diagnostic"

// A Channel is a [channel.x] table: variables through which effects may pass, with a name for
// readers.
type Channel struct {
	Name, Label, About string
	Through            []string          // its variables
	Spans              []diagnostic.Span // of the names in Through
	// Higher and Lower are clauses that say what happens where its variables are higher or lower
	// than without new decisions: "fewer families leave"; "" if there are none.
	Higher, Lower string
	Span          diagnostic.Span
}
