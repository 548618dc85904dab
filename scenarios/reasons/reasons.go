// Package reasons compares the scenarios of a set together with why they differ: all that a page or
// a file of a comparison holds. The command line, the served page and assistants call it, so that
// they show the same.
package reasons

import (
	"context"
	"fmt"

	"weir/scenarios"
	"weir/scenarios/explain"
	"weir/scenarios/sensitivity"
)

// Compare returns the comparison of a set as a format of output.WriteComparison shows it: tables and
// CSV without reasons; JSON with the parts of each difference, what it depends on, and bundles; HTML
// with loop scores, too.
//
// A set whose differences cannot be explained is compared all the same, and unexplained says why.
// The error is that of scenarios.Compare, or the context's.
func Compare(ctx context.Context, set *scenarios.Set, format string, o scenarios.Options) (
	c *scenarios.Comparison, unexplained, err error) {
	if format != "html" && format != "json" {
		c, err = scenarios.Compare(ctx, set, o)
		return c, nil, err
	}
	// Shares of the bar: about those of the work.
	if c, err = scenarios.Compare(ctx, set, o.Part(0, 0.6)); err != nil || len(set.Scenarios) == 0 {
		return c, nil, err
	}
	unexplained = explain.Add(ctx, c, explain.Beside(c))
	if unexplained == nil && format == "html" {
		unexplained = explain.AddLoops(ctx, c)
	}
	if err = ctx.Err(); err != nil {
		return nil, nil, err
	}
	if unexplained != nil {
		unexplained = fmt.Errorf("why the scenarios differ is not explained: %w", unexplained)
	}
	if err = sensitivity.Add(ctx, c, o.Part(0.7, 0.9)); err == nil {
		err = scenarios.AddBundles(ctx, c, o.Part(0.9, 1))
	}
	return c, unexplained, err
}
