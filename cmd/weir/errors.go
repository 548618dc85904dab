package main

import (
	"errors"

	"weir/internal/commandline"
)

// version is set by the build: a tag or commit, as git describes it.
var version = "unversioned"

// Exit codes, besides 0 for success.
const (
	exitFailed = 1 // the model, a test or a file is wrong
	exitUsage  = 2 // the command line is wrong
)

// errReported is the error of a command that has printed its diagnostics already.
var errReported = errors.New("reported")

// usagef returns the error of a mistake on the command line.
func usagef(format string, args ...any) error { return commandline.Errorf(format, args...) }
