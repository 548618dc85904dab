// Package sample uses all of the part of Go that package lower translates, so that a
// test can run both.
package sample

import "math"

var steps = [...][2]float64{{1, 2}, {3, 5}, {8, 13}}

var words = [...]uint64{1, 1 << 63, 0xdeadbeef}

var never = math.NaN()

// Loops has for with continue and break, a count, and a nested loop that is left.
func Loops(x float64) float64 {
	sum := 0.0
	for i := int32(0); i < 20; i++ {
		if i%3 == 1 {
			continue
		}
		if float64(i) > x {
			break
		}
		for range 3 {
			sum += float64(i)
			if sum > 50 {
				break
			}
		}
	}
	n := int32(4)
	for i := range n {
		n-- // the loop keeps its four turns
		sum += 100 * float64(i)
	}
	return sum
}

// Choices has switches with and without a value, and conditions that end early.
func Choices(x float64) float64 {
	r := 0.0
	switch k := int32(math.Abs(x)) & 7; k {
	case 1, 3:
		r = 1
	case 2:
		r = 2
	default:
		r = 3
	}
	switch {
	case x < -10 || x > 1000 && x < 2000:
		return r
	case x != x:
		return never
	case x == 0:
		return -r
	}
	if y := x * 2; y > 5 {
		r += 10
	} else if y > 1 {
		r += 20
	} else {
		r += 30
	}
	return r
}

// Whole has arithmetic of whole numbers of both sizes, with and without a sign.
func Whole(x float64) float64 {
	bits := math.Float64bits(x)
	a := int64(bits>>12) - 1<<50
	b := uint32(bits)
	c := int32(b)
	a, bits = a/7+a%11, bits&^0xff|bits<<3^bits>>uint64(b&31)
	b = b*2654435761 + b>>3
	b ^= 0x5bd1e995
	c = -c + c>>2
	c--
	a ^= ^int64(b)
	return float64(a) + float64(bits) + float64(b) + float64(c) + float64(uint64(c)&words[b&1])
}

// Results has several of them, some of which are not used, names for them, and tables.
func Results(x float64) float64 {
	j := int64(math.Abs(x)) & 1
	row := steps[j]
	a, b := swap(row[0], row[1])
	_, c := swap(b, named(x))
	return a - float64(100*b) + float64(10000*c) + steps[2][1]
}

func swap(a, b float64) (float64, float64) { return b, a }

func named(x float64) (y float64) {
	if x < 0 {
		return
	}
	y = min(x, 3, 2*x)
	return max(y, -1)
}
