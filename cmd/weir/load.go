package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"weir/internal/outfile"
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/folder"
	"weir/model/format"
	"weir/model/resolved"
	"weir/model/xmile"
	"weir/scenarios"
	"weir/scenarios/behaviour"
	"weir/scenarios/calibrate"
	"weir/scenarios/sensitivity"
	"weir/scenarios/words"

	"github.com/urfave/cli/v2"
)

// loadModel reads and checks a model for a command that runs it. Every mistake is an error except
// one of units, which is a warning here; notes are for weir check.
func loadModel(c *cli.Context, file string) (*model.Model, *resolved.Model, error) {
	return loadOpened(c, format.Open(file))
}

// checkTables returns the mistakes of the tables that only some commands use: those of tests, and
// of a sound model those of the calibration. They are reported by every command.
func checkTables(m *model.Model, sound bool) diagnostic.List {
	var list diagnostic.List
	if len(m.Tests) > 0 {
		list = behaviour.Check(m)
	}
	if sound && m.Calibration != nil {
		list = append(list, calibrate.Check(m)...)
	}
	return list
}

// loadOpened is loadModel for a file that is open already.
func loadOpened(c *cli.Context, file *format.File) (*model.Model, *resolved.Model, error) {
	if isSet(file) {
		return nil, nil, fmt.Errorf("%s is a scenario set, and weir %s takes a model: weir compare runs a set",
			file.Path(), c.Command.Name)
	}
	if what := ofCalibrate(file); what != "" {
		return nil, nil, fmt.Errorf("%s is no model: %s", file.Path(), what)
	}
	m, list, err := openModel(c, file)
	if err != nil {
		return nil, nil, err
	}
	var r *resolved.Model
	if m != nil { // also a broken one: every mistake at once
		var more diagnostic.List
		r, more = model.Check(m)
		list = append(list, model.UnitsAsWarnings(more)...)
		name := c.Command.Name
		if name != "inspect" && name != "import" && (name != "run" || c.IsSet("runs")) && !c.IsSet("stop") {
			list = append(list, model.FixedEnd(m)...)
		}
		list = append(list, checkTables(m, r != nil)...)
	}
	if err := reportDiagnostics(c, list, filesOf(m)); err != nil {
		return nil, nil, err
	}
	return m, r, nil
}

// loadSet reads a scenario set with its model for a command that runs it; every mistake is an
// error.
func loadSet(c *cli.Context, file string) (*scenarios.Set, error) {
	return loadOpenedSet(c, format.Open(file))
}

// loadOpenedSet is loadSet for a file that is open already.
func loadOpenedSet(c *cli.Context, file *format.File) (*scenarios.Set, error) {
	if isModel(file) {
		return nil, fmt.Errorf("%s is a model, and weir %s takes a scenario set, which names its model in model = \"…\": weir run runs a model, weir new makes a set",
			file.Path(), c.Command.Name)
	}
	set, list := loadAndCheckSet(file)
	readFiles(c, setFiles(set))
	return set, reportDiagnostics(c, list, setFiles(set))
}

// modelOrSet opens the only argument, a scenario set in the world of the flag --world, or a model as
// a set without scenarios, and returns the place for the output, too.
func modelOrSet(c *cli.Context) (set *scenarios.Set, target string, err error) {
	path, err := oneFile(c, "model or scenario set")
	if err != nil {
		return nil, "", err
	}
	file, world := format.Open(path), c.String("world")
	switch {
	case isModel(file) && world != "":
		return nil, "", usagef("a model has no worlds: --world is for a scenario set")
	case isModel(file):
		m, r, err := loadOpened(c, file)
		if err != nil {
			return nil, "", err
		}
		set = sensitivity.OfModel(m, r)
	default:
		if set, err = loadOpenedSet(c, file); err == nil && world != "" {
			set, err = set.Within(world)
		}
		if err != nil {
			return nil, "", err
		}
	}
	target, err = outputFlag(c)
	return set, target, err
}

// loadAndCheckSet returns a set with all its mistakes, those of every table of its model among them.
func loadAndCheckSet(file *format.File) (*scenarios.Set, diagnostic.List) {
	set, list := scenarios.LoadOpened(file)
	if set != nil && set.Model != nil {
		list = append(list, checkTables(set.Model, true)...)
	}
	return set, list
}

// isModel reports whether a file is certainly a model and not a set.
func isModel(file *format.File) bool {
	if format.Imports(file.Path()) {
		return true
	}
	root := file.Root()
	if root == nil || root.Has("model") || root.Has("scenario") || root.Has("intervention") || root.Has("outcome") {
		return false
	}
	return root.Has("time") || root.Has("stock") || root.Has("aux") || root.Has("module")
}

// importFlags returns the flags of a command that also takes models of other tools.
func importFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "data",
			Usage: "for a Vensim or XMILE model: data `FILE` beside those that it names, or ?name=FILE for a ?name in it"},
		&cli.BoolFlag{Name: "allow-partial",
			Usage: "go on without those parts of another tool's model that are not supported"},
	}
}

// openModel reads a model of any format with the options of importFlags, and protects the files
// that it read from being written over.
func openModel(c *cli.Context, file *format.File) (*model.Model, diagnostic.List, error) {
	o := model.ImportOptions{AllowPartial: c.Bool("allow-partial"), Stop: numberFlag(c, "stop")}
	for _, given := range c.StringSlice("data") {
		d := document.NamedData(given)
		var err error
		if d.Text, err = readData(d.Name); err != nil {
			return nil, nil, err
		}
		outputs(c).Input(d.Name)
		o.Data = append(o.Data, d)
	}
	m, list := file.Load(o)
	if m != nil {
		for name := range m.Files {
			// calibrate writes the values that the model names over the old ones.
			if m.Calibrated == nil || name != m.Calibrated.File || c.Command.Name != "calibrate" {
				outputs(c).Input(name)
			}
		}
	}
	return m, list, nil
}

// readData returns the text of a data file. A file that is too large is an error before it is in
// memory.
func readData(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, outfile.Cause(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, folder.MaxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", path, outfile.Cause(err))
	case len(text) > folder.MaxSize:
		return nil, fmt.Errorf("%s has more than %s; a data file may have no more", path,
			words.Bytes(folder.MaxSize))
	}
	return text, nil
}

// filesOf returns the texts of a model by file; nil if the model could not be read.
func filesOf(m *model.Model) map[string][]byte {
	if m == nil {
		return nil
	}
	return m.Files
}

// reportDiagnostics prints errors in full and returns errReported if there are any. Warnings that
// results depend on are printed, too; those of units are counted in one line.
func reportDiagnostics(c *cli.Context, list diagnostic.List, files map[string][]byte) error {
	list.Sort()
	if list.HasErrors() {
		diagnostic.Render(c.App.ErrWriter, list.Only(diagnostic.Error), files)
		return errReported
	}
	diagnostic.Render(c.App.ErrWriter, telling(list), files)
	units := 0
	for _, d := range list.Gather() {
		if d.Severity == diagnostic.Warning && strings.HasPrefix(string(d.Code), "unit-") {
			units++
		}
	}
	if units > 0 {
		fmt.Fprintf(c.App.ErrWriter, "weir: %s of units; weir check shows %s\n", words.Count(units, "mistake"),
			words.Verb(units, "it", "them"))
	}
	return nil
}

// telling returns the warnings that results depend on: about calibrated values, about missing
// equations, about delays shorter than a step and about flows that count twice.
func telling(list diagnostic.List) diagnostic.List {
	var out diagnostic.List
	for _, d := range list {
		switch d.Code {
		case model.NoValue, model.NotCalibrated, model.StaleCalibration, model.DelayTooShort, xmile.SharedFlow:
			out = append(out, d)
		}
	}
	return out
}

// say prints a line unless --quiet was given.
func say(c *cli.Context, w io.Writer, format string, args ...any) {
	if !c.Bool("quiet") {
		fmt.Fprintf(w, format+"\n", args...)
	}
}
