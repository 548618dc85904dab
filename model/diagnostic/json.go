package diagnostic

import (
	"encoding/json"
	"io"
)

// jsonPlace is a span as programs read it: lines and columns count from 1,
// columns in characters, and the end is the first character that is not part of it.
// Without the file's text the numbers are left out.
type jsonPlace struct {
	File      string `json:"file"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"`
}

type jsonRelated struct {
	jsonPlace
	Message string `json:"message"`
}

type jsonDiagnostic struct {
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	jsonPlace
	Message string        `json:"message"`
	Hint    string        `json:"hint,omitempty"`
	Related []jsonRelated `json:"related,omitempty"`
}

// RenderJSON writes the list as a JSON array with an object a diagnostic: code,
// severity, file, line, column, end_line, end_column, message, hint and related.
// An empty list is [].
func RenderJSON(w io.Writer, l List, files map[string][]byte) error {
	out := make([]jsonDiagnostic, 0, len(l))
	texts := newIndexer(files)
	for _, d := range l {
		row := jsonDiagnostic{d.Code, d.Severity.String(), toJSON(d.Span, texts), d.Message, d.Hint, nil}
		for _, r := range d.Related {
			row.Related = append(row.Related, jsonRelated{toJSON(r.Span, texts), r.Message})
		}
		out = append(out, row)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

// toJSON returns a place with line and column, counted from 1; without them if the text of the
// file is not at hand.
func toJSON(s Span, texts *indexer) jsonPlace {
	p := jsonPlace{File: s.File}
	if text := texts.of(s.File); text != nil {
		p.Line, p.Column = text.Position(s.Start)
		p.EndLine, p.EndColumn = text.Position(max(s.Start, s.End))
	}
	return p
}
