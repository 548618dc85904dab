package maths

import "weir/model/numeric/pair"

// Functions of two numbers at once have the bits of those of one: they do the same operations in
// the same order where both numbers are usual, and otherwise call them.

// normal is the smallest number with all its bits.
const normal = 0x1p-1022

// ExpPair returns Exp of both numbers.
func ExpPair(x pair.Pair) pair.Pair {
	if pair.All(pair.AtMost(pair.Abs(x), pair.Both(707))) {
		return expUsual(x, pair.Both(0))
	}
	return pair.With(pair.Both(Exp(pair.First(x))), Exp(pair.Second(x)))
}

// LnPair returns Ln of both numbers.
func LnPair(x pair.Pair) pair.Pair {
	if pair.All(positive(x)) {
		hi, lo := logUsual(x)
		return pair.Add(hi, lo)
	}
	return pair.With(pair.Both(Ln(pair.First(x))), Ln(pair.Second(x)))
}

// PowPair returns Pow of both numbers.
func PowPair(x, y pair.Pair) pair.Pair {
	if pair.All(pair.And(positive(x), pair.And(pair.NotEqual(x, pair.Both(1)), general(y)))) {
		hi, lo := logUsual(x)
		size := pair.Abs(pair.Mul(y, hi))
		if pair.All(pair.And(pair.AtMost(size, pair.Both(704)), pair.AtLeast(size, pair.Both(0x1p-60)))) {
			return expUsual(timesLogs(y, hi, lo))
		}
	}
	return pair.With(pair.Both(Pow(pair.First(x), pair.First(y))), Pow(pair.Second(x), pair.Second(y)))
}

// positive returns the mask of numbers that are finite, normal and above 0.
func positive(x pair.Pair) pair.Pair {
	return pair.And(pair.AtLeast(x, pair.Both(normal)), pair.Less(x, pair.Both(inf)))
}

// general returns the mask of powers that Pow has no rule of its own for.
func general(y pair.Pair) pair.Pair {
	some := pair.And(pair.NotEqual(y, pair.Both(0)), pair.NotEqual(y, pair.Both(1)))
	other := pair.And(pair.NotEqual(y, pair.Both(2)), pair.NotEqual(y, pair.Both(0.5)))
	return pair.And(pair.And(some, other), pair.NotEqual(y, pair.Both(-1)))
}

// expUsual is expSum for sizes of hi up to 707.
func expUsual(hi, lo pair.Pair) pair.Pair {
	shifted := pair.Add(pair.Mul(hi, pair.Both(partsByLn2)), pair.Both(shift))
	n := pair.Sub(shifted, pair.Both(shift))
	k := pair.SubBits(shifted, pair.BothBits(shiftBits))
	r1 := pair.Sub(hi, pair.Mul(n, pair.Both(ln2By1281)))
	r2 := pair.Sub(lo, pair.Mul(n, pair.Both(ln2By1282)))
	a, b := pair.Row(expTable[pair.FirstBits(k)&127]), pair.Row(expTable[pair.SecondBits(k)&127])
	high := pair.Firsts(a, b)
	s := pair.Add(high, pair.Add(pair.Seconds(a, b), pair.Mul(high, expMinus1s(r1, r2))))
	return pair.Mul(s, pair.Left(pair.AddBits(pair.Right(k, 7), pair.BothBits(1023)), 52))
}

// expMinus1s is expMinus1 of both numbers.
func expMinus1s(r1, r2 pair.Pair) pair.Pair {
	r := pair.Add(r1, r2)
	q := pair.Add(pair.Both(1./24), pair.Mul(r, pair.Both(1./120)))
	q = pair.Add(pair.Both(1./6), pair.Mul(r, q))
	q = pair.Add(pair.Both(1./2), pair.Mul(r, q))
	q = pair.Mul(pair.Mul(r, r), q)
	return pair.Add(r1, pair.Add(r2, q))
}

// logUsual is logSum for numbers that are positive.
func logUsual(x pair.Pair) (hi, lo pair.Pair) {
	z := pair.Or(pair.And(x, pair.BothBits(1<<52-1)), pair.BothBits(1023<<52))
	large := pair.Greater(z, pair.Both(1.4140625))
	z = pair.Choose(pair.Mul(z, pair.Both(0.5)), z, large)
	// A mask is -1 as a whole number, and a whole number of 51 bits is the end of shift's bits.
	k := pair.SubBits(pair.SubBits(pair.Right(x, 52), pair.BothBits(1023)), large)
	n := pair.Sub(pair.AddBits(k, pair.BothBits(shiftBits)), pair.Both(shift))
	place := pair.Add(pair.Mul(z, pair.Both(512)), pair.Both(0.5))
	a, b := logTable[int32(pair.First(place))-logFirst], logTable[int32(pair.Second(place))-logFirst]
	inverse := pair.Firsts(pair.Begin(a), pair.Begin(b))
	zh := tops(z)
	r := pair.Add(pair.Sub(pair.Mul(zh, inverse), pair.Both(1)), pair.Mul(pair.Sub(z, zh), inverse))
	rh := tops(r)
	half := pair.Mul(pair.Both(0.5), pair.Mul(rh, rh))
	rest := pair.Mul(pair.Both(0.5), pair.Mul(pair.Add(r, rh), pair.Sub(r, rh)))
	h, low := fastTwoSums(r, pair.Neg(half))
	low = pair.Add(low, pair.Sub(logSeriesOf(r), rest))
	sum, e := fastTwoSums(pair.Add(pair.Mul(n, pair.Both(ln21)), pair.Seconds(pair.Begin(a), pair.Begin(b))), h)
	tail := pair.Add(pair.Mul(n, pair.Both(ln22)), pair.Firsts(pair.Finish(a), pair.Finish(b)))
	return fastTwoSums(sum, pair.Add(e, pair.Add(low, tail)))
}

// logSeriesOf is logSeries of both numbers.
func logSeriesOf(r pair.Pair) pair.Pair {
	t := pair.Add(pair.Both(1./7), pair.Mul(r, pair.Both(-1./8)))
	t = pair.Add(pair.Both(-1./6), pair.Mul(r, t))
	t = pair.Add(pair.Both(1./5), pair.Mul(r, t))
	t = pair.Add(pair.Both(-1./4), pair.Mul(r, t))
	t = pair.Add(pair.Both(1./3), pair.Mul(r, t))
	return pair.Mul(pair.Mul(pair.Mul(r, r), r), t)
}

// timesLogs is timesLog of both numbers.
func timesLogs(y, hi, lo pair.Pair) (p, rest pair.Pair) {
	h, high := tops(hi), tops(y)
	return pair.Mul(high, h), pair.Add(pair.Mul(pair.Sub(y, high), h), pair.Mul(y, pair.Add(pair.Sub(hi, h), lo)))
}

// tops is top of both numbers.
func tops(a pair.Pair) pair.Pair { return pair.And(a, pair.BothBits(^uint64(1<<27-1))) }

// fastTwoSums is fastTwoSum of both numbers.
func fastTwoSums(a, b pair.Pair) (sum, err pair.Pair) {
	sum = pair.Add(a, b)
	return sum, pair.Sub(b, pair.Sub(sum, a))
}
