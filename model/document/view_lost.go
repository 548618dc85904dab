package document

import (
	"fmt"
	"strings"
)

// A Lost counts what an importer does not keep of a picture. The zero value has nothing.
type Lost struct {
	words  []string // in the order of the file
	counts map[string]int
}

// mostLost bounds what the report lists of one picture.
const mostLost = 20

// Add counts one more of a kind, in words: "hidden arrow".
func (l *Lost) Add(what string) {
	if l.counts == nil {
		l.counts = map[string]int{}
	}
	if l.counts[what]++; l.counts[what] == 1 {
		l.words = append(l.words, what)
	}
}

// Grade is the grade of the picture, and what the report says of it.
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
