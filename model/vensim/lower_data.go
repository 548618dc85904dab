package vensim

import (
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/vensim/internal/syntax"
)

// betweens are weir's words for how data are read between their points.
var betweens = map[string]string{"": "line", ":INTERPOLATE:": "line", ":HOLD BACKWARD:": "previous",
	":LOOK FORWARD:": "next", ":RAW:": "exact"}

// data fills in the points of a data variable: of the file that its equation names, or of
// those that the user named.
// All equations must read their points in the same way, for a series of weir has one way for all of
// its elements.
func (lo *lowerer) data(v *variable) {
	lo.read.files.ReadSeries()
	v.out.Beyond = "hold"
	for _, eq := range v.equations {
		word := betweens[eq.Between]
		if v.out.Between != "" && v.out.Between != word {
			lo.ErrorAt(model.NotSupported, eq.NameSpan, "",
				"the elements of %s are read in different ways between their points", v.name)
			v.broken = true
			return
		}
		v.out.Between = word
	}
	switch v.out.Between {
	// With :RAW: there is a value only at the times of points, so there is none beyond them either.
	case "exact":
		v.out.Beyond = "na"
	// A line between points is weir's own rule, which needs no word.
	case "line":
		v.out.Between = ""
	}
	lists := make([][]resolved.Point, v.size())
	v.out.Series = &model.Series{Points: lists}
	for i, eq := range v.equations {
		c, isFileCall := eq.Expr.(*syntax.Call)
		if isFileCall {
			from := lo.read.series(v, i, eq, c)
			if from == nil {
				v.broken = true
				return
			}
			v.out.Series.File = fileName(c)
			number := v.numbering(i)
			v.eachElement(v.boxes[i], func(keys []string, element int) { lists[element] = from[number(keys)] })
			continue
		}
		v.eachElement(v.boxes[i], func(keys []string, element int) {
			lists[element] = lo.read.files.Series[v.seriesKey(keys)]
		})
	}
	lo.fillLists(v, lists)
}

// fileName returns the file that a call names, "" if it does not name it by a text.
func fileName(c *syntax.Call) string {
	if s, ok := c.Args[0].(*syntax.Str); ok {
		return s.Text
	}
	return ""
}

// fillLists reports a variable without data, with the series of the files that is most like
// it. Single elements without are :NA:.
// An empty list becomes a single point of :NA: at the start of the run, since a series without
// points is a mistake in a model.
func (lo *lowerer) fillLists(v *variable, lists [][]resolved.Point) {
	empty := 0
	for i := range lists {
		if len(lists[i]) == 0 {
			lists[i] = []resolved.Point{{X: lo.m.Time.Start, Y: syntax.NotAvailable}}
			empty++
		}
	}
	if empty == 0 {
		return
	}
	if empty < len(lists) {
		v.note(model.Equivalent, "elements without data are :NA:")
		return
	}
	l := lo.lowering(v, v.equations[0])
	hint := "give the file that holds it: --data FILE"
	if near := diagnostic.Nearest(v.key, lo.read.files.SeriesNames()); near != "" {
		hint = "the data files have " + near
	}
	l.failWith(model.NotSupported, v.at(), hint, "it is a data variable, but there are no data for it")
}

// seriesKey returns the name of an element as data files have it, folded.
// keys are those of the element, one for each dimension: "sales[north,food]".
func (v *variable) seriesKey(keys []string) string {
	if len(keys) == 0 {
		return v.key
	}
	return v.key + "[" + strings.Join(keys, ",") + "]"
}
