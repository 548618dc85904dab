package foreign

// tables are functions that read lookups and data.
var tables = []Row{
	{Vensim: "WITH LOOKUP", Least: 2, Most: 2, Special: WithLookup, Says: "a lookup of $1"},
	// A graphical function is called by its name in all languages: $1($2).
	{XMILE: "LOOKUP", Least: 2, Most: 2, Means: means("$1($2)"), Special: Reading},
	{
		Vensim: "LOOKUP FORWARD", Least: 2, Most: 2,
		Means: means("lookup_forward($1, $2)"), Special: Reading,
	},
	{
		Vensim: "LOOKUP BACKWARD", Least: 2, Most: 2,
		Means: means("lookup_backward($1, $2)"), Special: Reading,
	},
	{
		Vensim: "LOOKUP EXTRAPOLATE", Least: 2, Most: 2,
		Means: means("lookup_extrapolate($1, $2)"), Special: Reading,
	},
	{
		Vensim: "LOOKUP INVERT", Stella: []string{"lookupinv"}, Least: 2, Most: 2,
		Means: means("lookup_invert($1, $2)"), Special: Reading,
	},
	{
		Vensim: "LOOKUP SLOPE", Least: 2, Most: 3,
		Means: means("lookup_slope($1, $2)"), Special: Reading,
	},
	{
		Stella: []string{"lookupslope"}, Least: 2, Most: 2,
		Means: means("lookup_slope($1, $2)"), Special: Reading,
	},
	{
		Vensim: "LOOKUP AREA", Least: 3, Most: 3,
		Means: means("lookup_area($1, $2, $3)"), Special: Reading,
	},
	{
		Stella: []string{"lookuparea"}, Least: 2, Most: 3,
		Means: means("lookup_area($1, $2, $3)"), Special: LookupArea,
		Differs: "without c from the first point of the graph to b",
	},
	// Facts of data series that are known before the run become numbers, one for each element.
	{Vensim: "GET DATA AT TIME", Least: 2, Most: 2, Means: means("$1($2)"), Special: DataAt},
	{
		Vensim: "GET DATA BETWEEN TIMES", Least: 3, Most: 3,
		Special: DataBetween, Says: "$1($2), read between, forward or backward by $3",
	},
	{
		Vensim: "GET DATA FIRST TIME", Least: 1, Most: 1,
		Special: DataFact, Says: "the time of the first point",
	},
	{
		Vensim: "GET DATA LAST TIME", Least: 1, Most: 1,
		Special: DataFact, Says: "the time of the last point",
	},
	{
		Vensim: "GET DATA TOTAL POINTS", Least: 1, Most: 3,
		Special: DataFact, Says: "the number of points",
	},
	{
		Vensim: "GET DATA MIN", Least: 3, Most: 3,
		Special: DataFact, Says: "the lowest point from $2 to $3",
	},
	{
		Vensim: "GET DATA MAX", Least: 3, Most: 3,
		Special: DataFact, Says: "the highest point from $2 to $3",
	},
	{
		Vensim: "GET DATA MEAN", Least: 3, Most: 3,
		Special: DataFact, Says: "the mean of the points from $2 to $3",
	},
	{Vensim: "TIME SHIFT", Least: 2, Most: 2, Means: means("$1(time + $2)"), Special: TimeShift},
}
