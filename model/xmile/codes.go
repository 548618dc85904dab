package xmile

import (
	"weir/model/code"
	"weir/model/xmile/internal/scan"
)

// Codes of diagnostics about XMILE files, beside those that all models share.
const (
	// BadXML says that the file is not sound as XML.
	BadXML = scan.BadXML
	// Repaired says how the file was read where it does not follow the standard.
	Repaired = scan.Repaired
	// SharedFlow says that a flow has two stocks at one of its ends, so that it counts twice.
	SharedFlow = scan.SharedFlow
	// Approximated says that a part of the model has other numbers than in the tool
	// that wrote it, within the bounds that the message states.
	Approximated = scan.Approximated
)

// Codes are the codes that only these files earn. Their examples are in XML, and so among the tests.
var Codes = []code.CodeRow{
	{Code: BadXML, Sentence: "The file is not sound as XML."},
	{Code: Repaired, Sentence: "The file does not follow the standard; the message says how it was read."},
	{Code: SharedFlow, Sentence: "A flow has two stocks at one of its ends, so that it counts twice."},
	{Code: Approximated, Sentence: "A part of the model has other numbers than in the tool that wrote it, within the bounds that the message states."},
}
