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

// JSON is a diagnostic as RenderJSON writes it. Lines and columns count from 1.
type JSON struct {
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	jsonPlace
	Message string        `json:"message"`
	Hint    string        `json:"hint,omitempty"`
	Related []jsonRelated `json:"related,omitempty"`
	// Count and Also are given where one mistake shows in several places.
	Count int         `json:"count,omitempty"`
	Also  []jsonPlace `json:"also,omitempty"`
}

// RenderJSON writes the list as a JSON array with an object a diagnostic: code,
// severity, file, line, column, end_line, end_column, message, hint and related; where one mistake
// shows in several places, their count, and also with the other places.
// An empty list is [].
func RenderJSON(w io.Writer, l List, files map[string][]byte) error {
	out := make([]JSON, 0, len(l))
	texts := newIndexer(files)
	for _, d := range l.Gather() {
		row := JSON{Code: d.Code, Severity: d.Severity.String(), jsonPlace: toJSON(d.Span, texts),
			Message: d.Message, Hint: d.Hint}
		if len(d.Same) > 0 {
			row.Count = 1 + len(d.Same)
		}
		for _, s := range d.Same {
			row.Also = append(row.Also, toJSON(s, texts))
		}
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
