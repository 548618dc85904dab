package calibrate

import (
	"cmp"
	"slices"
)

// asGood is a rise of the misfit for which a constant keeps its value in the model. It is far below
// the rise of 1.92 that ends a 95 % interval, so the constants' intervals hardly notice.
const asGood = 0.02

// restore gives constants back their own values, those with the least effect
// first, as far as the fit stays as good. Of several values that fit alike, the model's own needs
// no explanation. All constants are tried together in this order, and the longest list that is as
// good is kept. best is changed.
func (s *search) restore(best *climber) error {
	own := make([]float64, len(best.u))
	var at [][]float64
	for k, x := range s.parameters {
		own[k] = x.share(x.own)
		at = append(at, slices.Clone(best.u))
		at[k][k] = own[k]
	}
	// Row k is the best point with constant k alone at its own value.
	alone, err := s.misfits(at)
	if err != nil {
		return err
	}
	// order has the constants by the misfit that each makes alone, the lowest first.
	order := make([]int, len(own))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(alone[a], alone[b]) })
	u := slices.Clone(best.u)
	at = nil
	for _, k := range order {
		u[k] = own[k]
		at = append(at, slices.Clone(u))
	}
	errors, err := s.evaluate(at)
	if err != nil {
		return err
	}
	for i, v := range slices.Backward(at) {
		if f := s.misfit(v, errors[i]); f <= best.misfit+asGood {
			best.u, best.errors, best.misfit, best.gone = v, errors[i], f, true
			break
		}
	}
	for k, x := range s.parameters {
		x.Kept = best.u[k] == own[k]
	}
	if !best.gone {
		return nil
	}
	return s.advance([]*climber{best})
}

// again goes on from a fit once the points count for less beside the priors. Without priors the
// number of points only scales the misfit, and best is returned as it is.
func (s *search) again(best *climber) (*climber, error) {
	if !slices.ContainsFunc(s.parameters, func(x *parameter) bool { return x.prior != nil }) {
		return best, nil
	}
	next := newClimber(best.u, -1)
	return next, s.descend([]*climber{next}, mostDescent, nil)
}
