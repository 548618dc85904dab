package folder

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"time"
)

// Over gives folders of the system texts that stand in for their files, as an editor has them: text
// returns that of a path, which begins with the folder given to System. It returns f.
func (f *Folders) Over(text func(path string) (string, bool)) *Folders {
	f.text = text
	return f
}

// over puts the texts in front of a folder of that name.
func (f *Folders) over(name string, fsys fs.FS) fs.FS {
	if f.text == nil || fsys == nil {
		return fsys
	}
	return overlay{fsys, path.Join(f.dir, name), f.text}
}

// An overlay is a folder some of whose files are texts.
type overlay struct {
	fs.FS
	dir  string
	text func(path string) (string, bool)
}

// Open returns a file; its text if there is one, whether or not the folder has the file.
func (o overlay) Open(name string) (fs.File, error) {
	if text, ok := o.text(path.Join(o.dir, name)); ok && fs.ValidPath(name) {
		return &textFile{bytes.NewReader([]byte(text)), textInfo{path.Base(name), int64(len(text))}}, nil
	}
	return o.FS.Open(name)
}

// A textFile is a text that is read as a file.
type textFile struct {
	io.Reader
	info textInfo
}

func (f *textFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing.
func (f *textFile) Close() error { return nil }

// A textInfo describes a text as a regular file that everybody may read.
type textInfo struct {
	name string
	size int64
}

func (i textInfo) Name() string       { return i.name }
func (i textInfo) Size() int64        { return i.size }
func (i textInfo) Mode() fs.FileMode  { return 0o444 }
func (i textInfo) ModTime() time.Time { return time.Time{} }
func (i textInfo) IsDir() bool        { return false }
func (i textInfo) Sys() any           { return nil }
