package sketch

import (
	"math"
	"slices"
	"strconv"

	"weir/model"
	"weir/model/document"
	"weir/model/function"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/syntax"
)

// A Namer returns the name in the model of the variable that a word of a drawing names,
// by its folded name; "" if the model has none.
type Namer func(key string) string

// Draw adds the views of the drawing at a place of the decoded file src to the model, and
// a row for each to the report.
// A view without places and notes is left out; one without a title is named by its number.
func Draw(r *report.Report, src string, at syntax.Span, m *model.Model, name Namer) {
	known := map[string]*model.Variable{}
	for _, v := range m.Variables {
		known[v.Name] = v
	}
	names := map[string]int{}
	for i, s := range readSketch(r, src, at) {
		d := &drawing{
			Report: r, name: name, known: known,
			objects: map[int]*object{}, keys: map[int]string{}, taken: map[string]int{}, piped: map[string]bool{},
		}
		d.v = &model.View{Label: s.title, Span: r.Place(s.at)}
		d.draw(s)
		title := s.title
		if title == "" {
			title = "View " + strconv.Itoa(i+1)
		}
		if grade, how := d.lost.Grade(); len(s.objects) > 0 {
			r.Row(title, "", grade, how, s.at)
		}
		if len(d.v.Places)+len(d.v.Notes) > 0 {
			d.v.Name = document.FreeViewName(names, naming.Variable(title))
			m.Views = append(m.Views, d.v)
		}
	}
}

// A drawing is a view in the making.
type drawing struct {
	*report.Report
	name    Namer                      // finds variables
	v       *model.View                // the view that is made
	known   map[string]*model.Variable // the model's variables by our names
	objects map[int]*object            // all but arrows, by id
	valves  map[int]*object            // the word of each valve that has one, by the valve's id
	keys    map[int]string             // of the places, by the ids of words and valves
	piped   map[string]bool            // places of flows that have their pipe
	taken   map[string]int             // how often each key was asked for
	lost    model.Lost                 // parts that views do not keep
}

// draw makes the view: variables first, then notes, arrows, and the pipes of the flows.
func (d *drawing) draw(s *sketchView) {
	for _, o := range s.objects {
		if o.kind != objArrow {
			d.objects[o.id] = o
		}
	}
	d.attach(s.objects)
	valveOf := map[int]*object{}
	for id, word := range d.valves {
		valveOf[word.id] = d.objects[id]
	}
	for _, shadows := range []bool{false, true} { // homes before ghosts, as TOML has them
		for _, o := range s.objects {
			if o.kind == objWord && o.isShadow() == shadows {
				d.word(o, valveOf[o.id])
			}
		}
	}
	for _, o := range s.objects {
		if o.kind == objText {
			d.text(o)
		}
	}
	pipes := map[int][]*object{}
	for _, o := range s.objects {
		switch {
		case o.kind != objArrow:
		case d.isPipe(o):
			pipes[o.from] = append(pipes[o.from], o)
		default:
			d.arrow(o)
		}
	}
	for _, o := range s.objects {
		if o.kind == objValve {
			d.pipe(o, pipes[o.id])
		}
	}
}

// attach finds the word of each valve: the next one that is marked as a valve's.
func (d *drawing) attach(objects []*object) {
	d.valves = map[int]*object{}
	var valve *object
	for _, o := range objects {
		switch {
		case o.kind == objValve && o.attached():
			valve = o
		case o.kind == objWord && o.attached() && valve != nil:
			d.valves[valve.id] = o
			valve = nil
		}
	}
}

// word places a variable; a flow is where its valve is.
// valve is nil for a word that has none. A word that is not kept has no key, so that arrows to it
// are left out as well.
func (d *drawing) word(o, valve *object) {
	name := d.variable(o.name)
	switch {
	case name == "":
		d.lost.Add(spoken(o.name) + ", which is no variable of the model")
		return
	case o.hidden:
		d.lost.Add("hidden variable")
		return
	}
	p := model.Place{X: o.x, Y: o.y, Ghost: o.isShadow(), Span: d.Place(o.at)}
	if valve != nil {
		p.X, p.Y, p.Side = valve.x, valve.y, side(o.x-valve.x, o.y-valve.y)
		d.keys[valve.id] = ""
	} else if o.shape&31 != 8 {
		// The file has half of the width and of the height.
		p.Width, p.Height = 2*math.Abs(o.width), 2*math.Abs(o.height)
	}
	if p.Key = document.FreeKey(d.taken, name, "#"); len(p.Key) > model.MaxKey {
		d.lost.Add("place of a variable with a very long name")
		return
	}
	d.keys[o.id] = p.Key
	if valve != nil {
		d.keys[valve.id] = p.Key
	}
	d.v.Places = append(d.v.Places, p)
}

// spoken returns a name as the report shows it.
func spoken(name string) string {
	if len(name) > 1 && name[0] == '"' && syntax.QuotedLength(name) == len(name) {
		return syntax.Unquote(name)
	}
	return name
}

// variable returns our name of the variable that a word names; "" if the model has none.
func (d *drawing) variable(name string) string {
	ours := d.name(sheet.FoldQuoted(name))
	if d.known[ours] == nil && !function.IsClock(ours) {
		return ""
	}
	return ours
}

// side returns the side of its valve on which a name is; "" for below, where flows have it.
func side(dx, dy float64) string {
	switch {
	case math.Abs(dx) > 2*math.Abs(dy) && dx > 0:
		return "right"
	case math.Abs(dx) > 2*math.Abs(dy):
		return "left"
	case dy < 0:
		return "top"
	}
	return ""
}

// text keeps a comment. Tables, sliders and images are not kept; clouds are the ends of
// their pipes.
func (d *drawing) text(o *object) {
	switch {
	case o.isTool():
		d.lost.Add("table, graph or slider")
	case o.hidden && o.name != "":
		d.lost.Add("hidden comment")
	case o.name != "":
		d.v.Notes = append(d.v.Notes, model.Note{Text: o.name, X: o.x, Y: o.y, Width: 2 * math.Abs(o.width),
			Height: 2 * math.Abs(o.height), Span: d.Place(o.at)})
	}
}

// isPipe reports whether an arrow is half of a flow: a double line from its valve.
func (d *drawing) isPipe(o *object) bool {
	from := d.objects[o.from]
	return from != nil && from.kind == objValve && o.thickness > 20
}

// arrow keeps an arrow from a cause to its effect.
// Points at the origin are no points of the way.
func (d *drawing) arrow(o *object) {
	from, to := d.keys[o.from], d.keys[o.to]
	switch {
	case o.hidden:
		d.lost.Add("hidden arrow")
		return
	case from == "" || to == "":
		if a, b := d.objects[o.from], d.objects[o.to]; a != nil && b != nil &&
			(a.kind == objText || b.kind == objText) {
			d.lost.Add("arrow from or to a comment")
		}
		return // or one of its ends is not kept
	}
	a := model.Arrow{From: from, To: to, Sign: polarities[o.polarity], Span: d.Place(o.at)}
	origin := [2]float64{}
	points := slices.DeleteFunc(o.points, func(p [2]float64) bool { return p == origin })
	switch {
	case len(points) > 1:
		a.Points = slices.Concat([][2]float64{d.middle(o.from)}, points, [][2]float64{d.middle(o.to)})
	case len(points) == 1 && o.shape == 1:
		a.Points = points
	}
	d.v.Arrows = append(d.v.Arrows, a)
}

// middle returns the middle of an object that is drawn.
func (d *drawing) middle(id int) [2]float64 { return [2]float64{d.objects[id].x, d.objects[id].y} }

// polarities are the letters that an arrow may carry.
var polarities = map[int]string{'+': "+", 's': "+", 'S': "+", '-': "-", 'o': "-", 'O': "-"}

// pipe joins the halves of a flow: out of a stock or cloud, through the valve, into
// another.
func (d *drawing) pipe(valve *object, halves []*object) {
	key := d.keys[valve.id]
	switch {
	case d.valves[valve.id] == nil:
		d.lost.Add("flow without a name")
		return
	case key == "" || len(halves) != 2:
		return // its name is not kept, or there is but one end
	}
	if d.piped[key] {
		d.lost.Add("second valve of a flow")
		return
	}
	d.piped[key] = true
	first, last := halves[0], halves[1]
	if a, b := d.leads(key, first), d.leads(key, last); a > b || a == b && last.shape == noHead {
		first, last = last, first
	}
	middle := [2]float64{valve.x, valve.y}
	before := slices.Clone(first.points)
	slices.Reverse(before)
	way := slices.Concat([][2]float64{d.end(first, middle)}, before, [][2]float64{middle}, last.points,
		[][2]float64{d.end(last, middle)})
	d.v.Pipes = append(d.v.Pipes, model.Pipe{Flow: key, Points: straightened(way), Span: d.Place(valve.at)})
}

// noHead is the shape of the half of a flow that has no arrow at its end.
const noHead = 100

// leads is 1 if a half of a flow ends at a stock that it fills, -1 at one that it
// drains, and 0 at a cloud.
func (d *drawing) leads(flow string, half *object) int {
	stock, name := d.known[placeName(d.keys[half.to])], placeName(flow)
	switch {
	case stock == nil:
		return 0
	case slices.Contains(stock.Inflow, name):
		return 1
	case slices.Contains(stock.Outflow, name):
		return -1
	}
	return 0
}

// placeName returns the variable that a place's key names.
func placeName(key string) string { return model.Place{Key: key}.Variable() }

// end returns where a half of a flow ends: in the middle of a cloud, or at the side of a box.
func (d *drawing) end(half *object, from [2]float64) [2]float64 {
	if n := len(half.points); n > 0 {
		from = half.points[n-1]
	}
	o := d.objects[half.to]
	switch {
	case o == nil:
		return from
	case o.kind != objWord:
		return [2]float64{o.x, o.y}
	}
	return edge(from, o)
}

// edge returns where a line from a point meets a box: square to its side where it can be.
// A box may have no size, for which a pixel stands.
func edge(from [2]float64, o *object) [2]float64 {
	dx, dy, w, h := from[0]-o.x, from[1]-o.y, math.Abs(o.width), math.Abs(o.height)
	switch {
	case math.Abs(dy) <= h:
		return [2]float64{o.x + math.Copysign(w, dx), from[1]}
	case math.Abs(dx) <= w:
		return [2]float64{from[0], o.y + math.Copysign(h, dy)}
	}
	k := max(math.Abs(dx)/max(w, 1), math.Abs(dy)/max(h, 1))
	return [2]float64{math.Round(o.x + dx/k), math.Round(o.y + dy/k)}
}

// straightened returns a way without the points that lie on the line between their
// neighbours, up to a pixel.
// Both ends stay. The way has at least one point, and is not changed.
func straightened(way [][2]float64) [][2]float64 {
	out := way[:1:1]
	for i := 1; i+1 < len(way); i++ {
		if a, b, c := out[len(out)-1], way[i], way[i+1]; b != a && !between(a, b, c) {
			out = append(out, b)
		}
	}
	return append(out, way[len(way)-1])
}

// between reports whether b is on the line from a to c, up to a pixel.
func between(a, b, c [2]float64) bool {
	ux, uy, vx, vy := c[0]-a[0], c[1]-a[1], b[0]-a[0], b[1]-a[1]
	length := math.Hypot(ux, uy)
	along := ux*vx + uy*vy
	return length > 0 && math.Abs(ux*vy-uy*vx) <= length && along >= 0 && along <= length*length
}
