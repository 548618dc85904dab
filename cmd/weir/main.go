// Weir runs stock-and-flow models and compares scenarios.
//
// This package is the door: it parses flags, opens files, calls model, sim and scenarios, and
// writes their results. It contains no modelling, and no words about numbers: those are in
// scenarios/words, health and output. A command is one function, runX, that returns an error;
// run turns the error into an exit code.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"weir/internal/commandline"
	"weir/internal/outfile"
	"weir/internal/terminal"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

func main() {
	if os.Getenv("WEIR_MACHINE_CODE") == "off" {
		sim.DisableMachineCode()
	}
	files := &outfile.Files{}
	ctx := files.Interruptible(os.Stderr, exitFailed)
	os.Exit(run(ctx, files, os.Args, os.Stdout, os.Stderr))
}

// run is main with parameters, so that tests can call it. It returns the exit code.
func run(ctx context.Context, files *outfile.Files, args []string, stdout, stderr io.Writer) int {
	out := terminal.NewStream(stdout)
	app := newApp(out, terminal.NewStream(stderr))
	app.Metadata[filesKey] = files
	if last := len(args) - 1; last > 0 && args[last] == commandline.Flag {
		return complete(app, args[1:last])
	}
	err := app.RunContext(ctx, commandline.FlagsFirst(app, args))
	if lost := out.Lost(); lost != nil && (err == nil || errors.Is(err, lost)) {
		err = fmt.Errorf("cannot write the output: %w", outfile.Cause(lost))
	}
	var usage commandline.Error
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errReported):
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintf(app.ErrWriter, "weir: %v\n", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "weir: stopped; nothing was written")
		return exitFailed
	}
	fmt.Fprintf(app.ErrWriter, "weir: %v\n", err)
	return exitFailed
}

// newApp returns the commands with their flags and help.
func newApp(stdout, stderr io.Writer) *cli.App {
	app := &cli.App{
		Name:    "weir",
		Usage:   "run stock-and-flow models and compare what could be done",
		Version: version,
		Description: "A model is a TOML file; a scenario set is another that names it.\n\n" +
			"   weir new school            write a small model and a set to start from\n" +
			"   weir run school/model.toml\n" +
			"   weir compare school/scenarios.toml -o school.html\n\n" +
			"Exit codes: 0 good, 1 the model or a test fails, 2 wrong usage.",
		Commands: []*cli.Command{
			newCommand(), checkCommand(), fmtCommand(), testCommand(), runCommand(), compareCommand(), serveCommand(), bundlesCommand(),
			calibrateCommand(), explainCommand(), importCommand(), exportCommand(), diffCommand(), inspectCommand(),
			sensitivityCommand(), optimizeCommand(), mergeCommand(), clusterCommand(), schemaCommand(), lspCommand(), mcpCommand(), versionCommand(),
			helpCommand(), commandline.Completion(), commandline.Man(),
		},
		Flags:                     []cli.Flag{cli.HelpFlag}, // the library adds none beside a command help
		Metadata:                  map[string]any{},
		Writer:                    stdout,
		ErrWriter:                 stderr,
		DisableSliceFlagSeparator: true, // seats[charter,k]=3 is one setting
		EnableBashCompletion:      true,
		Suggest:                   true,
		HideHelpCommand:           true,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              onUsageError,
		Action:                    noCommand,
	}
	for _, c := range app.Commands {
		c.OnUsageError = onUsageError
		c.HideHelpCommand = true
	}
	return app
}

// onUsageError returns a mistake in the flags as a usage error that names the help.
func onUsageError(c *cli.Context, err error, _ bool) error {
	err = commandline.Readable(err)
	name := c.Command.FullName()
	if name == "" {
		return usagef("%v\n      see weir --help", err)
	}
	return usagef("%v\n      see weir %s --help", err, name)
}

// noCommand prints the help for weir alone, and returns an error for an unknown command.
func noCommand(c *cli.Context) error {
	if c.Args().Len() == 0 {
		return cli.ShowAppHelp(c)
	}
	var names []string
	for _, cmd := range c.App.Commands {
		names = append(names, cmd.Name)
	}
	return commandline.Unknown(c.Args().First(), names)
}
