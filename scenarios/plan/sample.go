package plan

// Evenly returns at most size members of a sample, spread evenly over it, as a sample of their
// own: its order may mean something, as in a grid. Each keeps its number. All of them are the
// sample itself.
func Evenly(s Sample, size int) Sample {
	if size >= s.Size() {
		return s
	}
	return some{s, size}
}

// some is a part of a sample.
type some struct {
	Sample
	size int
}

// of returns a member's place in the whole sample: the middle of its share.
func (s some) of(member int) int { return (2*member + 1) * s.Sample.Size() / (2 * s.size) }

func (s some) Size() int                       { return s.size }
func (s some) Values(member int, to []float64) { s.Sample.Values(s.of(member), to) }
func (s some) World(member int) int            { return s.Sample.World(s.of(member)) }
func (s some) Shapes(member int) []int         { return s.Sample.Shapes(s.of(member)) }
func (s some) Number(member int) int           { return s.Sample.Number(s.of(member)) }

// Alone is the sample of a set without [uncertainty]: one future, which is the model as written.
type Alone struct{}

// Size returns 1.
func (Alone) Size() int { return 1 }

// Vary returns nil: nothing is drawn.
func (Alone) Vary() []string { return nil }

// Values sets nothing.
func (Alone) Values(int, []float64) {}

// World returns -1, the model as written.
func (Alone) World(int) int { return -1 }

// Shapes returns nil: each lookup has its own points.
func (Alone) Shapes(int) []int { return nil }

// Number returns 0.
func (Alone) Number(int) int { return 0 }
