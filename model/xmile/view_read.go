package xmile

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/model"
)

// A viewReader reads the diagrams of a file.
type viewReader struct {
	*importer
	known map[string]*model.Variable // the variables of the model by name
	names map[string]int             // of views, as they are given out
	next  int                        // views so far: weir's own part has an entry for each
}

// readViews reads the diagrams of the whole model and of its modules, in the order of
// the file. All variables must have their names.
func readViews(im *importer) {
	r := &viewReader{importer: im, known: map[string]*model.Variable{}, names: map[string]int{}}
	for _, v := range im.m.Variables {
		r.known[v.Name] = v
	}
	r.visit(im.top)
}

// visit reads the diagrams of one model, then those of its modules.
func (r *viewReader) visit(sp *space) {
	if all := sp.model.kid("views"); all != nil {
		for _, n := range all.all("view") {
			r.view(sp, n)
		}
	}
	if vars := sp.model.kid("variables"); vars != nil {
		for _, k := range vars.all("module") {
			if kid := sp.kids[canonical(k.value("name"))]; kid != nil {
				r.visit(kid)
			}
		}
	}
}

// view reads one diagram.
func (r *viewReader) view(sp *space, n *node) {
	title := cmp.Or(spoken(n.value("name")), strings.TrimSuffix(sp.path, "."))
	if kind := cmp.Or(n.value("type"), n.value("view_type"), "stock_flow"); canonical(kind) != "stock_flow" {
		r.row(n, cmp.Or(title, "view"), model.Unsupported, "a view of the kind "+kind+", which is no picture of the model")
		return
	}
	p := &picture{importer: r.importer, sp: sp, known: r.known, keys: map[string]string{}, taken: map[string]int{},
		v: &model.View{Label: title, Span: n.span(r.file)}}
	p.draw(n)
	name := snake(title)
	if title == "" {
		name = "main"
	}
	if own := r.nextOwn(); own != nil {
		p.finish(own)
		name = cmp.Or(own.Name, name)
	}
	grade, how := p.lost.Grade()
	kept := len(p.v.Places)+len(p.v.Notes)+len(p.v.Boxes) > 0
	if kept || grade != model.Exact {
		r.row(n, cmp.Or(title, "view"), grade, how)
	}
	if kept {
		p.v.Name = model.FreeViewName(r.names, name)
		r.m.Views = append(r.m.Views, p.v)
	}
}

// nextOwn returns what weir wrote about the next view of its own file, or nil.
func (r *viewReader) nextOwn() *ownView {
	if r.next++; r.next > len(r.own.Views) {
		return nil
	}
	return r.own.Views[r.next-1]
}

// A picture is a view in the making.
type picture struct {
	*importer
	sp    *space
	v     *model.View
	known map[string]*model.Variable
	keys  map[string]string // of places and modules, by canonical name or "uid " and number
	taken map[string]int
	lost  model.Lost

	arrowIDs []int // of the arrows of the view, as the file numbers them
}

// draw keeps places first, since arrows may stand before what they join, and of them those
// where something is at home, as TOML has them.
func (p *picture) draw(n *node) {
	var aliases []*node
	for _, k := range n.kids {
		switch canonical(k.name) {
		case "stock", "flow", "aux":
			p.place(k, k.value("name"), []string{canonical(k.value("name"))})
		case "alias":
			aliases = append(aliases, k)
		case "module":
			p.box(k, model.BoxModule)
		case "group":
			p.box(k, model.BoxGroup)
		case "text_box":
			p.note(k)
		case "style", "connector", "simulation_delay":
		default:
			p.lost.Add("<" + k.name + ">")
		}
	}
	for _, k := range aliases {
		p.place(k, k.words("of"), splitPath(k.words("of")))
	}
	p.sortBoxes()
	for _, k := range n.kids {
		if canonical(k.name) == "connector" {
			p.arrow(k)
		}
	}
}

// place keeps where a variable is drawn. Without a size, x and y are the middle of a
// symbol, and with one its upper left corner.
func (p *picture) place(n *node, name string, path []string) {
	ours, alias := p.variable(path), n.is("alias")
	at := model.Place{Ghost: alias, Span: n.span(p.file)}
	switch {
	case ours == "":
		p.lost.Add(spoken(name) + ", which is no variable of the model")
		return
	case !p.rectangle(n, &at.X, &at.Y, &at.Width, &at.Height):
		p.lost.Add("place of " + spoken(name) + " without x and y")
		return
	}
	if side := strings.ToLower(n.value("label_side")); slices.Contains(model.Sides, side) {
		at.Side = side
	}
	if at.Key = model.FreeKey(p.taken, ours, "#"); len(at.Key) > model.MaxKey {
		p.lost.Add("place of a variable with a very long name")
		return
	}
	if !alias && p.keys[canonical(name)] == "" {
		p.keys[canonical(name)] = at.Key
	}
	if uid := n.value("uid"); uid != "" {
		p.keys["uid "+uid] = at.Key
	}
	p.v.Places = append(p.v.Places, at)
	if points := p.points(n); len(points) > 1 {
		p.v.Pipes = append(p.v.Pipes, model.Pipe{Flow: at.Key, Points: points, Span: n.span(p.file)})
	}
}

// variable is our name of what stands at a path of modules.
func (p *picture) variable(path []string) string {
	v := p.sp.find(path, p.top)
	for i := 0; v != nil && v.source != nil && p.known[v.ours] == nil && i < 100; i++ {
		v = v.source
	}
	switch {
	case v != nil && p.known[v.ours] != nil:
		return v.ours
	case v == nil && model.IsClock(path[0]):
		return path[0]
	}
	return ""
}

// coordinate is an attribute in pixels.
func (p *picture) coordinate(n *node, name string) (float64, bool) {
	x, err := strconv.ParseFloat(strings.TrimSpace(n.value(name)), 64)
	return x, err == nil && math.Abs(x) <= model.MaxPixel // false for NaN, too
}

// rectangle reads the middle and the size of what an element draws.
func (p *picture) rectangle(n *node, x, y, width, height *float64) bool {
	var okX, okY bool
	*x, okX = p.coordinate(n, "x")
	*y, okY = p.coordinate(n, "y")
	w, okW := p.coordinate(n, "width")
	h, okH := p.coordinate(n, "height")
	if okW && okH && w > 0 && h > 0 {
		*x, *y, *width, *height = *x+w/2, *y+h/2, w, h
	}
	return okX && okY && math.Abs(*x) <= model.MaxPixel && math.Abs(*y) <= model.MaxPixel
}

// points are those of an element's <pts>.
func (p *picture) points(n *node) [][2]float64 {
	list := n.kid("pts")
	if list == nil {
		return nil
	}
	var out [][2]float64
	for _, k := range list.all("pt") {
		x, okX := p.coordinate(k, "x")
		y, okY := p.coordinate(k, "y")
		if okX && okY {
			out = append(out, [2]float64{x, y})
		}
	}
	return out
}

// box keeps a module or a group.
func (p *picture) box(n *node, kind model.BoxKind) {
	name := spoken(n.value("name"))
	b := model.Box{Kind: kind, Span: n.span(p.file)}
	if !p.rectangle(n, &b.X, &b.Y, &b.Width, &b.Height) || name == "" || len(name) > maxBoxName {
		p.lost.Add(string(kind) + " without a name or a place")
		return
	}
	if kind == model.BoxModule {
		b.Name = model.FreeKey(p.taken, name, " ")
		p.keys[canonical(name)] = b.Name
	} else {
		b.Name = model.FreeKey(p.taken, "group "+name, " ")[len("group "):]
	}
	p.v.Boxes = append(p.v.Boxes, b)
}

// maxBoxName bounds a name, in bytes, that becomes a key.
const maxBoxName = 100

func (p *picture) note(n *node) {
	out := model.Note{Text: n.text().s, Span: n.span(p.file)}
	if out.Text == "" {
		return
	}
	if !p.rectangle(n, &out.X, &out.Y, &out.Width, &out.Height) {
		p.lost.Add("text without a place")
		return
	}
	p.v.Notes = append(p.v.Notes, out)
}

// arrow keeps what acts on what. An end that has no place is told where the place is.
func (p *picture) arrow(n *node) {
	a := model.Arrow{From: p.endOf(n, "from"), To: p.endOf(n, "to"), Delayed: n.value("delay_mark") == "true", Span: n.span(p.file)}
	if a.From == "" || a.To == "" {
		p.lost.Add("arrow with an end that is not in the picture")
		return
	}
	a.Sign = map[string]string{"+": "+", "s": "+", "-": "-", "o": "-"}[strings.ToLower(n.value("polarity"))]
	a.Points = p.points(n)
	if x, err := strconv.ParseFloat(strings.TrimSpace(n.value("angle")), 64); err == nil && !math.IsNaN(x) && !math.IsInf(x, 0) && a.Points == nil {
		a.Angle = &x
	}
	id, _ := strconv.Atoi(n.value("uid"))
	p.v.Arrows, p.arrowIDs = append(p.v.Arrows, a), append(p.arrowIDs, id)
}

// endOf is the key of what an arrow begins or ends at: a name, or an alias by its number.
func (p *picture) endOf(n *node, end string) string {
	e := n.kid(end)
	switch {
	case e == nil:
		return ""
	case e.kid("alias") != nil:
		return p.keys["uid "+e.kid("alias").value("uid")]
	}
	return p.keys[canonical(strings.Trim(e.text().s, `"`))]
}
