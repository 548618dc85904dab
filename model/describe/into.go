package describe

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"weir/model"
)

// opening is the marker before generated text, with the words of its sections; closing is
// the marker after it.
var opening = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<!-- weir:documentation((?: +[a-z]+)*) *-->`) })

const closing = "<!-- /weir:documentation -->"

// Into returns a README with the text between its markers generated again:
//
//	<!-- weir:documentation constants decisions -->
//	<!-- /weir:documentation -->
//
// The words are those of Write. The text outside of the markers is kept byte for byte, so
// that a README is up to date just if Into returns it unchanged. It returns an error, with
// the line, if there is no marker, if one is not closed, or if a word names no section.
func Into(readme []byte, m *model.Model, g *model.Graph) ([]byte, error) {
	var out bytes.Buffer
	found := false
	for line := 1; ; {
		at := opening().FindSubmatchIndex(readme)
		if at == nil {
			break
		}
		found = true
		line += bytes.Count(readme[:at[0]], []byte("\n"))
		words := strings.Fields(string(readme[at[2]:at[3]]))
		end := bytes.Index(readme[at[1]:], []byte(closing))
		if next := opening().FindIndex(readme[at[1]:]); end < 0 || next != nil && next[0] < end {
			return nil, fmt.Errorf("line %d: nothing closes this marker; write %s where the generated text ends",
				line, closing)
		}
		out.Write(readme[:at[1]])
		out.WriteString("\n\n")
		if err := Write(&out, m, g, words...); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		out.WriteString(closing)
		line += bytes.Count(readme[at[0]:at[1]+end], []byte("\n"))
		readme = readme[at[1]+end+len(closing):]
	}
	if !found {
		return nil, errors.New("it has no marker; write <!-- weir:documentation --> and " + closing +
			" where the generated text belongs")
	}
	out.Write(readme)
	return out.Bytes(), nil
}
