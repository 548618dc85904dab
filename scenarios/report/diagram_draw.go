package report

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strconv"

	"weir/model"
)

// draw makes the picture of a sketch; id makes the names of its arrowheads unique.
func (b *builder) draw(s *sketch, id string) template.HTML {
	l := arranged(s)
	c := &canvas{}
	c.put(`<svg class="diagram" width="%s" height="%s" viewBox="0 0 %s %s" role="img" aria-label="%s" xmlns="http://www.w3.org/2000/svg">`,
		px(l.width), px(l.height), px(l.width), px(l.height), html.EscapeString(b.diagramWords(s)))
	c.put(`<defs><marker id="%s-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" class="head"/></marker></defs>`, id)
	for _, n := range s.parts {
		for _, z := range s.to[n] {
			l.drawArrow(c, n, z, id)
		}
	}
	for _, p := range l.places {
		l.drawPart(c, b, p)
	}
	c.put(`</svg>`)
	return template.HTML(c.String())
}

// diagramWords counts what the picture shows, for those who cannot see it.
func (b *builder) diagramWords(s *sketch) string {
	return "Picture of the model: " + count(s.count(model.NodeStock), "stock") + ", " + count(s.count(model.NodeFlow), "flow") + ", " +
		strconv.Itoa(s.count(model.NodeAux)) + " computed quantities, " + count(s.count(model.NodeDecision), "decision") + ". The table below says in words what acts on what."
}

func (l *layout) drawPart(c *canvas, b *builder, p *place) {
	c.put(`<g class="part %s" data-part="%s"><title>%s</title>`, p.n.Kind, html.EscapeString(p.n.Name), html.EscapeString(b.partTitle(p.n)))
	label := b.names.of(p.n.Name)
	switch p.n.Kind {
	case model.NodeStock:
		c.put(`<rect x="%s" y="%s" width="%s" height="%s"/>`, px(p.x), px(p.y-p.height/2), px(p.width), px(p.height))
		l.lines(c, p.x+p.width/2, p.y, "middle", wrap(label, 17, 3))
	case model.NodeFlow:
		l.drawPipe(c, p)
		l.lines(c, p.x, p.y+22, "middle", wrap(label, 23, 2))
	default:
		l.lines(c, p.x, p.y, "start", wrap(label, 27, 2))
	}
	c.put(`</g>`)
}

// partTitle is what a part means: its label, sentence and unit.
func (b *builder) partTitle(n *model.Node) string {
	title := b.names.of(n.Name)
	if v := b.c.Set.Model.Variable(n.Name); v != nil {
		title = join(title+".", v.About)
		if v.Owner != "" {
			title += " Decided by " + v.Owner + "."
		}
		if unit := unitWords(v.Units, b.plurals); unit != "" {
			title += " In " + unit + "."
		}
	}
	return title
}

// lines writes words around the height y.
func (l *layout) lines(c *canvas, x, y float64, anchor string, words []string) {
	top := y - float64(len(words)-1)*7 + 4
	for i, w := range words {
		c.text(x, top+float64(i)*14, "", anchor, w)
	}
}

// drawPipe draws a flow: two lines, a valve in the middle, clouds at open ends.
func (l *layout) drawPipe(c *canvas, p *place) {
	d := fmt.Sprintf("M%s %sH%s", px(p.pipe.x1), px(p.y), px(p.pipe.x2))
	if p.pipe.elbow {
		d = fmt.Sprintf("M%s %sH%sV%sH%s", px(p.pipe.x1), px(p.y), px(p.pipe.x2), px(p.pipe.y3), px(p.pipe.x3))
	}
	end, y := p.pipe.x2, p.y
	if p.pipe.elbow {
		end, y = p.pipe.x3, p.pipe.y3
	}
	c.path(d, "pipe")
	c.path(d, "bore")
	c.path(fmt.Sprintf("M%s %sl-9 -6v12z", px(end), px(y)), "spout")
	if p.pipe.cloudAt {
		c.cloud(p.pipe.x1-12, p.y)
	}
	if p.pipe.cloudEnd {
		c.cloud(p.pipe.x2+13, p.y)
	}
	if p.pipe.to != "" {
		c.text(p.pipe.x2+4, p.y+4, "away", "start", "to "+clip(p.pipe.to, 20))
	}
	c.path(fmt.Sprintf("M%s %sl16 12v-12l-16 12z", px(p.x-8), px(p.y-6)), "valve")
}

// cloud is the world outside the model.
func (c *canvas) cloud(x, y float64) {
	c.path(fmt.Sprintf("M%s %sa5 5 0 0 1 0 -9a6 6 0 0 1 11 -2a5 5 0 0 1 5 8a4 4 0 0 1 -4 4h-10a5 5 0 0 1 -2 -1z", px(x-7), px(y+3)), "cloud")
}

// drawArrow draws an influence as a curve: out of the side that looks to its aim.
func (l *layout) drawArrow(c *canvas, from, to *model.Node, id string) {
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
	lift := 0.0
	if a.n.Kind != model.NodeAux && a.n.Kind != model.NodeDecision && math.Abs(y2-y1) < 12 {
		lift = -22
	}
	c.put(`<path d="M%s %sC%s %s %s %s %s %s" class="arrow %s" data-from="%s" data-to="%s" marker-end="url(#%s-arrow)"/>`, px(x1), px(y1), px(c1), px(y1+lift),
		px(c2), px(y2+lift), px(x2), px(y2), from.Kind, html.EscapeString(from.Name), html.EscapeString(to.Name), id)
}

// leave is where an arrow begins, enter where it ends.
func (p *place) leave(to *place) (x, y float64) {
	switch {
	case p.n.Kind == model.NodeFlow:
		return p.x + 8, p.y - 4
	case to.x > p.x:
		return p.x + p.right(), p.edge(to)
	}
	return p.x - 4, p.edge(to)
}

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

// right is how far a part reaches: a name as far as its words.
func (p *place) right() float64 {
	if p.n.Kind == model.NodeStock {
		return p.width
	}
	longest := 0
	for _, w := range wrap(p.n.Label, 27, 2) {
		longest = max(longest, len([]rune(w)))
	}
	return math.Min(p.width, float64(longest)*6.5) + 4
}

// edge is the height on a tall box nearest to the other part.
func (p *place) edge(other *place) float64 {
	if p.n.Kind != model.NodeStock {
		return p.y
	}
	half := p.height/2 - 8
	return math.Max(p.y-half, math.Min(p.y+half, other.y))
}
