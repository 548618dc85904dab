package sim

import "weir/sim/internal/vector"

// advance moves the stocks from t, where step i begins, to the end of the step, and fixed
// delays with them. The flows at t have been evaluated.
func (r *simulation) advance(t float64, i int) error {
	h := r.clock.step / float64(r.parts)
	for k := range r.parts {
		from := t + float64(float64(k)*h)
		if k > 0 {
			r.passOn(i*r.parts + k - 1)
			r.setNow(from)
			r.evaluateBetween()
			r.exec(r.p.code[phaseInputs])
		}
		switch {
		case r.p.stocks.len() == 0:
		case r.stiff != nil:
			if err := r.advanceStiff(from, h); err != nil {
				return err
			}
		case r.method.Adaptive():
			if err := r.advanceAdaptive(from, h); err != nil {
				return err
			}
		default:
			r.substep(from, h)
		}
	}
	r.passOn((i+1)*r.parts - 1)
	r.remember()
	return nil
}

// substep advances the stocks by h with a method of fixed step.
func (r *simulation) substep(t, h float64) {
	if len(r.method.B) == 1 {
		r.follow(h)
		return
	}
	y := r.v[r.p.stocks.from:r.p.stocks.to]
	r.slope(r.slopes[0])
	copy(r.y0, y)
	r.stages(t, h)
	r.combine(y, h, r.method.B)
}

// combine sets y to the stocks at the start of the step + h * the weighted sum of the slopes.
func (r *simulation) combine(y []float64, h float64, weights []float64) {
	if vector.Available && len(y) >= fewNumbers {
		combineVector(y, r.y0, r.slopes, h, weights)
	} else {
		combine(y, r.y0, r.slopes, h, weights)
	}
}

// follow is a step of Euler's method. Slopes depend on flows only, so each stock can be
// moved before the next one's slope is known.
func (r *simulation) follow(h float64) {
	v := r.v
	if r.native != nil {
		v[r.p.slots] = h
		r.native.follow.Start(&r.memory)
		return
	}
	for i := range r.p.netFlows {
		n := &r.p.netFlows[i]
		if n.n == 1 {
			v[n.stock] += float64(h * n.scalar(v))
		} else {
			n.follow(v, h, r.slopes[0])
		}
	}
}

// stages evaluates the slopes of all stages but the first. The stocks at t are in y0.
func (r *simulation) stages(t, h float64) {
	y := r.v[r.p.stocks.from:r.p.stocks.to]
	for i := 1; i < len(r.method.B); i++ {
		r.combine(y, h, r.method.A[i])
		r.setNow(t + float64(r.method.C[i]*h))
		r.evaluateBetween()
		r.slope(r.slopes[i])
	}
}

// setNow sets the time of an evaluation within the present step, and the constants and
// decisions that ramps of changes move.
func (r *simulation) setNow(t float64) {
	r.v[slotNow] = t
	for _, k := range r.ramps {
		m := &r.moving[k]
		r.v[m.slot] = m.at(t, r.v[slotStepStart], r.clock.step)
	}
}

// combine sets y to y0 + h * the weighted sum of the slopes, in order.
func combine(y, y0 []float64, slopes [][]float64, h float64, weights []float64) {
	first := true
	for j, w := range weights {
		if w == 0 {
			continue
		}
		k := slopes[j][:len(y)]
		if first {
			for i := range y {
				y[i] = w * k[i]
			}
			first = false
			continue
		}
		for i := range y {
			y[i] += float64(w * k[i])
		}
	}
	addScaled(y, y0, h, y)
}

// slope computes how fast each stock changes, from the flows.
func (r *simulation) slope(to []float64) {
	v, base := r.v, r.p.stocks.from
	if r.native != nil {
		r.memory.Slopes = to
		r.native.slopes.Start(&r.memory)
		return
	}
	for i := range r.p.netFlows {
		n := &r.p.netFlows[i]
		if n.n == 1 {
			to[n.stock-base] = n.scalar(v)
			continue
		}
		n.array(to[n.stock-base:n.stock-base+n.n], v, inGo)
	}
}

// scalar returns the slope of one stock.
func (n *netFlow) scalar(v []float64) float64 {
	sum := 0.0
	for i, s := range n.in {
		if i == 0 {
			sum = v[s]
		} else {
			sum += v[s]
		}
	}
	for _, s := range n.out {
		sum -= v[s]
	}
	return sum
}

// follow moves the stocks of a block by h times their slopes, for which it uses to.
func (n *netFlow) follow(v []float64, h float64, to []float64) {
	y := v[n.stock : n.stock+n.n]
	switch {
	case len(n.in) == 1 && len(n.out) == 1:
		addScaledOne(y, h, v[n.in[0]:], v[n.out[0]:])
	case len(n.in) == 1 && len(n.out) == 2:
		addScaledTwo(y, h, v[n.in[0]:], v[n.out[0]:], v[n.out[1]:])
	default:
		addScaled(y, y, h, n.slopes(to[:n.n], v, inGo))
	}
}

// slopes computes the slopes of a block of stocks: into to, unless they are a flow alone.
func (n *netFlow) slopes(to, v []float64, by rowSums) []float64 {
	var sum []float64
	for i, s := range n.in {
		in := v[s : s+len(to)]
		if i > 0 {
			by.add(to, sum, in)
			in = to
		}
		sum = in
	}
	if sum == nil {
		clear(to)
		sum = to
	}
	for _, s := range n.out {
		by.sub(to, sum, v[s:s+len(to)])
		sum = to
	}
	return sum
}

// array puts the slopes of a block of stocks into to.
func (n *netFlow) array(to, v []float64, by rowSums) {
	if got := n.slopes(to, v, by); &got[0] != &to[0] {
		copy(to, got)
	}
}
