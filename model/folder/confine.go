package folder

import (
	"errors"
	"path/filepath"
	"sync/atomic"
)

// confined is the folder that Confine names; nil without one.
var confined atomic.Pointer[string]

// ErrConfined is the error for a folder that lies outside the one that Confine names.
var ErrConfined = errors.New("it lies outside the folder that may be read here")

// Confine keeps the folders of models inside one folder of the system, for the rest of the process:
// beside a model at its top lie folders that are not of it. A program that serves one folder to others
// calls it once, at its start, with an absolute path without links.
func Confine(dir string) { confined.Store(&dir) }

// mayOpen returns ErrConfined for a folder of the system outside the one that Confine names. The names
// are compared alone: of a folder outside not even its being there is told. Links are the matter of
// os.Root, which refuses those that lead out.
func mayOpen(dir string) error {
	inside := confined.Load()
	if inside == nil {
		return nil
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(*inside, full); err != nil || !filepath.IsLocal(rel) {
		return ErrConfined
	}
	return nil
}
