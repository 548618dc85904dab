package main

import (
	"weir/internal/inparts"
	"weir/scenarios/divide"

	"github.com/urfave/cli/v2"
)

// divided has a command analyse, all of it or the part that --shard names, and reports whether it is
// to go on and write its result. The texts are those that were read.
func divided(c *cli.Context, file, target string, texts map[string][]byte, analyse func(divide.Divider) error) (bool, error) {
	return inparts.Do(c, inparts.Command{Outputs: outputs(c), Texts: texts, File: file, Target: target, Version: version}, analyse)
}
