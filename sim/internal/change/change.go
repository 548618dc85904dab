// Package change has the value of a constant or decision that a change moves. Package
// sim calls it, and emitted modules carry its translation to WebAssembly, so it keeps to
// the part of Go that sim/wasm/internal/lower translates.
package change

// The kinds of change.
const (
	To    = iota // the new value
	Add          // is added to the old one
	Times        // multiplies the old one
)

// Value returns a value with one change applied, in an evaluation at time now of the step
// that begins at begin and is dt long. All times are in the unit of the model.
//
// A change without a ramp (over is 0) jumps, and every change ends at until with a jump;
// jumps hold for whole steps and happen at the step boundary nearest to their date. A ramp
// is a straight line from start to start+over, evaluated at now.
func Value(kind int32, value, amount, start, over, until, now, begin, dt float64) float64 {
	middle := begin + dt/2
	if middle > until || !(over > 0) && !(middle > start) {
		return value
	}
	share := 1.0
	if over > 0 {
		share = min(1, max(0, (now-start)/over))
	}
	return Part(kind, value, amount, share)
}

// Part returns a value moved by a share, 0 to 1, of a change.
func Part(kind int32, value, amount, share float64) float64 {
	switch {
	case share == 0:
		return value
	case kind == Add:
		return value + float64(share*amount)
	case kind == Times && share == 1:
		return float64(value * amount)
	case kind == Times:
		return float64(value * (1 + float64(share*(amount-1))))
	case share == 1:
		return amount
	}
	return value + float64(share*(amount-value))
}
