package function

import "weir/model/resolved"

// arrays combine the elements of arrays.
var arrays = []Row{
	{Name: "sum", Params: array, Units: "a -> a", Kind: Reduction, Op: resolved.Sum,
		Help: "the sum of the elements", Example: "sum(x[*])", Value: 6, Source: xmileOver},
	{Name: "mean", Params: array, Units: "a -> a", Kind: Reduction, Op: resolved.Sum, Mean: true,
		Help: "the mean of the elements", Example: "mean(x[*])", Value: 2, Source: xmileOver},
	{Name: "prod", Params: array, Units: "1 -> 1", Kind: Reduction, Op: resolved.Prod,
		Help: "the product of the elements", Example: "prod(x[*])", Value: 6, Source: weir},
}
