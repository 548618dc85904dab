package export

import (
	"cmp"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/document"
	"weir/model/structure"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/naming"
)

// diagrams writes the views of a unit. Variables without a place in any view, and modules, are laid
// out in the largest one, or in a view of their own.
func (x *exporter) diagrams(u *unit) {
	links := x.linksOf(u)
	w := &viewWriter{exporter: x, links: links, homes: map[string]home{}}
	x.open("views")
	elsewhere := map[string]bool{}
	if len(u.views) == 0 {
		w.bare, w.main = true, true
		w.view(&model.View{Name: "main"}, x.lay(nil, elsewhere, links))
		x.close("views")
		return
	}
	main := slices.MaxFunc(u.views, func(a, b *model.View) int { return cmp.Compare(len(a.Places), len(b.Places)) })
	w.findHomes()
	for name, h := range w.homes {
		elsewhere[name] = elsewhere[name] || h.view != main
	}
	for _, v := range u.views {
		w.bare = w.bare && len(v.Arrows) == 0
	}
	for _, v := range u.views {
		w.main = v == main
		var l *layout
		if v == main {
			l = x.lay(v, elsewhere, links)
		} else {
			l = x.lay(v, w.allBut(v), links)
		}
		w.view(v, l)
	}
	x.close("views")
}

// linksOf returns the influences with an end in a unit, in the order of the whole model's. No run
// is needed for them: connectors carry no signs in XMILE 1.0.
func (x *exporter) linksOf(u *unit) []*model.Link {
	if x.links == nil {
		x.links = map[*unit][]*model.Link{}
		for _, k := range structure.Links(x.r, nil).Links {
			from, to := x.unitNamed(k.From.Name), x.unitNamed(k.To.Name)
			if x.links[from] = append(x.links[from], k); to != from {
				x.links[to] = append(x.links[to], k)
			}
		}
	}
	return x.links[u]
}

// unitNamed returns the unit of a variable, or the model itself for any other name.
func (x *exporter) unitNamed(name string) *unit {
	if v := x.vars[name]; v != nil {
		return x.unitOf(v)
	}
	return x.top
}

// A home is the one place of a variable that is not written as a repetition.
type home struct {
	view *model.View
	key  string
}

// A viewWriter writes views.
type viewWriter struct {
	*exporter
	links []*model.Link
	homes map[string]home
	bare  bool // no view has an arrow: the model's own are written
	main  bool // the view is the one in which all that has no place is laid out

	v       *model.View
	own     *annex.View
	uid     int
	aliases map[string]string // their numbers, by key
	keys    map[string]string // of places, as they are found when the file is read
	spots   map[string]spot   // of places and boxes, by key
	boxes   map[*unit]string  // the keys of boxes of modules that are written as such
}

// findHomes gives each variable its first place that is no ghost, or else its first one.
// It takes two passes, so that a ghost in an early view does not take the home from a place in a
// later one.
func (w *viewWriter) findHomes() {
	w.bare = true
	for _, ghosts := range []bool{false, true} {
		for _, v := range w.in.views {
			for _, p := range v.Places {
				name := p.Variable()
				if _, has := w.homes[name]; !has && p.Ghost == ghosts && w.isOwn(name) {
					w.homes[name] = home{v, p.Key}
				}
			}
		}
	}
}

// isOwn reports whether a name is of a variable of the unit.
func (w *viewWriter) isOwn(name string) bool {
	v := w.vars[name]
	return v != nil && w.unitOf(v) == w.in
}

// allBut returns all variables that have no place in a view.
func (w *viewWriter) allBut(v *model.View) map[string]bool {
	out := map[string]bool{}
	for _, u := range w.in.vars {
		out[u.Name] = true
	}
	for _, p := range v.Places {
		delete(out, p.Variable())
	}
	return out
}

// view writes one view: its own places, then those that the layout adds.
func (w *viewWriter) view(v *model.View, l *layout) {
	w.v, w.own, w.uid = v, &annex.View{Name: strings.TrimPrefix(v.Name, w.in.path+"."), Label: v.Label}, 0
	w.aliases, w.keys, w.spots = map[string]string{}, map[string]string{}, map[string]spot{}
	w.boxes = map[*unit]string{}
	w.in.own = append(w.in.own, w.own)
	w.open("view", "type", "stock_flow")
	drawn, added := w.places(l)
	for _, b := range v.Boxes {
		w.box(b)
	}
	if w.main {
		w.restOfUnit(l)
	}
	for _, n := range v.Notes {
		w.leaf("text_box", n.Text, append([]string{"uid", w.next()}, corner(n.X, n.Y, n.Width, n.Height)...)...)
	}
	for _, a := range v.Arrows {
		w.arrow(a)
	}
	// Influences of the model are drawn where nobody drew any, and for the variables that the
	// layout has added; the reader is told from which number on, to leave them out again.
	before := w.uid
	for _, k := range w.links {
		if w.bare || added[k.From.Name] || added[k.To.Name] {
			w.derived(k, drawn)
		}
	}
	if w.uid > before {
		w.own.Derived = before + 1
	}
	w.close("view")
}

// places writes the places of the view and those that the layout adds. It returns the keys
// of all of them by variable, and the variables that were added.
func (w *viewWriter) places(l *layout) (drawn map[string]string, added map[string]bool) {
	drawn, added = map[string]string{}, map[string]bool{}
	// The first place of a variable stands for it where an arrow names the variable.
	all := slices.Clone(w.v.Places)
	for _, p := range all {
		if name := p.Variable(); drawn[name] == "" {
			drawn[name] = p.Key
		}
	}
	for _, u := range w.in.vars {
		if s, ok := l.at[u.Name]; ok && drawn[u.Name] == "" {
			drawn[u.Name], added[u.Name] = u.Name, true
			w.homes[u.Name] = home{w.v, u.Name}
			all = append(all, model.Place{Key: u.Name, X: math.Round(s.x), Y: math.Round(s.y)})
		}
	}
	w.number(all)
	for _, p := range all[len(w.v.Places):] {
		w.own.Added = append(w.own.Added, w.keys[p.Key])
	}
	for i, p := range all {
		w.spots[p.Key] = spot{p.X, p.Y}
		if name := p.Variable(); w.rank(p) < 2 {
			w.place(p, l)
		} else {
			w.own.Clock = append(w.own.Clock, annex.Place{
				Box: annex.Box{Name: name, X: p.X, Y: p.Y, Width: p.Width,
					Height: p.Height}, At: i, Side: p.Side, Ghost: p.Ghost,
			})
		}
	}
	return drawn, added
}

// number gives places the keys that they will have when the file is read: homes come
// first, then repetitions, then the clock, which XMILE has no symbol for.
func (w *viewWriter) number(places []model.Place) {
	taken := map[string]int{}
	for rank := range 3 {
		for _, p := range places {
			if w.rank(p) == rank {
				name := p.Variable()
				if w.isOwn(name) {
					name = naming.Canonical(w.local(w.vars[name]))
				} else if w.vars[name] != nil { // of a module inside
					name = w.reference(name)
				}
				w.keys[p.Key] = document.FreeKey(taken, name, "#")
			}
		}
	}
}

// rank returns 0 for the home of a variable, 1 for a repetition, 2 for the clock.
func (w *viewWriter) rank(p model.Place) int {
	name := p.Variable()
	switch {
	case w.vars[name] == nil:
		return 2
	case w.homes[name] == home{w.v, p.Key}:
		return 0
	}
	return 1
}

// box writes a group or a module. Of a module that is no model of the file, as in pictures of
// other tools, there is nothing for XMILE to name.
func (w *viewWriter) box(b model.Box) {
	w.spots[b.Name] = spot{b.X, b.Y}
	if kid := w.kidOf(b.Name); kid != nil && b.Kind == model.BoxModule && w.boxes[kid] == "" {
		w.boxes[kid] = b.Name
		w.empty("module", append([]string{"name", kid.name}, corner(b.X, b.Y, b.Width, b.Height)...)...)
		return
	}
	if b.Kind == model.BoxModule {
		w.own.Modules = append(w.own.Modules, annex.Box{Name: b.Name, X: b.X, Y: b.Y, Width: b.Width, Height: b.Height})
		return
	}
	w.empty("group", append([]string{"name", b.Name}, corner(b.X, b.Y, b.Width, b.Height)...)...)
}

// kidOf returns the unit inside the one that is written which a box of a view stands for, or nil.
func (w *viewWriter) kidOf(box string) *unit {
	box = strings.TrimPrefix(box, w.in.path+".")
	for _, kid := range w.in.kids {
		c := naming.Canonical(box)
		if c == naming.Canonical(kid.name) || c == strings.TrimPrefix(kid.path, w.in.path+".") {
			return kid
		}
	}
	return nil
}

// restOfUnit writes the symbols of modules and bridges that no view of the unit has. The reader
// is told to leave them out again.
func (w *viewWriter) restOfUnit(l *layout) {
	for _, kid := range w.in.kids {
		if w.inViews(kid) {
			continue
		}
		at := l.free(spot{200, l.row()})
		l.put("module "+kid.name, at, 0)
		w.own.NoModules = append(w.own.NoModules, kid.name)
		w.empty("module", append([]string{"name", kid.name}, corner(math.Round(at.x), math.Round(at.y), 0, 0)...)...)
	}
	for _, b := range w.in.bridges {
		at := l.free(spot{200, l.row()})
		l.put("bridge "+b.name, at, 0)
		w.own.Added = append(w.own.Added, naming.Canonical(b.name))
		w.empty("aux", append([]string{"name", b.name}, corner(math.Round(at.x), math.Round(at.y), 0, 0)...)...)
	}
}

// inViews reports whether a module has a box in a view of the unit.
func (w *viewWriter) inViews(kid *unit) bool {
	for _, v := range w.in.views {
		for _, b := range v.Boxes {
			if b.Kind == model.BoxModule && w.kidOf(b.Name) == kid {
				return true
			}
		}
	}
	return false
}

// next returns the next number of an element in the view, from 1 on.
func (w *viewWriter) next() string {
	w.uid++
	return strconv.Itoa(w.uid)
}

// corner returns the attributes of a place: of its middle, or with a size of its upper left
// corner.
func corner(x, y, width, height float64) []string {
	if width > 0 && height > 0 {
		return []string{"x", annex.Decimal(edge(x, width)), "y", annex.Decimal(edge(y, height)), "width",
			annex.Decimal(width), "height", annex.Decimal(height)}
	}
	return []string{"x", annex.Decimal(x), "y", annex.Decimal(y)}
}

// edge returns where something begins that is so long around its middle: the shortest decimal
// that gives just this middle when it is read.
func edge(middle, length float64) float64 {
	// The reader adds half the length again, in floating point; a rounded corner that does
	// not give the same middle would move the symbol at every export.
	for scale := 1.0; scale < 1e9; scale *= 10 {
		if x := math.Round((middle-length/2)*scale) / scale; x+length/2 == middle {
			return x
		}
	}
	return middle - length/2
}

// place writes a variable where it is at home, and an alias elsewhere.
func (w *viewWriter) place(p model.Place, l *layout) {
	name, pipe := p.Variable(), w.v.Pipe(p.Key)
	at := append(corner(p.X, p.Y, p.Width, p.Height), "label_side", p.Side)
	rank := w.rank(p)
	// XMILE tells homes from repetitions by the element only, which the writer chooses by
	// rank; a view that has them the other way round says so in its own part.
	if p.Ghost == (rank == 0) {
		w.own.Other = append(w.own.Other, w.keys[p.Key])
	}
	if pipe != nil && (rank == 1 || w.vars[name].Kind != model.KindFlow) {
		w.own.Pipes = append(w.own.Pipes, annex.Pipe{Key: w.keys[p.Key], Points: pipe.Points})
	}
	if rank == 1 {
		w.aliases[p.Key] = w.next()
		w.open("alias", append(at, "uid", w.aliases[p.Key])...)
		w.leaf("of", w.reference(name))
		w.close("alias")
		return
	}
	at = append([]string{"name", w.local(w.vars[name])}, at...)
	switch w.vars[name].Kind {
	case model.KindStock:
		w.empty("stock", at...)
	case model.KindFlow:
		w.open("flow", at...)
		w.points(w.way(p, l))
		w.close("flow")
	default:
		w.empty("aux", at...)
	}
}

// way returns a flow's path: as drawn, or as laid out.
func (w *viewWriter) way(p model.Place, l *layout) [][2]float64 {
	if pipe := w.v.Pipe(p.Key); pipe != nil {
		return pipe.Points
	}
	w.own.Laid = append(w.own.Laid, w.keys[p.Key])
	var out [][2]float64
	for _, s := range l.pts[p.Variable()] {
		out = append(out, [2]float64{math.Round(s.x), math.Round(s.y)})
	}
	return out
}

// points writes the path of a flow, in pixels.
func (w *viewWriter) points(points [][2]float64) {
	w.open("pts")
	for _, p := range points {
		w.empty("pt", "x", annex.Decimal(p[0]), "y", annex.Decimal(p[1]))
	}
	w.close("pts")
}

// arrow writes an arrow of the view. XMILE knows its angle only, and no alias at its end:
// the rest goes into weir's own part.
// An arrow whose ends are not in the view is left out.
func (w *viewWriter) arrow(a model.Arrow) {
	from, okFrom := w.spots[a.From]
	to, okTo := w.spots[a.To]
	if !okFrom || !okTo {
		return
	}
	uid := w.next()
	own := annex.Arrow{Points: a.Points, Straight: a.Angle == nil && len(a.Points) == 0, Sign: a.Sign}
	angle := direction(from, to)
	switch {
	case a.Angle != nil:
		angle = *a.Angle
	case len(a.Points) == 1:
		angle = tangent(from, spot{a.Points[0][0], a.Points[0][1]}, to)
	}
	if w.aliases[a.To] != "" {
		own.To = w.keys[a.To]
	}
	if foreign := w.isForeign(a.From) || w.isForeign(a.To); foreign {
		own.From, own.To, own.Angle, own.Delayed = cmp.Or(w.keys[a.From], a.From), cmp.Or(w.keys[a.To],
			a.To), a.Angle, a.Delayed
	} else {
		w.open("connector", "uid", uid, "angle", annex.Decimal(angle), "delay_mark", yes(a.Delayed))
		w.from(a.From)
		w.leaf("to", w.end(a.To))
		w.close("connector")
	}
	if !reflect.DeepEqual(own, annex.Arrow{}) {
		own.ID = w.uid
		w.own.Arrows = append(w.own.Arrows, own)
	}
}

// isForeign reports whether a key is of something that XMILE has no place for.
func (w *viewWriter) isForeign(key string) bool {
	for _, name := range w.boxes {
		if name == key {
			return false
		}
	}
	return w.vars[model.Place{Key: key}.Variable()] == nil
}

// from writes the place at which an arrow begins.
func (w *viewWriter) from(key string) {
	if uid := w.aliases[key]; uid != "" {
		w.open("from")
		w.empty("alias", "uid", uid)
		w.close("from")
		return
	}
	w.leaf("from", w.end(key))
}

// end returns the name of a variable or module at the end of an arrow.
func (w *viewWriter) end(key string) string {
	for kid, name := range w.boxes { // one at most has that name
		if name == key {
			return w.identifier(naming.Canonical(kid.name))
		}
	}
	return w.reference(model.Place{Key: key}.Variable())
}

// direction returns the angle of a straight arrow: degrees, counter-clockwise, and y points down.
// An arrow to the right has 0, one upwards 90.
func direction(a, b spot) float64 {
	return math.Round(math.Atan2(a.y-b.y, b.x-a.x) * 180 / math.Pi)
}

// tangent returns the angle at which the circle through three points leaves the first one.
// Points on one line have the direction of the line. The result is rounded to a hundredth.
func tangent(a, via, b spot) float64 {
	ux, uy, vx, vy := via.x-a.x, via.y-a.y, b.x-a.x, b.y-a.y
	cross := ux*vy - uy*vx
	if math.Abs(cross) < 1e-9 {
		return direction(a, b)
	}
	// The circle's middle, from a: it is as far from via and b as from a.
	u, v := (ux*ux+uy*uy)/2, (vx*vx+vy*vy)/2
	cx, cy := (u*vy-v*uy)/cross, (ux*v-vx*u)/cross
	tx, ty := cy, -cx // square to the way to the middle, which is on the side that the arc turns to
	if cross < 0 {
		tx, ty = -tx, -ty
	}
	return math.Round(math.Atan2(-ty, tx)*180/math.Pi*100) / 100
}

// derived writes an arrow for an influence that is no flow.
func (w *viewWriter) derived(k *model.Link, drawn map[string]string) {
	to := w.vars[k.To.Name]
	// A flow into or out of a stock is drawn as a pipe, and needs no arrow.
	material := to != nil && to.Kind == model.KindStock && (slices.Contains(to.Inflow, k.From.Name) ||
		slices.Contains(to.Outflow, k.From.Name))
	from, into := drawn[k.From.Name], drawn[k.To.Name]
	if from == "" || into == "" || material || k.From == k.To {
		return
	}
	w.arrow(model.Arrow{From: from, To: into})
}
