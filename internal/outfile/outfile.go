// Package outfile writes the files of a command: whole or not at all, never over one of the
// command's own inputs, and through links, devices and pipes instead of over them.
package outfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// prefix begins the names of unfinished files; the number of the process that writes one follows.
const prefix = ".weir-"

// Files are the outputs of one process, and the inputs that no output may replace. The zero value
// is ready. It is safe for concurrent use.
type Files struct {
	mu         sync.Mutex
	inputs     []input
	unfinished map[string]bool // paths
}

type input struct {
	path string
	info fs.FileInfo
}

// Input records a file that the command reads. A path that is no file, such as the name of an
// embedded text, is ignored.
func (f *Files) Input(path string) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.inputs = append(f.inputs, input{path, info})
}

// Check returns the error that Write would return for a path before it writes, so that a command
// can refuse it before its work.
func (f *Files) Check(path string) error {
	if path == "" || path == "-" {
		return nil
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return folderOf(path)
	case err != nil:
		return fmt.Errorf("cannot write %s: %w", path, Cause(err))
	case info.IsDir():
		return fmt.Errorf("cannot write %s: it is a folder", path)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, in := range f.inputs {
		if os.SameFile(in.info, info) {
			return fmt.Errorf("%s is read by this command, so it is not written over; name another file", path)
		}
	}
	return nil
}

// folderOf returns an error if the folder of a path is not there. A link whose target is not
// there yet counts as its target.
func folderOf(path string) error {
	if target, err := os.Readlink(path); err == nil {
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	info, err := os.Stat(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot write %s: there is no folder %s", path, filepath.Dir(path))
	}
	if err == nil && !info.IsDir() {
		return fmt.Errorf("cannot write %s: %s is no folder", path, filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, Cause(err))
	}
	return nil
}

// Write writes a regular file beside its place and renames it there, so that it is whole or
// unchanged, with the permissions that were there or those that the process gives new files. A
// link is followed; a device or pipe is written directly. The path "-" or "" is stdout.
func (f *Files) Write(path string, stdout io.Writer, write func(io.Writer) error) error {
	return f.WritePart(path, stdout, func(w io.Writer) (bool, error) { return true, write(w) })
}

// WritePart is Write for work that can end early: where write returns false and no error, the
// file is path.partial instead, and path is unchanged.
func (f *Files) WritePart(path string, stdout io.Writer, write func(io.Writer) (bool, error)) error {
	if path == "" || path == "-" {
		_, err := buffered(stdout, write)
		return err
	}
	if err := f.Check(path); err != nil {
		return err
	}
	place, mode, direct, err := resolve(path)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, Cause(err))
	}
	if direct {
		return f.writeDirect(path, write)
	}
	removeStale(filepath.Dir(place))
	return f.writeBeside(path, place, mode, write)
}

// resolve returns the place behind links with the permissions of the file there, 0 for a new one;
// direct reports that the place is a device or pipe.
func resolve(path string) (place string, mode fs.FileMode, direct bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if target, err := os.Readlink(path); err == nil {
			if !filepath.IsAbs(target) {
				target = filepath.Join(filepath.Dir(path), target)
			}
			return target, 0, false, nil
		}
		return path, 0, false, nil
	}
	if err != nil {
		return "", 0, false, err
	}
	if !info.Mode().IsRegular() {
		return path, 0, true, nil
	}
	place, err = filepath.EvalSymlinks(path)
	return place, info.Mode().Perm(), false, err
}

// writeDirect writes into a device or pipe, which cannot be replaced.
func (f *Files) writeDirect(path string, write func(io.Writer) (bool, error)) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, Cause(err))
	}
	_, err = buffered(file, write)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return named(err, path, path)
}

// writeBeside writes a new file in the folder of the old one and puts it in its place when it is
// whole, so that a reader finds either.
func (f *Files) writeBeside(path, place string, mode fs.FileMode, write func(io.Writer) (bool, error)) error {
	file, err := f.create(filepath.Dir(place))
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, Cause(err))
	}
	defer f.forget(file.Name()) // a renamed file is not there any more
	whole, err := buffered(file, write)
	if err == nil && mode != 0 {
		err = file.Chmod(mode)
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return named(err, file.Name(), path)
	}
	if !whole {
		place = Partial(place)
	}
	if err := os.Rename(file.Name(), place); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, Cause(err))
	}
	return nil
}

// create makes an unfinished file in a folder, with the permissions of any new file.
func (f *Files) create(folder string) (*os.File, error) {
	return os.OpenFile(f.unfinishedName(folder), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
}

// CheckFolder returns an error for a place that is no new or empty folder.
func CheckFolder(folder string) error {
	entries, err := os.ReadDir(folder)
	switch {
	case err == nil && len(entries) > 0:
		return fmt.Errorf("there are files in %s already; name a new folder with -o; nothing was written", folder)
	case err == nil || errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s is or lies in a file, not a folder; name a new folder with -o; nothing was written",
			folder)
	}
	return fmt.Errorf("cannot write %s: %w", folder, Cause(err))
}

// WriteFolder writes a new folder with files, named by paths with slashes, whole or not at all.
// An empty folder may be there already; anything else is an error. Folders above it are made.
func (f *Files) WriteFolder(folder string, files map[string][]byte) error {
	if err := os.MkdirAll(filepath.Dir(folder), 0o777); err != nil {
		return fmt.Errorf("cannot write %s: %w", folder, Cause(err))
	}
	parent := filepath.Dir(folder)
	removeStale(parent)
	beside := f.unfinishedName(parent)
	defer f.forget(beside) // a renamed folder is not there any more
	for name, text := range files {
		path := filepath.Join(beside, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return fmt.Errorf("cannot write %s: %w", folder, Cause(err))
		}
		if err := os.WriteFile(path, text, 0o666); err != nil {
			return fmt.Errorf("cannot write %s: %w", folder, Cause(err))
		}
	}
	os.Remove(folder) // an empty one; Rename reports any other
	if err := os.Rename(beside, folder); err != nil {
		return fmt.Errorf("cannot write %s: %w", folder, Cause(err))
	}
	return nil
}

// unfinishedName returns a name for an unfinished file or folder, which Abandon then removes.
func (f *Files) unfinishedName(folder string) string {
	name := filepath.Join(folder, fmt.Sprintf("%s%d-%x", prefix, os.Getpid(), rand.Uint64()))
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.unfinished == nil {
		f.unfinished = map[string]bool{}
	}
	f.unfinished[name] = true
	return name
}

// forget removes an unfinished file, which a signal then need not remove.
func (f *Files) forget(name string) {
	os.RemoveAll(name)
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.unfinished, name)
}

// Abandon removes every unfinished file: for a process that ends now.
func (f *Files) Abandon() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name := range f.unfinished {
		os.RemoveAll(name)
	}
}

// staleAge is how old an unfinished file must be before another process removes it: a process on
// another machine may share the folder.
const staleAge = 10 * time.Minute

// removeStale removes the unfinished files that killed processes have left in a folder.
func removeStale(folder string) {
	entries, err := filepath.Glob(filepath.Join(folder, prefix+"*-*"))
	if err != nil {
		return
	}
	for _, path := range entries {
		process, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(path), prefix), "-")
		pid, err := strconv.Atoi(process)
		info, missing := os.Lstat(path)
		if err == nil && missing == nil && time.Since(info.ModTime()) > staleAge && !alive(pid) {
			os.RemoveAll(path)
		}
	}
}

// Partial returns the name of an incomplete file. Standard output, devices and pipes have none, so
// it returns their own.
func Partial(path string) string {
	info, err := os.Stat(path)
	if path == "" || path == "-" || err == nil && !info.Mode().IsRegular() {
		return path
	}
	return path + ".partial"
}

// buffered gives write a buffer in front of w, and flushes it if write succeeds.
func buffered(w io.Writer, write func(io.Writer) (bool, error)) (whole bool, err error) {
	b := bufio.NewWriterSize(w, 1<<16)
	if whole, err = write(b); err != nil {
		return false, err
	}
	return whole, b.Flush()
}

// named returns an error of writing one file as an error of the path that was asked for.
func named(err error, file, path string) error {
	var p *fs.PathError
	if errors.As(err, &p) && p.Path == file {
		return fmt.Errorf("cannot write %s: %w", path, p.Err)
	}
	return err
}

// Cause returns an error without the operation and path of a file, which may be one that nobody
// asked for.
func Cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}
