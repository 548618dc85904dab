package vensim

import (
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/vensim/internal/syntax"
)

// betweens are weir's words for how data are read between their points.
var betweens = map[string]string{"": "line", ":INTERPOLATE:": "line", ":HOLD BACKWARD:": "previous", ":LOOK FORWARD:": "next", ":RAW:": "exact"}

// lowerData gives a data variable its points: of the file that its equation names, or of
// those that the user named.
func (im *importer) lowerData(v *variable) {
	im.ReadSeries()
	v.out.Beyond = "hold"
	for _, eq := range v.equations {
		word := betweens[eq.Between]
		if v.out.Between != "" && v.out.Between != word {
			im.ErrorAt(model.NotSupported, eq.NameSpan, "", "the elements of %s are read in different ways between their points", v.name)
			v.broken = true
			return
		}
		v.out.Between = word
	}
	switch v.out.Between {
	case "exact":
		v.out.Beyond = "na"
	case "line":
		v.out.Between = ""
	}
	lists := make([][]resolved.Point, v.size())
	v.out.Series = &model.Series{Points: lists}
	for i, eq := range v.equations {
		c, isFileCall := eq.Expr.(*syntax.Call)
		if isFileCall {
			from := im.seriesFromFile(v, i, eq, c)
			if from == nil {
				v.broken = true
				return
			}
			v.out.Series.File = fileName(c)
			places := im.placesOf(v, i)
			im.eachElement(v, v.boxes[i], func(keys []string, element int) {
				at := 0
				for p, k := range keys {
					at = at*len(v.boxes[i][p]) + places[p][k]
				}
				lists[element] = from[at]
			})
			continue
		}
		im.eachElement(v, v.boxes[i], func(keys []string, element int) {
			lists[element] = im.Series[im.seriesKey(v, keys)]
		})
	}
	im.fillLists(v, lists)
}

func fileName(c *syntax.Call) string {
	if s, ok := c.Args[0].(*syntax.Str); ok {
		return s.Text
	}
	return ""
}

// fillLists reports a variable without data. Single elements without are :NA:.
func (im *importer) fillLists(v *variable, lists [][]resolved.Point) {
	empty := 0
	for i := range lists {
		if len(lists[i]) == 0 {
			lists[i] = []resolved.Point{{X: im.m.Time.Start, Y: syntax.NotAvailable}}
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
	l := im.newLowering(v, v.equations[0])
	hint := "give the file that holds it: --data FILE"
	if near := diagnostic.Nearest(v.key, im.SeriesNames()); near != "" {
		hint = "the data files have " + near
	}
	l.failWith(model.NotSupported, v.at(), hint, "it is a data variable, but there are no data for it")
}

// seriesKey is the name of an element as data files have it, folded.
func (im *importer) seriesKey(v *variable, keys []string) string {
	if len(keys) == 0 {
		return v.key
	}
	return v.key + "[" + strings.Join(keys, ",") + "]"
}

// dataAt reads a data variable at another time.
func (l *lowering) dataAt(c *syntax.Call) { l.tableAt("", c) }

// dataBetween reads a data variable at another time, by a mode: 0 on the line between
// its points, 1 the next point, -1 the one before.
func (l *lowering) dataBetween(c *syntax.Call) {
	mode, ok := l.constant(c.Args[2])
	switch {
	case !ok:
		l.fail(c.Args[2].Pos(), "write 0, 1 or -1", "the mode of GET DATA BETWEEN TIMES is not a number that is known before the run")
	case mode >= 1:
		l.v.note(model.Equivalent, "GET DATA BETWEEN TIMES looks forward from the step that a time is in")
		l.tableAt("lookup_forward", c)
	case mode <= -1:
		l.v.note(model.Equivalent, "GET DATA BETWEEN TIMES looks backward from before the step that a time is in")
		l.tableAt("lookup_backward", c)
	default:
		l.tableAt("", c)
	}
}

// tableAt reads the table that is the first argument at the second one.
func (l *lowering) tableAt(function string, c *syntax.Call) {
	r, ok := c.Args[0].(*syntax.Ref)
	v := (*variable)(nil)
	if ok {
		v = l.vars[r.Key]
	}
	if v == nil || v.kind != model.KindData && v.kind != model.KindLookup {
		l.failWith(model.UnknownName, c.Args[0].Pos(), "", "%s takes the name of a data variable", c.Name)
		return
	}
	if function != "" {
		l.w.put(function+"(", c.NameSpan)
	}
	l.ref(r)
	if function != "" {
		l.w.put(", ", c.NameSpan)
	} else {
		l.w.put("(", c.NameSpan)
	}
	if function == "" {
		l.expr(c.Args[1], ofIf)
		l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
		return
	}
	l.w.put("start_time + floor((", c.NameSpan)
	l.expr(c.Args[1], ofAdd)
	l.w.put(" - start_time) / dt + 0.000001) * dt", c.NameSpan)
	if function == "lookup_backward" {
		l.w.put(" - dt / 100", c.NameSpan)
	}
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}
