package source

import (
	"slices"

	"weir/model"
	"weir/model/equation"
)

// A Conversion is a flow that fills a stock with another amount than it takes elsewhere:
// its multiplier times as much (XMILE 1.0, 4.3).
type Conversion struct {
	Flow *Variable
	Out  *model.Variable
}

// Sums reports whether a flow has dimensions that its stock has not: all of its
// elements flow then.
func Sums(f, stock *Variable) bool {
	return slices.ContainsFunc(f.Over, func(d *Dimension) bool { return stock.own(d) == nil })
}

// own returns the dimension of a variable that is, or has the elements of, another one.
func (v *Variable) own(d *Dimension) *Dimension {
	for _, o := range v.Over {
		if o == d || o.Root() == d.Root() {
			return o
		}
	}
	return nil
}

// sumOf is the sum over the subscripts that are stars.
var sumOf = equation.NewTemplate("sum($1)")

// Into returns a flow as one of a stock's: the sum over its dimensions that the stock has
// not. Its nodes get the span at.
func (f *Variable) Into(stock *Variable, at equation.Span) equation.Expr {
	if !Sums(f, stock) {
		return equation.NewName(at, f.Ours)
	}
	var list []equation.Index
	for _, d := range f.Over {
		if own := stock.own(d); own != nil {
			list = append(list, equation.Index{Name: own.Ours})
		} else {
			list = append(list, equation.Index{Kind: equation.IndexStar})
		}
	}
	return sumOf.Apply(at, at, equation.NewName(at, f.Ours, list...))
}
