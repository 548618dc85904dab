package diagram

import (
	"cmp"
	"math"
	"regexp"

	"weir/model"
	"weir/scenarios/prose"
)

// mostPlaces bounds the views that are drawn: a larger one is left to the tool that made
// it.
const mostPlaces = 400

// drawnViews returns the diagrams that somebody drew of the model, in the order of its
// file; those of its modules follow. Views with fewer than two places, or too many, are left out.
// Only the first explains the signs.
func (b *Drawer) drawnViews() []Picture {
	var out []Picture
	for _, v := range b.C.Set.Model.Views {
		if len(v.Places) < 2 || len(v.Places) > mostPlaces {
			continue
		}
		d := b.newDrawing(v)
		words := d.name()
		if len(out) == 0 {
			words = prose.Join(words+".",
				"Boxes hold what accumulates; pipes with a valve fill and drain them; thin arrows say "+
					"what acts on what. Decisions are in colour.")
		}
		out = append(out, Picture{words, d.draw(len(out))})
	}
	return out
}

// A rect is a rectangle around its middle. x and y are the middle, w and h the whole width and
// height.
type rect struct{ x, y, w, h float64 }

// over returns the area that two rectangles have in common, with a margin of 4 between
// them. It is 0 for rectangles that are at least the margin apart.
func (r rect) over(o rect) float64 {
	const air = 4
	x := (r.w+o.w)/2 + air - math.Abs(r.x-o.x)
	y := (r.h+o.h)/2 + air - math.Abs(r.y-o.y)
	if x <= 0 || y <= 0 {
		return 0
	}
	return x * y
}

// holds reports whether a point is within the rectangle.
func (r rect) holds(x, y float64) bool {
	return math.Abs(x-r.x) <= r.w/2 && math.Abs(y-r.y) <= r.h/2
}

// A spot is a place of a view as it is drawn: a symbol, and a name in it or beside it.
type spot struct {
	at    model.Place
	n     *model.Node // nil for tables and the clock, which are no part of the graph
	class string
	lines []string
	box   rect // of the symbol; of a name without one, of its words
	words rect
}

// A drawing is a view as it is drawn. Coordinates are those of the view times scale.
type drawing struct {
	// b is the drawer of the report, which knows labels and units.
	b      *Drawer
	v      *model.View
	spots  []*spot // in the order of the view
	at     map[string]*spot
	frames map[string]rect // of modules, by name
	scale  float64
	// left and top are the corner of the drawing, which may be below 0.
	left, top     float64
	width, height float64
}

// Sizes of letters, in pixels. They are estimates of the page's font. The width of a valve is also
// its height.
const (
	letterWidth = 7.0
	boldLetter  = 8.2
	lineHeight  = 14.0
	valveSize   = 18.0
)

// newDrawing lays out a view. The names are wrapped before the scale is found, because the scale
// depends on their size.
func (b *Drawer) newDrawing(v *model.View) *drawing {
	d := &drawing{b: b, v: v, at: map[string]*spot{}, frames: map[string]rect{}}
	nodes := map[string]*model.Node{}
	for _, n := range b.Graph.Nodes {
		nodes[n.Name] = n
	}
	for _, p := range v.Places {
		s := &spot{at: p, n: nodes[p.Variable()]}
		width, most := 20, 3
		switch {
		case s.n != nil:
			s.class = string(s.n.Kind)
		default:
			s.class = "table"
		}
		if p.Ghost {
			s.class += " ghost"
		}
		switch {
		case s.is(model.NodeStock):
			width = 17
		case s.is(model.NodeFlow):
			width, most = 18, 2
		}
		s.lines = prose.Wrap(b.Names.Of(p.Variable()), width, most)
		d.spots = append(d.spots, s)
		d.at[p.Key] = s
	}
	d.spread()
	d.frame()
	return d
}

// is reports whether a spot is a variable of a kind. It is false for a spot that is no part of the
// graph.
func (s *spot) is(k model.NodeKind) bool { return s.n != nil && s.n.Kind == k }

// unnamed matches the names that a tool gives views by itself.
var unnamed = regexp.MustCompile(`(?i)^(view )?\d*$`)

// name returns the title of the diagram. A view of a module begins with the module's label. A name
// that only a tool gave says nothing and is left out.
func (d *drawing) name() string {
	of := ""
	for _, m := range d.b.C.Set.Model.Modules {
		if m.Name == d.v.Module {
			of = cmp.Or(m.Label, m.Name)
		}
	}
	switch label := d.v.Label; {
	case of == "" && unnamed.MatchString(label):
		return "The model as it was drawn"
	case of != "" && label != "" && label != of:
		return of + ": " + label
	case of != "":
		return of
	}
	return d.v.Label
}

// spread finds the smallest scale at which no name covers another, of 1 to 3 in tenths; if
// there is none, the one with the least overlap. Names that fitted in the letters of the tool may
// collide in those of the page.
func (d *drawing) spread() {
	best := math.Inf(1)
	at := 1.0
	// A larger scale must win by 2 %, so that a picture is not blown up for a hair's breadth.
	for scale := 1.0; scale < 3.05 && best > 0; scale += 0.1 {
		if o := d.place(scale); o < best*0.98 {
			best, at = o, scale
		}
	}
	d.place(at)
}

// place lays everything out at a scale and returns the overlap, an area. The names of flows are
// turned only after all symbols are placed, since they give way to them.
func (d *drawing) place(scale float64) float64 {
	d.scale = scale
	for _, s := range d.spots {
		s.put(scale)
	}
	for _, s := range d.spots {
		if s.is(model.NodeFlow) {
			d.turn(s)
		}
	}
	sum := 0.0
	for i, s := range d.spots {
		for _, o := range d.spots[:i] {
			sum += s.over(o)
		}
	}
	return sum
}

// over returns the area that two spots have in common. The valve of a flow counts besides its name;
// other spots' names lie within their symbols.
func (s *spot) over(o *spot) float64 {
	sum := s.words.over(o.words)
	if s.is(model.NodeFlow) {
		sum += s.box.over(o.words)
	}
	if o.is(model.NodeFlow) {
		sum += s.words.over(o.box)
	}
	return sum
}

// put places a symbol and its name at a scale. A stock is at least as large as its words and as it
// was drawn.
func (s *spot) put(scale float64) {
	x, y := s.at.X*scale, s.at.Y*scale
	most := 0
	for _, l := range s.lines {
		most = max(most, len([]rune(l)))
	}
	w, h := float64(most)*letterWidth, float64(len(s.lines))*lineHeight
	switch {
	case s.is(model.NodeStock):
		s.box = rect{x, y, max(float64(most)*boldLetter+14, s.at.Width, 50), max(h+14, s.at.Height)}
		s.words = s.box
	case s.is(model.NodeFlow):
		s.box = rect{x, y, valveSize, valveSize}
		s.words = rect{x, y, w, h}
		s.beside(s.at.Side)
	default:
		s.box = rect{x, y, w + 4, h + 2}
		s.words = s.box
	}
}

// beside moves a flow's name to a side of its valve: top, left, right, or bottom for any
// other.
func (s *spot) beside(side string) {
	s.words.x, s.words.y = s.box.x, s.box.y
	switch side {
	case "top":
		s.words.y -= valveSize/2 + s.words.h/2 + 3
	case "left":
		s.words.x -= valveSize/2 + s.words.w/2 + 4
	case "right":
		s.words.x += valveSize/2 + s.words.w/2 + 4
	default:
		s.words.y += valveSize/2 + s.words.h/2 + 3
	}
}

// turn moves a flow's name to the side where it covers least, first to the one where it was
// drawn. Of equal sides the first counts: below or above a level pipe, right or left of an upright
// one.
func (d *drawing) turn(s *spot) {
	best, at := math.Inf(1), ""
	sides := []string{"bottom", "top", "right", "left"}
	if d.isUpright(s) {
		sides = []string{"right", "left", "bottom", "top"}
	}
	if s.at.Side != "" {
		sides = append([]string{s.at.Side}, sides...)
	}
	for _, side := range sides {
		s.beside(side)
		sum := 0.0
		for _, o := range d.spots {
			if o != s {
				sum += s.over(o)
			}
		}
		if sum < best {
			best, at = sum, side
		}
	}
	s.beside(at)
}

// isUpright reports whether a pipe is vertical at its valve. It is false for a flow without a pipe
// in the view.
func (d *drawing) isUpright(s *spot) bool {
	pipe := d.v.Pipe(s.at.Key)
	if pipe == nil {
		return false
	}
	for i, b := range pipe.Points[1:] {
		a := pipe.Points[i]
		dx, dy := math.Abs(b[0]-a[0]), math.Abs(b[1]-a[1])
		if dy > dx && math.Abs(s.at.X-a[0]) <= valveSize/2 && min(a[1], b[1])-1 <= s.at.Y &&
			s.at.Y <= max(a[1], b[1])+1 {
			return true
		}
	}
	return false
}

// frame computes the rectangle that holds the whole diagram. It also notes the rectangles of
// modules, to which arrows may lead.
func (d *drawing) frame() {
	const margin = 14
	x1, y1, x2, y2 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	include := func(r rect) {
		x1, y1 = min(x1, r.x-r.w/2), min(y1, r.y-r.h/2)
		x2, y2 = max(x2, r.x+r.w/2), max(y2, r.y+r.h/2)
	}
	for _, s := range d.spots {
		include(s.box)
		include(s.words)
		for _, p := range d.way(s) {
			// The room is that of a cloud at the end of a pipe.
			include(rect{p[0], p[1], 30, 24})
		}
	}
	for _, a := range d.v.Arrows {
		for _, p := range a.Points {
			include(rect{p[0] * d.scale, p[1] * d.scale, 0, 0})
		}
	}
	for _, n := range d.v.Notes {
		r, _ := d.noteAt(n)
		include(r)
	}
	for _, b := range d.v.Boxes {
		r := d.boxAt(b)
		include(r)
		if b.Kind == model.BoxModule {
			d.frames[b.Name] = r
		}
	}
	d.left, d.top = x1-margin, y1-margin
	d.width, d.height = x2-x1+2*margin, y2-y1+2*margin
}

// noteAt returns the rectangle and the lines of a note. It is as wide as its longest line, which
// may be less than in the view.
func (d *drawing) noteAt(n model.Note) (rect, []string) {
	lines := prose.Wrap(n.Text, max(24, int(n.Width*d.scale/letterWidth)), 8)
	most := 0
	for _, l := range lines {
		most = max(most, len([]rune(l)))
	}
	return rect{n.X * d.scale, n.Y * d.scale, float64(most) * letterWidth, float64(len(lines)) * lineHeight}, lines
}

// boxAt returns the rectangle of a box; a module's is wide enough for its name.
func (d *drawing) boxAt(b model.Box) rect {
	w, h := b.Width*d.scale, b.Height*d.scale
	if b.Kind == model.BoxModule {
		w, h = max(w, float64(len([]rune(b.Name)))*letterWidth+16), max(h, 34)
	}
	return rect{b.X * d.scale, b.Y * d.scale, w, h}
}
