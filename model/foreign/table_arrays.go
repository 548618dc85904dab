package foreign

// arrays are functions of the elements of arrays.
var arrays = []Row{
	// The importers find the elements that are combined: d! in .mdl, * in XMILE. Of a single
	// number the sum is the number.
	{
		Vensim: "SUM", XMILE: "SUM", Least: 1, Most: 1,
		Means: means("sum($1)"), Special: Reduce, Exports: "sum",
	},
	{
		Vensim: "PROD", XMILE: "PROD", Least: 1, Most: 1,
		Means: means("prod($1)"), Special: Reduce, Exports: "prod",
	},
	{Vensim: "VMIN", Least: 1, Most: 1, Means: means("min($1)"), Special: Reduce},
	{Vensim: "VMAX", Least: 1, Most: 1, Means: means("max($1)"), Special: Reduce},
	{XMILE: "MIN", Least: 1, Most: -1, Means: means("min($1)"), Special: Reduce, Exports: "min"},
	{XMILE: "MAX", Least: 1, Most: -1, Means: means("max($1)"), Special: Reduce, Exports: "max"},
	{
		XMILE: "MEAN", Least: 1, Most: -1,
		Means: means("mean($1)"), Special: Mean, Exports: "mean",
	},
	{
		XMILE: "STDDEV", Least: 1, Most: 1,
		Means: means("stddev($1)"), Special: Reduce, Exports: "stddev",
	},
	{
		Vensim: "ELMCOUNT", Least: 1, Most: 1,
		Means: means("size_of($1)"), Special: Count, Says: "the number of elements",
	},
	{
		XMILE: "SIZE", Least: 1, Most: 1,
		Means: means("size_of($1)"), Special: Count, Exports: "size_of",
	},
	// Not VECTOR RANK: it returns the position of the n-th smallest element.
	{
		XMILE: "RANK", Least: 2, Most: 3,
		Special: RankOf, Says: "sum((r[*] = $2) * position_in(d)), where r is vector_rank($1, 1)",
		Differs: "c puts those in order that are equal; without it they come in the array's order",
	},
	{
		Vensim: "VECTOR RANK", Least: 2, Most: 2,
		Means: means("vector_rank($1, $2)"), Special: Array,
		Differs: "equal ones rank in the order of the array; Vensim does not say",
	},
	{
		Vensim: "VECTOR SORT ORDER", Least: 2, Most: 2,
		Means: means("sort_order($1, $2)"), Special: Array,
		Differs: "equal ones stay in the order of the array; Vensim does not say",
	},
	{
		Vensim: "VECTOR REORDER", Least: 2, Most: 2,
		Means: means("element_at($1, $2 + 1)"), Special: Reorder,
		Says: "element_at($1[*], $2 + 1)",
	},
	// Lowered here for both importers; they make the two arrays.
	{
		Vensim: "VECTOR SELECT", Least: 5, Most: 5,
		Special: VectorSelection, lower: vectorSelect, Says: "vector_select($1, $1 * $2, $3, …)",
	},
	{
		Stella: []string{"vector_select"}, Least: 3, Most: 4,
		Special: VectorSelection, lower: vectorSelect, Says: "vector_select($1, $1 * $2, $3, …)",
	},
	{
		Vensim: "VECTOR ELM MAP", Least: 2, Most: 2,
		Special: ElementMap, Says: "element_at($1[*], position + $2)",
	},
	{
		Vensim: "INVERT MATRIX", Least: 1, Most: 2,
		Means: means("invert_matrix($1)"), Special: InvertMatrix,
	},
	{
		Vensim: "ALLOCATE AVAILABLE", Least: 3, Most: 3,
		Special: Available, Says: "allocate_available(…)",
	},
	{
		Vensim: "FIND MARKET PRICE", Least: 4, Most: 4,
		Special: MarketPrice, Says: "market_price(…)",
	},
	{Vensim: "DEMAND AT PRICE", Least: 3, Most: 3, Special: AtPrice, Says: "demand_at_price(…)"},
	{Vensim: "SUPPLY AT PRICE", Least: 3, Most: 3, Special: AtPrice, Says: "supply_at_price(…)"},
	{
		Vensim: "ALLOCATE BY PRIORITY", Least: 5, Most: 5,
		Means: means("allocate_by_priority($1, $2, $4, $5)"), Special: ByPriority,
	},
	// Stella's arguments in the order of weir's function; the kind of curve is 1, rectangular,
	// if it is not given.
	{
		Stella: []string{"allocate"}, Least: 4, Most: 6,
		Means: means("allocate_available($3, $6, $4, $5, $1)"), Special: Allocate,
	},
	{
		Stella: []string{"interpolate"}, Least: 2, Most: 3,
		Special: Interpolate, Says: "element_at($1, …), between two elements",
	},
}
