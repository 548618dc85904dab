// Package revision reads a model as git has it.
package revision

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// maxCheckout bounds the archive of a revision, in bytes.
const maxCheckout = 512 << 20

// CheckOut writes the folder of a model and its sibling folders, which may hold its modules, as
// they are in a revision, into a folder. It returns the path of the model there.
func CheckOut(ctx context.Context, revision, name, into string) (string, error) {
	if strings.HasPrefix(revision, "-") || revision == "" {
		return "", fmt.Errorf("%q is not a revision", revision)
	}
	at := filepath.Dir(name)
	full, err := git(ctx, at, "rev-parse", "--show-prefix")
	if err != nil {
		return "", fmt.Errorf("%s:%s: %w", revision, name, err)
	}
	inside := path.Join(strings.TrimSpace(string(full)), filepath.Base(name))
	above := path.Dir(path.Dir(inside))
	args := []string{"archive", "--format=tar", revision}
	if above != "." && above != "/" {
		args = append(args, "--", above)
	}
	root, err := git(ctx, at, "rev-parse", "--show-toplevel")
	if err != nil {
		return "", err
	}
	packed, err := git(ctx, strings.TrimSpace(string(root)), args...)
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
func git(ctx context.Context, folder string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-C", folder}, args...)...)
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
