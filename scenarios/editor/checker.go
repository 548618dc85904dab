package editor

import (
	"cmp"
	"context"
	"maps"
	"path"
	"reflect"
	"slices"
	"sync"
	"time"

	"weir/model/diagnostic"
	"weir/model/language"
	"weir/model/resolved"
	"weir/scenarios/start"
)

// Pauses of the checker.
const (
	pause   = 50 * time.Millisecond  // after an edit, for the next letter
	patient = 300 * time.Millisecond // the longest that edits may put a check off
	idle    = 400 * time.Millisecond // without edits before a model is run
)

// mostFindings bounds the diagnostics of one file, as the reader bounds its own.
const mostFindings = 1000

// A checker checks open files in one goroutine, after edits, and then runs those that are sound.
// Only that goroutine publishes, so that no result of an earlier text follows that of a later one.
//
// Edits only mark a file and wake the goroutine. It takes a snapshot of all texts, checks, and
// publishes with the versions of the snapshot. An edit that comes meanwhile wakes it again, so the
// last text is always checked last. A check is not broken off: it takes a tenth of a second for a
// model of five hundred variables. A run is, since nobody waits for it.
type checker struct {
	files   *files
	publish func(*findings)
	wake    chan struct{} // holds at most one signal

	mu      sync.Mutex
	changed map[string]bool // paths since the last check
	// last is replaced by each check, and its values are shared with requests.
	last    map[string]*checked
	courses map[string]*course   // of the last sound text of a file
	shown   map[string][]finding // by path, as published
	version map[string]int       // of the text that shown is about
}

// newChecker returns a checker of files. It does nothing until work is called.
func newChecker(f *files, publish func(*findings)) *checker {
	return &checker{files: f, publish: publish, wake: make(chan struct{}, 1),
		changed: map[string]bool{}, last: map[string]*checked{}, courses: map[string]*course{},
		shown: map[string][]finding{}, version: map[string]int{}}
}

// touch says that a file has changed; "" that files on the disk may have.
func (c *checker) touch(p string) {
	c.mu.Lock()
	if p == "" {
		for root := range c.last {
			c.changed[root] = true
		}
	} else {
		c.changed[p] = true
	}
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// work checks until the context ends. Each turn waits for an edit, then for a pause in the typing,
// checks, waits until the editor is idle, and runs. An edit at any of these waits begins a new
// turn.
func (c *checker) work(ctx context.Context) {
	for c.edited(ctx, time.Hour) || ctx.Err() == nil {
		for again := true; again && ctx.Err() == nil; {
			for first := time.Now(); time.Since(first) < patient && c.edited(ctx, pause); {
			}
			c.check()
			again = c.edited(ctx, idle) || c.run(ctx)
		}
	}
}

// edited waits for an edit, at most so long, and reports whether there was one. It takes the
// signal, so that its caller must check. It returns false at once if the context has ended.
func (c *checker) edited(ctx context.Context, most time.Duration) bool {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-c.wake:
		return true
	case <-timer.C:
	}
	return false
}

// check checks all open files that edits may have changed, and publishes. What it knew of a file
// that was closed is forgotten, and publishAll takes back its diagnostics.
func (c *checker) check() {
	c.mu.Lock()
	changed := c.changed
	c.changed = map[string]bool{}
	last := c.last
	c.mu.Unlock()
	s := c.files.snapshot() // after the changes were taken: an edit in between is checked twice, not never
	next := map[string]*checked{}
	for p, was := range last {
		if _, open := s.text(p); open {
			next[p] = was
		}
	}
	k := newChecking(s)
	for _, p := range affected(s, last, changed) { // in the order of their paths
		next[p] = k.check(p)
	}
	c.mu.Lock()
	c.last = next
	for p := range c.courses {
		if next[p] == nil {
			delete(c.courses, p)
		}
	}
	c.mu.Unlock()
	c.publishAll(s, next)
}

// run runs the sound models among the open files, one after another, for the courses in hovers and
// the remarks that weir check makes after a run. It reports whether an edit came before its end.
func (c *checker) run(ctx context.Context) (edited bool) {
	s := c.files.snapshot()
	c.mu.Lock()
	all := c.last // which is replaced by the next check, and never changed
	c.mu.Unlock()
	for _, p := range slices.Sorted(maps.Keys(all)) {
		k := all[p]
		if k.resolved == nil || k.run {
			continue
		}
		running, cancel := context.WithCancel(ctx)
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.runFile(running, p, k)
		}()
		select {
		case <-done:
		case <-c.wake:
			edited = true
		}
		cancel()
		<-done // so that no run goes on beside the next check
		if edited || ctx.Err() != nil {
			return edited
		}
	}
	c.publishAll(s, all)
	return false
}

// runFile runs one model, and keeps its course and remarks if nothing stopped it. A set gets no
// remarks on its model's start: they belong to the model's file. A model that cannot be run counts
// as run, so that it is not tried again before the next edit.
func (c *checker) runFile(ctx context.Context, p string, k *checked) {
	out := run(ctx, k)
	var remarks diagnostic.List
	if ctx.Err() == nil && !k.set && !k.list.HasErrors() {
		remarks, _ = start.Check(ctx, k.model, k.resolved, k.list)
	}
	if ctx.Err() != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	k.run, k.list = true, append(k.list, remarks...)
	if out != nil {
		c.courses[p] = out
	}
}

// of returns the last check of an open file, and the course of its last sound text. Both are nil if
// there has been none. They are not changed after this, but for the list of the check.
func (c *checker) of(p string) (*checked, *course) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last[p], c.courses[p]
}

// current returns the resolved form of a model file from the last check of a file that uses it, if that
// check has seen the texts of a view; nil otherwise. Data files are taken to be as they were.
func (c *checker) current(v *view, p string) *resolved.Model {
	c.mu.Lock()
	last := c.last
	c.mu.Unlock()
	for _, k := range last {
		if k.resolved == nil || k.model == nil || path.Clean(k.model.File) != p {
			continue
		}
		same := true
		for file, text := range k.files {
			x := v.look(path.Clean(file))
			same = same && (x == nil || x.Text() == string(text))
		}
		if same {
			return k.resolved
		}
	}
	return nil
}

// findings returns the published diagnostics of a file, which the caller must not change.
func (c *checker) findings(p string) []finding {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shown[p]
}

// publishAll sends the diagnostics of all files that have some, of those that had some, and of
// every open file whose text is another than that of the last ones.
func (c *checker) publishAll(s snapshot, all map[string]*checked) {
	lists := map[string]diagnostic.List{}
	for _, p := range slices.Sorted(maps.Keys(all)) {
		for _, d := range all[p].list {
			if d.Span.File != "" {
				where := path.Clean(d.Span.File)
				lists[where] = append(lists[where], d)
			}
		}
	}
	// Open files without a diagnostic, and files that had some, get an empty list.
	for p := range s {
		lists[p] = append(lists[p], nil...)
	}
	c.mu.Lock()
	for p := range c.shown {
		lists[p] = append(lists[p], nil...)
	}
	c.mu.Unlock()
	for _, p := range slices.Sorted(maps.Keys(lists)) {
		c.publishFile(s, p, lists[p], all)
	}
}

// publishFile sends the diagnostics of one file, unless they are as before and so is its text. An
// editor that has changed the text wants them again, since it may have moved the old ones.
func (c *checker) publishFile(s snapshot, p string, list diagnostic.List, all map[string]*checked) {
	out := &findings{URI: c.files.uriOf(p), Diagnostics: toFindings(c.files, list, textsOf(all))}
	version := -1
	if d := s[p]; d != nil {
		version = d.version
		out.Version = &version
	}
	c.mu.Lock()
	was, known := c.shown[p]
	// The state is noted before the message is sent: a code action may be asked for as soon as it is.
	same := known && reflect.DeepEqual(was, out.Diagnostics) && c.version[p] == version
	c.shown[p], c.version[p] = out.Diagnostics, version
	if s[p] == nil && len(out.Diagnostics) == 0 {
		delete(c.shown, p)
		delete(c.version, p)
	}
	c.mu.Unlock()
	if !same {
		c.publish(out)
	}
}

// textsOf returns the text of each file as its diagnostics know it: that of the check, which may
// not be the editor's any more. A place in a file without a text is its beginning.
func textsOf(all map[string]*checked) func(p string) *language.Index {
	made := map[string]*language.Index{}
	return func(p string) *language.Index {
		if x := made[p]; x != nil {
			return x
		}
		for _, k := range all {
			if text, ok := k.files[p]; ok {
				made[p] = language.Lines(string(text))
				return made[p]
			}
		}
		made[p] = language.Lines("")
		return made[p]
	}
}

// toFindings returns diagnostics in the order of their places, each once: a module that is open
// beside the model that uses it is checked twice. The hint is a second line of the message, since
// the protocol has no place for one.
func toFindings(f *files, list diagnostic.List, text func(p string) *language.Index) []finding {
	out := []finding{}
	for _, d := range list {
		x := text(d.Span.File)
		one := finding{Range: rangeOf(x, d.Span), Severity: int(d.Severity) + 1, Code: string(d.Code), Source: "weir",
			Message: d.Message, hint: d.Hint}
		if d.Hint != "" {
			one.Message += "\n" + d.Hint
		}
		for _, r := range d.Related {
			where := path.Clean(r.Span.File)
			at := location{f.uriOf(where), rangeOf(text(r.Span.File), r.Span)}
			one.Related = append(one.Related, related{at, r.Message})
		}
		out = append(out, one)
	}
	// The order does not depend on which root was checked first.
	slices.SortStableFunc(out, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.Range.Start.Line, b.Range.Start.Line),
			cmp.Compare(a.Range.Start.Character, b.Range.Start.Character),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	out = slices.CompactFunc(out, func(a, b finding) bool {
		return a.Range == b.Range && a.Code == b.Code && a.Message == b.Message
	})
	return out[:min(len(out), mostFindings)]
}

// rangeOf returns the place of a diagnostic; an empty one for a span that ends before it begins.
func rangeOf(x *language.Index, s diagnostic.Span) textRange {
	return within(x, language.Span{Start: s.Start, End: max(s.Start, s.End)})
}
