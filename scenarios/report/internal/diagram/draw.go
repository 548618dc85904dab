package diagram

import (
	"fmt"
	"html/template"
	"math"
	"strconv"

	"weir/model"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/words"
)

// draw returns the diagram of a sketch; id keeps the names of its arrowheads apart from
// those of other diagrams. The arrows come first, so that symbols and names lie on top of them.
func (b *Drawer) draw(s *sketch, id string) template.HTML {
	l := arranged(s)
	c := &draw.Canvas{}
	c.OpenSized("diagram", 0, 0, l.width, l.height, b.diagramWords(s))
	c.Arrowhead(id)
	for _, n := range s.parts {
		for _, z := range s.to[n] {
			l.drawArrow(c, n, z, id)
		}
	}
	for _, p := range l.places {
		l.drawPart(c, b, p)
	}
	c.Close()
	return template.HTML(c.String())
}

// diagramWords describes the diagram by counts, for readers who cannot see it.
func (b *Drawer) diagramWords(s *sketch) string {
	return "Picture of the model: " + words.Count(s.count(model.NodeStock), "stock") + ", " +
		words.Count(s.count(model.NodeFlow), "flow") + ", " +
		strconv.Itoa(s.count(model.NodeAux)) + " computed quantities, " +
		words.Count(s.count(model.NodeDecision), "decision") +
		". The table below says in words what acts on what."
}

// drawPart draws a symbol with its name; pointing at it shows the whole label and its
// description. A stock is a box, a flow a pipe with its name below, and all else a name alone.
// Names are cut to two or three lines; the title has the rest.
func (l *layout) drawPart(c *draw.Canvas, b *Drawer, p *place) {
	c.Put(`<g class="part %v" data-part="%v"><title>%v</title>`, p.n.Kind, p.n.Name, b.partTitle(p.n))
	label := b.Names.Of(p.n.Name)
	switch p.n.Kind {
	case model.NodeStock:
		c.Box(p.x, p.y-p.height/2, p.width, p.height)
		l.lines(c, p.x+p.width/2, p.y, "middle", prose.Wrap(label, 17, 3))
	case model.NodeFlow:
		l.drawPipe(c, p)
		l.lines(c, p.x, p.y+22, "middle", prose.Wrap(label, 23, 2))
	default:
		l.lines(c, p.x, p.y, "start", prose.Wrap(label, 27, 2))
	}
	c.Put(`</g>`)
}

// partTitle returns the label, the description and the unit of a part. For a part that is no
// variable of the model it is the label alone.
func (b *Drawer) partTitle(n *model.Node) string {
	title := b.Names.Of(n.Name)
	if v := b.C.Set.Model.Variable(n.Name); v != nil {
		title = prose.Join(title+".", v.About)
		if v.Owner != "" {
			title += " Decided by " + v.Owner + "."
		}
		if unit := prose.UnitWords(v.Units, b.Plurals); unit != "" {
			title += " In " + unit + "."
		}
	}
	return title
}

// lines writes words around the height y. x is the edge or the middle that anchor names: start,
// middle or end, as SVG has it.
func (l *layout) lines(c *draw.Canvas, x, y float64, anchor string, words []string) {
	top := y - float64(len(words)-1)*7 + 4
	for i, w := range words {
		c.Text(x, top+float64(i)*14, "", anchor, w)
	}
}

// drawPipe draws a flow: two lines, a valve in the middle, and clouds at open ends. A pipe with an
// elbow goes on to a stock beside this one. A pipe that ends far away names its stock instead.
func (l *layout) drawPipe(c *draw.Canvas, p *place) {
	d := fmt.Sprintf("M%s %sH%s", draw.Px(p.pipe.x1), draw.Px(p.y), draw.Px(p.pipe.x2))
	if p.pipe.elbow {
		d = fmt.Sprintf("M%s %sH%sV%sH%s", draw.Px(p.pipe.x1), draw.Px(p.y), draw.Px(p.pipe.x2),
			draw.Px(p.pipe.y3), draw.Px(p.pipe.x3))
	}
	end, y := p.pipe.x2, p.y
	if p.pipe.elbow {
		end, y = p.pipe.x3, p.pipe.y3
	}
	c.Path(d, "pipe")
	// The bore is the same path, thinner and in the colour of the page: it leaves two lines of the
	// pipe.
	c.Path(d, "bore")
	c.Path(fmt.Sprintf("M%s %sl-9 -6v12z", draw.Px(end), draw.Px(y)), "spout")
	if p.pipe.cloudAt {
		cloud(c, p.pipe.x1-12, p.y)
	}
	if p.pipe.cloudEnd {
		cloud(c, p.pipe.x2+13, p.y)
	}
	if p.pipe.to != "" {
		c.Text(p.pipe.x2+4, p.y+4, "away", "start", "to "+prose.Clip(p.pipe.to, 20))
	}
	c.Path(fmt.Sprintf("M%s %sl16 12v-12l-16 12z", draw.Px(p.x-8), draw.Px(p.y-6)), "valve")
}

// cloud draws the sign for the environment of the model. x and y are near its middle.
func cloud(c *draw.Canvas, x, y float64) {
	c.Put(`<path d="M%v %va5 5 0 0 1 0 -9a6 6 0 0 1 11 -2a5 5 0 0 1 5 8a4 4 0 0 1 -4 4h-10`, x-7, y+3)
	c.Put(`a5 5 0 0 1 -2 -1z" class="cloud"/>`)
}

// drawArrow draws an influence as a curve from the side that faces its aim. Nothing is drawn if one
// of the two has no place.
func (l *layout) drawArrow(c *draw.Canvas, from, to *model.Node, id string) {
	a, z := l.at[from], l.at[to]
	if a == nil || z == nil {
		return
	}
	x1, y1 := a.leave(z)
	x2, y2 := z.enter(a)
	bend := math.Max(24, math.Abs(x2-x1)*0.4)
	c1, c2 := x1+bend, x2-bend
	if x2 < x1 {
		c1, c2 = x1-bend, x2+bend
	}
	// An arrow on level ground would run along a pipe, so it is lifted over it.
	lift := 0.0
	if a.n.Kind != model.NodeAux && a.n.Kind != model.NodeDecision && math.Abs(y2-y1) < 12 {
		lift = -22
	}
	c.Put(`<path d="M%v %vC%v %v %v %v %v %v" class="arrow %v"`, x1, y1, c1, y1+lift, c2, y2+lift, x2, y2, from.Kind)
	c.Put(` data-from="%v" data-to="%v" marker-end="url(#%v-arrow)"/>`, from.Name, to.Name, id)
}

// leave returns the point where an arrow begins, enter the one where it ends.
func (p *place) leave(to *place) (x, y float64) {
	switch {
	case p.n.Kind == model.NodeFlow:
		return p.x + 8, p.y - 4
	case to.x > p.x:
		return p.x + p.right(), p.edge(to)
	}
	return p.x - 4, p.edge(to)
}

// enter returns the point at which an arrow from another place reaches this one. At a flow it is
// off the valve's middle, so that the head stays visible.
func (p *place) enter(from *place) (x, y float64) {
	switch {
	case p.n.Kind == model.NodeFlow && from.x > p.x:
		return p.x + 10, p.y - 3
	case p.n.Kind == model.NodeFlow:
		return p.x - 10, p.y - 3
	case from.x > p.x:
		return p.x + p.right(), p.edge(from)
	}
	return p.x - 4, p.edge(from)
}

// right returns the width of a part; that of a name is the width of its words. It is an estimate
// from the count of letters, since fonts are known only to the browser.
func (p *place) right() float64 {
	if p.n.Kind == model.NodeStock {
		return p.width
	}
	longest := 0
	for _, w := range prose.Wrap(p.n.Label, 27, 2) {
		longest = max(longest, len([]rune(w)))
	}
	return math.Min(p.width, float64(longest)*6.5) + 4
}

// edge returns the height on a tall box nearest to the other part. For a part that is no box it is
// the middle.
func (p *place) edge(other *place) float64 {
	if p.n.Kind != model.NodeStock {
		return p.y
	}
	half := p.height/2 - 8
	return math.Max(p.y-half, math.Min(p.y+half, other.y))
}
