package lower

import ()

// vensimRules are functions of Vensim's that translators leave as they are, for Stella
// has none that does the same.
var vensimRules = map[string]rule{
	"depreciate_straightline": same(4, 4, "depreciate_straightline"), "npve": same(4, 4, "npve"), "gamma_ln": same(1, 1, "gamma_ln"),
	"normal_cdf": same(1, 1, "normal_cdf"), "time_base": template(2, "(($1) + ($2) * time)"),

	"delay_information": equivalent(wholeSteps, 3, "delay_information($1, $2, $3)"), "delay_material": equivalent(wholeSteps, 4, "delay_material($1, $2, $3, $4)"),
	"delay_batch": {least: 6, most: 6, write: []string{"delay_batch($1, $2, $3, $4, $5, $6)"}, other: true, how: "a batch starts at the first step at which enough has come in, and comes out within one step"},

	"random_0_1": draw(0, "uniform(0, 1)"), "random_uniform": draw(2, "uniform($1, $2)", "uniform($1, $2)"),
	"random_normal":      draw(4, "normal_within($1, $2, $3, $4)", "normal_within($1, $2, $3, $4)"),
	"random_pink_noise":  draw(3, "pink_noise($1, $2, $3)", "pink_noise($1, $2, $3)"),
	"random_poisson":     draw(5, limited("poisson($3) * ($5) + ($4)"), limited("poisson($3) * ($5) + ($4)")),
	"random_triangular":  draw(5, limited("triangular($3, $4, $5)"), limited("triangular($3, $4, $5)")),
	"random_weibull":     draw(5, limited(vensimWeibull), limited(vensimWeibull)),
	"random_exponential": draw(4, limited("exponential($4) + ($3)"), limited("exponential($4) + ($3)")),
}

const (
	wholeSteps = "the delay is rounded to whole steps"
	// vensimWeibull has the mean 1, before it is stretched and shifted.
	vensimWeibull = "weibull($3, exp(-gamma_ln(1 + 1 / ($3)))) * ($5) + ($4)"
)

// limited is a draw of which what lies beyond the first two arguments counts as them.
func limited(draw string) string { return "max($1, min($2, " + draw + "))" }
