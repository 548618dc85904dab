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
	Sentence string // what is wrong, in one sentence
	Example  string // TOML
}

// Codes are all codes that Load and Check report.
var Codes = slices.Concat(unitCodes, readCodes, moduleCodes, checkCodes, calibrationCodes, viewCodes, adviceCodes)
