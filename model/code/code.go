// Package code has the codes of the diagnostics that reading and checking a model can report.
// Each code is a stable string with one sentence and an example that earns it; a test runs
// every example.
package code

import (
	"slices"

	"weir/model/diagnostic"
)

// A CodeRow documents one code of diagnostic. Example is a whole small model with
// a comment "# ERROR code", "# WARNING code" or "# NOTE code" beside the line that
// earns it; a test runs every example and expects just that.
type CodeRow struct {
	Code     diagnostic.Code
	Sentence string // the mistake, in one sentence
	Example  string // TOML
}

// Codes are all codes that Load and Check report.
var Codes = slices.Concat(unitCodes, readCodes, moduleCodes, checkCodes, calibrationCodes, viewCodes, adviceCodes)

// Former maps the names that codes had in the version before to their present ones. They are
// still understood wherever a code is given, and go with the next version.
var Former = map[diagnostic.Code]diagnostic.Code{
	"circle": Cycle, "initial-circle": InitialCycle, "dimension-circle": DimensionCycle, "module-circle": ModuleCycle,
}

// Current returns the present name of a code, which may be a former one.
func Current(c diagnostic.Code) diagnostic.Code {
	if now, renamed := Former[c]; renamed {
		return now
	}
	return c
}

// FormerName returns the name that a code had in the version before, "" if it had the same.
func FormerName(c diagnostic.Code) diagnostic.Code {
	for was, now := range Former {
		if now == c {
			return was
		}
	}
	return ""
}
