package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"syscall"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/format"
	"weir/model/resolved"
	"weir/scenarios/words"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

func importCommand() *cli.Command {
	return &cli.Command{
		Name:      "import",
		Usage:     "turn a Vensim or XMILE model into TOML, with a report of every variable",
		ArgsUsage: "FILE",
		Description: "Writes model.toml, its data, and import.csv: what became of each variable, exact,\n" +
			"equivalent (other equations, the same numbers), approximated or not supported.\n" +
			"Pictures come along as [view.x]. Both models are run, and nothing is written unless\n" +
			"they give the same numbers.\n\n" +
			"   weir import old/model.mdl -o school",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write into the new `FOLDER`", Required: true},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say only what went wrong"},
		}, importFlags()...),
		Action: runImport,
	}
}

func runImport(c *cli.Context) error {
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	if !format.Imports(file) {
		return usagef("%s is not a file of another tool: weir import takes .mdl, .xmile and .stmx", file)
	}
	folder := filepath.Clean(c.String("output"))
	if err := newFolder(folder); err != nil {
		return err
	}
	m, r, err := loadModel(c, file)
	if err != nil {
		return err
	}
	text, files := model.Write(m)
	numbers, err := sameNumbers(c, r, text, files)
	if err != nil && !m.Time.ShortDelays { // what TOML asks for in words
		m.Time.ShortDelays = true
		text, files = model.Write(m)
		numbers, err = sameNumbers(c, r, text, files)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return errors.New("stopped; nothing was written")
	case err != nil:
		return fmt.Errorf("%s: %w; nothing was written", file, err)
	}
	files["model.toml"] = append(importHead(m), text...)
	files["import.csv"] = importTable(m)
	if err := addSet(files, m.Imported.Set); err != nil {
		say(c, c.App.ErrWriter, "weir: the scenario set in %s is left out: %v", file, err)
	}
	if err := writeFolder(folder, files); err != nil {
		return err
	}
	if c.Bool("quiet") {
		return nil
	}
	columns := width(c.App.Writer)
	var out bytes.Buffer
	fmt.Fprintln(&out, wrap(fmt.Sprintf("%s: model.toml gives the same %s numbers as %s, bit for bit; import.csv says what became of each variable.",
		folder, words.Grouped(float64(numbers)), filepath.Base(file)), columns))
	importSummary(&out, m, notOriginal(m, r), columns)
	_, err = c.App.Writer.Write(out.Bytes())
	return err
}

// newFolder refuses a place where there is something already.
func newFolder(folder string) error {
	entries, err := os.ReadDir(folder)
	switch {
	case err == nil && len(entries) > 0:
		return fmt.Errorf("there are files in %s already; name a new folder with -o; nothing was written", folder)
	case err == nil || errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s is or lies in a file, not a folder; name a new folder with -o; nothing was written", folder)
	}
	return fmt.Errorf("cannot write %s: %w", folder, cause(err))
}

// sameNumbers runs a model and what was written of it, and counts the numbers.
func sameNumbers(c *cli.Context, original *resolved.Model, text []byte, data map[string][]byte) (int, error) {
	folder := fstest.MapFS{}
	for name, content := range data {
		folder[name] = &fstest.MapFile{Data: content}
	}
	m, list := model.Parse("model.toml", text, folder)
	var copied *resolved.Model
	if m != nil {
		m.AllData = true
		var more diagnostic.List
		copied, more = model.Check(m)
		list = append(list, model.UnitsAsWarnings(more)...)
	}
	if list.HasErrors() {
		diagnostic.Render(c.App.ErrWriter, only(list, diagnostic.Error), filesOf(m))
		return 0, errors.New("the model as TOML is not sound, which is a fault of weir")
	}
	a, err := runOnce(c, original)
	if err != nil {
		return 0, err
	}
	b, err := runOnce(c, copied)
	if err != nil {
		return 0, err
	}
	return compareRuns(a, b, unreadData(m))
}

// unreadData are the data variables of a model, those that equations read among them:
// these have a column.
func unreadData(m *model.Model) map[string]bool {
	out := map[string]bool{}
	for _, v := range m.Variables {
		out[v.Name] = v.Kind == model.KindData
	}
	return out
}

func runOnce(c *cli.Context, r *resolved.Model) (*sim.Result, error) {
	p, err := sim.Compile(r)
	if err != nil {
		return nil, err
	}
	return p.Run(c.Context, sim.Settings{})
}

// compareRuns asks for the same bits of every column of a in b. Data that no equation
// reads are a column of another tool's model only: TOML has none for them.
func compareRuns(a, b *sim.Result, unread map[string]bool) (int, error) {
	if len(a.Time) != len(b.Time) {
		return 0, fmt.Errorf("the model as TOML has %d rows and the original %d", len(b.Time), len(a.Time))
	}
	n := 0
	for i, column := range a.Columns {
		own, other := a.Series(column.Name()), b.Series(column.Name())
		if other == nil && unread[column.Variable] {
			continue
		}
		if other == nil {
			return 0, fmt.Errorf("the model as TOML has no %s", column.Name())
		}
		for row, x := range own {
			if math.Float64bits(x) != math.Float64bits(other[row]) && !(x != x && other[row] != other[row]) {
				return 0, fmt.Errorf("%s is %v at %v in the original and %v in the model as TOML", a.Columns[i].Name(), x, a.Time[row], other[row])
			}
			n++
		}
	}
	return n, nil
}

// writeFolder writes a folder of files whole, or nothing.
func writeFolder(folder string, files map[string][]byte) error {
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return fmt.Errorf("cannot write %s: %w", folder, cause(err))
	}
	beside, err := os.MkdirTemp(filepath.Dir(folder), ".weir-*")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", folder, cause(err))
	}
	defer os.RemoveAll(beside)
	for name, text := range files {
		path := filepath.Join(beside, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return fmt.Errorf("cannot write %s: %w", folder, cause(err))
		}
	}
	if err := os.Chmod(beside, 0o755); err != nil {
		return err
	}
	os.Remove(folder) // an empty one; anything else was refused, and Rename tells of the rest
	if err := os.Rename(beside, folder); err != nil {
		return fmt.Errorf("cannot write %s: %w", folder, cause(err))
	}
	return nil
}
