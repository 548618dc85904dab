package sim

import (
	"fmt"

	"weir/model/diagnostic"
)

// An Error is a reason for which a model cannot be compiled or run, or had to stop.
type Error struct {
	Span    diagnostic.Span // where in the model; zero if the model is not to blame
	Message string          // in the modeler's words
	Hint    string          // a way out; may be empty
}

// Error returns the message, with its hint in parentheses.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + " (" + e.Hint + ")"
}

func errorf(format string, args ...any) *Error { return &Error{Message: fmt.Sprintf(format, args...)} }
