package function

// readings read a lookup or a data series, which their first argument names, in another
// way than by its straight lines.
var readings = []Row{
	{
		Name: "lookup_forward", Free: true,
		Params: tableAt,
		Units:  "a, b -> a", Kind: Reading, Read: Next,
		Help:    "what the table gives at the first of its points that is not before x",
		Source:  "Vensim LOOKUP FORWARD",
		Example: "lookup_forward(t, 0.5)", Value: 10,
	},
	{
		Name: "lookup_backward", Free: true,
		Params: tableAt,
		Units:  "a, b -> a", Kind: Reading, Read: Previous,
		Help:    "what the table gives at the last of its points that is not after x",
		Source:  "Vensim LOOKUP BACKWARD",
		Example: "lookup_backward(t, 0.5)", Value: 0,
	},
	{
		Name: "lookup_extrapolate", Free: true,
		Params: tableAt,
		Units:  "a, b -> a", Kind: Reading, Read: Extended,
		Help:    "the table at x, where its first and last lines go on beyond its points",
		Source:  "Vensim LOOKUP EXTRAPOLATE",
		Example: "lookup_extrapolate(t, 3)", Value: 20,
	},
	{
		Name: "lookup_slope", Free: true,
		Params: tableAt,
		Units:  "a, b -> a/b", Kind: Reading, Read: Slope,
		Help:    "how steeply the table goes on from x; 0 beyond its points",
		Source:  "Vensim LOOKUP SLOPE",
		Example: "lookup_slope(t, 0.5)", Value: 10,
	},
	{
		Name: "lookup_invert", Free: true,
		Params: []Param{{Name: "table"}, {Name: "y"}},
		Units:  "a, a -> b", Kind: Reading, Read: Inverse,
		Help:    "the first x at which the table gives y; at an end if it never does",
		Source:  "Vensim LOOKUP INVERT",
		Example: "lookup_invert(t, 2.5)", Value: 0.25,
	},
	{
		Name: "lookup_area", Free: true,
		Params: []Param{{Name: "table"}, {Name: "from"}, {Name: "to"}},
		Units:  "a, b, b -> a*b", Kind: Reading, Read: Area,
		Help:    "the area under the table between two x; negative if the second is the smaller",
		Source:  "Vensim LOOKUP AREA",
		Example: "lookup_area(t, 0, 2)", Value: 17.5,
	},
}

var tableAt = []Param{{Name: "table"}, {Name: "x"}}
