package source

import (
	"slices"
	"strings"

	"weir/model"
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

// own is the dimension of a variable that is, or has the elements of, another one.
func (v *Variable) own(d *Dimension) *Dimension {
	for _, o := range v.Over {
		if o == d || o.Root() == d.Root() {
			return o
		}
	}
	return nil
}

// SummedTo are the subscripts of a flow where it is added up for a stock.
func (f *Variable) SummedTo(stock *Variable) string {
	var list []string
	for _, d := range f.Over {
		if own := stock.own(d); own != nil {
			list = append(list, own.Ours)
		} else {
			list = append(list, "*")
		}
	}
	return "[" + strings.Join(list, ", ") + "]"
}
