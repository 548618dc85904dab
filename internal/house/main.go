// House measures the structure and the words of the project and fails where they
// have grown beyond their bounds. Make check runs it from the project's root; with
// package paths as arguments it prints the figures of these packages only.
package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
)

// The bounds that make check holds; RATIONALE.md has the reasons.
const (
	maxKnot    = 3000 // lines of files of one package that use each other in a cycle
	maxMethods = 60   // methods of one type
	maxCmd     = 3000 // lines of cmd
	maxLong    = 3.0  // lines over 120 characters, per 1,000
	maxWhat    = 2.0  // "what" per 1,000 words of comments
	minReturns = 3.0  // "returns" per 1,000 words of comments
	minShare   = 15.0 // comment lines, per cent of lines that are not blank
	maxShare   = 20.0
)

// main prints a row of figures for each package, then the bounds that are broken, and exits with 1
// if there are any.
func main() {
	all, err := load()
	if err != nil {
		fmt.Fprintln(os.Stderr, "house:", err)
		os.Exit(2)
	}
	if len(os.Args) > 1 {
		all = slices.DeleteFunc(all, func(p *pkg) bool { return !slices.Contains(os.Args[1:], p.path) })
	}
	var failures []string
	fail := func(format string, args ...any) { failures = append(failures, fmt.Sprintf(format, args...)) }

	fmt.Printf("%-32s %6s %6s %5s %5s %5s %6s %6s\n", "package", "lines", "knot", "long", "what", "retns", "share",
		"method")
	var total counts
	cmd := 0
	slices.SortFunc(all, func(a, b *pkg) int { return cmp.Compare(a.path, b.path) })
	for _, p := range all {
		var c counts
		for _, f := range p.files {
			c.add(count(f))
		}
		total.add(c)
		if strings.HasPrefix(p.path, "cmd/") {
			cmd += c.lines
		}
		k := largestKnot(p)
		name, methods := mostMethods(p)
		row(p.path, c, k.lines, methods)
		if k.lines >= maxKnot {
			fail("%s: %d files that use each other in a cycle have %d lines, over %d", p.path, len(k.files),
				k.lines, maxKnot)
		}
		if methods > maxMethods {
			fail("%s: %s has %d methods, over %d", p.path, name, methods, maxMethods)
		}
	}
	row("all", total, 0, 0)
	if cmd >= maxCmd {
		fail("cmd has %d lines, over %d", cmd, maxCmd)
	}
	if x := perThousand(total.long, total.lines); x > maxLong {
		fail("%.1f of 1,000 lines have over 120 characters, more than %g", x, maxLong)
	}
	if x := perThousand(total.what, total.words); x > maxWhat {
		fail("%.1f of 1,000 words of comments are %q, more than %g", x, "what", maxWhat)
	}
	if x := perThousand(total.returns, total.words); x < minReturns {
		fail("%.1f of 1,000 words of comments are %q, fewer than %g", x, "returns", minReturns)
	}
	if x := total.share(); x < minShare || x > maxShare {
		fail("%.1f %% of lines are comments, outside %g to %g", x, minShare, maxShare)
	}
	failures = append(failures, sameNames(all)...)
	for _, f := range failures {
		fmt.Fprintln(os.Stderr, "house:", f)
	}
	if len(failures) > 0 {
		os.Exit(1)
	}
}

// row prints the figures of one package.
func row(name string, c counts, knot, methods int) {
	fmt.Printf("%-32s %6d %6d %5.1f %5.1f %5.1f %5.1f%% %6d\n", name, c.lines, knot,
		perThousand(c.long, c.lines), perThousand(c.what, c.words), perThousand(c.returns,
			c.words), c.share(), methods)
}
