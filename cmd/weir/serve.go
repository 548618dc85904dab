package main

import (
	"fmt"
	"net"
	"strconv"

	"weir/model/diagnostic"
	"weir/model/format"
	"weir/scenarios"
	"weir/scenarios/open"
	"weir/scenarios/report"
	"weir/scenarios/serve"

	"github.com/urfave/cli/v2"
)

// serveCommand returns weir serve with its flags and help.
func serveCommand() *cli.Command {
	return &cli.Command{
		Name:      "serve",
		Usage:     "show the page of a set or model in a browser, built again as files change",
		ArgsUsage: "SET|MODEL",
		Description: "Mistakes are shown in the page beside the last good result. Only this machine can reach\n" +
			"it. Ctrl-C ends it.\n\n   weir serve scenarios.toml",
		Flags:  []cli.Flag{&cli.IntFlag{Name: "port", Usage: "of the address; 0 takes a free one", Value: 0}},
		Action: runServe,
	}
}

// runServe is weir serve FILE.
func runServe(c *cli.Context) error {
	file, err := oneFile(c, "model or scenario set")
	if err != nil {
		return err
	}
	if err := report.Available(); err != nil {
		return err
	}
	port := c.Int("port")
	if port < 0 || port > 65535 {
		return usagef("--port is 0 to 65535, not %d", port)
	}
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return fmt.Errorf("nothing can be served: %w", err)
	}
	say(c, c.App.Writer, "http://%s follows %s; Ctrl-C ends it", l.Addr(), file)
	load := func() (*scenarios.Set, diagnostic.List, map[string][]byte) {
		opened := format.Open(file)
		if open.IsModel(opened) {
			return serve.LoadModel(file)
		}
		set, list := open.Set(opened)
		return set, list, open.SetFiles(set)
	}
	return serve.Run(c.Context, l, serve.Pages(file, version, load), func(format string, args ...any) {
		say(c, c.App.Writer, format, args...)
	})
}
