package driver

// The kinds of change, as in sim.
const (
	to = iota
	add
	times
)

// move gives the parameters that changes name their value at the step boundary t.
func move(v int32, t float64) {
	from, own, given := loadI(Changes), v+8*valueAt, loadI(Values)
	end := from + ChangeSize*loadI(ChangeCount)
	for c := from; c < end; c += ChangeSize {
		i := 8 * loadI(c)
		storeF(own+i, loadF(given+i))
	}
	for c := from; c < end; c += ChangeSize {
		at := own + 8*loadI(c)
		storeF(at, changed(c, loadF(at), t, loadF(Step)))
	}
}

// changed is a value with the change at address c.
func changed(c int32, value, t, dt float64) float64 {
	kind, amount, start, over := loadI(c+4), loadF(c+8), loadF(c+16), loadF(c+24)
	if !(t+dt/2 > start) || t+dt/2 > loadF(c+32) {
		return value
	}
	share := 1.0
	if over > 0 {
		share = min(1, max(0, (t-start)/over))
	}
	switch {
	case kind == add:
		return value + float64(share*amount)
	case kind == times && share == 1:
		return float64(value * amount)
	case kind == times:
		return float64(value * (1 + float64(share*(amount-1))))
	case share == 1:
		return amount
	}
	return value + float64(share*(amount-value))
}
