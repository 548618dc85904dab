package sim

import "weir/model/resolved"

// A pair is an operation whose only use is as an argument of another.
type pair struct {
	first, second op
	at            int // which argument
}

// fused are the pairs that one instruction does. The bits are the same: each of the
// two is rounded as before.
var fused = map[pair]op{
	{op(resolved.Mul), op(resolved.Add), argA}: opMulAdd,
	{op(resolved.Mul), op(resolved.Add), argB}: opMulAdd,
	{op(resolved.Mul), op(resolved.Sub), argB}: opMulSub,
	{op(resolved.Mul), op(resolved.Mul), argA}: opMulMul,
	{op(resolved.Mul), op(resolved.Mul), argB}: opMulMul,
	{op(resolved.Mul), op(resolved.Div), argA}: opMulDiv,
	{op(resolved.Sub), op(resolved.Mul), argA}: opSubMul,
	{op(resolved.Sub), op(resolved.Mul), argB}: opSubMul,
	{op(resolved.Sub), op(resolved.Div), argA}: opSubDiv,
	{op(resolved.Add), op(resolved.Add), argA}: opAddAdd,
	{op(resolved.Add), op(resolved.Add), argB}: opAddAdd,
}

// fuse makes one instruction of two where the first one's result has no other use.
func (c *compiler) fuse() {
	uses := make([]int, len(c.blocks))
	for _, code := range c.drafts {
		for _, d := range code {
			for k := argA; k < operands; k++ {
				if !d.unused[k] {
					uses[d.at[k].block]++
				}
			}
		}
	}
	for ph := range c.drafts {
		c.drafts[ph] = c.fusePhase(c.drafts[ph], uses)
	}
}

// fusePhase joins an operation with the only reader of its result where an instruction for both
// exists and rounds twice, as apart.
func (c *compiler) fusePhase(code []draft, uses []int) []draft {
	writer := map[int]int{} // of a temporary with one use
	gone := make([]bool, len(code))
	for j := range code {
		for k := argA; k <= argB; k++ {
			i, ok := writer[code[j].at[k].block]
			o := fused[pair{code[max(i, 0)].op, code[j].op, k}]
			if !ok || i < 0 || code[j].unused[k] || o == 0 {
				continue
			}
			if d, ok := merge(code[i], code[j], k, o); ok {
				code[j], gone[i] = d, true
				break
			}
		}
		b := code[j].at[dst].block
		if _, twice := writer[b]; twice {
			writer[b] = -1
		} else if c.temporary(b) && uses[b] == 1 {
			writer[b] = j
		}
	}
	kept := code[:0]
	for i, d := range code {
		if !gone[i] {
			kept = append(kept, d)
		}
	}
	return kept
}

// merge returns second with first in the place of its argument k, if they run through the
// same loops.
func merge(first, second draft, k int, o op) (draft, bool) {
	first, second = first.cut(second.n, second.rows), second.cut(first.n, first.rows)
	same := first.n == second.n && first.rows == second.rows && first.planes == second.planes &&
		first.at[dst] == second.at[k] && first.step[dst] == second.step[k] &&
		first.rowStep[dst] == second.rowStep[k] && first.planStep[dst] == second.planStep[k]
	if !same {
		return second, false
	}
	other := argA + argB - k
	d := second
	d.op = o
	d.unused = [operands]bool{}
	d.take(argC, second, other)
	d.take(argA, first, argA)
	d.take(argB, first, argB)
	return d, true
}

// take copies an operand.
func (d *draft) take(to int, from draft, k int) {
	d.at[to], d.step[to], d.rowStep[to], d.planStep[to] = from.at[k], from.step[k], from.rowStep[k], from.planStep[k]
}

// cut writes one loop as rows of n, if it has as many turns.
func (d draft) cut(n, rows int) draft {
	if d.rows > 1 || d.planes > 1 || rows == 1 || d.n != n*rows {
		return d
	}
	d.n, d.rows = n, rows
	for k, s := range d.step {
		d.rowStep[k] = s * n
	}
	return d
}
