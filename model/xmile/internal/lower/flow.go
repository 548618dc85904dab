package lower

import "weir/model/xmile/internal/source"

// convert gives a converted flow its equation, once equations can be read.
func (im *Lowerer) convert(c source.Conversion, stock *source.Variable) {
	n := c.Flow.Node.Kid("multiplier")
	by := im.part(c.Flow, n, nil, false)
	what := c.Flow.Ours
	if source.Sums(c.Flow, stock) {
		what = "sum(" + what + c.Flow.SummedTo(stock) + ")"
	}
	c.Out.Equation = compose("$1 * ($2)", n.Start, words(what, n.Start), by.text).text(n.Text().Span(im.Sources))
}
