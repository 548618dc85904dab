// Package help answers weir help NAME: about a topic from the manual, a table or key of a file from
// its shape, a function or a code of a diagnostic from its row. It has no text of its own but
// titles, so that it cannot say anything else than the manual and the program do.
package help

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"weir/model"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/function"
	"weir/model/xmile"
	"weir/scenarios/behaviour"
	"weir/scenarios/calibrate"
	"weir/scenarios/plan"
	"weir/scenarios/start"
)

// Codes returns the rows of all diagnostics: of models, tests, starts, calibrations, sets, and
// files of other tools.
func Codes() []model.CodeRow {
	out := slices.Concat(model.Codes, behaviour.Codes, start.Codes, calibrate.Codes)
	// Rows of sets have a type of their own, whose examples are sets.
	for _, row := range plan.Codes {
		out = append(out, model.CodeRow{Code: row.Code, Sentence: row.Sentence, Example: row.Example})
	}
	return append(out, xmile.Codes...)
}

// Write writes the help on a name in lines of a width, in characters: that of the first of a topic,
// a code, a function, a table such as stock, and a key that has the name. Case and brackets do not
// count. It reports whether the name is known; if not, nothing is written. The error is that of w.
func Write(w io.Writer, name string, width int) (known bool, err error) {
	p := &page{w: w, width: width}
	// A table may be named as it is written: [stock].
	name = strings.ToLower(strings.Trim(name, "[]"))
	for _, write := range []func(*page, string) bool{topic, codeHelp, functionHelp, tableHelp, keyHelp} {
		if write(p, name) {
			return true, p.err
		}
	}
	return false, nil
}

// Names returns every name that Write knows, each once, topics first and keys last, in the order of
// their tables. The list belongs to the caller.
func Names() []string {
	// Some names are both: time is a topic and a table, min a function and a word of sets.
	var out []string
	seen := map[string]bool{}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	for _, t := range topics {
		add(t.name)
	}
	for _, row := range Codes() {
		add(string(row.Code))
	}
	for _, name := range function.Names() {
		add(name)
	}
	for _, t := range allTables() {
		if t.Path != "" {
			add(t.Name)
		}
		for _, k := range t.Keys {
			add(k.Name)
		}
	}
	return out
}

// Near returns the name that was probably meant, or "" if none is near.
func Near(name string) string { return diagnostic.Nearest(strings.ToLower(name), Names()) }

// Overview writes the topics with their titles, after a sentence about all kinds of names.
func Overview(w io.Writer, width int) error {
	p := &page{w: w, width: width}
	p.fill("weir help COMMAND, TOPIC, CODE of a diagnostic, FUNCTION, TABLE or KEY. The topics are:")
	p.line("")
	for _, t := range topics {
		p.row(t.name, 14, t.title)
	}
	return p.err
}

// codeHelp writes about a code of a diagnostic: its sentence, and the example that earns it, which
// a test of its package runs. A former code is that of its present name.
func codeHelp(p *page, name string) bool {
	c := code.Current(diagnostic.Code(name))
	for _, row := range Codes() {
		if row.Code != c {
			continue
		}
		p.line(string(row.Code))
		p.line("")
		p.fill(row.Sentence)
		if was := code.FormerName(row.Code); was != "" {
			p.fill("In the version before it was called " + string(was) + ".")
		}
		if row.Example == "" { // codes of other tools' files, whose examples are XML
			return true
		}
		p.line("")
		p.fill("A file that earns it, at the line with a mark:")
		p.line("")
		for _, line := range strings.Split(strings.TrimSpace(row.Example), "\n") {
			p.line("   " + line)
		}
		return true
	}
	return false
}

// functionHelp writes about a function of equations, by its name or an alias of other tools. Like
// all of these it reports whether there is one, and writes nothing if not.
func functionHelp(p *page, name string) bool {
	f := function.Find(name)
	// Functions of tests come second: a model's own have more to say.
	if f == nil {
		return testFunction(p, name)
	}
	p.line(f.Signature())
	p.line("")
	p.fill(f.Help)
	p.line("")
	if f.Units != "" {
		p.row("Units", 10, f.Units)
	}
	if len(f.Aliases) > 0 {
		p.row("Also", 10, strings.Join(f.Aliases, ", "))
	}
	if f.Example != "" {
		p.row("Example", 10, fmt.Sprintf("%s is %v", f.Example, f.Value))
	}
	p.row("Source", 10, f.Source)
	return true
}

// testFunction writes about a function of expectations, which equations do not have.
func testFunction(p *page, name string) bool {
	for _, f := range behaviour.Functions {
		if f.Name == name {
			p.line(f.Name + "(" + f.Params + ")")
			p.line("")
			p.fill("In tests only: " + f.Help + ".")
			p.line("")
			p.row("Example", 10, f.Example)
			return true
		}
	}
	return false
}
