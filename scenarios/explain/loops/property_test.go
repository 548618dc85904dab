package loops_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"weir/scenarios/explain/loops"

	"pgregory.net/rapid"
)

// A spec is a random model: stocks, each with flows that depend on one or two stocks.
type spec struct {
	initial []float64
	flows   []specFlow
}

type specFlow struct {
	stock    int
	out      bool
	from, by int
	rate     float64
	form     int
}

// draw returns a random model whose numbers stay near 1.
func draw(t *rapid.T) spec {
	n := rapid.IntRange(1, 4).Draw(t, "stocks")
	s := spec{}
	for range n {
		s.initial = append(s.initial, rapid.Float64Range(0.5, 2).Draw(t, "initial"))
	}
	stock := rapid.IntRange(0, n-1)
	for i := range rapid.IntRange(n, 3*n).Draw(t, "flows") {
		to := i
		if i >= n { // every stock has a flow
			to = stock.Draw(t, "stock")
		}
		s.flows = append(s.flows, specFlow{to, rapid.Bool().Draw(t, "out"), stock.Draw(t, "from"),
			stock.Draw(t, "by"), rapid.Float64Range(0.01, 0.3).Draw(t, "rate"), rapid.IntRange(0, 3).Draw(t, "form")})
	}
	return s
}

// equation returns the equation of a flow, with a name for each stock.
func (f specFlow) equation(stock func(int) string) string {
	from, by := stock(f.from), stock(f.by)
	return fmt.Sprintf([]string{"%[3]v * %[1]s", "%[3]v * %[1]s * %[2]s / (10 + %[2]s)", "%[3]v * %[1]s / (1 + %[2]s^2)",
		"%[3]v * min(%[1]s, %[2]s)"}[f.form], from, by, f.rate)
}

// text writes the model. With net, flows are auxiliaries, and each stock has one net flow; with
// steps, each flow takes its stocks through further auxiliaries. Prefix goes before each name, and
// reverse turns the order of the file.
func (s spec) text(net, steps bool, prefix string, reverse bool) string {
	name := func(i int) string { return fmt.Sprintf("%ss%d", prefix, i) }
	var tables []string
	in, out := map[int][]string{}, map[int][]string{}
	for i, f := range s.flows {
		flow := fmt.Sprintf("%sf%d", prefix, i)
		kind := "flow"
		if net {
			kind = "aux"
		}
		of := name
		if steps {
			of = func(k int) string { return fmt.Sprintf("%sx%d_%d", prefix, i, k) }
			for _, k := range slices.Compact([]int{f.from, f.by}) {
				tables = append(tables, fmt.Sprintf("[aux.%s]\nequation = \"2 * %sy%d_%d\"\n", of(k), prefix, i, k),
					fmt.Sprintf("[aux.%sy%d_%d]\nequation = \"%s / 2\"\n", prefix, i, k, name(k)))
			}
		}
		tables = append(tables, fmt.Sprintf("[%s.%s]\nequation = %q\n", kind, flow, f.equation(of)))
		if f.out {
			out[f.stock] = append(out[f.stock], flow)
		} else {
			in[f.stock] = append(in[f.stock], flow)
		}
	}
	for i, x := range s.initial {
		inflow, outflow := in[i], out[i]
		if net {
			tables = append(tables, fmt.Sprintf("[flow.%snet%d]\nequation = \"0 + %s - (0 + %s)\"\n", prefix, i,
				strings.Join(append([]string{"0"}, in[i]...), " + "), strings.Join(append([]string{"0"}, out[i]...), " + ")))
			inflow, outflow = []string{fmt.Sprintf("%snet%d", prefix, i)}, nil
		}
		tables = append(tables, fmt.Sprintf("[stock.%s]\ninitial = \"%v\"\ninflow = %s\noutflow = %s\n", name(i), x,
			list(inflow), list(outflow)))
	}
	if reverse {
		slices.Reverse(tables)
	}
	return clock(5, 0.25) + strings.Join(tables, "")
}

// list writes names as a TOML array.
func list(names []string) string {
	if len(names) == 0 {
		return "[]"
	}
	return `["` + strings.Join(names, `", "`) + `"]`
}

// relatives returns the relative scores of all loops by the stocks and flows that they pass.
func relatives(r *loops.Result, prefix string) map[string][]float64 {
	out := map[string][]float64{}
	for _, g := range r.Groups {
		for _, l := range g.Loops {
			var names []string
			for _, name := range l.Variables {
				if name = strings.TrimPrefix(name, prefix); name[0] == 's' || name[0] == 'f' {
					names = append(names, name)
				}
			}
			slices.Sort(names)
			key := strings.Join(names, " ")
			rel := r.Relative(l)
			if old := out[key]; old != nil {
				for i := range rel {
					rel[i] += old[i]
				}
			}
			out[key] = rel
		}
	}
	return out
}

// same compares two sets of scores; a loop that one of them lacks has scores of 0.
func same(t *rapid.T, what string, a, b map[string][]float64) {
	for _, pair := range [][2]map[string][]float64{{a, b}, {b, a}} {
		for key, x := range pair[0] {
			y := pair[1][key]
			for i := range x {
				other := 0.0
				if y != nil {
					other = y[i]
				}
				if math.Abs(x[i]-other) > 1e-6 {
					t.Fatalf("%s: loop %s at row %d: %v and %v", what, key, i, x[i], other)
				}
			}
		}
	}
}

// The scores do not depend on how the same mathematics is written: as flows of their own or one net
// flow, with or without further auxiliaries, under other names or in another order.
func TestWritingDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t)
		run := func(text, prefix string) (*loops.Result, map[string][]float64) {
			r := ofRapid(t, text)
			return r, relatives(r, prefix)
		}
		plain, want := run(s.text(false, false, "", false), "")
		_, net := run(s.text(true, false, "", false), "")
		same(t, "one net flow", want, net)
		_, steps := run(s.text(false, true, "", false), "")
		same(t, "more auxiliaries", want, steps)
		renamed, other := run(s.text(false, false, "z", true), "z")
		same(t, "other names and order", want, other)
		if a, b := ids(plain, ""), ids(renamed, "z"); a != b {
			t.Fatalf("numbers of loops are %s, and with other names and order %s", a, b)
		}
	})
}

// ids returns the loops by their IDs as one text.
func ids(r *loops.Result, prefix string) string {
	var out []string
	for _, g := range r.Groups {
		for _, l := range g.Loops {
			names := make([]string, len(l.Variables))
			for i, name := range l.Variables {
				names[i] = strings.TrimPrefix(name, prefix)
			}
			out = append(out, l.ID+" "+strings.Join(names, ","))
		}
	}
	return strings.Join(out, "; ")
}

// split writes the model with each stock as an array of equal parts: what a flow takes from its own
// stock it takes from its part, and all else it sees in the sums.
func (s spec) split(parts int) string {
	text := fmt.Sprintf("[dimension.part]\nelements = \"1..%d\"\n", parts)
	in, out := map[int][]string{}, map[int][]string{}
	total := func(i int) string { return fmt.Sprintf("t%d", i) }
	for i, f := range s.flows {
		of := func(k int) string {
			if k == f.from && f.form < 3 {
				return fmt.Sprintf("s%d[part]", k)
			}
			return total(k)
		}
		equation := f.equation(of)
		if f.form == 3 {
			equation = fmt.Sprintf("(%s) / %d", equation, parts)
		}
		flow := fmt.Sprintf("f%d", i)
		text += fmt.Sprintf("[flow.%s]\nover = [\"part\"]\nequation = %q\n", flow, equation)
		if f.out {
			out[f.stock] = append(out[f.stock], flow)
		} else {
			in[f.stock] = append(in[f.stock], flow)
		}
	}
	for i, x := range s.initial {
		text += fmt.Sprintf("[stock.s%d]\nover = [\"part\"]\ninitial = \"%v / %d\"\ninflow = %s\noutflow = %s\n", i, x, parts,
			list(in[i]), list(out[i])) + fmt.Sprintf("[aux.t%d]\nequation = \"sum(s%d[*])\"\n", i, i)
	}
	return clock(5, 0.25) + text
}

// A model whose stocks are split into equal parts has the scores of the model that does not split
// them.
func TestSplittingDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t)
		for i := range s.flows {
			if f := &s.flows[i]; f.from == f.by {
				f.form = 0 // else one stock acts in two ways, which are two links here and one there
			}
		}
		whole := relatives(ofRapid(t, s.text(false, false, "", false)), "")
		same(t, "split in three", whole, relatives(ofRapid(t, s.split(3)), ""))
	})
}
