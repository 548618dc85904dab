// Package shapley divides what several players reach together among them.
//
// A player's part is the mean, over all orders in which the players may come, of what is
// gained when that player joins those before (L. S. Shapley, "A value for n-person games",
// Contributions to the Theory of Games II, 1953). It is the only division that adds up to
// the whole, gives equal players equal parts, gives nothing to one who changes nothing, and
// adds when games add. The last makes parts over time and over futures agree with each other.
package shapley

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// MaxExact is the largest number of players whose coalitions are all computed: 2^12 of them.
const MaxExact = 12

// MaxPlayers is the largest number of players.
const MaxPlayers = 63

// A Plan is the set of coalitions from which parts are computed. A coalition is a mask: bit i
// is player i.
type Plan struct {
	Players int
	// Coalitions are distinct; that of nobody and that of everybody are among them.
	Coalitions []uint64
	// Orders are permutations of the players, in pairs of one and its reverse; nil if all
	// coalitions are there and parts are exact.
	Orders [][]int

	place map[uint64]int
}

// Exact returns the plan of all coalitions of n players, n at most MaxExact.
func Exact(n int) *Plan {
	if n < 0 || n > MaxExact {
		panic("shapley: too many players for all coalitions")
	}
	p := &Plan{Players: n, place: map[uint64]int{}}
	for mask := range uint64(1) << n {
		p.add(mask)
	}
	return p
}

// Sampled returns the plan of pairs of orders, drawn with the seed: each order and its
// reverse, in which a player who came early comes late (antithetic sampling; R. Mitchell,
// J. Cooper, E. Frank, G. Holmes, "Sampling Permutations for Shapley Value Estimation",
// Journal of Machine Learning Research 23, 2022). There must be two pairs, or no error could be
// stated.
func Sampled(n, pairs int, seed uint64) *Plan {
	if n < 1 || n > MaxPlayers || pairs < 2 {
		panic("shapley: a sample needs 1 to 63 players and two pairs of orders")
	}
	p := &Plan{Players: n, place: map[uint64]int{}}
	all := uint64(1)<<n - 1
	p.add(0)
	p.add(all)
	source := rand.New(rand.NewPCG(seed, uint64(n)))
	for range pairs {
		order := source.Perm(n)
		reverse := make([]int, n)
		for i, player := range order {
			reverse[n-1-i] = player
		}
		for _, o := range [][]int{order, reverse} {
			p.Orders = append(p.Orders, o)
			mask := uint64(0)
			for _, player := range o {
				mask |= 1 << player
				p.add(mask)
			}
		}
	}
	return p
}

// add gives a coalition its place in the plan, the first time it is asked for.
func (p *Plan) add(mask uint64) {
	if _, known := p.place[mask]; !known {
		p.place[mask] = len(p.Coalitions)
		p.Coalitions = append(p.Coalitions, mask)
	}
}

// Place returns where a coalition is in Coalitions, -1 if it is not.
func (p *Plan) Place(mask uint64) int {
	if i, ok := p.place[mask]; ok {
		return i
	}
	return -1
}

// All returns the coalition of everybody.
func (p *Plan) All() uint64 { return uint64(1)<<p.Players - 1 }

// Parts returns the part of each player. Values has one number for each coalition, in the
// order of Coalitions; a NaN among them makes parts NaN. The parts add up to the value of
// everybody less that of nobody, up to rounding.
func (p *Plan) Parts(values []float64) []float64 {
	if p.Orders != nil {
		mean := make([]float64, p.Players)
		for _, pair := range p.pairs(values) {
			for i, x := range pair {
				mean[i] += x
			}
		}
		for i := range mean {
			mean[i] /= float64(len(p.Orders) / 2)
		}
		return mean
	}
	weight := weights(p.Players)
	parts := make([]float64, p.Players)
	for at, mask := range p.Coalitions {
		for i := range p.Players {
			if mask>>i&1 == 0 {
				gain := values[p.place[mask|1<<i]] - values[at]
				parts[i] += float64(weight[bits.OnesCount64(mask)] * gain)
			}
		}
	}
	return parts
}

// Errors returns the standard error of each part of a sample, nil if parts are exact. A pair
// of orders counts as one draw, since its two orders are not independent.
func (p *Plan) Errors(values []float64) []float64 {
	if p.Orders == nil {
		return nil
	}
	mean, pairs := p.Parts(values), p.pairs(values)
	out := make([]float64, p.Players)
	n := float64(len(pairs))
	for i := range out {
		sum := 0.0
		for _, pair := range pairs {
			sum += float64((pair[i] - mean[i]) * (pair[i] - mean[i]))
		}
		out[i] = math.Sqrt(sum / (n - 1) / n)
	}
	return out
}

// pairs returns what each player adds, in the mean of an order and its reverse.
func (p *Plan) pairs(values []float64) [][]float64 {
	out := make([][]float64, len(p.Orders)/2)
	for k, order := range p.Orders {
		if k%2 == 0 {
			out[k/2] = make([]float64, p.Players)
		}
		mask, before := uint64(0), values[p.place[0]]
		for _, i := range order {
			mask |= 1 << i
			now := values[p.place[mask]]
			out[k/2][i] += (now - before) / 2
			before = now
		}
	}
	return out
}

// weights returns, by the size of a coalition that a player joins, the share of all orders in
// which those of the coalition come first and the player next: s! (n-1-s)! / n!.
func weights(n int) []float64 {
	out := make([]float64, n)
	choose := 1.0 // of n-1 others, s
	for s := range out {
		out[s] = 1 / (float64(n) * choose)
		choose = choose * float64(n-1-s) / float64(s+1)
	}
	return out
}
