package diagram

import (
	"cmp"
	"slices"

	"weir/model"
	"weir/model/resolved"
)

// Sizes of the drawing, in pixels.
const (
	stockWidth = 140.0
	lane       = 178.0 // beside a stock, for a pipe with its name
	pitch      = 60.0  // from pipe to pipe
	rowGap     = 26.0  // between stocks
	nameWidth  = 176.0 // of an auxiliary
	nameGap    = 54.0  // between columns of names, for the arrows
	namePitch  = 38.0
)

// A place is the position of a part: a stock's box, a flow's valve, an auxiliary's name. x
// and y are the middle of the left side of a name or a stock, the middle of a valve.
type place struct {
	n             *model.Node
	x, y          float64
	width, height float64
	pipe          pipe
}

// A pipe is the line of a flow: from x1 to x2 at height y; if it leads to another stock
// beside it, on to (x3, y3). to is the label of a stock that is drawn elsewhere.
type pipe struct {
	x1, x2, x3, y3    float64
	elbow             bool
	cloudAt, cloudEnd bool
	to                string
}

// A layout has the place of every drawn part, in pixels.
type layout struct {
	s             *sketch
	places        []*place
	at            map[*model.Node]*place
	width, height float64
}

// arranged lays a sketch out: the stocks that material flows between side by side,
// such chains below each other; to their right the auxiliaries in layers, so that
// arrows run from left to right and back once. (After K. Sugiyama, S. Tagawa and
// M. Toda, "Methods for visual understanding of hierarchical system structures",
// IEEE Transactions on Systems, Man and Cybernetics 11(2), 1981.) It depends on
// nothing but the sketch.
func arranged(s *sketch) *layout {
	l := &layout{s: s, at: map[*model.Node]*place{}}
	for _, chain := range l.chains() {
		l.placeChain(chain)
	}
	l.placeLooseFlows()
	l.placeNames()
	for _, p := range l.places {
		l.width, l.height = max(l.width, p.x+p.width+16), max(l.height, p.y+p.height/2+24)
	}
	return l
}

// put records a place.
func (l *layout) put(p *place) {
	l.places = append(l.places, p)
	l.at[p.n] = p
}

// stocks returns the drawn stocks in file order.
func (l *layout) stocks() []*model.Node {
	return slices.DeleteFunc(slices.Clone(l.s.parts), func(n *model.Node) bool { return n.Kind != model.NodeStock })
}

// node returns the drawn node of a variable, nil if there is none.
func (l *layout) node(v *resolved.Variable) *model.Node {
	for _, n := range l.s.parts {
		if n.Variable == v {
			return n
		}
	}
	return nil
}

// drain returns the stock that a flow drains, nil for a cloud; fill the one that it fills.
func (l *layout) drain(flow *resolved.Variable) *model.Node {
	for _, s := range l.stocks() {
		if slices.Contains(s.Variable.Outflows, flow) {
			return s
		}
	}
	return nil
}

// fill returns the stock that a flow fills; nil if it flows out of the model.
func (l *layout) fill(flow *resolved.Variable) *model.Node {
	for _, s := range l.stocks() {
		if slices.Contains(s.Variable.Inflows, flow) {
			return s
		}
	}
	return nil
}

// chains returns the stocks that material flows between, each chain in ranks from its
// beginning. Flows that lead back do not count.
func (l *layout) chains() [][][]*model.Node {
	rank := map[*model.Node]int{}
	next := map[*model.Node][]*model.Node{}
	for _, s := range l.stocks() {
		for _, f := range s.Variable.Outflows {
			if t := l.fill(f); t != nil && t != s && !reaches(next, t, s) {
				next[s] = append(next[s], t)
			}
		}
	}
	// A longest chain has as many links as there are stocks, so as many passes settle it.
	for range l.stocks() {
		for _, s := range l.stocks() {
			for _, t := range next[s] {
				rank[t] = max(rank[t], rank[s]+1)
			}
		}
	}
	return grouped(l.stocks(), next, rank)
}

// reaches reports whether next leads from a to b.
func reaches(next map[*model.Node][]*model.Node, a, b *model.Node) bool {
	return a == b || slices.ContainsFunc(next[a], func(n *model.Node) bool { return reaches(next, n, b) })
}

// grouped collects connected stocks, by rank.
func grouped(stocks []*model.Node, next map[*model.Node][]*model.Node, rank map[*model.Node]int) [][][]*model.Node {
	chain := map[*model.Node]int{}
	for i, s := range stocks {
		chain[s] = i
	}
	// Connected stocks take the lowest number among them, by as many passes as it can travel.
	for range stocks {
		for _, s := range stocks {
			for _, t := range next[s] {
				low := min(chain[s], chain[t])
				chain[s], chain[t] = low, low
			}
		}
	}
	out := [][][]*model.Node{}
	for i := range stocks {
		ranks := [][]*model.Node{}
		for _, s := range stocks {
			if chain[s] == i {
				for len(ranks) <= rank[s] {
					ranks = append(ranks, nil)
				}
				ranks[rank[s]] = append(ranks[rank[s]], s)
			}
		}
		if len(ranks) > 0 {
			out = append(out, ranks)
		}
	}
	return out
}

// placeChain draws the stocks of one chain from left to right, below all that is placed.
func (l *layout) placeChain(ranks [][]*model.Node) {
	top := l.bottom()
	x := 16.0
	for r, stocks := range ranks {
		if r == 0 || slices.ContainsFunc(stocks, func(s *model.Node) bool { return len(l.cloudInflows(s)) > 0 }) {
			x += lane
		} else {
			x += 28
		}
		y := top
		for _, s := range stocks {
			rows := max(1, len(l.leftFlows(s, r, ranks)), len(s.Variable.Outflows))
			l.put(&place{n: s, x: x, y: y + float64(rows)*pitch/2, width: stockWidth, height: float64(rows)*pitch - 8})
			y += float64(rows)*pitch + rowGap
		}
		x += stockWidth + lane
	}
	for r, stocks := range ranks {
		for _, s := range stocks {
			l.placeFlows(s, r, ranks)
		}
	}
}

// bottom returns the height at which the next chain begins.
func (l *layout) bottom() float64 {
	y := 20.0
	for _, p := range l.places {
		y = max(y, p.y+p.height/2+rowGap)
	}
	return y
}

// leftFlows returns the inflows at a stock's left side: first those from the rank before,
// then those from clouds.
func (l *layout) leftFlows(s *model.Node, r int, ranks [][]*model.Node) []*resolved.Variable {
	return append(l.connected(s, r, ranks), l.cloudInflows(s)...)
}

// connected returns the inflows of a stock that drain a stock of the rank before.
func (l *layout) connected(s *model.Node, r int, ranks [][]*model.Node) []*resolved.Variable {
	return slices.DeleteFunc(slices.Clone(s.Variable.Inflows), func(f *resolved.Variable) bool {
		d := l.drain(f)
		return d == nil || r == 0 || !slices.Contains(ranks[r-1], d)
	})
}

// cloudInflows returns the inflows that drain no stock. An inflow that drains a stock of
// another rank is drawn there, as an outflow with the name of its aim.
func (l *layout) cloudInflows(s *model.Node) []*resolved.Variable {
	return slices.DeleteFunc(slices.Clone(s.Variable.Inflows),
		func(f *resolved.Variable) bool { return l.drain(f) != nil })
}

// slot returns the height of a stock's i-th pipe.
func (p *place) slot(i int) float64 { return p.y - p.height/2 + pitch/2 - 12 + float64(i)*pitch }

// placeFlows places the flows at both sides of a stock.
func (l *layout) placeFlows(s *model.Node, r int, ranks [][]*model.Node) {
	box := l.at[s]
	for i, f := range l.leftFlows(s, r, ranks) {
		if n := l.node(f); n != nil && l.drain(f) == nil {
			y := box.slot(i)
			l.put(&place{n: n, x: box.x - lane/2, y: y, width: 0, height: 40,
				pipe: pipe{x1: box.x - lane + 26, x2: box.x - 2, cloudAt: true}})
		}
	}
	for i, f := range s.Variable.Outflows {
		n := l.node(f)
		if n == nil {
			continue
		}
		y, right := box.slot(i), box.x+box.width
		p := pipe{x1: right + 2, x2: right + lane - 30, cloudEnd: true}
		if t := l.fill(f); t != nil {
			p.cloudEnd, p.to = false, t.Label
			if r+1 < len(ranks) && slices.Contains(ranks[r+1], t) {
				k := slices.Index(l.leftFlows(t, r+1, ranks), f)
				p.elbow, p.to = true, ""
				p.x2, p.x3, p.y3 = right+lane-8, l.at[t].x-2, l.at[t].slot(k)
			}
		}
		l.put(&place{n: n, x: right + lane/2 - 6, y: y, width: 0, height: 40, pipe: p})
	}
}

// placeLooseFlows places flows that neither fill nor drain a drawn stock.
func (l *layout) placeLooseFlows() {
	for _, n := range l.s.parts {
		if n.Kind == model.NodeFlow && l.at[n] == nil {
			l.put(&place{n: n, x: 16 + lane/2, y: l.bottom() + 12, width: 0, height: 40,
				pipe: pipe{x1: 42, x2: 16 + lane - 30, cloudAt: true, cloudEnd: true}})
		}
	}
}

// placeNames places auxiliaries and decisions in columns to the right: each to the right of
// its causes, near the height of its neighbours.
func (l *layout) placeNames() {
	left := 0.0
	for _, p := range l.places {
		end := max(p.x+p.width, p.pipe.x2+30)
		left = max(left, end)
	}
	columns := l.layers()
	for i, c := range columns {
		for k, n := range c {
			l.put(&place{n: n, x: left + nameGap + float64(i)*(nameWidth+nameGap), y: 30 +
				float64(k)*namePitch, width: nameWidth, height: 32})
		}
	}
	// Each pass to the right and back brings neighbours nearer; after six, hardly any moves.
	for range 6 {
		for _, c := range columns {
			l.settle(c)
		}
		for _, c := range slices.Backward(columns) {
			l.settle(c)
		}
	}
}

// layers puts each auxiliary one column after the last of its causes, and a decision one
// column before its first effect.
func (l *layout) layers() [][]*model.Node {
	named := func(n *model.Node) bool { return n.Kind == model.NodeAux || n.Kind == model.NodeDecision }
	depth := map[*model.Node]int{}
	for range l.s.parts {
		for _, n := range l.s.parts {
			for _, a := range l.s.from[n] {
				if named(n) && named(a) {
					depth[n] = max(depth[n], depth[a]+1)
				}
			}
		}
	}
	for _, n := range l.s.parts {
		if n.Kind == model.NodeDecision {
			depth[n] = l.before(n, depth, named)
		}
	}
	out := [][]*model.Node{}
	for _, n := range l.s.parts {
		if named(n) {
			for len(out) <= depth[n] {
				out = append(out, nil)
			}
			out[depth[n]] = append(out[depth[n]], n)
		}
	}
	return out
}

// before returns the column of a decision.
func (l *layout) before(n *model.Node, depth map[*model.Node]int, named func(*model.Node) bool) int {
	first := -1
	for _, z := range l.s.to[n] {
		if named(z) && (first < 0 || depth[z] < first) {
			first = depth[z]
		}
	}
	return max(0, first-1)
}

// settle moves the names of a column to the mean height of their neighbours, in that order,
// without overlap.
func (l *layout) settle(column []*model.Node) {
	want := map[*model.Node]float64{}
	for _, n := range column {
		want[n] = l.meanHeight(n)
	}
	slices.SortStableFunc(column, func(a, b *model.Node) int { return cmp.Compare(want[a], want[b]) })
	y := 0.0
	for _, n := range column {
		y = max(want[n], y+namePitch)
		l.at[n].y = y
	}
	lowest := max(l.stockBottom(), 30+float64(len(column))*namePitch)
	for _, n := range slices.Backward(column) {
		l.at[n].y = min(l.at[n].y, lowest)
		lowest = l.at[n].y - namePitch
	}
}

// stockBottom returns the lowest edge of stocks and flows.
func (l *layout) stockBottom() float64 {
	y := 0.0
	for _, p := range l.places {
		if p.n.Kind == model.NodeStock || p.n.Kind == model.NodeFlow {
			y = max(y, p.y+p.height/2)
		}
	}
	return y
}

// meanHeight returns the mean height of a node's placed neighbours, its own if it has none.
func (l *layout) meanHeight(n *model.Node) float64 {
	sum, count := 0.0, 0.0
	for _, o := range slices.Concat(l.s.from[n], l.s.to[n]) {
		if p := l.at[o]; p != nil {
			sum, count = sum+p.y, count+1
		}
	}
	if count == 0 {
		return l.at[n].y
	}
	return sum / count
}
