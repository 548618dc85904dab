package lower

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"weir/model"
)

// lone is an argument in brackets of its own, which are not needed in the record.
var lone = regexp.MustCompile(`(^|[^a-z0-9_])\((\$\d)\)`)

// Functions says what stands for each function of XMILE and Stella, by name.
func Functions() []model.ImportFunction {
	var out []model.ImportFunction
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		r := calls[name]
		letters := strings.Split("abcdefgh", "")[:max(r.most, r.least)]
		f := model.ImportFunction{Name: strings.ToUpper(name) + "(" + strings.Join(letters, ", ") + ")", Formula: templates[name], Differs: cmp.Or(differs[name], r.how)}
		if r.most < 0 {
			f.Name = strings.TrimSuffix(f.Name, ")") + ", …)"
		}
		if len(r.write) > 0 {
			f.Formula = r.write[len(r.write)-1]
		}
		f.Formula = lone.ReplaceAllString(f.Formula, "$1$2")
		for i, letter := range letters {
			f.Formula = strings.ReplaceAll(f.Formula, "$"+strconv.Itoa(i+1), letter)
		}
		out = append(out, f)
	}
	for name, no := range refused {
		out = append(out, model.ImportFunction{Name: strings.ToUpper(name), Formula: "not supported", Differs: no.why})
	}
	slices.SortStableFunc(out, func(a, b model.ImportFunction) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// templates say what those calls become that no template makes.
var templates = map[string]string{
	"pulse": "pulse($1, $2, $3)", "delayn": "delay_n($1, $2, $3, $4)", "delay_n": "delay_n($1, $2, $3, $4)", "smthn": "smooth_n($1, $2, $3, $4)",
	"smooth_n": "smooth_n($1, $2, $3, $4)", "active_initial": "$1, and $2 for initial values", "derivn": "differences over a step", "min": "min($1)", "max": "max($1)",
	"sum": "sum($1)", "mean": "mean($1)", "prod": "prod($1)", "stddev": "stddev($1)", "vmin": "min($1)", "vmax": "max($1)", "size": "size_of($1)", "elmcount": "size_of($1)",
	"rank": "sum((r[*] = $2) * position_in(d)), where r is vector_rank($1, 1)", "rootn": "power($1, 1 / $2)", "history": "sample_if_true(abs(steptime - $2) < dt / 2, $1, 0)",
	"beta": "1 / (1 + y / x), x and y being $1 and $2 draws of exponential(1)", "negbinomial": "geometric($2) + …, $1 times",
	"normalcdf": "normal_cdf(($2 - $3) / $4) - normal_cdf(($1 - $3) / $4)", "invnorm": "$2 + $3 * normal_quantile($1)",
	"interpolate": "element_at($1, …), between two elements", "sinwave": "$1 * sin(2 * pi * time / $2)", "coswave": "$1 * cos(2 * pi * time / $2)", "cgrowth": "((1 + $1 / 100) ^ dt - 1) / dt",
	"binomial": "bernoulli($2) + …, $1 times", "gamma": "exponential($2) + …, $1 times", "vector_rank": "vector_rank($1, $2)", "vector_sort_order": "sort_order($1, $2)", "vector_reorder": "element_at($1, $2 + 1)",
	"vector_select": "vector_select($1, $2, $3, $4)", "vector_elm_map": "element_at($1, position + $2)", "allocate": "allocate_available($3, $6, $4, $5, $1)", "allocate_by_priority": "allocate_by_priority($1, $2, $4, $5)",
	"allocate_available": "allocate_available(…)", "lookup": "$1($2)", "lookup_forward": "lookup_forward($1, $2)", "lookup_backward": "lookup_backward($1, $2)",
	"lookup_extrapolate": "lookup_extrapolate($1, $2)", "lookup_invert": "lookup_invert($1, $2)", "lookupinv": "lookup_invert($1, $2)", "lookupslope": "lookup_slope($1, $2)",
	"lookup_slope": "lookup_slope($1, $2)", "lookuparea": "lookup_area($1, $2, $3)", "lookup_area": "lookup_area($1, $2, $3)",
}

// differs says where a reader of another tool would be surprised.
var differs = map[string]string{
	"int": "the whole number below: -9.9 gives -10; INTEGER of Vensim gives -9", "mod": "the sign of b; MODULO of Vensim has the sign of a",
	"rank": "c puts those in order that are equal; without it they come in the array's order", "rootn": "an odd root of a negative value is negative, an even one no number",
	"history": "0 until the time has come; b is known before the run, or TIME less a number", "lookuparea": "without c from the first point of the graph to b",
	"sinwave": "the phase counts from the start of the run where that is not at a whole period", "coswave": "the phase counts from the start of the run where that is not at a whole period",
	"binomial": ownDraws + "; a is known before the run, from 1 to 100", "gamma": ownDraws + "; a is a whole number known before the run, from 1 to 100",
	"beta": ownDraws + "; a and b are whole numbers known before the run, from 1 to 100", "negbinomial": ownDraws + "; the trials are counted; a is known before the run, from 1 to 100",
	"normalcdf": "the share between a and b, to nine digits; c and d are 0 and 1 if not given", "invnorm": "the share a lies below, to nine digits; b and c are 0 and 1 if not given",
	"pulse":   "a volume within one step; without c once by the standard, every step in Stella; PULSE of Vensim is a 1 for a while",
	"safediv": "c only where b is 0; XIDZ of Vensim below 1e-6", "delay": "b is read once and rounded to whole steps, at least one",
	"delayn": "c stages as stocks; tools differ where b varies", "smthn": "c stages as stocks; tools differ where b varies",
	"previous": "one step ago, not one saved row", "ramp": "starts after b, without the half step of STEP",
}
