package loops

import (
	"math"
	"slices"
)

// A total is the sum of the magnitudes of all loop scores of a partition at one time, as
// sum * exp(log), where log is the largest logarithm among them.
type total struct{ log, sum float64 }

// add adds a score by its logarithm.
func (t *total) add(log float64) {
	if t.sum == 0 || log > t.log {
		t.sum *= math.Exp(t.log - log)
		t.log = log
		t.sum++
		return
	}
	t.sum += math.Exp(log - t.log)
}

// share returns which part of the total a score is; 0 of nothing.
func (t *total) share(log float64) float64 {
	if t.sum == 0 {
		return 0
	}
	return math.Exp(log-t.log) / t.sum
}

// score returns a loop's score at a row: the logarithm of its magnitude, and its sign, which is 0
// of a loop at rest.
func (r *Result) score(c cycle, row int) (log float64, sign int8) {
	values := r.net.scores.row(row)
	product := 1.0
	for _, l := range c {
		product *= values[l]
	}
	if size := math.Abs(product); size > 1e-280 && size < 1e280 {
		return math.Log(size), int8(math.Copysign(1, product))
	}
	return longProduct(c, values)
}

// longProduct is score where the product may overflow or vanish on the way: its exponents are added
// apart.
func longProduct(c cycle, values []float64) (log float64, sign int8) {
	product, exponent := 1.0, 0
	for _, l := range c {
		fraction, e := math.Frexp(values[l])
		product *= fraction
		if exponent += e; product == 0 {
			return 0, 0
		}
	}
	return math.Log(math.Abs(product)) + float64(exponent)*math.Ln2, int8(math.Copysign(1, product))
}

// partition returns the partition of a loop.
func (r *Result) partition(c cycle) int32 { return r.net.partition[r.net.links[c[0]].from] }

// addUp computes the totals.
func (r *Result) addUp() {
	for _, p := range r.net.partition {
		r.parts = max(r.parts, int(p)+1)
	}
	r.total = make([]total, r.parts*len(r.Time))
	for row := range r.Time {
		for _, c := range r.cycles {
			if log, sign := r.score(c, row); sign != 0 {
				r.total[row*r.parts+int(r.partition(c))].add(log)
			}
		}
	}
}

// relative returns the relative score of an element loop at a row, with its sign.
func (r *Result) relative(c cycle, row int) float64 {
	log, sign := r.score(c, row)
	if sign == 0 {
		return 0
	}
	return float64(sign) * r.total[row*r.parts+int(r.partition(c))].share(log)
}

// Relative returns the relative score of a loop at every time: its share of the loops of its group,
// negative where it balances. The caller owns it.
func (r *Result) Relative(l *Loop) []float64 {
	out := make([]float64, len(r.Time))
	for row := range out {
		if moving := l.group.Moving[row]; moving > 0 {
			for _, c := range l.cycles {
				out[row] += r.relative(r.cycles[c], row) / float64(moving)
			}
		}
	}
	return out
}

// Scores returns the loop score itself at every time, of several element loops their sum. It may be
// as large as a float64 can be where a stock's net flow turns. The caller owns it.
func (r *Result) Scores(l *Loop) []float64 {
	out := make([]float64, len(r.Time))
	for row := range out {
		for _, c := range l.cycles {
			log, sign := r.score(r.cycles[c], row)
			if sign != 0 {
				out[row] += float64(sign) * math.Exp(min(log, 700))
			}
		}
	}
	return out
}

// ActingOn returns the groups that act on a variable, its own first: for a reader with a second
// outcome, since the run and the loops are the same for all. The error is about a variable that the
// model does not have.
func (r *Result) ActingOn(variable string) ([]*Group, error) {
	v, err := outcomeOf(r.model, variable)
	if err != nil {
		return nil, err
	}
	return chosen(slices.Clone(r.Groups), v), nil
}

// Link returns the scores of the link between two variables or elements, as x[a,b], at every time;
// ok is false if there is no such link that is part of feedback. The caller owns them.
func (r *Result) Link(from, to string) (scores []float64, ok bool) {
	full := r.elements
	for i, l := range full.links {
		if full.nodes[l.from].name != from || full.nodes[l.to].name != to {
			continue
		}
		scores = make([]float64, len(r.Time))
		for row := range scores {
			scores[row] = full.scores.row(row)[i]
		}
		return scores, true
	}
	return nil, false
}
