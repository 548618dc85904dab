package main

import (
	"errors"
	"fmt"
)

// version is set by the build.
var version = "unversioned"

// Exit codes.
const (
	exitFailed = 1 // the model, a test or a file is wrong
	exitUsage  = 2 // the command line is wrong
)

// errReported says that everything there is to say has been printed.
var errReported = errors.New("reported")

// A usageError is a mistake on the command line.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }
