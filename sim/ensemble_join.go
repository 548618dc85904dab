package sim

import (
	"cmp"
	"slices"
)

// Join puts ensembles of one model together whose members are different ones of one larger
// ensemble, such as futures that read different points from a table. members has, for each part,
// the numbers of its members by place; all together are 0 to n-1, each once. The parts were asked
// for the same times and kept the same columns in the same order; sketches are not joined. The
// result shares nothing with the parts.
func Join(parts []*EnsembleResult, members [][]int) *EnsembleResult {
	first := parts[0]
	out := &EnsembleResult{Time: first.Time, Complete: true, Method: first.Method, Step: first.Step,
		columns: first.columns, index: first.index, kept: make([][]float64, len(first.kept))}
	for _, p := range parts {
		out.Runs, out.Done = out.Runs+p.Runs, out.Done+p.Done
		out.Complete = out.Complete && p.Complete
	}
	out.rows = make([]int32, out.Runs)
	for k := range out.kept {
		out.kept[k] = make([]float64, len(out.Time)*out.Runs)
	}
	for i, p := range parts {
		for place, number := range members[i] {
			out.rows[number] = p.rows[place]
			for k := range out.kept {
				for row := range out.Time {
					out.kept[k][row*out.Runs+number] = p.kept[k][row*p.Runs+place]
				}
			}
		}
		for _, f := range p.NonFinite {
			f.Member = members[i][f.Member]
			out.NonFinite = append(out.NonFinite, f)
		}
	}
	slices.SortFunc(out.NonFinite, func(a, b MemberFailure) int { return cmp.Compare(a.Member, b.Member) })
	return out
}
