package export

import (
	"math"

	"weir/model"
)

// A spot is a place in the diagram, in pixels; y points down.
type spot struct{ x, y float64 }

// Measures of the diagram, in pixels: the distance of stocks, and the size of the cells that
// auxiliaries take.
const (
	stockGap   = 260.0
	rowGap     = 280.0
	perRow     = 6
	cellWidth  = 110.0
	cellHeight = 70.0
	cloudGap   = 110.0
	flowGap    = 60.0 // between flows that share their ends
	stockHalf  = 22.0
)

// A layout places the variables of a model that no view places: stocks along their flows
// from left to right, and other variables near those that they act on.
type layout struct {
	x         *exporter
	at        map[string]spot
	elsewhere map[string]bool   // variables with a place in another diagram
	pts       map[string][]spot // the paths of flows
	taken     map[[2]int]bool
	top       float64 // where the first row of stocks is
	rows      int
	links     []*model.Link
}

// lay places every variable that neither a view has placed, which may be nil, nor another.
func (x *exporter) lay(in *model.View, elsewhere map[string]bool, links []*model.Link) *layout {
	l := &layout{x: x, at: map[string]spot{}, elsewhere: elsewhere, pts: map[string][]spot{},
		taken: map[[2]int]bool{}, top: 200, links: links}
	if in != nil {
		l.keep(in)
	}
	l.stocks()
	l.flows()
	l.others()
	return l
}

// keep takes the places of a view as they are; rows of stocks come below.
func (l *layout) keep(in *model.View) {
	for _, p := range in.Places {
		name := p.Variable()
		if _, twice := l.at[name]; twice || l.x.vars[name] == nil {
			l.taken[cell(spot{p.X, p.Y})] = true
			continue
		}
		beside := 0
		if l.x.vars[name].Kind == model.KindStock {
			beside = 1
		}
		l.put(name, spot{p.X, p.Y}, beside)
		l.top = max(l.top, p.Y+rowGap)
	}
}

// row returns the height of the next row.
func (l *layout) row() float64 { return l.top + float64(l.rows)*rowGap }

// unplaced reports whether a variable of the unit still needs a place here.
func (l *layout) unplaced(name string) bool {
	_, done := l.at[name]
	return !done && !l.elsewhere[name] && l.x.unitNamed(name) == l.x.in
}

// stocks places stocks: each chain from its beginning on, a few in a row.
func (l *layout) stocks() {
	into, next := map[string]string{}, map[string][]string{}
	for _, v := range l.x.in.vars {
		for _, f := range v.Inflow {
			into[f] = v.Name
		}
	}
	fed := map[string]bool{}
	for _, v := range l.x.in.vars {
		for _, f := range v.Outflow {
			if to := into[f]; to != "" && to != v.Name {
				next[v.Name] = append(next[v.Name], to)
				fed[to] = true
			}
		}
	}
	// A chain is followed depth first, so that a stock and the one that it flows into are
	// neighbours in a row as long as the row has room.
	column := 0
	var place func(name string)
	place = func(name string) {
		if !l.unplaced(name) {
			return
		}
		if column == perRow {
			column, l.rows = 0, l.rows+1
		}
		l.put(name, spot{200 + float64(column)*stockGap, l.row()}, 1)
		column++
		for _, to := range next[name] {
			place(to)
		}
	}
	// Stocks that no other stock fills come first; the others, in the second round, are those
	// of cycles that no chain leads into.
	for _, first := range []bool{true, false} {
		for _, v := range l.x.in.vars {
			if v.Kind == model.KindStock && (!first || !fed[v.Name]) {
				place(v.Name)
			}
		}
	}
	if column > 0 {
		l.rows++
	}
}

// put places a variable and takes its cell, and those beside it.
func (l *layout) put(name string, s spot, beside int) {
	l.at[name] = s
	c := cell(s)
	for i := -beside; i <= beside; i++ {
		l.taken[[2]int{c[0] + i, c[1]}] = true
	}
}

// cell returns the cell of the grid that holds a spot.
func cell(s spot) [2]int {
	return [2]int{int(math.Round(s.x / cellWidth)), int(math.Round(s.y / cellHeight))}
}

// flows places flows between their stocks. A flow from or to the outside has a cloud beside
// the stock, the next one below the one before.
func (l *layout) flows() {
	from, to := map[string]string{}, map[string]string{}
	for _, v := range l.x.in.vars {
		for _, f := range v.Inflow {
			to[f] = v.Name
		}
		for _, f := range v.Outflow {
			from[f] = v.Name
		}
	}
	// Flows with the same two ends are counted, so that each has a way of its own.
	beside := map[string]int{}
	for _, v := range l.x.in.vars {
		if v.Kind != model.KindFlow || l.elsewhere[v.Name] {
			continue
		}
		kept, isKept := l.at[v.Name]
		a, hasA := l.at[from[v.Name]]
		b, hasB := l.at[to[v.Name]]
		key := from[v.Name] + ">" + to[v.Name]
		n := float64(beside[key])
		beside[key]++
		switch {
		case isKept:
			l.pts[v.Name] = through(a, kept, b, hasA, hasB)
			continue
		case hasA && hasB:
		case hasA:
			b = spot{a.x + cloudGap + 20, a.y}
		case hasB:
			a = spot{b.x - cloudGap - 20, b.y}
		default:
			a = l.free(spot{200, l.row()})
			b = spot{a.x + cloudGap, a.y}
		}
		s := spot{(a.x + b.x) / 2, (a.y+b.y)/2 + n*flowGap}
		l.pts[v.Name] = l.line(a, b, s, hasA, hasB, n)
		l.put(v.Name, s, 0)
	}
}

// line returns a flow's path through a spot: from one stock's side to another's, or to a
// cloud. The first between the same ends is straight where they are level; others leave
// their stocks below.
func (l *layout) line(a, b, s spot, hasA, hasB bool, n float64) []spot {
	// A flow to the left leaves its stock on the left side.
	half := stockHalf
	if a.x > b.x {
		half = -half
	}
	if n == 0 && a.y == b.y {
		if hasA {
			a.x += half
		}
		if hasB {
			b.x -= half
		}
		return []spot{a, b}
	}
	// The more flows there are, the nearer to the middle of the stock they begin.
	inward := half * max(0, 1-n/4)
	path := []spot{{a.x + inward, a.y}, {a.x + inward, s.y}, {b.x - inward, s.y}, {b.x - inward, b.y}}
	if !hasA {
		path = append([]spot{{a.x, s.y}}, path[2:]...)
	}
	if !hasB {
		path = append(path[:len(path)-2], spot{b.x, s.y})
	}
	return path
}

// through returns a flow's path through a valve whose place is given: from the side of a stock
// or from a cloud, to another.
// With no stock at either end the path is short and level.
func through(a, valve, b spot, hasA, hasB bool) []spot {
	switch {
	case !hasA && !hasB:
		a, b = spot{valve.x - flowGap, valve.y}, spot{valve.x + flowGap, valve.y}
	case !hasA:
		a = across(b, valve)
	case !hasB:
		b = across(a, valve)
	}
	if hasA {
		a = beside(a, valve)
	}
	if hasB {
		b = beside(b, valve)
	}
	// The valve is as good as on the straight line if it is within a pixel of it: the cross
	// product is the distance times the length.
	if math.Abs((b.x-a.x)*(valve.y-a.y)-(b.y-a.y)*(valve.x-a.x)) <= math.Hypot(b.x-a.x, b.y-a.y) {
		return []spot{a, b}
	}
	return []spot{a, valve, b}
}

// across returns a cloud's place on the other side of a valve.
func across(stock, valve spot) spot {
	d := math.Hypot(valve.x-stock.x, valve.y-stock.y)
	if d == 0 {
		return spot{valve.x + cloudGap, valve.y}
	}
	return spot{valve.x + (valve.x-stock.x)/d*flowGap, valve.y + (valve.y-stock.y)/d*flowGap}
}

// beside returns the point of a stock's side that looks at a spot.
func beside(stock, to spot) spot {
	dx, dy := to.x-stock.x, to.y-stock.y
	k := max(math.Abs(dx), math.Abs(dy)) / stockHalf
	if k == 0 {
		return stock
	}
	return spot{stock.x + dx/k, stock.y + dy/k}
}

// others places all other variables, each in a free cell near those that it acts on.
func (l *layout) others() {
	near := l.neighbours()
	var queue []string
	for _, v := range l.x.in.vars {
		if _, placed := l.at[v.Name]; placed {
			queue = append(queue, v.Name)
		}
	}
	// Breadth first from all that has a place: whatever acts on it comes next to it, before
	// whatever acts on that.
	placeAll := func() {
		for i := 0; i < len(queue); i++ {
			for _, n := range near[queue[i]] {
				if l.unplaced(n) {
					l.put(n, l.free(l.middle(near[n])), 0)
					queue = append(queue, n)
				}
			}
		}
	}
	placeAll()
	for _, v := range l.x.in.vars { // variables that are connected to none of those
		if l.unplaced(v.Name) {
			l.put(v.Name, l.free(spot{200, l.row()}), 0)
			queue = append(queue[:0], v.Name)
			placeAll()
		}
	}
}

// neighbours returns, for each variable, those that it acts on and those that act on it.
func (l *layout) neighbours() map[string][]string {
	near := map[string][]string{}
	for _, k := range l.links {
		a, b := k.From.Name, k.To.Name
		near[a], near[b] = append(near[a], b), append(near[b], a)
	}
	return near
}

// middle returns between those neighbours that have a place, and a bit below.
func (l *layout) middle(names []string) spot {
	var sum spot
	n := 0.0
	for _, name := range names {
		if s, ok := l.at[name]; ok {
			sum.x, sum.y, n = sum.x+s.x, sum.y+s.y, n+1
		}
	}
	return spot{sum.x / n, sum.y/n + cellHeight}
}

// free returns the free cell nearest to a spot.
// It tries rings of growing distance, and takes the nearest free cell of the first ring that has
// one.
func (l *layout) free(s spot) spot {
	c := cell(s)
	// The first row and column stay free, so that nothing is cut off at the edge. A ring with
	// a free cell exists, since the number of variables is finite.
	c[0], c[1] = max(c[0], 1), max(c[1], 1)
	for r := 0; ; r++ {
		best, found := [2]int{}, false
		nearest := math.Inf(1)
		try := func(dx, dy int) {
			at := [2]int{c[0] + dx, c[1] + dy}
			d := math.Hypot(float64(dx)*cellWidth, float64(dy)*cellHeight)
			if at[0] >= 1 && at[1] >= 1 && !l.taken[at] && d < nearest {
				best, found, nearest = at, true, d
			}
		}
		for i := -r; i <= r; i++ { // the ring at that distance
			try(i, -r)
			try(i, r)
			try(-r, i)
			try(r, i)
		}
		if found {
			return spot{float64(best[0]) * cellWidth, float64(best[1]) * cellHeight}
		}
	}
}
