package sim

import (
	"math"

	"weir/model/resolved"
	"weir/sim/maths"
)

// A laneLookup reads tables over lanes, one an element.
type laneLookup struct {
	reads []laneRead
}

// A laneRead is the reading of one table: from and to are first lanes, memory where
// the lanes' segments are.
type laneRead struct {
	row, to, from, segment int
}

// lookup translates the reading of tables: one read an element, which remembers a segment a lane.
func (t *laneTranslator) lookup(a *arrayCode) *laneLookup {
	site := &t.lp.p.lookups[a.site]
	l := &laneLookup{}
	for i := range a.n {
		l.reads = append(l.reads, laneRead{row: site.row(i), to: t.at(a.at[dst]+i, dst),
			from: t.at(a.at[argA]+i*a.step[argA], argA), segment: t.segments})
		t.segments += t.lp.lanes
	}
	return l
}

// run reads all elements.
func (l *laneLookup) run(b *batch) {
	for i := range l.reads {
		l.reads[i].run(b)
	}
}

// run reads the table for each lane, by the segment that it read last if it still
// fits.
func (x *laneRead) run(b *batch) {
	lanes, tables := b.lp.lanes, &b.lp.p.tables
	row := &tables.rows[x.row]
	points := tables.pool[row.at : row.at+2*row.n]
	d := b.v[x.to : x.to+lanes]
	a := b.v[x.from : x.from+lanes][:len(d)]
	segments := b.laneSegments[x.segment : x.segment+lanes][:len(d)]
	mustNot := b.counting && row.beyond == resolved.Fail
	for i := range d {
		k := 2 * int(uint32(segments[i]))
		if k+3 < len(points) {
			p := points[k : k+4]
			if p[0] <= a[i] && a[i] < p[2] {
				d[i] = p[1] + float64((a[i]-p[0])*(p[3]-p[1]))/(p[2]-p[0])
				continue
			}
		}
		y, out := tables.find(row, points, a[i], &segments[i])
		if out && mustNot {
			b.fail(i)
		}
		d[i] = y
	}
}

// A laneDraw draws numbers, for each element and lane one. An argument is lanes or one
// number that they share.
type laneDraw struct {
	site     *drawSite
	elements []laneArguments
}

type laneArguments struct {
	at   [operands]int
	step [operands]int // 1 if lanes
}

// drawing translates a draw, whose arguments may differ between lanes or not.
func (t *laneTranslator) drawing(a *arrayCode) *laneDraw {
	d := &laneDraw{site: &t.lp.p.draws[a.site]}
	for i := range a.n {
		var x laneArguments
		for k := range operands {
			x.at[k] = t.at(a.at[k]+i*a.step[k], k)
			if t.vary[k] {
				x.step[k] = 1
			}
		}
		d.elements = append(d.elements, x)
	}
	return d
}

// run draws for each element and lane, by the lane's own number.
func (d *laneDraw) run(b *batch) {
	s := maths.Stream{Seed: b.seed, Key: d.site.key, Step: uint32(b.step)}
	for i := range d.elements {
		x := &d.elements[i]
		s.Element = d.site.element[i]
		for l := range b.lp.lanes {
			s.Member = b.memberOf(l)
			b.v[x.at[dst]+l] = draw(d.site.dist, s, b.v[x.at[argA]+l*x.step[argA]],
				b.v[x.at[argB]+l*x.step[argB]], b.v[x.at[argC]+l*x.step[argC]])
		}
	}
}

// A laneWhole is a function of whole arrays over lanes: from and to are first lanes of
// blocks that lie together.
type laneWhole struct {
	site     *wholeSite
	to, from int
}

// run computes the function for one lane after the other.
func (x *laneWhole) run(b *batch) {
	lanes := b.lp.lanes
	in, out := make([]float64, x.site.turns*x.site.width), make([]float64, x.site.turns*x.site.out)
	for l := range lanes {
		for i := range in {
			in[i] = b.v[x.from+i*lanes+l]
		}
		x.site.call(out, in)
		for i := range out {
			b.v[x.to+i*lanes+l] = out[i]
		}
	}
}

// A laneRing keeps the numbers that an element of a delay state took in: lane l holds
// it n[l] steps.
type laneRing struct {
	at  int // in held
	n   []int32
	all int32 // the same for all lanes, or 0
}

// makeRings is simulation.makeRings for all lanes. A lane whose delay is not a number
// fails. It reports false if the rings would take too much space.
func (b *batch) makeRings() bool {
	b.rings, b.held = b.rings[:0], b.held[:0]
	for i := range b.lp.delays {
		m := &b.lp.delays[i]
		r := laneRing{at: len(b.held), n: make([]int32, m.width)}
		longest := int32(1)
		for l := range r.n {
			r.n[l] = b.holds(m, l)
			longest = max(longest, r.n[l])
		}
		r.all = r.n[0]
		for _, n := range r.n {
			if n != r.all {
				r.all = 0
			}
		}
		if len(b.held)+int(longest)*m.width > maxSlots {
			return false
		}
		for range longest {
			b.held = append(b.held, b.v[m.at:m.at+m.width]...)
		}
		b.rings = append(b.rings, r)
	}
	return true
}

// holds returns for how many steps a delay state holds the input of lane l.
func (b *batch) holds(m *laneDelay, l int) int32 {
	if m.delay < 0 {
		return 1
	}
	delay := b.v[m.delay+l]
	if math.IsNaN(delay) {
		if m.varies {
			b.fail(l)
		} else {
			b.failAll()
		}
		return 1
	}
	return int32(max(1, min(math.Floor(delay/b.e.clock.step+0.5), float64(b.e.clock.steps+1))))
}

// remember moves all delay states from step i to the next.
func (b *batch) remember(i int) {
	for k := range b.lp.delays {
		m, r := &b.lp.delays[k], &b.rings[k]
		in, out := b.v[m.input:m.input+m.width], b.v[m.at:m.at+m.width]
		if n := int(r.all); n > 0 {
			copy(b.held[r.at+i%n*m.width:], in)
			copy(out, b.held[r.at+(i+1)%n*m.width:])
			continue
		}
		for l, n := range r.n {
			b.held[r.at+i%int(n)*m.width+l] = in[l]
			out[l] = b.held[r.at+(i+1)%int(n)*m.width+l]
		}
	}
}
