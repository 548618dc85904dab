package vensim

import "weir/model"

type workbook struct{}
type series struct{}

func (im *importer) subscriptsFromFile(eq *equation) []string { return nil }
func (im *importer) constantsFromFile(v *variable, i int, eq *equation, c *call) []float64 {
	im.errorAt(model.NotSupported, eq.nameSpan, "", "not yet")
	return nil
}
func (im *importer) lookupFromFile(v *variable, i int, eq *equation) {
	im.errorAt(model.NotSupported, eq.nameSpan, "", "not yet")
}
func (im *importer) lowerData(v *variable) {
	im.errorAt(model.NotSupported, v.at(), "", "not yet")
}
func (l *lowering) dataAt(c *call)             {}
func (l *lowering) dataBetween(c *call)        {}
func (l *lowering) dataEnd(c *call, last bool) {}
