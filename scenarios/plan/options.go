package plan

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
