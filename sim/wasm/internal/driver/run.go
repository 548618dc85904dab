package driver

// Init prepares a run with the present parameters, changes and settings, and computes
// initial values.
func Init() {
	v := loadI(Slots)
	clear0(v, loadI(LiteralAt))
	clear0(v+8*loadI(LiteralEnd), loadI(SlotCount)-loadI(LiteralEnd))
	copyAll(slot(v, valueAt), loadI(Values), loadI(ValueCount))
	storeI(Done, 0)
	storeI(Rows, 0)
	storeI(Where, 0)
	storeI(Status, Running)
	put(v, slotStep, loadF(Step))
	put(v, slotStart, loadF(Start))
	put(v, slotStop, loadF(Stop))
	begin(v, 0)
	storeI(Counting, 1)
	initial(v)
	storeI(Counting, 0)
}

// Run goes on for at most n steps and gives how many are done in all. At the last
// one it saves the last row and completes.
func Run(n int32) int32 {
	v, end, every := loadI(Slots), loadI(Steps), loadI(Every)
	i := loadI(Done)
	since := i % every // steps since a row was due
	for ; loadI(Status) == Running && (n > 0 || i == end); n-- {
		if i > 0 {
			begin(v, i)
		}
		if !boundary(v, i, since == 0) {
			break
		}
		if i == end {
			storeI(Status, Complete)
			break
		}
		advance(v, loadF(slot(v, slotStepStart)))
		if loadI(DelayStates) < loadI(DelayStateEnd) {
			remember(v)
		}
		i++
		if since++; since == every {
			since = 0
		}
		storeI(Done, i)
	}
	return i
}

// slot returns the address of a slot of the vector.
func slot(v, i int32) int32 { return v + 8*i*loadI(Lanes) }

// put sets the numbers of all runs in a slot.
func put(v, i int32, x float64) {
	at := slot(v, i)
	storeF(at, x)
	if loadI(Lanes) == 2 {
		storeF(at+8, x)
	}
}

// begin sets the clock to the start of step i and moves the parameters that change.
func begin(v, i int32) {
	t := loadF(Start) + float64(float64(i)*loadF(Step))
	put(v, slotNow, t)
	put(v, slotStepStart, t)
	if loadI(ChangeCount) > 0 {
		move(v, t, t)
	}
}

// boundary evaluates at the start of step i, saves a row if one is due, and computes
// the inputs of delay states. It reports false if the run stops.
func boundary(v, i int32, due bool) bool {
	storeI(Counting, 1)
	flows(v)
	if loadI(Status) != Running || i == 0 && !started(v) {
		return false
	}
	storeI(Counting, 0)
	if due && !save(v, loadI(Rows)) {
		return false
	}
	if loadI(DelayStates) < loadI(DelayStateEnd) {
		storeI(Counting, 1)
		inputs(v)
		storeI(Counting, 0)
	}
	return loadI(Status) == Running
}

// advance moves the stocks from t to the end of the step.
func advance(v int32, t float64) {
	n := loadI(StockCount)
	if n == 0 {
		return
	}
	h := loadF(Step)
	stages := loadI(Stages)
	if stages == 1 {
		follow(v, h)
		return
	}
	y, first, row := v+8*loadI(StockAt), loadI(Slopes), loadI(Tableau)
	slopes(v, first)
	copyAll(loadI(Kept), y, n)
	for s := int32(1); s < stages; s++ {
		row = combine(y, n, h, row, s)
		now := t + float64(loadF(row)*h)
		put(v, slotNow, now)
		if loadI(ChangeCount) > 0 {
			move(v, now, t)
		}
		row += 8
		stage(v)
		slopes(v, first+8*n*s)
	}
	combine(y, n, h, row, stages)
}

// combine sets y to the stocks at the start of the step and h times the sum of the
// slopes with the weights at row, and gives the address after these. Most sums have
// one slope.
func combine(y, n int32, h float64, row, weights int32) int32 {
	from, k, end := loadI(Kept), loadI(Slopes), row+8*weights
	for loadF(row) == 0 {
		row += 8
		k += 8 * n
	}
	if row+8 == end {
		toward(y, from, n, h, loadF(row), k)
		return end
	}
	scale(y, n, loadF(row), k)
	for row += 8; row < end; row += 8 {
		k += 8 * n
		if loadF(row) != 0 {
			addScaled(y, y, n, loadF(row), k)
		}
	}
	addScaled(y, from, n, h, y)
	return end
}

// toward is d = a + h*(w*k), element by element.
func toward(d, a, n int32, h, w float64, k int32) {
	for end := d + 8*n; d < end; d += 8 {
		storeF(d, loadF(a)+float64(h*float64(w*loadF(k))))
		a += 8
		k += 8
	}
}

// scale is d = w*k.
func scale(d, n int32, w float64, k int32) {
	for end := d + 8*n; d < end; d += 8 {
		storeF(d, float64(w*loadF(k)))
		k += 8
	}
}

// addScaled is d = a + h*k.
func addScaled(d, a, n int32, h float64, k int32) {
	for end := d + 8*n; d < end; d += 8 {
		storeF(d, loadF(a)+float64(h*loadF(k)))
		a += 8
		k += 8
	}
}

// save writes a row. It reports false if a number that a full row has, or a stock, is
// not finite.
func save(v, row int32) bool {
	for s := loadI(Series); s < loadI(SeriesEnd); s += SeriesSize {
		storeF(v+8*loadI(s+4), Lookup(loadI(s), loadI(s+8), loadF(slot(v, slotNow))))
	}
	for s := loadI(Checks); s < loadI(CheckEnd); s += CheckSize {
		if !finite(v+8*loadI(s), loadI(s+4)) {
			return stop(NonFinite, row)
		}
	}
	out := loadI(Out) + 8*row*loadI(Width)
	for s := loadI(Segments); s < loadI(SegmentEnd); s += SegmentSize {
		copyAll(out+8*loadI(s+4), v+8*loadI(s), loadI(s+8))
	}
	storeI(Rows, row+1)
	return true
}

// finite reports whether n numbers are. Four sums go on at once, since one would wait
// for itself.
func finite(at, n int32) bool {
	a, b, c, d := 0.0, 0.0, 0.0, 0.0
	end := at + 8*n
	for ; at+24 < end; at += 32 {
		w, x, y, z := loadF(at), loadF(at+8), loadF(at+16), loadF(at+24)
		a += w - w // NaN for NaN and infinities, else 0
		b += x - x
		c += y - y
		d += z - z
	}
	for ; at < end; at += 8 {
		x := loadF(at)
		a += x - x
	}
	return a+b+(c+d) == 0
}

// clear0 sets n numbers from an address on to 0.
func clear0(at, n int32) {
	for end := at + 8*n; at < end; at += 8 {
		storeF(at, 0)
	}
}

// copyAll copies n numbers; the two places do not overlap.
func copyAll(to, from, n int32) {
	for end := to + 8*n; to < end; to += 8 {
		storeF(to, loadF(from))
		from += 8
	}
}
