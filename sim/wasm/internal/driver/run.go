package driver

// Init prepares a run with the present parameters, changes and settings, and computes
// initial values.
func Init() {
	v := loadI(Slots)
	clear0(v, loadI(LiteralAt))
	clear0(v+8*loadI(LiteralEnd), loadI(SlotCount)-loadI(LiteralEnd))
	copyAll(v+8*valueAt, loadI(Values), loadI(ValueCount))
	storeI(Done, 0)
	storeI(Rows, 0)
	storeI(Where, 0)
	storeI(Status, Running)
	storeF(v+8*slotStep, loadF(Step))
	storeF(v+8*slotStart, loadF(Start))
	storeF(v+8*slotStop, loadF(Stop))
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
		advance(v, loadF(v+8*slotStepStart))
		if loadI(Memories) < loadI(MemoryEnd) {
			remember(v, i)
		}
		i++
		if since++; since == every {
			since = 0
		}
		storeI(Done, i)
	}
	return i
}

// begin sets the clock to the start of step i and moves the parameters that change.
func begin(v, i int32) {
	t := loadF(Start) + float64(float64(i)*loadF(Step))
	storeF(v+8*slotNow, t)
	storeF(v+8*slotStepStart, t)
	if loadI(ChangeCount) > 0 {
		move(v, t)
	}
}

// boundary evaluates at the start of step i, saves a row if one is due, and computes
// what memories take in. It reports false if the run stops.
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
	if loadI(Memories) < loadI(MemoryEnd) {
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
		storeF(v+8*slotNow, t+float64(loadF(row)*h))
		row += 8
		flows(v)
		slopes(v, first+8*n*s)
	}
	combine(y, n, h, row, stages)
}

// combine sets y to the stocks at the start of the step and h times the sum of the
// slopes with the weights at row, and gives the address after these.
func combine(y, n int32, h float64, row, weights int32) int32 {
	for i := range n {
		k := loadI(Slopes) + 8*i
		sum := 0.0
		first := true
		for j := range weights {
			if w := loadF(row + 8*j); w != 0 {
				x := float64(w * loadF(k+8*n*j))
				if first {
					sum = x
				} else {
					sum += x
				}
				first = false
			}
		}
		storeF(y+8*i, loadF(loadI(Kept)+8*i)+float64(h*sum))
	}
	return row + 8*weights
}

// save writes a row. It reports false if one of its numbers or a stock is not finite.
func save(v, row int32) bool {
	for s := loadI(Series); s < loadI(SeriesEnd); s += SeriesSize {
		storeF(v+8*loadI(s+4), Lookup(loadI(s), loadI(s+8), loadF(v+8*slotNow)))
	}
	out := loadI(Out) + 8*row*loadI(Width)
	bad := 0.0
	for s := loadI(Segments); s < loadI(SegmentEnd); s += SegmentSize {
		from, to := v+8*loadI(s), out+8*loadI(s+4)
		n := loadI(s + 8)
		for i := range n {
			x := loadF(from + 8*i)
			storeF(to+8*i, x)
			bad += x - x // NaN for NaN and infinities, else 0
		}
	}
	stocks, n := v+8*loadI(StockAt), loadI(StockCount)
	for i := range n {
		x := loadF(stocks + 8*i)
		bad += x - x
	}
	if bad != 0 {
		storeI(Status, NonFinite)
		storeI(Where, row)
		return false
	}
	storeI(Rows, row+1)
	return true
}

func clear0(at, n int32) {
	for i := range n {
		storeF(at+8*i, 0)
	}
}

func copyAll(to, from, n int32) {
	for i := range n {
		storeF(to+8*i, loadF(from+8*i))
	}
}
