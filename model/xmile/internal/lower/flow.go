package lower

import (
	"weir/model/equation"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// Templates around whole equations.
var (
	initOf      = equation.NewTemplate("init($1)")
	atLeastZero = equation.NewTemplate("max(0, $1)")
	product     = equation.NewTemplate("$1 * $2")
)

// at returns the span of an element's text in its file.
func (im *Lowerer) at(n *scan.Node) equation.Span {
	d := n.Text().Span(im.Sources)
	return equation.Span{Start: d.Start, End: d.End}
}

// fill fills a template in the place of an element's text.
func (im *Lowerer) fill(t *equation.Template, n *scan.Node, args ...equation.Expr) equation.Expr {
	at := im.at(n)
	return t.Apply(at, at, args...)
}

// na returns weir's missing value in the place of an equation that is left out.
func (im *Lowerer) na(n *scan.Node) equation.Expr { return equation.NewName(im.at(n), "na") }

// convert gives a converted flow its equation, once equations can be read.
func (im *Lowerer) convert(c source.Conversion, stock *source.Variable) {
	n := c.Flow.Node.Kid("multiplier")
	by := im.part(c.Flow, n, nil, false)
	tree := im.fill(product, n, c.Flow.Into(stock, im.at(n)), by.tree)
	c.Out.Equation = im.Text(c.Flow, tree, n.Text().Span(im.Sources))
}
