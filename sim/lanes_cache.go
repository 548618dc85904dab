package sim

import (
	"context"
	"slices"
	"sync"
)

// A laneCache keeps the lane programs of a program that were used last. A calibration runs hundreds of
// small ensembles that vary the same constants, and making the lane program took a third of its
// time. Lane programs never change, so ensembles share them.
type laneCache struct {
	mutex   sync.Mutex
	entries []laneEntry // at most mostLanePrograms, that used last first
}

// A laneEntry is what a set of varied slots leads to.
type laneEntry struct {
	varied   []int
	varying  int // slots that vary
	programs []*laneProgram
}

// mostLanePrograms bounds the entries, and the programs of each, one per number of lanes.
const mostLanePrograms = 4

// varying returns how many slots of a program vary if some do.
func (c *laneCache) varying(ctx context.Context, p *Program, varied []int) int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	e, known := c.entry(varied)
	if !known {
		for _, varies := range classifyLanes(ctx, p, varied).varies {
			if varies {
				e.varying++
			}
		}
		c.keep(ctx, e)
	}
	return e.varying
}

// get returns the lane program for a number of lanes.
func (c *laneCache) get(ctx context.Context, p *Program, lanes int, varied []int) *laneProgram {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	e, _ := c.entry(varied)
	for _, lp := range e.programs {
		if lp.lanes == lanes {
			return lp
		}
	}
	lp := newLaneProgram(ctx, p, lanes, varied)
	e.programs = append([]*laneProgram{lp}, e.programs[:min(len(e.programs), mostLanePrograms-1)]...)
	if e.varying > 0 {
		c.keep(ctx, e)
	}
	return lp
}

// entry takes an entry out of the list, or makes one.
func (c *laneCache) entry(varied []int) (e laneEntry, known bool) {
	for i := range c.entries {
		if slices.Equal(c.entries[i].varied, varied) {
			e = c.entries[i]
			return e, true
		}
	}
	return laneEntry{varied: slices.Clone(varied)}, false
}

// keep puts an entry first. That of a context that is done is not whole, and is dropped.
func (c *laneCache) keep(ctx context.Context, e laneEntry) {
	if ctx.Err() != nil {
		return
	}
	c.entries = slices.DeleteFunc(c.entries, func(x laneEntry) bool { return slices.Equal(x.varied, e.varied) })
	c.entries = append([]laneEntry{e}, c.entries[:min(len(c.entries), mostLanePrograms-1)]...)
}
