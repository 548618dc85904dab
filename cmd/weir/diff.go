package main

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"weir/model/format"
	"weir/scenarios/diff"

	"github.com/urfave/cli/v2"
)

// diffCommand returns weir diff with its flags and help.
func diffCommand() *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "say what changed between two models: equations, units, loops and results",
		ArgsUsage: "BEFORE AFTER",
		Description: "Each is a model of any format or a scenario set, or REVISION:FILE for one as git\n" +
			"has it. One file alone is compared with its last commit.\n\n" +
			"   weir diff old.toml new.toml\n" +
			"   weir diff HEAD~3:school/model.toml school/model.toml -o review.html\n" +
			"   weir diff school/model.toml",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write one HTML page to `FILE`"},
			&cli.BoolFlag{Name: "exit-code", Usage: "exit with 1 if anything differs"},
		}, importFlags()...),
		Action: runDiff,
	}
}

// runDiff is weir diff BEFORE AFTER. With --exit-code a difference is a failure.
func runDiff(c *cli.Context) error {
	args := c.Args().Slice()
	switch len(args) {
	case 1:
		args = []string{"HEAD:" + args[0], args[0]}
	case 2:
	default:
		return usagef("weir diff takes two models or sets, not %d arguments", len(args))
	}
	var sides []diff.Side
	for _, arg := range args {
		side, err := openSide(c, arg)
		if err != nil {
			return err
		}
		sides = append(sides, side)
	}
	target, err := outputFlag(c)
	if err != nil {
		return err
	}
	d, err := diff.Compare(c.Context, sides[0], sides[1])
	if err != nil {
		return err
	}
	if target != "" {
		err = writeOutput(c, target, func(w io.Writer) error { return d.WritePage(w, c.App.Version) })
	} else {
		err = writeOutput(c, "-", func(w io.Writer) error { d.WriteText(w, width(c.App.Writer)); return nil })
	}
	if err == nil && c.Bool("exit-code") && !d.Same() {
		return errReported
	}
	return err
}

// openSide returns a model or set from a file, or from REVISION:FILE. A file whose name has a colon
// is a file.
func openSide(c *cli.Context, arg string) (diff.Side, error) {
	file := arg
	if _, err := os.Stat(arg); err != nil {
		if revision, name, ok := strings.Cut(arg, ":"); ok {
			folder, err := os.MkdirTemp("", "weir-*")
			if err != nil {
				return diff.Side{}, err
			}
			defer os.RemoveAll(folder)
			if file, err = checkOut(c, revision, name, folder); err != nil {
				return diff.Side{}, err
			}
		}
	}
	opened := format.Open(file)
	if isSet(opened) {
		set, err := loadOpenedSet(c, opened)
		if err != nil {
			return diff.Side{}, err
		}
		return diff.Side{Name: filepath.ToSlash(arg), Model: set.Model, Resolved: set.Resolved, Set: set.Text}, nil
	}
	m, r, err := loadOpened(c, opened)
	return diff.Side{Name: filepath.ToSlash(arg), Model: m, Resolved: r}, err
}

// maxCheckout bounds the archive of a revision, in bytes.
const maxCheckout = 512 << 20

// checkOut writes the folder of a model and its sibling folders, which may hold its modules, as
// they are in a revision, into a folder. It returns the path of the model there.
func checkOut(c *cli.Context, revision, name, into string) (string, error) {
	if strings.HasPrefix(revision, "-") || revision == "" {
		return "", usagef("%q is not a revision", revision)
	}
	at := filepath.Dir(name)
	full, err := git(c, at, "rev-parse", "--show-prefix")
	if err != nil {
		return "", fmt.Errorf("%s:%s: %w", revision, name, err)
	}
	inside := path.Join(strings.TrimSpace(string(full)), filepath.Base(name))
	above := path.Dir(path.Dir(inside))
	args := []string{"archive", "--format=tar", revision}
	if above != "." && above != "/" {
		args = append(args, "--", above)
	}
	root, err := git(c, at, "rev-parse", "--show-toplevel")
	if err != nil {
		return "", err
	}
	packed, err := git(c, strings.TrimSpace(string(root)), args...)
	if err != nil {
		return "", fmt.Errorf("%s:%s: %w", revision, name, err)
	}
	if err := unpack(packed, into); err != nil {
		return "", err
	}
	file := filepath.Join(into, filepath.FromSlash(inside))
	if _, err := os.Stat(file); err != nil {
		return "", fmt.Errorf("%s has no %s", revision, inside)
	}
	return file, nil
}

// git runs git in a folder and returns its standard output. The error has the first line of its
// complaint.
func git(c *cli.Context, folder string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(c.Context, "git", append([]string{"-C", folder}, args...)...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("a revision needs git, which is not installed")
	case err != nil:
		first, _, _ := strings.Cut(complaint.String(), "\n")
		return nil, errors.New("git says: " + strings.TrimPrefix(first, "fatal: "))
	}
	return out, nil
}

// unpack writes the regular files of an archive below a folder; links and paths that lead out of
// it are left out.
func unpack(packed []byte, into string) error {
	if len(packed) > maxCheckout {
		return fmt.Errorf("the revision's folder has %d bytes; at most %d are taken", len(packed), maxCheckout)
	}
	r := tar.NewReader(bytes.NewReader(packed))
	for {
		h, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg || !filepath.IsLocal(filepath.FromSlash(h.Name)) {
			continue
		}
		file := filepath.Join(into, filepath.FromSlash(h.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
}
