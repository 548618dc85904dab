package driver

import "math"

// started is done once, after the first evaluation: delays are checked and read. It
// reports false if the run stops.
func started(v int32) bool {
	for g := loadI(Guards); g < loadI(GuardEnd); g += GuardSize {
		n := loadI(g + 4)
		for i := range n {
			if loadF(v+8*(loadI(g)+i)) < loadF(Step)*(1-1e-9) {
				return stop(ShortDelay, (g-loadI(Guards))/GuardSize)
			}
		}
	}
	delays(v)
	return makeRings(v)
}

// stop ends a call of the driver with a status and the index of the site that caused it. It
// returns false, for the caller to return.
func stop(status, where int32) bool {
	storeI(Status, status)
	storeI(Where, where)
	return false
}

// makeRings reads how long each memory holds and fills it with its initial value.
func makeRings(v int32) bool {
	ring, held := loadI(Rings), loadI(Held)
	for m := loadI(DelayStates); m < loadI(DelayStateEnd); m += DelayStateSize {
		count := loadI(m + 4)
		for e := range count {
			n := int32(1)
			if at := loadI(m + 12); at >= 0 {
				delay := loadF(v + 8*(at+e))
				if delay != delay {
					return stop(NoDelay, (m-loadI(DelayStates))/DelayStateSize)
				}
				n = int32(max(1, min(math.Floor(delay/loadF(Step)+0.5), float64(loadI(Steps)+1))))
			}
			if n > (loadI(HeldEnd)-held)/8 {
				return stop(LongDelay, (m-loadI(DelayStates))/DelayStateSize)
			}
			storeI(ring, held)
			storeI(ring+4, held)
			storeI(ring+8, held+8*n)
			ring += RingSize
			for range n {
				storeF(held, loadF(v+8*(loadI(m)+e)))
				held += 8
			}
		}
	}
	return true
}

// remember moves all memories to the next step: each takes in a number, and puts out the oldest.
func remember(v int32) {
	ring := loadI(Rings)
	for m := loadI(DelayStates); m < loadI(DelayStateEnd); m += DelayStateSize {
		count := loadI(m + 4)
		for e := range count {
			at := loadI(ring)
			storeF(at, loadF(v+8*(loadI(m+8)+e)))
			if at += 8; at == loadI(ring+8) {
				at = loadI(ring + 4)
			}
			storeI(ring, at)
			storeF(v+8*(loadI(m)+e), loadF(at))
			ring += RingSize
		}
	}
}
