package vensim

import (
	"io/fs"

	"weir/model"
	"weir/model/vensim/internal/macro"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/sketch"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// A draft is a model in the making: the results of the passes so far. Only the table of
// passes knows all of it; each pass takes the parts that it needs.
type draft struct {
	*report.Report
	src     string              // the decoded file
	options model.ImportOptions // the user's
	m       *model.Model        // the model; it has all of its parts after the last pass
	stopped bool                // no later pass could say anything sensible

	equationPart, drawing, settings syntax.Span // the parts of the file

	files  *sheet.Files  // all that the model may read
	units  *units        // spellings seen so far
	dates  dating        // the calendar of the settings
	macros *macro.Macros // as defined, then as written out

	equations []*syntax.Equation // those that are not ranges, once the ranges are collected
	checks    []*syntax.Equation // reality checks and their inputs
	subs      *subscript.Set     // filled by the pass "ranges"
	vars      *variables         // filled by the pass "variables"
	clock     *clock             // filled by the pass "clock"
	names     naming.Taken       // that variables, dimensions and tests have
	lowerer   *lowerer           // nil until the equations are lowered
}

// newDraft returns the draft of a model before the first pass.
// The model has its name and its text from the start, so that diagnostics of every pass can show
// the lines that they are about.
func newDraft(file string, text []byte, fsys fs.FS, o model.ImportOptions) *draft {
	imported := &model.Import{Format: "Vensim"}
	d := &draft{
		Report: &report.Report{File: file, Imported: imported}, src: syntax.Decode(text), options: o,
		vars: newVariables(), clock: &clock{}, names: naming.Taken{},
	}
	d.m = &model.Model{
		Name: title(file), File: file, Files: map[string][]byte{file: []byte(d.src)},
		Groups: map[string]string{}, Imported: imported,
	}
	d.equationPart, d.drawing, d.settings = syntax.Parts(d.src)
	d.files = sheet.New(d.Report, fsys, o)
	d.subs = subscript.New(d.Report, d.files)
	d.units = newUnits(d.Report, d.src, d.vars)
	d.macros = macro.New(d.Report, d.src)
	return d
}

// reader returns a reader of the equations that name files.
func (d *draft) reader() *reader { return &reader{d.Report, d.files, d.subs} }

// constants returns a computer of constants from the equations as they are now.
// Passes that rewrite equations take a new one each, for a computer remembers its results.
func (d *draft) constants() *constants { return newConstants(d.vars, d.subs, d.reader(), d.clock) }

// A pass is one step of the import. It takes the results of the passes before it from the
// draft and leaves its own there.
type pass struct {
	name string       // for readers of the table
	why  string       // the reason for its place in the table
	run  func(*draft) // takes and leaves parts of the draft
}

// passes are all steps of the import in their order.
var passes = []pass{
	{
		"settings", "the first spelling of a unit counts, and that of the settings before those of equations",
		func(d *draft) {
			d.dates = readSettings(d.Report, d.src, d.settings, d.files, d.units, &d.m.Time)
		},
	}, {
		"statements", "everything else is about equations",
		func(d *draft) {
			d.equations, d.checks = readStatements(d.Report, d.src, d.equationPart, d.files, d.macros, d.m.Groups)
			d.stopped = noEquations(d.Report, d.equations)
		},
	}, {
		"ranges", "macros are written out over the ranges of the equations that call them",
		func(d *draft) {
			d.equations = d.subs.Collect(d.equations)
			d.stopped = d.subs.Listed >= subscript.MaxListed
		},
	}, {
		"macros", "their equations are equations like others from here on",
		func(d *draft) {
			d.equations = d.macros.Expand(d.equations, d.subs.Ranges)
			d.stopped = d.macros.TooMany()
		},
	}, {
		"pipelines", "DELAYP makes equations; after macros, for one may have that name, or hold a DELAYP",
		func(d *draft) { d.equations = d.macros.Pipelines(d.equations) },
	}, {
		"variables", "the last equations are made",
		func(d *draft) {
			d.equations = addExogenous(d.files, d.subs, d.equations)
			collectVariables(d.Report, d.subs, d.equations, d.vars)
		},
	}, {
		"clock", "it tells which control variables stay variables of the model, before these get kinds and names",
		func(d *draft) {
			readClock(&clockReader{d.Report, d.clock, d.vars, d.units, d.constants(), &d.m.Time, d.options.Stop})
		},
	}, {
		"kinds", "the passes that rewrite expressions ask for stocks and constants",
		func(d *draft) { (&classifier{d.Report, d.vars, d.clock}).classify() },
	}, {
		"shifts", "SHIFT IF TRUE adds flows to stocks, whose initial values the next passes read",
		func(d *draft) { (&rewriting{d.Report, d.vars, d.subs, d.constants(), d.clock}).shifts() },
	}, {
		"delays", "the stages of DELAY N have initial values, which are twinned next",
		func(d *draft) { (&rewriting{d.Report, d.vars, d.subs, d.constants(), d.clock}).chains() },
	}, {
		"initial values", "ACTIVE INITIAL copies expressions; after all that makes initial values",
		func(d *draft) { twins(d.vars) },
	}, {
		"samples", "SAMPLE IF TRUE may read itself, in the copies too",
		func(d *draft) { samples(d.vars) },
	}, {
		"names", "all variables are made; dimensions and texts need their names",
		func(d *draft) { nameAll(d.names, d.subs, d.vars, d.clock) },
	}, {
		"dimensions", "a text is written over the dimensions of its variable",
		func(d *draft) {
			(&shaper{Report: d.Report, subs: d.subs, vars: d.vars, names: d.names, m: d.m}).shape()
		},
	}, {
		"equations", "names, kinds and dimensions of all that an equation can mention are known",
		func(d *draft) {
			d.lowerer = &lowerer{
				Report: d.Report, partial: d.options.AllowPartial, subs: d.subs, vars: d.vars, clock: d.clock,
				units:     d.units,
				constants: d.constants(), read: d.reader(), names: d.names, dates: d.dates, m: d.m,
			}
			d.lowerer.lower()
		},
	}, {
		"usual units", "the units that equations use are known",
		func(d *draft) { d.units.addUsual(); d.m.Units = d.units.declared },
	}, {
		"reality checks", "they are tests of a model without mistakes",
		func(d *draft) { (&checker{d.lowerer}).realityChecks(d.checks) },
	}, {
		"drawings", "a view shows the variables of the model, its flows between their stocks",
		func(d *draft) { sketch.Draw(d.Report, d.src, d.drawing, d.m, d.drawn) },
	},
}

// drawn returns our name of a variable in a drawing, by its folded name; "" if there is
// none.
// The clock comes before the variables: a control variable may be one of the settings of the run
// and no variable of the model.
func (d *draft) drawn(key string) string {
	if key == "time" {
		return "time"
	}
	ours := d.clock.name(key)
	if v := d.vars.byKey[key]; v != nil && ours == "" {
		ours = v.ours
	}
	return ours
}
