package evidence

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/words"
)

// Table returns all constants, curves and records of the model with their evidence. Rows are in the
// order of the model. Decisions are not in it: they are chosen and not known.
func (b *Teller) Table() parts.Table {
	t := parts.Table{ID: "evidence", Columns: []parts.Column{{Name: "Assumption"}, parts.Number("Value"),
		parts.Number("Could be"), {Name: "Evidence"}, {Name: "Source"}}}
	for _, v := range b.C.Set.Model.Variables {
		if given(v) {
			t.Rows = append(t.Rows, b.evidenceRow(v))
		}
	}
	t.Label = "All " + prose.Decimals(float64(len(t.Rows))) + ", with value, range and source"
	return t
}

// given reports whether a variable is an input of the model that somebody must know.
func given(v *model.Variable) bool {
	return v.Kind == model.KindConstant || v.Kind == model.KindLookup || v.Kind == model.KindData
}

// evidenceRow returns the row of a variable. A grade that means "nobody has measured this" marks
// the whole row.
func (b *Teller) evidenceRow(v *model.Variable) parts.Row {
	r := parts.Row{Cells: []parts.Cell{{Text: b.Names.Of(v.Name), Under: v.About}, b.givenValue(v), b.givenRange(v),
		{Text: prose.GradeOf(v).Words, Sort: fmt.Sprint(prose.GradeRank(v))},
		{Text: cmp.Or(b.Names.Source(v.Source), "no source is given")}}}
	if prose.Unmeasured(prose.GradeOf(v).ID) {
		r.Class = "assumed"
	}
	return r
}

// givenValue returns the value of a variable, and whether a calibration fitted it. A reader must
// not take a fitted value for a measured one.
func (b *Teller) givenValue(v *model.Variable) parts.Cell {
	c := b.asGiven(v)
	if v.Fitted {
		c.Under = strings.TrimPrefix(c.Under+", fitted to the record", ", ")
	}
	return c
}

// asGiven returns the value of a variable as the model writes it.
func (b *Teller) asGiven(v *model.Variable) parts.Cell {
	switch {
	case v.Kind == model.KindLookup:
		return parts.Cell{Text: "a curve", Under: b.curveWords(v)}
	case v.Kind == model.KindData:
		return parts.Cell{Text: "a record", Under: b.recordWords(v)}
	case len(v.Value) == 1 && len(v.At) == 0:
		q := b.Names.Quantity(v.Name, v.Units, math.Abs(v.Value[0]))
		return parts.Cell{Text: q.With(v.Value[0]), Sort: parts.SortKey(v.Value[0]), How: "exactly " +
			prose.Exact(v.Value[0])}
	}
	return b.arrayValue(v)
}

// arrayValue returns the span of the numbers of an array. Values of single elements count too.
// Sorting is by the lowest.
func (b *Teller) arrayValue(v *model.Variable) parts.Cell {
	values := slices.Clone(v.Value)
	for _, a := range v.At {
		if a.Value != nil {
			values = append(values, *a.Value)
		}
	}
	if len(values) == 0 {
		return parts.Dash("no number is given")
	}
	low, high := slices.Min(values), slices.Max(values)
	q := b.Names.Quantity(v.Name, v.Units, max(math.Abs(low), math.Abs(high)))
	if low == high {
		return parts.Cell{Text: q.With(low), Sort: parts.SortKey(low)}
	}
	return parts.Cell{Text: q.Number(low) + " to " + q.With(high), Sort: parts.SortKey(low),
		Under: words.Count(len(values), "number")}
}

// curveWords returns the count of a curve's points, over all elements. For example "12 points".
func (b *Teller) curveWords(v *model.Variable) string {
	n := len(v.Points)
	for _, p := range v.Tables {
		n += len(p)
	}
	return words.Count(n, "point")
}

// recordWords returns the first and last time of a record, "" for one without points. For a record
// with elements these are the times of the first element.
func (b *Teller) recordWords(v *model.Variable) string {
	if v.Series == nil || len(v.Series.Points) == 0 || len(v.Series.Points[0]) == 0 {
		return ""
	}
	p := v.Series.Points[0]
	return b.Cal.Date(p[0].X) + " to " + b.Cal.Date(p[len(p)-1].X)
}

// givenRange returns the range of a constant. It sorts by its width. Curves and records have an
// empty cell.
func (b *Teller) givenRange(v *model.Variable) parts.Cell {
	if v.Kind != model.KindConstant {
		return parts.Cell{}
	}
	if v.Range == nil {
		return parts.Dash("the model gives no range")
	}
	q := b.Names.Quantity(v.Name, v.Units, 0)
	return parts.Cell{Text: q.Number(v.Range[0]) + " to " + q.Number(v.Range[1]),
		Sort: parts.SortKey(v.Range[1] - v.Range[0])}
}

// Summary returns a sentence on the share of the model that nobody has measured; nil for a
// model without inputs.
func (b *Teller) Summary() parts.Sentence {
	all, assumed := 0, 0
	for _, s := range b.Shares() {
		all += s.Count
		if s.Hatched {
			assumed += s.Count
		}
	}
	if all == 0 {
		return nil
	}
	return parts.Say(prose.Capital(prose.Spelled(all)) +
		" numbers, curves and records go into the model. " + prose.Capital(prose.Spelled(assumed)) +
		" of them " +
		words.Verb(assumed, "is", "are") +
		" assumed: nobody has measured this, and what is hatched is such. An assumption is not a decision: " +
		"changing one would move the line of no new decisions too.")
}

// A ShareOf is a part of the bar of evidence grades. Words follow a count in the legend. A hatched
// share is one that nobody has measured.
type ShareOf struct {
	Words     string
	Count     int
	Hatched   bool
	At, Width float64 // of its piece of the bar, in percent
}

// Shares returns the counts of the grades of evidence, the best first, without those that
// do not occur.
func (b *Teller) Shares() []ShareOf {
	counts := make([]int, len(prose.Grades))
	for _, v := range b.C.Set.Model.Variables {
		if given(v) {
			counts[prose.GradeRank(v)]++
		}
	}
	out, sum, all := []ShareOf{}, 0, 0
	for _, n := range counts {
		all += n
	}
	for i, g := range prose.Grades {
		if counts[i] > 0 {
			percent := func(n int) float64 { return math.Round(float64(n)/float64(all)*1000) / 10 }
			out = append(out, ShareOf{g.Count, counts[i], prose.Unmeasured(g.ID), percent(sum), percent(counts[i])})
			sum += counts[i]
		}
	}
	return out
}

// A Source is a row of the list of sources.
type Source struct{ Title, Where, Note string }

// Sources returns the sources of the model in its order. It is never nil.
func (b *Teller) Sources() []Source {
	out := []Source{}
	for _, s := range b.C.Set.Model.Sources {
		out = append(out, Source{s.Title, s.Where, s.Note})
	}
	return out
}
