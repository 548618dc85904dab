package document

import "weir/model/diagnostic"

// A Calibration is the [calibration] table: which constants are fitted to which data.
// Package scenarios/calibrate checks the names in it.
type Calibration struct {
	Constants []Text   // names, "x" or "x[a,b]"; nil: every constant that has a range
	Without   []Text   // names left out of those
	From, To  *float64 // model times of the record that counts; nil: all of it
	Prior     bool     // distributions of constants count as knowledge beside the data
	Fits      []*CalibrationFit
	Span      diagnostic.Span
}

// A CalibrationFit is a [calibration.fit.x] table: an expression over the model's
// variables and the record that it should reproduce.
type CalibrationFit struct {
	Name     string
	Variable Text     // an expression of one number
	Data     Text     // a data variable, "x" or "x[a,b]"
	Weight   float64  // against the other fits; 1 if not given
	Error    string   // log, relative, absolute
	From, To *float64 // model times of this record that count; nil: those of the Calibration
	Span     diagnostic.Span
}

// ErrorKinds are the ways to measure an error, the first one if none is named.
var ErrorKinds = []string{"log", "relative", "absolute"}

// A Calibrated is a file of fitted values, which the model names in calibrated = "…". Its
// values replace those in the model file.
type Calibrated struct {
	File      string            // as in spans
	Model     string            // Fingerprint of the model that was calibrated
	Date      string            // of the calibration, as written
	Constants []string          // the constants that it has values of, in its order
	Data      map[string]string // SHA-256 of each data file, by its name beside the model
	// Own are the constants with the values of the model's own file, by name.
	Own  map[string]*Variable
	Span diagnostic.Span // in the model file
}
