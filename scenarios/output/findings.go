package output

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"weir/scenarios/behaviour"
)

// WriteFinding writes the result of one test; with verbose, or if it failed, also its claims. A
// test that passed has one line. Each line has at most columns characters, but for a
// command, which stays on one line so that it can be copied.
func WriteFinding(w io.Writer, f behaviour.Finding, verbose bool, columns int) {
	line := "ok   " + f.Test
	if !f.Pass {
		line = "FAIL " + f.Test
	}
	if f.About != "" {
		line += ": " + f.About
	}
	fmt.Fprintln(w, Wrap(line, columns))
	for _, claim := range f.Claims {
		if !claim.Pass || verbose {
			fmt.Fprintln(w, "  "+strings.ReplaceAll(Wrap(claim.Message, columns-2), "\n", "\n  "))
			if claim.Command != "" {
				fmt.Fprintln(w, "  "+claim.Command)
			}
		}
	}
}

// WriteJUnit writes findings in the subset of JUnit's XML that CI services share. Each test is a
// test case, whose class is the suite. The message of a failure holds all claims that failed.
// Durations are not written.
func WriteJUnit(w io.Writer, suite string, findings []behaviour.Finding) error {
	type failure struct {
		Message string `xml:"message,attr"`
	}
	type testCase struct {
		Name    string   `xml:"name,attr"`
		Class   string   `xml:"classname,attr"`
		Failure *failure `xml:"failure,omitempty"`
	}
	out := struct {
		XMLName  xml.Name   `xml:"testsuite"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Cases    []testCase `xml:"testcase"`
	}{Name: suite, Tests: len(findings)}
	for _, f := range findings {
		t := testCase{Name: f.Test, Class: suite}
		if !f.Pass {
			out.Failures++
			t.Failure = &failure{f.Message()}
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
