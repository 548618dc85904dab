package scenarios

// Options say how a set is compared. The zero value works.
type Options struct {
	Version string // of weir, for the record
	// Workers is how many runs go on at once; 0: one a processor. Results do not
	// depend on it.
	Workers int
	// Progress, if not nil, is called now and then with the share of the work done,
	// 0 to 1, never decreasing and never twice at once, from any goroutine.
	Progress func(done float64)
}

// Part returns the options with a progress that goes from one share of the work to another.
func (o Options) Part(from, to float64) Options {
	if tell := o.Progress; tell != nil {
		o.Progress = func(done float64) { tell(from + float64((to-from)*done)) }
	}
	return o
}

// divide returns the options of a comparison, and those of its comparisons in so many worlds,
// which take as long each.
func (o Options) divide(worlds int) (own, inWorlds Options) {
	first := 1 / float64(worlds+1)
	return o.Part(0, first), o.Part(first, 1)
}

// centralShare is the share of the work that the central runs are, with futures: a guess.
const centralShare = 0.05
