package scan

import "weir/model/diagnostic"

// Codes of diagnostics about XMILE files, beside those that all models share.
const (
	// BadXML says that the file is not sound as XML.
	BadXML diagnostic.Code = "not-xml"
	// Repaired says how something was read that the standard does not allow.
	Repaired diagnostic.Code = "import-repaired"
	// SharedFlow says that a flow has two stocks at one of its ends, so that it counts twice.
	SharedFlow diagnostic.Code = "shared-flow"
	// Approximated says that a part of the model gives other numbers than in the tool
	// that wrote it, within the bounds that the message states.
	Approximated diagnostic.Code = "import-approximated"
)
