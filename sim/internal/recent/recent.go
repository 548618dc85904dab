// Package recent keeps the values that were asked for last.
package recent

import (
	"slices"
	"sync"
)

// A Cache keeps up to Most values by key. The zero value is ready; it is safe for use by several
// goroutines at once.
type Cache struct {
	mutex   sync.Mutex
	entries []entry // that used last first
}

// Most is how many values a cache keeps.
const Most = 8

type entry struct {
	key   string
	value any
}

// Get returns the value of a key. If it is not kept, build makes it, and reports whether it is
// whole: otherwise it is not kept. Values are shared between callers, which must not change them.
func (c *Cache) Get(key string, build func() (value any, whole bool)) any {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	at := slices.IndexFunc(c.entries, func(e entry) bool { return e.key == key })
	if at >= 0 {
		e := c.entries[at]
		c.entries = slices.Insert(slices.Delete(c.entries, at, at+1), 0, e)
		return e.value
	}
	value, whole := build()
	if whole {
		c.entries = slices.Insert(c.entries[:min(len(c.entries), Most-1)], 0, entry{key, value})
	}
	return value
}
