package output

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"weir/model/diagnostic"
	"weir/scenarios/behaviour"
)

// Findings are the results of a model's tests, with the texts of its files for the places.
type Findings struct {
	Model string // the file
	Files map[string][]byte
	List  []behaviour.Finding
	Kept  []string // lines about kept results that were written, or were as they had been
}

// Failed returns how many tests failed.
func (f *Findings) Failed() int {
	n := 0
	for _, x := range f.List {
		if !x.Pass {
			n++
		}
	}
	return n
}

// Write writes the results as json, or as text: a line for each test that passed, unless quiet, and the
// claims of those that failed with their places; with verbose all claims. Each line has at most columns
// characters, but for a command, which stays on one line so that it can be copied.
func (f *Findings) Write(w io.Writer, format string, quiet, verbose bool, columns int) error {
	if format == "json" {
		return f.writeJSON(w)
	}
	var b strings.Builder
	for _, x := range f.List {
		if !x.Pass || !quiet {
			f.writeFinding(&b, x, verbose, columns)
		}
	}
	for _, line := range f.Kept {
		fmt.Fprintln(&b, Wrap("kept "+line, columns))
	}
	fmt.Fprintf(&b, "%d passed, %d failed\n", len(f.List)-f.Failed(), f.Failed())
	_, err := io.WriteString(w, b.String())
	return err
}

// writeFinding writes the result of one test; with verbose, or if it failed, also its claims.
func (f *Findings) writeFinding(w io.Writer, x behaviour.Finding, verbose bool, columns int) {
	line := "ok   " + x.Test
	if !x.Pass {
		line = "FAIL " + x.Test
	}
	if x.About != "" {
		line += ": " + x.About
	}
	fmt.Fprintln(w, Wrap(line, columns))
	for _, claim := range x.Claims {
		if claim.Pass && !verbose {
			continue
		}
		text := claim.Message
		if !claim.Pass {
			text = f.place(claim.Span) + text
		}
		fmt.Fprintln(w, "  "+strings.ReplaceAll(Wrap(text, columns-2), "\n", "\n  "))
		if claim.Command != "" {
			fmt.Fprintln(w, "  "+claim.Command)
		}
	}
}

// place returns where a claim stands, as "model.toml:12:10: "; "" if that is not known.
func (f *Findings) place(s diagnostic.Span) string {
	text, known := f.Files[s.File]
	if !known {
		return ""
	}
	line, column := diagnostic.Position(text, s.Start)
	return fmt.Sprintf("%s:%d:%d: ", s.File, line, column)
}

// A claimJSON is one expectation of a test in JSON. Left and right are the two sides of a comparison;
// of a kept result the run and the file at the first difference.
type claimJSON struct {
	Claim   string    `json:"claim"`
	Pass    bool      `json:"pass"`
	Message string    `json:"message"`
	File    string    `json:"file"`
	Line    int       `json:"line"`
	Column  int       `json:"column"`
	Time    *float64  `json:"time,omitempty"`
	Element string    `json:"element,omitempty"`
	Left    *float64  `json:"left,omitempty"`
	Right   *float64  `json:"right,omitempty"`
	Command string    `json:"command,omitempty"`
	Kept    *keptJSON `json:"kept,omitempty"`
}

// A keptJSON is a run against a kept result in JSON.
type keptJSON struct {
	File      string             `json:"file"`
	Numbers   int                `json:"numbers"` // compared
	Variables []keptVariableJSON `json:"variables"`
}

// A keptVariableJSON is how far a variable is from a kept result, where it is farthest off.
type keptVariableJSON struct {
	Name     string   `json:"name"`
	Pass     bool     `json:"pass"`
	First    *float64 `json:"first,omitempty"` // time of the first difference that does not pass
	Largest  *float64 `json:"largest"`         // difference, run less file
	At       float64  `json:"at"`              // its time
	Tolerate float64  `json:"tolerance"`       // the largest size of a difference that passes
}

// A findingJSON is the result of one test in JSON.
type findingJSON struct {
	Test   string      `json:"test"`
	About  string      `json:"about,omitempty"`
	Pass   bool        `json:"pass"`
	Claims []claimJSON `json:"claims"`
}

// A testFile is what weir test writes as JSON.
type testFile struct {
	Model  string        `json:"model"`
	Passed int           `json:"passed"`
	Failed int           `json:"failed"`
	Tests  []findingJSON `json:"tests"`
	Kept   []string      `json:"kept,omitempty"`
}

// writeJSON writes the results as one object. A side of a comparison that is not finite is null.
func (f *Findings) writeJSON(w io.Writer) error {
	out := testFile{Model: f.Model, Passed: len(f.List) - f.Failed(), Failed: f.Failed(), Kept: f.Kept}
	for _, x := range f.List {
		one := findingJSON{Test: x.Test, About: x.About, Pass: x.Pass, Claims: []claimJSON{}}
		for _, c := range x.Claims {
			line, column := diagnostic.Position(f.Files[c.Span.File], c.Span.Start)
			j := claimJSON{Claim: c.Text, Pass: c.Pass, Message: c.Message, File: c.Span.File, Line: line,
				Column: column, Time: c.At, Element: c.Element, Command: c.Command, Kept: keptOf(c)}
			if c.Compared {
				j.Left, j.Right = finite(c.Left), finite(c.Right)
			}
			one.Claims = append(one.Claims, j)
		}
		out.Tests = append(out.Tests, one)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

// keptOf returns the numbers of a comparison with a kept result; nil if it could not be made.
func keptOf(c behaviour.Claim) *keptJSON {
	if c.Kept == nil || c.Kept.Agreement == nil {
		return nil
	}
	out := &keptJSON{File: c.Kept.File, Numbers: c.Kept.Agreement.Compared, Variables: []keptVariableJSON{}}
	for _, d := range c.Kept.Agreement.Columns {
		out.Variables = append(out.Variables, keptVariableJSON{d.Name, d.First == nil, d.First, finite(d.Largest),
			d.At, d.Allowed})
	}
	return out
}

// WriteJUnit writes the results in the subset of JUnit's XML that CI services share. Each test is a
// test case, whose class is the model's file; file and line are those of its table. The message of a
// failure holds the first claim that failed, and its text all of them. Durations are not written.
func (f *Findings) WriteJUnit(w io.Writer) error {
	type failure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	type testCase struct {
		Name    string   `xml:"name,attr"`
		Class   string   `xml:"classname,attr"`
		File    string   `xml:"file,attr,omitempty"`
		Line    int      `xml:"line,attr,omitempty"`
		Failure *failure `xml:"failure,omitempty"`
	}
	out := struct {
		XMLName  xml.Name   `xml:"testsuite"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Cases    []testCase `xml:"testcase"`
	}{Name: f.Model, Tests: len(f.List), Failures: f.Failed()}
	for _, x := range f.List {
		t := testCase{Name: x.Test, Class: f.Model}
		if text, known := f.Files[x.Span.File]; known {
			t.File = x.Span.File
			t.Line, _ = diagnostic.Position(text, x.Span.Start)
		}
		if !x.Pass {
			t.Failure = &failure{Message: x.Message()}
			for _, c := range x.Claims {
				if !c.Pass {
					t.Failure.Text += f.place(c.Span) + c.Message + "\n"
				}
			}
		}
		out.Cases = append(out.Cases, t)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
