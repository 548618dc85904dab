// Package items writes the items of a divided command in parts, as Parquet, and gives the command
// the rows of all parts back, so that it writes the bytes of one process. A part knows the command,
// the files that were read, and a hash of its own contents.
package items

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"weir/scenarios/ensemble"
	"weir/scenarios/part"
	"weir/scenarios/words"
)

// A Task is a command whose items are divided.
type Task struct {
	Command string            `json:"command"`
	Flags   []string          `json:"flags,omitempty"` // that decide the result, as arguments
	File    string            `json:"file"`            // the model or set, as the command line names it
	Files   map[string]string `json:"files"`           // SHA-256 of each text that was read, by path below their folder
	Version string            `json:"version"`         // of weir
}

// NewTask returns the task of a command that has read some texts, by path.
func NewTask(command string, flags []string, file, version string, texts map[string][]byte) Task {
	t := Task{Command: command, Flags: flags, File: file, Files: map[string]string{}, Version: version}
	below := folderOf(slices.Collect(maps.Keys(texts)))
	for name, text := range texts {
		sum := sha256.Sum256(text)
		t.Files[relative(below, name)] = hex.EncodeToString(sum[:])
	}
	return t
}

// folderOf returns the deepest folder that all paths lie below.
func folderOf(paths []string) string {
	folder := ""
	for i, path := range paths {
		dir := filepath.Dir(absolute(path))
		if i == 0 {
			folder = dir
		}
		for at := relative(folder, dir); at == ".." || strings.HasPrefix(at, "../"); at = relative(folder, dir) {
			folder = filepath.Dir(folder)
		}
	}
	return folder
}

// absolute returns a path from the root; the path itself where the working folder is gone.
func absolute(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return full
}

// relative returns a path as it is seen from a folder, with slashes.
func relative(folder, path string) string {
	at, err := filepath.Rel(folder, absolute(path))
	if err != nil { // on another drive of Windows
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(at)
}

// differs returns how a task is another one than this, or "". The place of the model may differ,
// its text may not.
func (t *Task) differs(other *Task) string {
	switch {
	case t.Version != other.Version:
		return fmt.Sprintf("version %q, not %q", other.Version, t.Version)
	case t.Command != other.Command:
		return fmt.Sprintf("numbers of weir %s, not of weir %s", other.Command, t.Command)
	case !slices.Equal(t.Flags, other.Flags):
		return fmt.Sprintf("the flags %s, not %s", flagText(other.Flags), flagText(t.Flags))
	}
	return t.otherText(other)
}

// flagText returns flags as they are typed, or the word none.
func flagText(flags []string) string { return cmp.Or(strings.Join(flags, " "), "none") }

// otherText returns how the files of a task have other contents, or "".
func (t *Task) otherText(other *Task) string {
	names := slices.Collect(maps.Keys(t.Files))
	names = append(names, slices.Collect(maps.Keys(other.Files))...)
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		ours, here := t.Files[name]
		theirs, there := other.Files[name]
		switch {
		case !here:
			return fmt.Sprintf("a file %s, too", name)
		case !there:
			return fmt.Sprintf("no file %s", name)
		case ours != theirs:
			return fmt.Sprintf("another text of %s", name)
		}
	}
	return ""
}

// A Head says which items of which work a part holds.
type Head struct {
	Task
	Shard part.Shard `json:"shard"`
	Items int        `json:"items"` // of the whole
	Unit  string     `json:"unit"`  // of an item
	Done  int        `json:"done"`  // items from the first of the shard on that are there
	Rows  int64      `json:"rows"`  // of those
	// Sum is the SHA-256 of the head without it and of all rows.
	Sum     string   `json:"sum,omitempty"`
	Columns []string `json:"-"` // of a row, besides the number of the item
}

// of returns which items are the shard's.
func (h *Head) of() ensemble.Members { return h.Shard.Members(h.Items) }

// Complete reports whether all items of the shard are there.
func (h *Head) Complete() bool { return h.Done == h.of().End-h.of().First }

// Progress returns how much of the part is there: "12 of the 40 points of shard 3/8".
func (h *Head) Progress() string {
	of := h.of()
	return fmt.Sprintf("%s of the %s of shard %s", words.Grouped(float64(h.Done)), words.Count(of.End-of.First, h.Unit), h.Shard)
}

// differs returns how a part is of another work than this one, or "". Shards may differ, but not
// how many there are.
func (h *Head) differs(other *Head) string {
	if d := h.Task.differs(&other.Task); d != "" {
		return d
	}
	switch {
	case h.Shard.Of != other.Shard.Of:
		return fmt.Sprintf("%d shards, not %d", other.Shard.Of, h.Shard.Of)
	case h.Items != other.Items || h.Unit != other.Unit:
		return fmt.Sprintf("%s, not %d", words.Count(other.Items, other.Unit), h.Items)
	case !slices.Equal(h.Columns, other.Columns):
		return "other columns"
	}
	return ""
}

// text returns the head for the notes of a file and, without the sum, for the sum.
func (h *Head) text() []byte {
	text, _ := json.Marshal(h) // strings, numbers and maps with sorted keys are always JSON
	return text
}
