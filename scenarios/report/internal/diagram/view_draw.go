package diagram

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/words"
)

// draw returns the diagram; number keeps the names of its arrowheads apart from those of
// other diagrams. The order is from back to front: boxes, arrows, flows, other parts, notes.
func (d *drawing) draw(number int) template.HTML {
	id := fmt.Sprintf("view-%d", number)
	c := &draw.Canvas{}
	c.OpenSized("diagram drawn", d.left, d.top, d.width, d.height, d.inWords())
	c.Arrowhead(id)
	d.drawBoxes(c)
	for _, a := range d.arrows() {
		d.drawArrow(c, a, id)
	}
	for _, flows := range []bool{true, false} {
		for _, s := range d.spots {
			if s.is(model.NodeFlow) == flows {
				d.drawSpot(c, s)
			}
		}
	}
	for _, n := range d.v.Notes {
		at, lines := d.noteAt(n)
		c.Put(`<g class="note">`)
		writeLines(c, at, lines)
		c.Put(`</g>`)
	}
	c.Close()
	return template.HTML(c.String())
}

// inWords describes the diagram by counts, for readers who cannot see it. A ghost is a second sign
// for a variable and not counted as a stock or a flow.
func (d *drawing) inWords() string {
	n := map[model.NodeKind]int{}
	for _, s := range d.spots {
		if s.n != nil && !s.at.Ghost {
			n[s.n.Kind]++
		}
	}
	return "Picture of the model as it was drawn, " + d.name() + ": " +
		words.Count(n[model.NodeStock], "stock") + ", " + words.Count(n[model.NodeFlow], "flow") + ", " +
		words.Count(len(d.spots)-n[model.NodeStock]-n[model.NodeFlow], "other name") +
		". The table below says in words what acts on what."
}

// drawBoxes draws groups and modules, behind everything else. A module has its name in the middle,
// a group in its corner.
func (d *drawing) drawBoxes(c *draw.Canvas) {
	for _, b := range d.v.Boxes {
		r := d.boxAt(b)
		c.Put(`<g class="frame %v"><rect x="%v" y="%v" width="%v" height="%v" rx="8"/>`, b.Kind,
			r.x-r.w/2, r.y-r.h/2, r.w, r.h)
		if b.Kind == model.BoxModule {
			writeLines(c, r, []string{b.Name})
		} else {
			c.Text(r.x-r.w/2+8, r.y-r.h/2+16, "", "start", prose.Clip(b.Name, max(8, int(r.w/letterWidth)-2)))
		}
		c.Put(`</g>`)
	}
}

// writeLines writes lines around the middle of a rectangle.
func writeLines(c *draw.Canvas, at rect, lines []string) {
	top := at.y - float64(len(lines)-1)*lineHeight/2 + 4
	for i, w := range lines {
		c.Text(at.x, top+float64(i)*lineHeight, "", "middle", w)
	}
}

// drawSpot draws a symbol with its name; pointing at it shows the whole label and its
// description.
func (d *drawing) drawSpot(c *draw.Canvas, s *spot) {
	name := s.at.Variable()
	title := d.b.Names.Of(name)
	if s.n != nil {
		title = d.b.partTitle(s.n)
	}
	c.Put(`<g class="part %v" data-part="%v"><title>%v</title>`, s.class, name, title)
	switch {
	case s.is(model.NodeStock):
		c.Box(s.box.x-s.box.w/2, s.box.y-s.box.h/2, s.box.w, s.box.h)
	case s.is(model.NodeFlow):
		d.drawPipe(c, s)
	}
	writeLines(c, s.words, s.lines)
	c.Put(`</g>`)
}

// way returns a flow's pipe as it is drawn, from stock to stock or cloud; nil for a ghost
// that has none. Coordinates are scaled, and the ends lie on the boxes.
func (d *drawing) way(s *spot) [][2]float64 {
	pipe := d.v.Pipe(s.at.Key)
	from, to := d.ends(s.at.Variable())
	if pipe == nil {
		if s.at.Ghost || !s.is(model.NodeFlow) {
			return nil
		}
		return d.made(s, from, to)
	}
	out := make([][2]float64, len(pipe.Points))
	for i, p := range pipe.Points {
		out[i] = [2]float64{p[0] * d.scale, p[1] * d.scale}
	}
	return meet(out, d.nearest(from, out[0]), d.nearest(to, out[len(out)-1]))
}

// ends returns the stocks that a flow drains and fills, "" for the environment. The model decides
// and not the view: a view may have lost an end.
func (d *drawing) ends(flow string) (from, to string) {
	for _, v := range d.b.C.Set.Model.Variables {
		if slices.Contains(v.Outflow, flow) {
			from = v.Name
		}
		if slices.Contains(v.Inflow, flow) {
			to = v.Name
		}
	}
	return from, to
}

// nearest returns the box of a stock that is nearest to a point, nil if the stock is not
// drawn. A stock may be drawn several times, with ghosts.
func (d *drawing) nearest(stock string, p [2]float64) *rect {
	var best *rect
	far := math.Inf(1)
	for _, s := range d.spots {
		if away := math.Hypot(s.box.x-p[0], s.box.y-p[1]); stock != "" && s.at.Variable() == stock && away < far {
			best, far = &s.box, away
		}
	}
	return best
}

// made returns a pipe for a flow that has none in the view, straight through its valve. An end
// without a stock lies 60 pixels from the valve.
func (d *drawing) made(s *spot, from, to string) [][2]float64 {
	valve := [2]float64{s.box.x, s.box.y}
	a, b := d.nearest(from, valve), d.nearest(to, valve)
	ends := [2][2]float64{{s.box.x - 60, s.box.y}, {s.box.x + 60, s.box.y}}
	for i, r := range []*rect{a, b} {
		if r != nil {
			ends[i] = [2]float64{r.x, r.y}
		}
	}
	for i, other := range []*rect{b, a} {
		if []*rect{a, b}[i] == nil && other != nil { // a cloud lies across the valve
			away := math.Max(1, math.Hypot(valve[0]-other.x, valve[1]-other.y))
			ends[i] = [2]float64{valve[0] + (valve[0]-other.x)/away*60, valve[1] + (valve[1]-other.y)/away*60}
		}
	}
	return meet([][2]float64{ends[0], valve, ends[1]}, a, b)
}

// meet moves the ends of a pipe to the sides of its boxes, whose sizes differ from the
// original's. It may change way. A nil box leaves its end as it is. The result may be shorter than
// way.
func meet(way [][2]float64, from, to *rect) [][2]float64 {
	if to != nil {
		way = cut(way, *to)
	}
	if from != nil {
		slices.Reverse(way)
		way = cut(way, *from)
		slices.Reverse(way)
	}
	return way
}

// cut ends a way where it first meets a box; a way that ends beside the box is led to it.
// It may change way. way must have at least two points.
func cut(way [][2]float64, r rect) [][2]float64 {
	last := len(way) - 1
	end := &way[last]
	end[0] = min(max(end[0], r.x-r.w/2+1), r.x+r.w/2-1)
	end[1] = min(max(end[1], r.y-r.h/2+1), r.y+r.h/2-1)
	// Corners within the box would be hidden below it.
	for last > 1 && r.holds(way[last-1][0], way[last-1][1]) {
		last--
	}
	way = way[:last+1]
	if a := way[last-1]; !r.holds(a[0], a[1]) {
		// The side is found in steps of a 128th of the last line.
		t := 1.0
		for step := 0.0; step <= 1; step += 1.0 / 128 {
			if r.holds(a[0]+(way[last][0]-a[0])*step, a[1]+(way[last][1]-a[1])*step) {
				t = step
				break
			}
		}
		way[last] = [2]float64{a[0] + (way[last][0]-a[0])*t, a[1] + (way[last][1]-a[1])*t}
	}
	return way
}

// drawPipe draws a flow: two lines, a valve, and clouds at open ends. The spout is turned along the
// last line of the pipe.
func (d *drawing) drawPipe(c *draw.Canvas, s *spot) {
	if way := d.way(s); len(way) > 1 {
		var b strings.Builder
		for i, p := range way {
			b.WriteString([]string{"M", "L"}[min(i, 1)] + draw.Px(p[0]) + " " + draw.Px(p[1]))
		}
		c.Path(b.String(), "pipe")
		c.Path(b.String(), "bore")
		end, before := way[len(way)-1], way[len(way)-2]
		c.Put(`<path d="M0 0l-9 -6v12z" transform="translate(%v %v) rotate(%v)" class="spout"/>`,
			end[0], end[1], math.Atan2(end[1]-before[1], end[0]-before[0])*180/math.Pi)
		from, to := d.ends(s.at.Variable())
		if from == "" {
			cloud(c, way[0][0]-2, way[0][1])
		}
		if to == "" {
			cloud(c, end[0]+2, end[1])
		}
	}
	c.Path(fmt.Sprintf("M%s %sl16 12v-12l-16 12z", draw.Px(s.box.x-8), draw.Px(s.box.y-6)), "valve")
}

// arrows returns the arrows of the view. If no view of the model has any, it returns the
// links of the model. Flows of material are left out of these, since pipes show them.
func (d *drawing) arrows() []model.Arrow {
	for _, v := range d.b.C.Set.Model.Views {
		if len(v.Arrows) > 0 {
			return d.v.Arrows
		}
	}
	home := map[string]string{}
	for _, s := range d.spots {
		if name := s.at.Variable(); home[name] == "" {
			home[name] = s.at.Key
		}
	}
	var out []model.Arrow
	for _, l := range d.b.Graph.Links {
		if a, z := home[l.From.Name], home[l.To.Name]; a != "" && z != "" && !l.Material && l.From != l.To {
			out = append(out, model.Arrow{From: a, To: z})
		}
	}
	return out
}

// drawArrow draws an influence from the edge of one part to that of another. It is not drawn if an
// end is not in the view, or if the two parts cover all of it. A sign of the arrow stands beside
// its head.
func (d *drawing) drawArrow(c *draw.Canvas, a model.Arrow, id string) {
	from, okFrom := d.rectOf(a.From)
	to, okTo := d.rectOf(a.To)
	if !okFrom || !okTo {
		return
	}
	line := d.course(a, from, to)
	first, last := d.visible(line, a)
	if last-first < 1 {
		return
	}
	var b strings.Builder
	for i, p := range line[first : last+1] {
		b.WriteString([]string{"M", "L"}[min(i, 1)] + draw.Px(p[0]) + " " + draw.Px(p[1]))
	}
	class := "arrow"
	if s := d.at[a.From]; s != nil {
		class += " " + s.class
	}
	c.Put(`<path d="%v" class="%v" data-from="%v" data-to="%v" marker-end="url(#%v-arrow)"/>`, b.String(), class,
		model.Place{Key: a.From}.Variable(),
		model.Place{Key: a.To}.Variable(), id)
	if a.Sign != "" {
		end, before := line[max(first+1, last-2)], line[max(first, last-5)]
		away := math.Max(1, math.Hypot(end[0]-before[0], end[1]-before[1]))
		c.Text(end[0]-(end[1]-before[1])/away*9, end[1]+(end[0]-before[0])/away*9+4, "sign", "middle",
			strings.ReplaceAll(a.Sign, "-", "−"))
	}
}

// visible returns the first and last point of an arrow between its two parts. last is below first
// if none of it can be seen.
func (d *drawing) visible(line [][2]float64, a model.Arrow) (first, last int) {
	last = len(line) - 1
	for i := last; i >= 0; i-- {
		if d.covers(a.From, line[i]) {
			first = i + 1
			break
		}
	}
	for i := first; i <= last; i++ {
		if d.covers(a.To, line[i]) {
			last = i - 1
		}
	}
	return first, last
}

// covers reports whether a part, or its name, covers a point of an arrow to it.
func (d *drawing) covers(key string, p [2]float64) bool {
	r, _ := d.rectOf(key)
	s := d.at[key]
	return r.holds(p[0], p[1]) || s != nil && s.words.holds(p[0], p[1])
}

// rectOf returns the rectangle that an arrow to or from a part keeps out of; ok is false if
// the part is not drawn. It is a little larger than the symbol, so that an arrowhead does not touch
// it.
func (d *drawing) rectOf(key string) (rect, bool) {
	if s := d.at[key]; s != nil {
		r := s.box
		r.w, r.h = r.w+6, r.h+4
		return r, true
	}
	r, ok := d.frames[key]
	return r, ok
}

// course returns an arrow's way from middle to middle as a chain of short lines. Points of the view
// say where it goes through: two or more are the whole way with its ends, one is the top of a bend.
// An angle is that at which it leaves, in degrees, counted against the clock.
func (d *drawing) course(a model.Arrow, from, to rect) [][2]float64 {
	start, end := [2]float64{from.x, from.y}, [2]float64{to.x, to.y}
	dx, dy := end[0]-start[0], end[1]-start[1]
	via := [2]float64{start[0] + dx/2, start[1] + dy/2}
	switch {
	case len(a.Points) > 1:
		way := [][2]float64{start}
		for _, p := range a.Points[1 : len(a.Points)-1] {
			way = append(way, [2]float64{p[0] * d.scale, p[1] * d.scale})
		}
		return pieces(append(way, end))
	case len(a.Points) == 1:
		via = [2]float64{a.Points[0][0] * d.scale, a.Points[0][1] * d.scale}
	case a.Angle != nil:
		turn := math.Remainder(-*a.Angle*math.Pi/180-math.Atan2(dy, dx), 2*math.Pi)
		// Half the turn is held to one radian, as the tangent has no bound beyond.
		bend := math.Tan(min(max(turn/2, -1), 1)) / 2
		via[0], via[1] = via[0]-dy*bend, via[1]+dx*bend
	}
	// A parabola through the three points.
	cx, cy := 2*via[0]-(start[0]+end[0])/2, 2*via[1]-(start[1]+end[1])/2
	const n = 48
	out := make([][2]float64, n+1)
	for i := range out {
		t := float64(i) / n
		p, q, r := (1-t)*(1-t), 2*t*(1-t), t*t
		out[i] = [2]float64{p*start[0] + q*cx + r*end[0], p*start[1] + q*cy + r*end[1]}
	}
	return out
}

// pieces cuts the lines between points into 24 short ones each. An arrow is cut by its points, so
// these must be close together.
func pieces(way [][2]float64) [][2]float64 {
	out := [][2]float64{way[0]}
	for i, b := range way[1:] {
		a := way[i]
		for k := 1; k <= 24; k++ {
			t := float64(k) / 24
			out = append(out, [2]float64{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t})
		}
	}
	return out
}

// cloud draws the sign for the environment of the model. x and y are near its middle.
func cloud(c *draw.Canvas, x, y float64) {
	c.Put(`<path d="M%v %va5 5 0 0 1 0 -9a6 6 0 0 1 11 -2a5 5 0 0 1 5 8a4 4 0 0 1 -4 4h-10`, x-7, y+3)
	c.Put(`a5 5 0 0 1 -2 -1z" class="cloud"/>`)
}
