package diagram

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/document"
	"weir/model/function"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// A drawing is a view in the making.
type drawing struct {
	*source.Model
	sp    *source.Space
	v     *model.View
	known map[string]*model.Variable
	keys  map[string]string // of places and modules, by canonical name or "uid " and number
	taken map[string]int
	lost  model.Lost

	arrowIDs []int // of the arrows of the view, as the file numbers them
}

// draw reads places before arrows, since an arrow may come before its ends in the file, and
// of the places the homes of variables before repetitions, as the model file has them.
func (p *drawing) draw(n *scan.Node) {
	var aliases []*scan.Node
	for _, k := range n.Kids {
		switch naming.Canonical(k.Name) {
		case "stock", "flow", "aux":
			p.place(k, k.Value("name"), []string{naming.Canonical(k.Value("name"))})
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
			p.lost.Add("<" + k.Name + ">")
		}
	}
	for _, k := range aliases {
		p.place(k, k.Words("of"), naming.SplitPath(k.Words("of")))
	}
	p.sortBoxes()
	for _, k := range n.Kids {
		if naming.Canonical(k.Name) == "connector" {
			p.arrow(k)
		}
	}
}

// place keeps where a variable is drawn. Without a size, x and y are the middle of a
// symbol, and with one its upper left corner.
// The second place of a variable in a diagram gets a key of its own. A place without coordinates,
// or far outside of the largest diagram, is lost.
func (p *drawing) place(n *scan.Node, name string, path []string) {
	ours, alias := p.variable(path), n.Is("alias")
	at := model.Place{Ghost: alias, Span: n.Span(p.Sources)}
	switch {
	case ours == "":
		p.lost.Add(naming.Spoken(name) + ", which is no variable of the model")
		return
	case !p.rectangle(n, &at.X, &at.Y, &at.Width, &at.Height):
		p.lost.Add("place of " + naming.Spoken(name) + " without x and y")
		return
	}
	if side := strings.ToLower(n.Value("label_side")); slices.Contains(model.Sides, side) {
		at.Side = side
	}
	if at.Key = document.FreeKey(p.taken, ours, "#"); len(at.Key) > model.MaxKey {
		p.lost.Add("place of a variable with a very long name")
		return
	}
	if !alias && p.keys[naming.Canonical(name)] == "" {
		p.keys[naming.Canonical(name)] = at.Key
	}
	if uid := n.Value("uid"); uid != "" {
		p.keys["uid "+uid] = at.Key
	}
	p.v.Places = append(p.v.Places, at)
	if points := p.points(n); len(points) > 1 {
		p.v.Pipes = append(p.v.Pipes, model.Pipe{Flow: at.Key, Points: points, Span: n.Span(p.Sources)})
	}
}

// variable returns the name in the model of the variable at a path of modules, or "".
func (p *drawing) variable(path []string) string {
	v := p.sp.Find(path, p.Top)
	for i := 0; v != nil && v.Source != nil && p.known[v.Ours] == nil && i < 100; i++ {
		v = v.Source
	}
	switch {
	case v != nil && p.known[v.Ours] != nil:
		return v.Ours
	case v == nil && function.IsClock(path[0]):
		return path[0]
	}
	return ""
}

// coordinate returns an attribute in pixels.
func (p *drawing) coordinate(n *scan.Node, name string) (float64, bool) {
	x, err := strconv.ParseFloat(strings.TrimSpace(n.Value(name)), 64)
	return x, err == nil && math.Abs(x) <= model.MaxPixel // false for NaN, too
}

// rectangle reads the middle and the size of a symbol.
func (p *drawing) rectangle(n *scan.Node, x, y, width, height *float64) bool {
	var okX, okY bool
	*x, okX = p.coordinate(n, "x")
	*y, okY = p.coordinate(n, "y")
	w, okW := p.coordinate(n, "width")
	h, okH := p.coordinate(n, "height")
	// With a size x and y are the upper left corner, without one the middle (XMILE 1.0, 5.1).
	if okW && okH && w > 0 && h > 0 {
		*x, *y, *width, *height = *x+w/2, *y+h/2, w, h
	}
	return okX && okY && math.Abs(*x) <= model.MaxPixel && math.Abs(*y) <= model.MaxPixel
}

// points returns those of an element's <pts>.
// Points without sound coordinates are left out.
func (p *drawing) points(n *scan.Node) [][2]float64 {
	list := n.Kid("pts")
	if list == nil {
		return nil
	}
	var out [][2]float64
	for _, k := range list.All("pt") {
		x, okX := p.coordinate(k, "x")
		y, okY := p.coordinate(k, "y")
		if okX && okY {
			out = append(out, [2]float64{x, y})
		}
	}
	return out
}

// box keeps a module or a group.
// Modules and groups are boxes of the diagram; groups have no arrows.
func (p *drawing) box(n *scan.Node, kind model.BoxKind) {
	name := naming.Spoken(n.Value("name"))
	b := model.Box{Kind: kind, Span: n.Span(p.Sources)}
	if !p.rectangle(n, &b.X, &b.Y, &b.Width, &b.Height) || name == "" || len(name) > maxBoxName {
		p.lost.Add(string(kind) + " without a name or a place")
		return
	}
	if kind == model.BoxModule {
		b.Name = document.FreeKey(p.taken, name, " ")
		p.keys[naming.Canonical(name)] = b.Name
	} else {
		b.Name = document.FreeKey(p.taken, "group "+name, " ")[len("group "):]
	}
	p.v.Boxes = append(p.v.Boxes, b)
}

// maxBoxName bounds a name, in bytes, that becomes a key.
const maxBoxName = 100

// note keeps a text of the diagram. An empty one is left out without a report.
func (p *drawing) note(n *scan.Node) {
	out := model.Note{Text: n.Text().Value, Span: n.Span(p.Sources)}
	if out.Text == "" {
		return
	}
	if !p.rectangle(n, &out.X, &out.Y, &out.Width, &out.Height) {
		p.lost.Add("text without a place")
		return
	}
	p.v.Notes = append(p.v.Notes, out)
}

// arrow keeps an influence. If one of its ends has no place, the loss is reported.
func (p *drawing) arrow(n *scan.Node) {
	a := model.Arrow{From: p.endOf(n, "from"), To: p.endOf(n, "to"), Delayed: n.Value("delay_mark") == "true",
		Span: n.Span(p.Sources)}
	if a.From == "" || a.To == "" {
		p.lost.Add("arrow with an end that is not in the diagram")
		return
	}
	a.Sign = map[string]string{"+": "+", "s": "+", "-": "-", "o": "-"}[strings.ToLower(n.Value("polarity"))]
	a.Points = p.points(n)
	if x, err := strconv.ParseFloat(strings.TrimSpace(n.Value("angle")), 64); err == nil && !math.IsNaN(x) &&
		!math.IsInf(x, 0) && a.Points == nil {
		a.Angle = &x
	}
	id, _ := strconv.Atoi(n.Value("uid"))
	p.v.Arrows, p.arrowIDs = append(p.v.Arrows, a), append(p.arrowIDs, id)
}

// endOf returns the key of the place at one end of an arrow: a name, or an alias by its
// number.
func (p *drawing) endOf(n *scan.Node, end string) string {
	e := n.Kid(end)
	switch {
	case e == nil:
		return ""
	case e.Kid("alias") != nil:
		return p.keys["uid "+e.Kid("alias").Value("uid")]
	}
	return p.keys[naming.Canonical(strings.Trim(e.Text().Value, `"`))]
}
