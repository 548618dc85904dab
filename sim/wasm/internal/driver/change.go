package driver

import "weir/sim/internal/change"

// move puts the values of the parameters that changes name into the vector, for an
// evaluation at time now of the step that begins at begin.
func move(v int32, now, begin float64) {
	from, own, values, dt := loadI(Changes), slot(v, valueAt), loadI(Values), loadF(Step)
	end := from + ChangeSize*loadI(ChangeCount)
	for c := from; c < end; c += ChangeSize {
		i := 8 * loadI(c)
		storeF(own+i, loadF(values+i))
	}
	for c := from; c < end; c += ChangeSize {
		at := own + 8*loadI(c)
		storeF(at, change.Value(loadI(c+4), loadF(at), loadF(c+8), loadF(c+16), loadF(c+24), loadF(c+32), now,
			begin, dt))
	}
}
