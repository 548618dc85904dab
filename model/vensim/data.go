package vensim

import (
	"path"
	"slices"
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
	im.readSeries()
	v.out.Beyond = "hold"
	for _, eq := range v.equations {
		word := betweens[eq.Between]
		if v.out.Between != "" && v.out.Between != word {
			im.errorAt(model.NotSupported, eq.NameSpan, "", "the elements of %s are read in different ways between their points", v.name)
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
			lists[element] = im.series[im.seriesKey(v, keys)]
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
	if near := diagnostic.Nearest(v.key, im.seriesNames()); near != "" {
		hint = "the data files have " + near
	}
	l.failWith(model.NotSupported, v.at(), hint, "it is a data variable, but there are no data for it")
}

func (im *importer) seriesNames() []string {
	var out []string
	for name := range im.series {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// seriesKey is the name of an element as data files have it, folded.
func (im *importer) seriesKey(v *variable, keys []string) string {
	if len(keys) == 0 {
		return v.key
	}
	return v.key + "[" + strings.Join(keys, ",") + "]"
}

// foldSeries folds a name with subscripts.
func foldSeries(name string) string {
	name = strings.TrimSpace(name)
	base, subs, ok := strings.Cut(name, "[")
	base = foldQuoted(base)
	if !ok {
		return base
	}
	words := strings.Split(strings.TrimSuffix(strings.TrimSpace(subs), "]"), ",")
	for i := range words {
		words[i] = foldQuoted(words[i])
	}
	return base + "[" + strings.Join(words, ",") + "]"
}

func foldQuoted(name string) string {
	name = strings.TrimSpace(name)
	if len(name) > 1 && strings.HasPrefix(name, `"`) && syntax.QuotedLength(name) == len(name) {
		name = syntax.Unquote(name)
	}
	return syntax.Fold(name)
}

// readSeries reads the data files that the user named, once.
func (im *importer) readSeries() {
	if im.series != nil {
		return
	}
	im.series = map[string][]resolved.Point{}
	for _, d := range im.o.Data {
		if d.Stands != "" { // read where the model names it
			continue
		}
		im.readBytes = append(im.readBytes, d.Text...)
		if len(d.Text) > maxFile {
			im.errorAt(model.TooLarge, syntax.Span{}, "", "the data file %s is larger than 64 MiB", d.Name)
			continue
		}
		if isBinary(d) {
			im.errorAt(model.NotSupported, syntax.Span{}, "export it as text: in Vensim, Model > Export Dataset, type .dat or .csv", "the data file %s holds results in Vensim's binary form", d.Name)
			continue
		}
		im.readDataFile(d)
	}
}

func isBinary(d model.DataFile) bool {
	ext := strings.ToLower(path.Ext(d.Name))
	return ext == ".vdf" || ext == ".vdfx"
}

func (im *importer) readDataFile(d model.DataFile) {
	if isSpreadsheet(d.Name) {
		book := parseWorkbook(d.Name, d.Text, "")
		if book.err != nil {
			im.errorAt(model.Unreadable, syntax.Span{}, "", "%v", book.err)
			return
		}
		for i := range book.sheets {
			im.addColumns(book.sheets[i].rows)
		}
		return
	}
	text := strings.TrimLeft(syntax.Decode(d.Text), "\r\n")
	if isDat(text) {
		im.addDat(text)
		return
	}
	first, _, _ := strings.Cut(text, "\n")
	separator := byte(',')
	if strings.Contains(first, "\t") {
		separator = '\t'
	} else if strings.Contains(first, ";") && !strings.Contains(first, ",") {
		separator = ';'
	}
	rows, ok := textCells(text, separator)
	if !ok {
		im.errorAt(model.TooLarge, syntax.Span{}, "", "%v", tooManyCells(d.Name))
		return
	}
	im.addColumns(rows)
}

// isDat reports whether a text is in Vensim's own form: a line with a name, then lines
// of a time and a value.
func isDat(text string) bool {
	lines := strings.SplitN(text, "\n", 3)
	if len(lines) < 2 || strings.Contains(strings.TrimSpace(lines[0]), "\t") {
		return false
	}
	fields := strings.Fields(lines[1])
	return len(fields) == 2 && cellOf(fields[0]).is && cellOf(fields[1]).is && !cellOf(lines[0]).is
}

func (im *importer) addDat(text string) {
	name := ""
	var points []resolved.Point
	flush := func() {
		if name != "" {
			im.series[foldSeries(name)] = orderly(points)
		}
		points = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if when, value, ok := strings.Cut(line, "\t"); ok && cellOf(when).is {
			if v := cellOf(value); v.is {
				points = append(points, resolved.Point{X: cellOf(when).number, Y: v.number})
			}
			continue
		}
		flush()
		name = line
	}
	flush()
}

// addColumns takes a table with names in its first row and times in its first column,
// or the other way round.
func (im *importer) addColumns(rows [][]cell) {
	for len(rows) > 0 && len(rows[0]) == 0 {
		rows = rows[1:]
	}
	if len(rows) < 2 || len(rows[0]) < 2 {
		return
	}
	across := true
	for _, c := range rows[0][1:] {
		across = across && (c.is || c.text == "")
	}
	if across {
		for _, row := range rows[1:] {
			if len(row) > 0 && !row[0].is {
				im.addSeriesOf(row[0].text, len(rows[0])-1, func(i int) (cell, cell) {
					if i+1 >= len(row) {
						return cell{}, cell{}
					}
					return rows[0][i+1], row[i+1]
				})
			}
		}
		return
	}
	for k, head := range rows[0][1:] {
		im.addSeriesOf(head.text, len(rows)-1, func(i int) (cell, cell) {
			row := rows[i+1]
			if k+1 >= len(row) {
				return cell{}, cell{}
			}
			return row[0], row[k+1]
		})
	}
}

func (im *importer) addSeriesOf(name string, n int, pair func(int) (cell, cell)) {
	if foldSeries(name) == "" {
		return
	}
	var points []resolved.Point
	for i := range n {
		if x, y := pair(i); x.is && y.is {
			points = append(points, resolved.Point{X: x.number, Y: y.number})
		}
	}
	im.series[foldSeries(name)] = orderly(points)
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
