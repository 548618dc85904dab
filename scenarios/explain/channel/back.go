package channel

import "weir/model/resolved"

// A Source tells links that only lead back from those on a first way of an effect to an outcome.
type Source struct {
	*finder
}

// From returns the source of an effect of decisions on an outcome.
func (w *Web) From(decisions []*resolved.Variable, to *resolved.Variable) *Source {
	f := &finder{Web: w, from: w.places(decisions), to: w.place[to]}
	f.on = w.between(f.from, f.to)
	f.outcome()
	return &Source{f}
}

// Returns reports whether a link only leads back, so that cutting it takes out feedback and
// nothing else: every way from the decisions to its beginning has passed its end or reached the
// outcome before, or every way from its end to the outcome passes its beginning again. If not,
// some first way may pass it; whether one does is not decided, since that is hard in general
// (whether a simple path passes an edge is NP-complete).
func (s *Source) Returns(from, to *resolved.Variable) bool {
	begin, end := s.place[from], s.place[to]
	flow := func(i int) bool { return s.own[i] && s.vars[i].Kind == resolved.Flow }
	reached := s.reach(s.next, s.from, func(i int) bool { return i == end || s.own[i] && !flow(i) })
	if !reached[begin] || s.own[begin] && !flow(begin) {
		return true
	}
	onward := s.reach(s.next, []int{end}, func(i int) bool { return i == begin })
	for i, own := range s.own {
		if own && onward[i] {
			return false
		}
	}
	return true
}
