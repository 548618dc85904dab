package serve

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long files must be quiet before the page is built: editors write in several
// steps.
const settle = 150 * time.Millisecond

// A watch tells when files change. Folders are watched, since many editors save by putting
// another file in a file's place.
type watch struct {
	changed chan struct{} // one signal for all changes that are close together
	notify  *fsnotify.Watcher
	folders []string
}

// newWatch returns a watch of nothing; see follow.
func newWatch() (*watch, error) {
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watch{changed: make(chan struct{}, 1), notify: n}
	go w.listen()
	return w, nil
}

// close ends the watch; its channels then report nothing more.
func (w *watch) close() { w.notify.Close() }

// follow adds the folders of files to those that are watched. A folder that cannot be watched
// is left out: its files are then read again with the next change of another.
func (w *watch) follow(files []string) {
	for _, f := range files {
		dir, err := filepath.Abs(filepath.Dir(f))
		if err != nil || slices.Contains(w.folders, dir) {
			continue
		}
		if w.notify.Add(dir) == nil {
			w.folders = append(w.folders, dir)
		}
	}
}

// listen joins events into signals until the watch is closed.
func (w *watch) listen() {
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	for {
		select {
		case e, ok := <-w.notify.Events:
			if !ok {
				return
			}
			if counts(e) {
				quiet.Reset(settle)
			}
		case _, ok := <-w.notify.Errors:
			if !ok {
				return
			}
			quiet.Reset(settle) // events may be lost: look again
		case <-quiet.C:
			select {
			case w.changed <- struct{}{}:
			default: // one is waiting already
			}
		}
	}
}

// counts reports whether an event can change a page: not one of an editor's own files, nor a
// change of mode.
func counts(e fsnotify.Event) bool {
	name := filepath.Base(e.Name)
	hidden := strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#")
	return !hidden && (e.Has(fsnotify.Write) || e.Has(fsnotify.Create) || e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename))
}
