package plan

// A Window says where a difference is judged and how time counts.
type Window struct {
	Today, Horizon float64 // model time
	YearsPerUnit   float64 // length of the model's time unit in years, for discounting
}

// Lasting is the share of the time that has to be left for a course, or a difference, to have
// settled: at its last row everything is at its last value.
const Lasting = 0.1

// WindowOf returns the time from today to the last of the saved times.
func (s *Set) WindowOf(time []float64) Window {
	years, _ := yearsPerUnit(s.Model.Time.Unit)
	w := Window{Today: s.Today(), YearsPerUnit: years}
	if len(time) > 0 {
		w.Horizon = time[len(time)-1]
	}
	return w
}
