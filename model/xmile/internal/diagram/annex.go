package diagram

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"weir/model"
	"weir/model/document"
	"weir/model/function"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/naming"
)

// finish gives a view back the parts that XMILE has no element for. Parts that do not fit
// the file, which may have been changed, are left out.
// Numbers of the annex are checked like those of the file.
func (p *drawing) finish(o *annex.View) {
	p.v.Label = o.Label
	p.forget(o)
	for _, b := range o.Modules {
		if p.within(b) && b.Name != "" {
			p.v.Boxes = append(p.v.Boxes, model.Box{Kind: model.BoxModule,
				Name: document.FreeKey(p.taken, b.Name,
					" "), X: b.X, Y: b.Y, Width: b.Width, Height: b.Height, Span: p.AnnexAt})
		}
	}
	p.sortBoxes()
	for _, key := range o.Other {
		if at := p.v.Place(p.ours(key)); at != nil {
			at.Ghost = !at.Ghost
		}
	}
	p.sortPlaces()
	for _, c := range o.Clock {
		p.finishClock(c)
	}
	for _, pipe := range o.Pipes {
		if key := p.ours(pipe.Key); p.v.Place(key) != nil && len(pipe.Points) > 1 && p.allWithin(pipe.Points) {
			p.v.Pipes = append(p.v.Pipes, model.Pipe{Flow: key, Points: pipe.Points, Span: p.AnnexAt})
		}
	}
	p.finishPipes()
	p.finishArrows(o.Arrows)
}

// forget leaves out the places and arrows that weir had added, so that the next writer may
// lay them out again.
func (p *drawing) forget(o *annex.View) {
	added := map[string]bool{}
	for _, key := range o.Added {
		added[p.ours(key)] = true
	}
	p.v.Places = slices.DeleteFunc(p.v.Places, func(at model.Place) bool { return added[at.Key] })
	laid := maps.Clone(added)
	for _, key := range o.Laid {
		laid[p.ours(key)] = true
	}
	p.v.Pipes = slices.DeleteFunc(p.v.Pipes, func(at model.Pipe) bool { return laid[at.Flow] })
	p.v.Boxes = slices.DeleteFunc(p.v.Boxes, func(b model.Box) bool {
		return b.Kind == model.BoxModule && slices.Contains(o.NoModules, b.Name)
	})
	drawn := p.v.Arrows[:0]
	ids := p.arrowIDs[:0]
	for i, a := range p.v.Arrows {
		if id := p.arrowIDs[i]; !added[a.From] && !added[a.To] && (o.Derived == 0 || id < o.Derived) {
			drawn, ids = append(drawn, a), append(ids, id)
		}
	}
	p.v.Arrows, p.arrowIDs = drawn, ids
}

// finishClock puts a place of the clock where it was among the others.
// The model's time and its like are no variables of the file, so that XMILE cannot draw them.
func (p *drawing) finishClock(c annex.Place) {
	if !function.IsClock(c.Name) || !p.within(c.Box) || c.At < 0 || c.Side != "" && !slices.Contains(model.Sides, c.Side) {
		return
	}
	key := document.FreeKey(p.taken, c.Name, "#")
	at := model.Place{Key: key, X: c.X, Y: c.Y, Width: c.Width, Height: c.Height, Side: c.Side, Ghost: c.Ghost,
		Span: p.AnnexAt}
	p.v.Places = slices.Insert(p.v.Places, min(c.At, len(p.v.Places)), at)
}

// sortBoxes puts modules before groups.
func (p *drawing) sortBoxes() {
	slices.SortStableFunc(p.v.Boxes, func(a, b model.Box) int { return cmp.Compare(b.Kind, a.Kind) })
}

// ours returns a key by our names.
// A key that names no variable stays as it is.
func (p *drawing) ours(key string) string {
	name, number, repeated := strings.Cut(key, "#")
	if v := p.sp.Vars[name]; v != nil {
		name = v.Ours
	} else if v := p.sp.At(naming.SplitPath(name)); v != nil { // of a module inside
		name = v.Ours
	}
	if repeated {
		name += "#" + number
	}
	return name
}

// within reports whether a box lies within the largest diagram, and has no negative size.
// It is false for NaN.
func (p *drawing) within(b annex.Box) bool {
	return p.allWithin([][2]float64{{b.X, b.Y}, {b.Width, b.Height}}) && b.Width >= 0 && b.Height >= 0
}

// allWithin reports whether points lie within the largest diagram; it is false for NaN.
func (p *drawing) allWithin(points [][2]float64) bool {
	return !slices.ContainsFunc(points, func(at [2]float64) bool {
		return !(max(at[0], at[1], -at[0], -at[1]) <= model.MaxPixel)
	})
}

// sortPlaces puts homes before ghosts, each in the order of the file.
func (p *drawing) sortPlaces() {
	ghosts := func(g bool) int {
		if g {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(p.v.Places, func(a, b model.Place) int {
		return cmp.Or(cmp.Compare(ghosts(a.Ghost), ghosts(b.Ghost)), cmp.Compare(a.Span.Start, b.Span.Start))
	})
}

// finishPipes puts pipes in the order of their places.
func (p *drawing) finishPipes() {
	at := map[string]int{}
	for i, place := range p.v.Places {
		at[place.Key] = i
	}
	slices.SortStableFunc(p.v.Pipes, func(a, b model.Pipe) int { return cmp.Compare(at[a.Flow], at[b.Flow]) })
}

// finishArrows gives arrows their rest, and makes those that are no connectors.
// An arrow is known by the number of its connector. All end up in the order of these numbers,
// which is the order that the model had them in.
func (p *drawing) finishArrows(all []annex.Arrow) {
	byID := map[int]*model.Arrow{}
	for i, id := range p.arrowIDs {
		byID[id] = &p.v.Arrows[i]
	}
	var added []model.Arrow
	for _, o := range all {
		switch a := byID[o.ID]; {
		case !p.allWithin(o.Points) || o.Sign != "" && o.Sign != "+" && o.Sign != "-":
		case o.From != "":
			one := model.Arrow{From: p.ours(o.From), To: p.ours(o.To), Angle: o.Angle, Points: o.Points,
				Sign: o.Sign, Delayed: o.Delayed, Span: p.AnnexAt}
			if p.isDrawn(one.From) && p.isDrawn(one.To) {
				added, p.arrowIDs = append(added, one), append(p.arrowIDs, o.ID)
			}
		case a != nil:
			p.finishArrow(a, o)
		}
	}
	p.v.Arrows = append(p.v.Arrows, added...)
	p.sortArrows()
}

// finishArrow gives an arrow its sign, its points, and the place at its end.
func (p *drawing) finishArrow(a *model.Arrow, o annex.Arrow) {
	a.Sign, a.Points = o.Sign, o.Points
	if o.Straight || len(o.Points) > 0 {
		a.Angle = nil
	}
	if key := p.ours(o.To); o.To != "" && p.isDrawn(key) {
		a.To = key
	}
}

// sortArrows puts arrows in the order of their numbers.
func (p *drawing) sortArrows() {
	order := make([]int, len(p.arrowIDs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.arrowIDs[a], p.arrowIDs[b]) })
	sorted := make([]model.Arrow, len(order))
	for i, k := range order {
		sorted[i] = p.v.Arrows[k]
	}
	p.v.Arrows = sorted
}

// isDrawn reports whether an arrow can begin or end at a key.
func (p *drawing) isDrawn(key string) bool {
	return p.v.Place(key) != nil || slices.ContainsFunc(p.v.Boxes,
		func(b model.Box) bool { return b.Kind == model.BoxModule && b.Name == key })
}
