// Package describe writes the contents of a model as Markdown tables, for a study's README:
// generated, so that the tables cannot differ from the model.
package describe

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"weir/model"
)

// A Section is a part of the documentation. Words name it in a README's markers.
type Section struct {
	Word, Title string
	write       func(*writer)
}

// Sections are all parts, in the order in which they are written.
var Sections = []Section{
	{"summary", "The model", (*writer).summary},
	{"modules", "Modules", (*writer).modules},
	{"dimensions", "Dimensions", (*writer).dimensions},
	{"stocks", "Stocks", (*writer).stocks},
	{"flows", "Flows", (*writer).flows},
	{"auxiliaries", "Auxiliaries", (*writer).auxiliaries},
	{"decisions", "Decisions", (*writer).decisions},
	{"constants", "Constants", (*writer).constants},
	{"lookups", "Lookups", (*writer).lookups},
	{"data", "Data", (*writer).data},
	{"loops", "Feedback loops", (*writer).loops},
	{"tests", "Tests", (*writer).tests},
	{"sources", "Sources", (*writer).sources},
}

// Own is the word that leaves out the variables of modules.
const Own = "own"

// Write writes the sections that the words name, all if none is named: tables in GitHub's
// Markdown, each under a heading of the third level unless it is the only one. A section
// without content is left out. Words are those of Sections, and Own. The graph is the
// model's structure; without one (nil) the loops are left out. It returns an error for a
// word that is none of these, and the errors of w.
func Write(w io.Writer, m *model.Model, g *model.Graph, words ...string) error {
	if err := known(words); err != nil {
		return err
	}
	words = slices.Clone(words)
	own := slices.Contains(words, Own)
	words = slices.DeleteFunc(words, func(s string) bool { return s == Own })
	for _, s := range Sections {
		if len(words) > 0 && !slices.Contains(words, s.Word) {
			continue
		}
		out := &writer{m: m, g: g, own: own}
		s.write(out)
		if out.Len() == 0 {
			continue
		}
		heading := ""
		if len(words) != 1 {
			heading = "### " + s.Title + "\n\n"
		}
		if _, err := fmt.Fprintf(w, "%s%s\n", heading, out.String()); err != nil {
			return err
		}
	}
	return nil
}

// known reports a word that names nothing.
func known(words []string) error {
	all := []string{Own}
	for _, s := range Sections {
		all = append(all, s.Word)
	}
	for _, w := range words {
		if !slices.Contains(all, w) {
			return fmt.Errorf("there is no part %q of the documentation; there are %s", w, strings.Join(all, ", "))
		}
	}
	return nil
}

// A writer collects one section.
type writer struct {
	strings.Builder
	m   *model.Model
	g   *model.Graph
	own bool
}

// variables returns those of a kind, in file order, without those of modules if own is set.
func (w *writer) variables(kind model.Kind) []*model.Variable {
	var out []*model.Variable
	for _, v := range w.m.Variables {
		if v.Kind == kind && (v.Module == "" || !w.own) {
			out = append(out, v)
		}
	}
	return out
}

// table writes rows of cells that are Markdown already, or nothing if there are none.
// Columns without any content are left out. Each row has as many cells as the header.
func (w *writer) table(header []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	var columns []int
	for i := range header {
		if slices.ContainsFunc(rows, func(row []string) bool { return row[i] != "" }) {
			columns = append(columns, i)
		}
	}
	line := func(cells []string) {
		for _, c := range columns {
			w.WriteString("| " + cells[c] + " ")
		}
		w.WriteString("|\n")
	}
	line(header)
	w.WriteString(strings.Repeat("|---", len(columns)) + "|\n")
	for _, row := range rows {
		line(row)
	}
}

// prose is a text as a cell. Blanks and line feeds become single blanks, since a cell is one line;
// the characters with which Markdown begins a cell, a tag, a link or emphasis are escaped.
func prose(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`, "`", "\\`", "[", `\[`).Replace(s)
}

// code is a name or an equation as a cell. Nothing can be escaped inside of it but the bar of the
// table, so backquotes become quotes. An empty text stays empty, so that its column may be left
// out.
func code(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return ""
	}
	return "`" + strings.NewReplacer("|", `\|`, "`", "'").Replace(s) + "`"
}

// named is a variable's name with its dimensions.
func named(v *model.Variable) string {
	if len(v.Over) == 0 {
		return code(v.Name)
	}
	return code(v.Name + "[" + strings.Join(v.Over, ", ") + "]")
}

// meaning returns a variable's label and description.
func meaning(v *model.Variable) string {
	if v.About == "" || v.Label == "" {
		return prose(v.Label + v.About)
	}
	return prose(v.Label) + ". " + prose(v.About)
}
