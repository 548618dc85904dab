package inparts

import (
	"testing"

	"github.com/urfave/cli/v2"
)

// A part may have been made by anybody: its flags are those that a command records, by their long
// names, and none that says where something is written.
func TestFlagsOfParts(t *testing.T) {
	command := &cli.Command{Name: "x", Flags: []cli.Flag{
		&cli.StringFlag{Name: "output", Aliases: []string{"o"}},
		&cli.StringFlag{Name: "posterior"},
		&cli.StringFlag{Name: "method", Aliases: []string{"m"}},
		&cli.BoolFlag{Name: "over-time"},
	}}
	for _, good := range [][]string{nil, {"--method", "morris"}, {"--over-time=true", "--method", "-o"}, {"--method", "--output"}} {
		if _, err := recordedFlags(command, good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range [][]string{{"-o", "x"}, {"--output", "x"}, {"--output=x"}, {"-o=x"}, {"--o", "x"}, {"-output", "x"}, {"---output", "x"},
		{"--posterior=x"}, {"--method", "a", "-o", "x"}, {"--over-time=true", "x"}, {"--", "x"}, {"x"}, {"-m", "a"}, {"--over-time=true", "--output", "x"}} {
		if _, err := recordedFlags(command, bad); err == nil {
			t.Errorf("%q are the flags of a part", bad)
		}
	}
}
