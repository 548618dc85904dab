package help

import (
	"slices"
	"strings"

	"weir/examples/manual"
	"weir/model/function"
	"weir/model/keys"
	"weir/model/toml/shape"
	"weir/scenarios/plan"
)

// A topicRow is a topic with its places in the manual: chapters by their titles, and paragraphs by
// the bold words that they begin with. Of a chapter with a colon behind it the beginning is taken,
// up to the first such paragraph.
type topicRow struct {
	name, title string
	places      []string
	also        func(*page) // after the manual's words, or nil
}

var topics = []topicRow{
	{"model", "the model file, its tables and keys",
		[]string{"## The model file:", "**Stocks**", "**Auxiliaries**", "**Constants**"}, tablesOf(keys.File)},
	{"set", "the scenario set, its tables and keys", []string{"## Scenario sets:"}, tablesOf(plan.FileShape)},
	{"time", "the clock of a run, integrators and tolerances", []string{"## The model file:"},
		tablesOf(keys.File, "time")},
	{"units", "units and their spellings", []string{"**Units.**"}, nil},
	{"arrays", "dimensions, subscripts and functions of arrays",
		[]string{"**Dimensions**", "**Array functions**"}, nil},
	{"equations", "operators, names, jumps", []string{"## Equations"}, nil},
	{"functions", "all functions of equations, a line each", nil, functionList},
	{"lookups", "graphical functions and their other courses", []string{"**Lookups**"}, nil},
	{"data", "recorded series from files", []string{"**Data**"}, tablesOf(keys.File, "data")},
	{"modules", "models made of models", []string{"**Modules**"}, nil},
	{"conveyors", "stocks whose contents move along", []string{"**A conveyor**"}, nil},
	{"views", "diagrams in a model file", []string{"**Diagrams.**"}, nil},
	{"tests", "what must hold, and the functions that say it", []string{"**Behaviour tests**"}, nil},
	{"uncertainty", "ranges, draws and futures",
		[]string{"**Constants**", "**Uncertainty.**", "**A posterior as futures.**"}, nil},
	{"worlds", "other causes that may be the right ones", []string{"**Worlds.**"}, nil},
	{"measures", "by what number a scenario is judged", []string{"**Measures.**"}, nil},
	{"bundles", "all combinations of interventions", []string{"**Bundles.**"}, nil},
	{"machines", "ensembles on many machines", []string{"**Many machines.**"}, nil},
	{"calibration", "fitting constants to data", []string{"## Calibration"}, nil},
	{"numbers", "how numbers are made", []string{"## How numbers are made"}, nil},
	{"diagnostics", "the codes of mistakes, warnings and notes", nil, codeList},
	{"page", "the page of a comparison", []string{"**The page.**"}, nil},
	{"room", "showing the page to a room", []string{"**The room.**"}, nil},
	{"editors", "the language server, formatting, schemas", []string{"**Form.**", "**Editors.**"}, nil},
	{"stella", "XMILE, Stella and iThink files", []string{"## Stella and XMILE"}, nil},
	{"vensim", "Vensim's files", []string{"## Vensim"}, nil},
	{"coming", "coming from Vensim or Stella", []string{"## Coming from Vensim or Stella"}, nil},
	{"loops", "which feedback loops make a run", []string{"## Why does it bend?"}, nil},
	{"differences", "why scenarios differ", []string{"## Why does a scenario differ?"}, nil},
	{"sensitivity", "what matters, and what would change the answer",
		[]string{"## What matters, and what would change the answer"}, nil},
}

// tablesOf returns a writer of the tables of a shape, or of those with a name.
func tablesOf(root *shape.Shape, names ...string) func(*page) {
	return func(p *page) {
		for _, t := range Tables(root) {
			if names == nil || slices.Contains(names, t.Name) {
				p.line("")
				p.table(t)
			}
		}
	}
}

// topic writes the places of a topic in the manual, and the lists that the program adds. A topic
// without a place has the lists alone.
func topic(p *page, name string) bool {
	for _, t := range topics {
		if t.name != name {
			continue
		}
		p.line(strings.ToUpper(t.title[:1]) + t.title[1:])
		for _, place := range t.places {
			for _, text := range Sections(place) {
				p.line("")
				p.markdown(text)
			}
		}
		if t.also != nil {
			t.also(p)
		}
		return true
	}
	return false
}

// Sections returns the texts of the manual at a place, see topicRow; nil if there is none. A
// paragraph goes on to the next one with bold words at its beginning, or to the next chapter; code
// in it may have lines that look like either.
func Sections(place string) []string {
	// beginning: the part of a chapter before its first paragraph with bold words.
	chapter, beginning := strings.CutSuffix(place, ":")
	var out []string
	var text []string
	inside, fence := false, false
	end := func() {
		if len(text) > 0 {
			out = append(out, strings.TrimSpace(strings.Join(text, "\n")))
		}
		text, inside = nil, false
	}
	for _, line := range strings.Split(manual.Text, "\n") {
		if strings.HasPrefix(line, "```") {
			fence = !fence
		}
		// In code a line may begin like a heading, as comments of TOML do.
		heading, lead := !fence && strings.HasPrefix(line, "## "), !fence && strings.HasPrefix(line, "**")
		switch {
		case heading:
			end()
			inside = strings.HasPrefix(place, "## ") && title(line) == strings.TrimPrefix(chapter, "## ")
			continue
		case lead && strings.HasPrefix(place, "**"):
			end()
			inside = strings.HasPrefix(line, place)
		case lead && beginning:
			end()
		}
		if inside {
			text = append(text, line)
		}
	}
	end()
	return out
}

// title returns the title of a chapter without its number, so that a new chapter moves no topic.
func title(heading string) string {
	heading = strings.TrimPrefix(heading, "## ")
	if _, rest, ok := strings.Cut(heading, ". "); ok {
		return rest
	}
	return heading
}

// functionList writes a line about each function, in the order of the table, which goes by purpose.
func functionList(p *page) {
	p.line("")
	for i := range function.Table {
		f := &function.Table[i]
		p.row(f.Signature(), 30, f.Help)
	}
}

// codeList writes a line about each code, in the order of the manual.
func codeList(p *page) {
	p.line("")
	for _, row := range Codes() {
		p.row(string(row.Code), 30, row.Sentence)
	}
}
