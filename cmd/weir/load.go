package main

import (
	"fmt"
	"io"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/format"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/open"
	"weir/scenarios/sensitivity"
	"weir/scenarios/words"

	"github.com/urfave/cli/v2"
)

// loadModel reads and checks a model for a command that runs it. Every mistake is an error except
// one of units, which is a warning here; notes are for weir check.
func loadModel(c *cli.Context, file string) (*model.Model, *resolved.Model, error) {
	return loadOpened(c, format.Open(file))
}

// loadOpened is loadModel for a file that is open already.
func loadOpened(c *cli.Context, file *format.File) (*model.Model, *resolved.Model, error) {
	if open.IsSet(file) {
		return nil, nil, fmt.Errorf("%s is a scenario set, and weir %s takes a model: weir compare runs a set",
			file.Path(), c.Command.Name)
	}
	if what := open.OfCalibrate(file); what != "" {
		return nil, nil, fmt.Errorf("%s is no model: %s", file.Path(), what)
	}
	o, err := importOptions(c)
	if err != nil {
		return nil, nil, err
	}
	name := c.Command.Name
	fixed := name != "inspect" && name != "import" && (name != "run" || c.IsSet("runs")) && !c.IsSet("stop")
	m, r, list := open.Model(file, o, fixed)
	for name := range open.ModelFiles(m) {
		// calibrate writes the values that the model names over the old ones.
		if m.Calibrated == nil || name != m.Calibrated.File || c.Command.Name != "calibrate" {
			outputs(c).Input(name)
		}
	}
	if err := reportDiagnostics(c, list, open.ModelFiles(m)); err != nil {
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
	if open.IsModel(file) {
		return nil, fmt.Errorf("%s is a model, and weir %s takes a scenario set, which names its model in model = \"…\": weir run runs a model, weir new makes a set",
			file.Path(), c.Command.Name)
	}
	set, list := open.Set(file)
	readFiles(c, open.SetFiles(set))
	return set, reportDiagnostics(c, list, open.SetFiles(set))
}

// loadEither returns a model and no text, or the model of a set together with the text of the set.
func loadEither(c *cli.Context, file string) (*model.Model, *resolved.Model, []byte, error) {
	opened := format.Open(file)
	if !open.IsSet(opened) {
		m, r, err := loadOpened(c, opened)
		return m, r, nil, err
	}
	set, err := loadOpenedSet(c, opened)
	if err != nil {
		return nil, nil, nil, err
	}
	return set.Model, set.Resolved, set.Text, nil
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
	case open.IsModel(file) && world != "":
		return nil, "", usagef("a model has no worlds: --world is for a scenario set")
	case open.IsModel(file):
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

// importFlags returns the flags of a command that also takes models of other tools.
func importFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "data",
			Usage: "for a Vensim or XMILE model: data `FILE` beside those that it names, or ?name=FILE for a ?name in it"},
		&cli.BoolFlag{Name: "allow-partial",
			Usage: "go on without those parts of another tool's model that are not supported"},
	}
}

// importOptions returns the options of importFlags, with the data files, which no output replaces.
func importOptions(c *cli.Context) (model.ImportOptions, error) {
	o := model.ImportOptions{AllowPartial: c.Bool("allow-partial"), Stop: numberFlag(c, "stop")}
	for _, given := range c.StringSlice("data") {
		d := document.NamedData(given)
		var err error
		if d.Text, err = open.Data(d.Name); err != nil {
			return o, err
		}
		outputs(c).Input(d.Name)
		o.Data = append(o.Data, d)
	}
	return o, nil
}

// reportDiagnostics prints errors in full and returns errReported if there are any. Warnings that
// results depend on are printed, too; those of units are counted in one line.
func reportDiagnostics(c *cli.Context, list diagnostic.List, files map[string][]byte) error {
	list.Sort()
	if list.HasErrors() {
		diagnostic.Render(c.App.ErrWriter, list.Only(diagnostic.Error), files)
		return errReported
	}
	diagnostic.Render(c.App.ErrWriter, open.Telling(list), files)
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

// say prints a line unless --quiet was given.
func say(c *cli.Context, w io.Writer, format string, args ...any) {
	if !c.Bool("quiet") {
		fmt.Fprintf(w, format+"\n", args...)
	}
}
