package document

import "weir/model/diagnostic"

// A NamedLoop is a [loop.x] table: a feedback loop with a name for readers. It is found by variables that
// it passes; Check finds which loop that is.
type NamedLoop struct {
	Name, Label, About string
	// Through are variables that it passes, in the order in which one acts on the next.
	Through []string
	Spans   []diagnostic.Span // of the names in Through
	Span    diagnostic.Span
}
