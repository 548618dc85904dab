package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"

	"weir/internal/outfile"
	"weir/model/xmile"
	"weir/scenarios/esmodule"
	"weir/scenarios/imported"
	"weir/scenarios/output"
	"weir/scenarios/words"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

// exportCommand returns weir export with its flags and help.
func exportCommand() *cli.Command {
	return &cli.Command{
		Name:      "export",
		Usage:     "write a model for other tools, as XMILE 1.0, or for web pages and programs",
		ArgsUsage: "MODEL|SET",
		Description: "Stella, and other tools that read XMILE, open what this writes: stocks, flows,\n" +
			"modules, arrays, graphical functions, units and a picture. The file holds to the\n" +
			"standard's schema. What the standard has no word for stands behind the model as an\n" +
			"instruction to weir, and comes back when weir reads the file; so does the scenario\n" +
			"set whose model it is, if you give one.\n\n" +
			"   weir export school/model.toml --format xmile -o school.xmile\n\n" +
			"With --format web: a folder with model.js, an ECMAScript module that runs the model in\n" +
			"a browser, Node or Deno with the same bits, its types, and an example page.\n\n" +
			"   weir export school/model.toml --format web -o school-web",
		Flags: append([]cli.Flag{
			formatFlag("xmile", "web"),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"},
				Usage: "write to `FILE` (- is standard output); of web, into the new folder"},
			&cli.BoolFlag{Name: "flat", Usage: "write modules into the model itself, for tools that have none"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"},
				Usage: "do not say what other tools will not understand"},
		}, importFlags()...),
		Action: runExport,
	}
}

// runExport is weir export MODEL|SET. It reports the parts that other tools will not understand.
func runExport(c *cli.Context) error {
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	as, err := oneOf(c, "format", "xmile", "web")
	if err != nil {
		return err
	}
	if as == "web" {
		return exportWeb(c, file)
	}
	m, r, set, err := loadEither(c, file)
	if err != nil {
		return err
	}
	target, err := outputFlag(c)
	if err != nil {
		return err
	}
	write := xmile.WriteFlat
	if !c.Bool("flat") {
		m, r = imported.Modular(c.Context, m, r)
		write = xmile.Write
	}
	var text bytes.Buffer
	beyond, err := write(&text, m, r, string(set))
	if err != nil {
		return err
	}
	err = writeOutput(c, target, func(w io.Writer) error {
		_, err := w.Write(text.Bytes())
		return err
	})
	if err != nil {
		return err
	}
	warnPartial(c, imported.Affected(m, r))
	for _, line := range output.BeyondXMILE(beyond) {
		say(c, c.App.ErrWriter, "weir: %s", line)
	}
	return nil
}

// exportWeb is weir export MODEL --format web.
func exportWeb(c *cli.Context, file string) error {
	folder := filepath.Clean(c.String("output"))
	if c.String("output") == "" || c.String("output") == "-" {
		return usagef("--format web is a folder of files: say -o FOLDER")
	}
	if err := outfile.CheckFolder(folder); err != nil {
		return err
	}
	m, r, err := loadModel(c, file)
	if err != nil {
		return err
	}
	program, err := sim.Compile(r)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	files, err := esmodule.Files(m, program, sim.Settings{}, version)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := outputs(c).WriteFolder(folder, files); err != nil {
		return err
	}
	warnPartial(c, imported.Affected(m, r))
	say(c, c.App.Writer, "%s written: model.js of %s, model.d.ts, example.html", folder, words.Count(len(files["model.js"])/1000, "kilobyte"))
	return nil
}
