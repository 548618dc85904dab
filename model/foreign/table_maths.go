package foreign

import "weir/model/document"

// maths are functions of numbers.
var maths = []Row{
	{Vensim: "ABS", XMILE: "ABS", Least: 1, Most: 1, Means: means("abs($1)"), Exports: "abs"},
	{Vensim: "EXP", XMILE: "EXP", Least: 1, Most: 1, Means: means("exp($1)"), Exports: "exp"},
	{Vensim: "LN", XMILE: "LN", Least: 1, Most: 1, Means: means("ln($1)"), Exports: "ln"},
	{
		Vensim: "SQRT", XMILE: "SQRT", Least: 1, Most: 1,
		Means: means("sqrt($1)"), Exports: "sqrt",
	},
	{Vensim: "SIN", XMILE: "SIN", Least: 1, Most: 1, Means: means("sin($1)"), Exports: "sin"},
	{Vensim: "COS", XMILE: "COS", Least: 1, Most: 1, Means: means("cos($1)"), Exports: "cos"},
	{Vensim: "TAN", XMILE: "TAN", Least: 1, Most: 1, Means: means("tan($1)"), Exports: "tan"},
	{
		Vensim: "ARCCOS", XMILE: "ARCCOS", Stella: []string{"acos"}, Least: 1, Most: 1,
		Means: means("arccos($1)"), Exports: "arccos",
	},
	{
		Vensim: "ARCSIN", XMILE: "ARCSIN", Stella: []string{"asin"}, Least: 1, Most: 1,
		Means: means("arcsin($1)"), Exports: "arcsin",
	},
	{
		Vensim: "ARCTAN", XMILE: "ARCTAN", Stella: []string{"atan"}, Least: 1, Most: 1,
		Means: means("arctan($1)"), Exports: "arctan",
	},
	{Vensim: "SINH", Least: 1, Most: 1, Means: means("sinh($1)")},
	{Vensim: "COSH", Least: 1, Most: 1, Means: means("cosh($1)")},
	{Vensim: "TANH", Least: 1, Most: 1, Means: means("tanh($1)")},
	{XMILE: "LOG10", Least: 1, Most: 1, Means: means("log10($1)"), Exports: "log10"},
	{Vensim: "LOG", Least: 2, Most: 2, Means: means("log($1, $2)")},
	{Stella: []string{"log"}, Least: 1, Most: 2, Means: means("log10($1)", "log($1, $2)")},
	{Stella: []string{"logn"}, Least: 1, Most: 1, Means: means("ln($1)")},
	{
		Vensim: "GAMMA LN", Stella: []string{"gammaln"}, Least: 1, Most: 1,
		Means: means("gamma_ln($1)"),
	},
	{Stella: []string{"factorial"}, Least: 1, Most: 1, Means: means("factorial($1)")},
	// Vensim cuts off, XMILE rounds down. Both have INT.
	{
		Vensim: "INTEGER", Least: 1, Most: 1,
		Means: means("trunc($1)"), Differs: "cuts off: -9.9 gives -9; INT of XMILE gives -10",
	},
	{
		Vensim: "INT", Least: 1, Most: 1,
		Means: means("trunc($1)"), Differs: "cuts off, as INTEGER",
	},
	{
		XMILE: "INT", Least: 1, Most: 1,
		Means:   means("floor($1)"),
		Differs: "the whole number below: -9.9 gives -10; INTEGER of Vensim gives -9",
		Exports: "floor",
	},
	{
		Stella: []string{"int"}, By: ByTranslator, Least: 1, Most: 1,
		Means: means("trunc($1)"), Grade: document.Equivalent,
		Note: "cut off, as in Vensim, which the file is translated from",
	},
	{XMILE: "ROUND", Least: 1, Most: 1, Means: means("round($1)"), Exports: "round"},
	{Stella: []string{"sign"}, Least: 1, Most: 1, Means: means("sign($1)")},
	// XMILE's MAX and MIN take any number of arguments, or an array: see arrays.
	{Vensim: "MAX", Least: 2, Most: 2, Means: means("max($1, $2)")},
	{Vensim: "MIN", Least: 2, Most: 2, Means: means("min($1, $2)")},
	// As with INT: the sign of the first value in Vensim, of the second in XMILE and Stella.
	{
		Vensim: "MODULO", Least: 2, Most: 2,
		Means:   means("remainder($1, $2)"),
		Differs: "the sign of a; MOD of XMILE has the sign of b",
	},
	{
		Stella: []string{"mod"}, Least: 2, Most: 2,
		Means: means("mod($1, $2)"), Differs: "the sign of b; MODULO of Vensim has the sign of a",
	},
	{Vensim: "POWER", Least: 2, Most: 2, Means: means("power($1, $2)")},
	{Vensim: "QUANTUM", Least: 2, Most: 2, Means: means("quantum($1, $2)")},
	{
		Stella: []string{"rootn"}, Least: 1, Most: 2,
		Means: means("power($1, 1 / 2)", "power($1, 1 / $2)"), lower: root,
		Grade: document.Equivalent, Note: "a root is a power",
		Differs: "an odd root of a negative value is negative; an even one is NaN",
	},
	{
		Stella: []string{"percent"}, Least: 1, Most: 1,
		Means: means("100 * $1"), Grade: document.Equivalent,
		Note: "a percentage is a hundred times the fraction",
	},
	{
		Stella: []string{"combinations"}, Least: 2, Most: 2,
		Means: means("round(factorial($1) / (factorial($2) * factorial($1 - $2)))"),
		Grade: document.Equivalent, Note: "written out with factorials",
	},
	{
		Stella: []string{"permutations"}, Least: 2, Most: 2,
		Means: means("round(factorial($1) / factorial($1 - $2))"), Grade: document.Equivalent,
		Note: "written out with factorials",
	},
	// Vensim's divisions watch for a divisor near 0, XMILE's for 0 itself.
	{
		Vensim: "XIDZ", Least: 3, Most: 3,
		Means: means("xidz($1, $2, $3)"), Differs: "b counts as 0 below 1e-6; SAFEDIV only at 0",
	},
	{
		Vensim: "ZIDZ", Least: 2, Most: 2,
		Means: means("zidz($1, $2)"), Differs: "b counts as 0 below 1e-6; SAFEDIV only at 0",
	},
	{
		XMILE: "SAFEDIV", Least: 2, Most: 3,
		Means:   means("safediv($1, $2, $3)"),
		Differs: "c only where b is 0; XIDZ of Vensim below 1e-6", Exports: "safediv",
	},
	{Vensim: "IF THEN ELSE", Least: 3, Most: 3, Means: means("if $1 then $2 else $3")},
	{
		Stella: []string{"normalcdf"}, Least: 2, Most: 4,
		Means: means("normal_cdf($2) - normal_cdf($1)", "",
			"normal_cdf(($2 - $3) / $4) - normal_cdf(($1 - $3) / $4)"),
		lower: ofNormal, Grade: document.Equivalent, Note: nineDigits,
		Differs: "the share between a and b, to nine digits; c and d are 0 and 1 if not given",
	},
	{
		Stella: []string{"invnorm"}, Least: 1, Most: 3,
		Means: means("normal_quantile($1)", "", "$2 + $3 * normal_quantile($1)"), lower: ofNormal,
		Grade: document.Equivalent, Note: nineDigits,
		Differs: "the share a lies below, to nine digits; b and c are 0 and 1 if not given",
	},
	{Stella: []string{"normal_cdf"}, Least: 1, Most: 1, Means: means("normal_cdf($1)")},
}
