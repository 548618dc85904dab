// Package manual is the text of the manual, for weir help: the program and the page that people read
// have one source.
package manual

import _ "embed"

// Text is the manual in Markdown.
//
//go:embed README.md
var Text string
