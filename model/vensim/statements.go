package vensim

import (
	"cmp"
	"strings"

	"weir/model"
	"weir/model/vensim/internal/macro"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/syntax"
)

// A statementReader parses the equations of a file. A mistake in one does not keep the others
// from being read: each statement ends at its bar.
type statementReader struct {
	*report.Report
	src               string             // the decoded file
	files             *sheet.Files       // take the texts
	macros            *macro.Macros      // take the equations between their heads and ends
	equations, checks []*syntax.Equation // parsed so far
}

// readStatements parses the statements in a part of the file. Those of macros go to the
// macros; it returns the other equations, the reality checks apart. Groups gets the
// comments of the file's groups by their names.
func readStatements(r *report.Report, src string, part syntax.Span, files *sheet.Files, macros *macro.Macros,
	groups map[string]string) (equations, checks []*syntax.Equation) {
	s := &statementReader{Report: r, src: src, files: files, macros: macros}
	split := syntax.Splitter{Src: src, At: part.Start, End: part.End, About: groups}
	for {
		st, ended, ok := split.Next()
		if !ok {
			break
		}
		if head := src[st.Equation.Start:st.Equation.End]; strings.HasPrefix(head, ":") && syntax.MacroHead(head) > 0 {
			macros.Line(st)
			continue
		}
		s.statement(st, ended)
	}
	macros.End()
	return s.equations, s.checks
}

// statement parses one statement. A mistake in a reality check is a row of the report.
func (s *statementReader) statement(st syntax.Statement, ended bool) {
	eq, wrong := syntax.ParseStatement(s.src, &st)
	isCheck := eq.Kind == syntax.EqTestInput || eq.Kind == syntax.EqCondition
	if wrong != nil && !isCheck {
		hint := wrong.Hint
		if !ended && hint == "" {
			hint = "the file may be cut off: its last equation has no | at its end"
		}
		s.ErrorAt(model.Syntax, wrong.Span, hint, "%s", wrong.Message)
	} else if !ended && wrong == nil {
		s.WarnAt(model.Syntax, st.Equation, "the file may be cut off here", "the last equation has no | at its end")
	}
	if st.Lost.End > 0 {
		s.WarnAt(model.Syntax, st.Lost, "write | before it, at the end of the equation above",
			"this line is in the comment of %s and is not read as an equation", cmp.Or(eq.Name, "the equation above"))
	}
	switch {
	case s.macros.Take(eq):
	case eq.Kind == syntax.EqText:
		s.files.AddText(eq)
		s.equations = append(s.equations, eq)
	case isCheck:
		s.checks = append(s.checks, eq)
	case eq.Key != "":
		s.equations = append(s.equations, eq)
	}
}

// noEquations reports whether a file has no equations, and says so unless a mistake is
// reported already.
func noEquations(r *report.Report, equations []*syntax.Equation) bool {
	if len(equations) > 0 || len(r.List) > 0 {
		return false
	}
	r.ErrorAt(model.MissingKey, syntax.Span{}, "the file may be cut off, or hold the drawing alone",
		"there are no equations")
	return true
}
