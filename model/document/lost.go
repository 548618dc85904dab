package document

import (
	"fmt"
	"strings"
)

// A Lost counts the parts of a diagram that an importer does not keep. The zero value is empty.
type Lost struct {
	words  []string // in the order of the file
	counts map[string]int
}

// mostLost bounds the kinds that the report lists for one diagram.
const mostLost = 20

// Add counts one more part of a kind, in words: "hidden arrow".
func (l *Lost) Add(part string) {
	if l.counts == nil {
		l.counts = map[string]int{}
	}
	if l.counts[part]++; l.counts[part] == 1 {
		l.words = append(l.words, part)
	}
}

// Grade returns the grade of the diagram, and the remark in the import report.
func (l *Lost) Grade() (Grade, string) {
	if len(l.words) == 0 {
		return Exact, ""
	}
	var parts []string
	for i, w := range l.words {
		if i == mostLost {
			parts = append(parts, "and more")
			break
		}
		parts = append(parts, fmt.Sprintf("%d × %s", l.counts[w], w))
	}
	return Approximated, "of the picture was not kept: " + strings.Join(parts, ", ")
}
