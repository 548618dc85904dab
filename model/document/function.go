package document

import "weir/model/diagnostic"

// A Function is a function of a file's own. Its equation sees its arguments, the run's own names and
// other functions.
type Function struct {
	Name, About string
	Arguments   []string
	Equation    Text
	Span        diagnostic.Span
}
