package function

import (
	"strings"

	"weir/model/resolved"
)

// priced are the quantity, the curve and the price of a demand or supply.
var priced = []Param{
	{Name: "quantity"}, {Name: "kind"}, {Name: "priority"}, {Name: "width"}, {Name: "price"},
}

// standing is the share of a quantity that is still demanded at a price: the curves of
// package arrays, as equations.
var standing = written(`if kind = 0 then 1 else if width = 0 then price < priority
	else if kind = 1 then min(1, max(0, 0.5 - X))
	else if kind = 2 then if Y < 0.5 then 1 - 2 * (Y * Y) else 2 * ((1 - Y) * (1 - Y))
	else if kind = 3 then if X < 0 then 1 - TAIL else TAIL
	else if kind = 4 then if X < 0 then 1 - 0.5 * exp(X) else 0.5 * exp(-X)
	else 0 / 0`,
	"TAIL", "(0.3989422804014327 * exp(-(X * X) / 2) * "+
		"(T * (0.4361836 + T * (-0.1201676 + T * 0.937298))))",
	"T", "(1 / (1 + 0.33267 * abs(X)))",
	"Y", "min(1, max(0, 0.5 + X))",
	"X", "((price - priority) / width)")

// written returns a text in which names are replaced by others, one after the other.
func written(text string, names ...string) string {
	for i := 0; i < len(names); i += 2 {
		text = strings.ReplaceAll(text, names[i], names[i+1])
	}
	return strings.Join(strings.Fields(text), " ")
}

// arrays combine the elements of arrays.
var arrays = []Row{
	{
		Name:   "sum",
		Params: array,
		Units:  "a -> a", Kind: Reduction, Op: resolved.Sum,
		Help:    "the sum of the elements",
		Source:  xmileOver,
		Example: "sum(x[*])", Value: 6,
	},
	{
		Name:   "mean",
		Params: array,
		Units:  "a -> a", Kind: Reduction, Op: resolved.Sum, Mean: true,
		Help:    "the mean of the elements",
		Source:  xmileOver,
		Example: "mean(x[*])", Value: 2,
	},
	{
		Name:   "prod",
		Params: array,
		Units:  "1 -> 1", Kind: Reduction, Op: resolved.Prod,
		Help:    "the product of the elements",
		Source:  weir,
		Example: "prod(x[*])", Value: 6,
	},

	{
		Name: "stddev", Free: true,
		Params: []Param{{Name: "array", Array: true}},
		Units:  "a -> a", Kind: Array, Array: Deviation,
		Help:    "the standard deviation of the elements, as of a whole population",
		Source:  xmileOver,
		Example: "stddev(x[*]) ^ 2 * 3", Value: 2,
	},
	// The functions from here on are Free: their names are common words, and a model may have
	// variables so called.
	{
		Name: "size_of", Free: true,
		Params: []Param{{Name: "array", Array: true}},
		Units:  "a -> 1", Kind: Array, Array: Size,
		Help:    "the number of elements",
		Source:  xmileOver + ", SIZE",
		Example: "size_of(x[*])", Value: 3,
	},
	{
		Name: "position_in", Free: true,
		Params: []Param{{Name: "dimension"}},
		Units:  "1 -> 1", Kind: Array, Array: Position,
		Help:    "the position of the equation's element in a dimension, from 1 on",
		Source:  xmileOver,
		Example: "sum(x[*] * position_in(d))", Value: 14,
	},
	// Positions count from 1, row by row; the result is na where there is none, as Vensim has
	// it.
	{
		Name: "element_at", Free: true,
		Params: []Param{
			{Name: "array", Array: true}, {Name: "position"},
			{Name: "otherwise", Optional: true, Default: "na"},
		},
		Units: "a, 1, a -> a", Kind: Array, Array: Element,
		Help: "the element at a position, from 1 on and rounded, row by row; otherwise where " +
			"there is none",
		Source:  xmileOver + "; Vensim VECTOR ELM MAP",
		Example: "element_at(x[*], time / 5)", Value: 2,
	},
	// The actions are weir's own numbers. Vensim's, which combine the selection with the array
	// first, are in package foreign.
	{
		Name: "vector_select", Free: true,
		Params: []Param{
			{Name: "selection", Array: true}, {Name: "array", Array: true}, {Name: "otherwise"},
			{Name: "action"},
		},
		Units: "1, a, a, 1 -> a", Kind: Array, Array: Select,
		Help: "the elements whose selection is not 0, combined: action 0 is their sum, 1 the " +
			"smallest, 2 their mean, 3 the largest, 4 their product; otherwise if none is " +
			"selected",
		Source:  "Vensim VECTOR SELECT",
		Example: "vector_select(x[*] > 1, x[*], 0, 2)", Value: 2.5,
	},
	// Of equal elements the one that comes first in the array ranks first: Vensim's manual
	// does not say.
	{
		Name: "vector_rank", Free: true,
		Params: []Param{{Name: "array", Array: true}, {Name: "direction"}},
		Units:  "a, 1 -> 1", Kind: Array, Array: Rank,
		Help: "the place of the equation's element among all in sorted order, from 1 on: from the " +
			"smallest if direction is above 0, else from the largest",
		Source:  "Vensim VECTOR RANK",
		Example: "vector_rank(x[*], -1)", Value: 1,
	},
	{
		Name: "sort_order", Free: true,
		Params: []Param{{Name: "array", Array: true}, {Name: "direction"}},
		Units:  "a, 1 -> 1", Kind: Array, Array: SortOrder,
		Help: "the position, from 0 on, of the element that comes at the equation's place in " +
			"sorted order",
		Source:  "Vensim VECTOR SORT ORDER",
		Example: "sort_order(x[*], 1)", Value: 2,
	},
	{
		Name: "invert_matrix", Free: true,
		Params: []Param{{Name: "matrix", Array: true}},
		Units:  "a -> 1/a", Kind: Array, Array: InvertMatrix,
		Help:    "the inverse of a square matrix, at the equation's row and column",
		Source:  "Vensim INVERT MATRIX",
		Example: "invert_matrix(m[*, *])", Value: 0.25,
	},
	// Allocation and prices solve for the one priority at which the curves add up to the
	// supply; package arrays does it by bisection.
	{
		Name: "allocate_available", Free: true,
		Params: []Param{
			{Name: "request", Array: true}, {Name: "kind", Array: true},
			{Name: "priority", Array: true}, {Name: "width", Array: true}, {Name: "available"},
		},
		Units: "a, 1, b, b, a -> a", Kind: Array, Array: AllocateAvailable,
		Help: "the share of a request in the supply: all if there is enough, otherwise those " +
			"of the highest priority first, where the curves of kind 0 (in proportion), 1 " +
			"(rectangular), 2 (triangular), 3 (normal) or 4 (exponential) overlap each a part",
		Source:  "Vensim ALLOCATE AVAILABLE",
		Example: "allocate_available(x[*], 0 * x[*], x[*], 1 + 0 * x[*], 3)", Value: 1.5,
	},
	{
		Name: "market_price", Free: true,
		Params: []Param{
			{Name: "demand", Array: true}, {Name: "demand_kind", Array: true},
			{Name: "demand_priority", Array: true}, {Name: "demand_width", Array: true},
			{Name: "supply", Array: true}, {Name: "supply_kind", Array: true},
			{Name: "supply_priority", Array: true}, {Name: "supply_width", Array: true},
		},
		Units: "a, 1, b, b, a, 1, b, b -> b", Kind: Array, Array: MarketPrice,
		Help: "the price at which demand and supply are equal: demands give way and supplies come " +
			"in as it rises, by curves as those of allocate_available; of kind 0 they do not",
		Source: "Vensim FIND MARKET PRICE",
		Example: "market_price(x[*], 1 + 0 * x[*], 4 + 0 * x[*], 2 + 0 * x[*], " +
			"2 * x[*], 1 + 0 * x[*], 4 + 0 * x[*], 4 + 0 * x[*])",
		Value: 3.5,
	},
	{
		Name: "demand_at_price", Free: true,
		Params: priced,
		Units:  "a, 1, b, b, b -> a", Kind: Defined,
		Define: "quantity * (" + standing + ")",
		Help: "what is still demanded at a price, of a quantity that gives way around a priority " +
			"by a curve as those of allocate_available; of kind 0 it does not",
		Source:  "Vensim DEMAND AT PRICE",
		Example: "demand_at_price(8, 1, 4, 4, 5)", Value: 2,
	},
	{
		Name: "supply_at_price", Free: true,
		Params: priced,
		Units:  "a, 1, b, b, b -> a", Kind: Defined,
		Define: "quantity * (if kind = 0 then 1 else 1 - (" + standing + "))",
		Help: "what is supplied at a price, of a quantity that comes in around a priority by a " +
			"curve as those of allocate_available; of kind 0 it is always there",
		Source:  "Vensim SUPPLY AT PRICE",
		Example: "supply_at_price(8, 1, 4, 4, 5)", Value: 6,
	},
	{
		Name: "allocate_by_priority", Free: true,
		Params: []Param{
			{Name: "request", Array: true}, {Name: "priority", Array: true}, {Name: "width"},
			{Name: "available"},
		},
		Units: "a, b, b, a -> a", Kind: Array, Array: AllocateByPriority,
		Help: "what a request gets of what is available, those of the highest priority first; " +
			"those whose priorities are nearer than width share",
		Source:  "Vensim ALLOCATE BY PRIORITY",
		Example: "allocate_by_priority(x[*], x[*], 1, 4)", Value: 3,
	},
}
