package main

import (
	"fmt"

	"weir/scenarios"
	"weir/scenarios/imported"

	"github.com/urfave/cli/v2"
)

// affectedInSet returns the variables of a set's model that depend on unsupported parts.
func affectedInSet(set *scenarios.Set) []string { return imported.Affected(set.Model, set.Resolved) }

// warnPartial warns on standard error of an import with parts left out, even with --quiet: the
// numbers are not those of the original.
func warnPartial(c *cli.Context, affected []string) {
	if line := imported.Remark(affected); line != "" {
		fmt.Fprintf(c.App.ErrWriter, "weir: %s\n", line)
	}
}
