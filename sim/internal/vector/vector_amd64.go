package vector

import "golang.org/x/sys/cpu"

// Available reports whether this processor has the instructions.
var Available = cpu.X86.HasAVX2

var rows = map[string]Row{
	"neg": neg, "abs": abs, "sqrt": sqrt, "floor": floor, "square": square,
	"add": add, "sub": sub, "mul": mul, "div": div, "min": smaller, "max": larger,
	"muladd": mulAdd, "mulsub": mulSub, "mulmul": mulMul, "muldiv": mulDiv, "submul": subMul, "subdiv": subDiv, "addadd": addAdd,
	"lt": lt, "le": le, "gt": gt, "ge": ge, "eq": eq, "ne": ne, "select": choose,
	"and": conjunction, "or": disjunction, "not": not, "when": when, "safediv": safeDiv, "reciprocal": reciprocal, "copy": duplicate,
	"ceil": ceil, "trunc": trunc,
}

// Find returns an operation by its name in a listing of a program, nil if there is none.
func Find(name string) Row {
	if !Available {
		return nil
	}
	return rows[name]
}

// Exp puts the powers of e of a into d, up to a number that is not finite or subnormal, or the last
// fours, and says how many that were.
func Exp(d, a []float64, table *ExpTable) int {
	if len(d) < 4 {
		return 0
	}
	return exp(&d[0], &a[:len(d)][0], len(d), table)
}

// Ln returns Exp for natural logarithms.
func Ln(d, a []float64, table *LogTable) int {
	if len(d) < 4 {
		return 0
	}
	return ln(&d[0], &a[:len(d)][0], len(d), table)
}

// Pow returns Exp for a to the power of b. A slice of one number stands for as many as d has.
// It does at most 64 at a time, for which scratch has room.
func Pow(d, a, b []float64, logs *LogTable, exps *ExpTable, scratch *[2][64]float64) int {
	all := min(len(d), len(scratch[0]))
	if all < 4 {
		return 0
	}
	n := exponents(&scratch[0][0], &scratch[1][0], &a[0], &b[0], step(a, all), step(b, all), all, logs)
	if n == 0 {
		return 0
	}
	return expSum(&d[:n][0], &scratch[0][0], &scratch[1][0], n, exps)
}

// step checks that an argument has n numbers, or one.
func step(a []float64, n int) int {
	if len(a) == 1 {
		return 0
	}
	_ = a[n-1]
	return Walks
}
